//! What the links of each purchase shall be, from the mirrors.

use std::collections::BTreeMap;

use crate::engine::lookup;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::stock_licences::{Seen, Wish, wish};
use crate::linking::{self, Linked};
use crate::model::ids::PurchaseId;
use crate::model::licence::Purchase;
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

/// What all purchases ask for, ascending by id.
pub fn wishes(run: &Run) -> Result<BTreeMap<PurchaseId, Wished>, Stop> {
    let unread = unread_titles(run)?;
    let mut wishes = BTreeMap::new();
    let mut start: Option<String> = None;
    loop {
        let (entries, next) = store::page(run.platform, "licence/", start.as_deref(), PAGE)?;
        for entry in &entries {
            let Some(stored) = store::mirror::<StoredPurchase>(entry)? else { continue };
            let purchase = stored.value.purchase;
            wishes.insert(purchase.id.clone(), wished(run, &purchase, unread)?);
        }
        run.platform.progress("linking", wishes.len() as u64, None);
        match next {
            Some(next) if start.as_ref() != Some(&next) => start = Some(next),
            _ => return Ok(wishes),
        }
    }
}

/// Purchases a page.
const PAGE: u32 = 50;

/// What these purchases ask for now.
pub fn again(run: &Run, ids: &[PurchaseId]) -> Result<BTreeMap<PurchaseId, Wished>, Stop> {
    let unread = unread_titles(run)?;
    let mut wishes = BTreeMap::new();
    for purchase in lookup::purchases_of(run, ids)? {
        wishes.insert(purchase.id.clone(), wished(run, &purchase, unread)?);
    }
    Ok(wishes)
}

fn unread_titles(run: &Run) -> Result<bool, Stop> {
    let (unread, _) = store::page(run.platform, "inbox/bad-record:title:", None, 1)?;
    Ok(!unread.is_empty())
}

fn wished(run: &Run, purchase: &Purchase, unread: bool) -> Result<Wished, Stop> {
    let candidates = run.config.rules.purchase_candidates(purchase);
    let (hits, titles) = lookup::hits(run, &candidates)?;
    let linked = linking::decide(&candidates, &hits, unread);
    let title = match &linked {
        Linked::Title { work, .. } => titles.get(work),
        _ => None,
    };
    let wish =
        wish(&Seen { config: run.config, purchase, linked: &linked, title, today: run.today });
    Ok(Wished { wish, snapshot: purchase.snapshot.clone() })
}
