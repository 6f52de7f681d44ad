//! What the links of each purchase shall be, from the mirrors.

use std::collections::BTreeMap;

use crate::engine::lookup::{self, Index};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::stock_licences::{Seen, Wish, wish};
use crate::linking::{self, Candidates, Linked};
use crate::model::ids::PurchaseId;
use crate::model::licence::Purchase;
use crate::order;
use crate::state::mirror::StoredPurchase;
use crate::state::store;

/// What one purchase asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wished {
    /// What shall be.
    pub wish: Wish,
    /// Under which name the delivery was kept.
    pub snapshot: Option<String>,
}

/// Calls `each` with what purchases ask for, a page of them at a time, ascending by their keys.
pub fn each_wishes(
    run: &mut Run,
    index: &Index,
    mut each: impl FnMut(&mut Run, Vec<(PurchaseId, Wished)>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let unread = unread_titles(run)?;
    let mut start: Option<String> = None;
    loop {
        let (entries, next) = store::page(run.platform, "licence/", start.as_deref(), PAGE)?;
        let mut purchases = Vec::with_capacity(entries.len());
        for entry in &entries {
            purchases.extend(store::mirror::<StoredPurchase>(entry)?.map(|s| s.value.purchase));
        }
        let wishes: Vec<_> = wished(run, index, &purchases, unread)?.collect();
        each(run, wishes)?;
        match next {
            Some(next) if start.as_ref() != Some(&next) => start = Some(next),
            _ => return Ok(()),
        }
    }
}

/// Purchases a page.
const PAGE: u32 = 50;

/// What these purchases ask for now.
pub fn again(run: &Run, ids: &[PurchaseId]) -> Result<BTreeMap<PurchaseId, Wished>, Stop> {
    let purchases = lookup::purchases_of(run, ids)?;
    let candidates = purchases.iter().map(|p| run.config.rules.purchase_candidates(p));
    let keys = order::set(candidates.flat_map(|found| found.keys));
    let index = Index::read_only(run, keys.iter().filter_map(lookup::indexed_under))?;
    Ok(order::map(wished(run, &index, &purchases, unread_titles(run)?)?))
}

fn unread_titles(run: &Run) -> Result<bool, Stop> {
    let (unread, _) = store::page(run.platform, "inbox/bad-record:title:", None, 1)?;
    Ok(!unread.is_empty())
}

fn wished(
    run: &Run,
    index: &Index,
    purchases: &[Purchase],
    unread: bool,
) -> Result<impl Iterator<Item = (PurchaseId, Wished)>, Stop> {
    let rules = &run.config.rules;
    let candidates: Vec<Candidates> =
        purchases.iter().map(|p| rules.purchase_candidates(p)).collect();
    let found = lookup::hits(run, index, candidates.iter())?;
    let all = purchases.iter().zip(candidates).zip(found.hits);
    Ok(all.map(move |((purchase, candidates), hits)| {
        let linked = linking::decide(&candidates, &hits, unread);
        let title = match &linked {
            Linked::Title { work, .. } => found.titles.get(work),
            _ => None,
        };
        let seen = Seen { config: run.config, purchase, linked: &linked, title, today: run.today };
        let wished = Wished { wish: wish(&seen), snapshot: purchase.snapshot.clone() };
        (purchase.id.clone(), wished)
    }))
}
