//! A first pass over every asset: where it belongs and which purchases cover it, and how many
//! copies each purchase serves over all titles.

mod chunked;
mod subjects;

use std::collections::{BTreeMap, BTreeSet};

use crate::flows::several_titles;
use crate::linking::{self, Candidates, Linked, PurchaseKey};
use crate::model::asset::Asset;
use crate::model::declaration::Declaration;
use crate::model::ids::{AssetId, PurchaseId, ResourceId, WorkId};
use crate::model::title::Title;
use crate::order;
use crate::state::intent::Intent;
use crate::state::link::Link;
use crate::state::mirror::StoredAsset;
use crate::state::statement::OverrideUse;
use crate::state::store;

use super::judge::work_of;
use crate::engine::inbox::Item;
use crate::engine::lookup::{self, Index, Named};
use crate::engine::run::Run;
use crate::engine::statements;
use crate::engine::stop::Stop;
pub use subjects::{Subject, Subjects};

/// What the first pass found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Every asset that is approved or still linked.
    pub subjects: Subjects,
    /// Every supporting resource of ours.
    pub ours: BTreeSet<ResourceId>,
    /// How many links carry a resource.
    pub placed: usize,
    /// Declarations that were stored beside those of the configuration.
    pub declared: Vec<Declaration>,
    /// What people cleared, by asset.
    overrides: BTreeMap<AssetId, Vec<OverrideUse>>,
    /// Whether there are titles that cannot be read now.
    unread_titles: bool,
    /// How many copies each title makes that has an asset with a purchase; `None`: not known.
    copies: BTreeMap<WorkId, Option<i64>>,
}

impl Survey {
    /// The subjects of these assets, and those that are linked to the same titles.
    pub fn with_rivals<'a>(&self, assets: impl Iterator<Item = &'a AssetId>) -> Vec<Subject> {
        let own: Vec<Subject> = assets.filter_map(|asset| self.subjects.of(asset)).collect();
        let works = order::set(own.iter().filter_map(work_of));
        let linked = works.into_iter().flat_map(|work| self.subjects.of_title(work));
        let nowhere = own.iter().filter(|subject| work_of(subject).is_none()).cloned();
        nowhere.chain(linked).collect()
    }

    /// What people cleared of an asset.
    pub fn overrides(&self, asset: &AssetId) -> &[OverrideUse] {
        self.overrides.get(asset).map_or(&[], Vec::as_slice)
    }

    /// Copies that other titles make under these purchases; `None`: not known.
    pub fn copies_elsewhere(&self, purchases: &[PurchaseId], work: WorkId) -> Option<i64> {
        let served = purchases.iter().flat_map(|id| self.subjects.titles_under(id));
        let others = order::set(served.filter(|other| *other != work));
        // A title that is not known any more makes no copies.
        let copies = others.iter().filter_map(|other| self.copies.get(other));
        copies.copied().try_fold(0_i64, |sum, copies| Some(sum.saturating_add(copies?)))
    }
}

/// Surveys every asset in the mirrors.
pub fn survey(run: &Run) -> Result<Survey, Stop> {
    let (unread, _) = store::page(run.platform, "inbox/bad-record:title:", None, 1)?;
    let mut survey = Survey {
        unread_titles: !unread.is_empty(),
        declared: statements::declarations(run)?,
        overrides: statements::overrides(run)?,
        ..Survey::default()
    };
    let mut linked_assets = BTreeSet::new();
    store::scan(run.platform, "link/", |entry| {
        let link = store::decode::<Link>(entry)?.value;
        if let Some(placed) = &link.resource {
            survey.ours.insert(ResourceId(placed.id));
            survey.placed += 1;
        }
        survey.ours.extend(link.rest.as_ref().map(|rest| ResourceId(rest.id)));
        if link.resource.is_some() || link.rest.is_some() || !link.web_links.is_empty() {
            linked_assets.insert(link.asset);
        }
        Ok(())
    })?;
    store::scan(run.platform, "intent/", |entry| {
        survey.ours.extend(store::decode::<Intent>(entry)?.value.created().map(ResourceId));
        Ok(())
    })?;
    let index = Index::read(run)?;
    let mut done = 0_u64;
    let mut start: Option<String> = None;
    loop {
        let (entries, next) = store::page(run.platform, "asset/", start.as_deref(), PAGE)?;
        done += entries.len() as u64;
        let mut assets = Vec::with_capacity(entries.len());
        for entry in &entries {
            let Some(stored) = store::mirror::<StoredAsset>(entry)? else { continue };
            let StoredAsset { asset, approved } = stored.value;
            if approved || linked_assets.contains(asset.id.as_str()) {
                assets.push(Seen::of(run, asset));
            }
        }
        survey.add(run, &index, assets)?;
        run.platform.progress("linking", done, None);
        match next {
            Some(next) if start.as_ref() != Some(&next) => start = Some(next),
            _ => break,
        }
    }
    survey.subjects.sort();
    Ok(survey)
}

/// Assets a page.
const PAGE: u32 = 50;

/// An asset with all that its metadata says about where it belongs.
struct Seen {
    id: AssetId,
    candidates: Candidates,
    purchase_keys: Vec<PurchaseKey>,
}

impl Seen {
    fn of(run: &Run, asset: Asset) -> Self {
        let rules = &run.config.rules;
        let (candidates, purchase_keys) = (rules.candidates(&asset), rules.purchase_keys(&asset));
        Self { id: asset.id, candidates, purchase_keys }
    }
}

impl Survey {
    /// Adds the assets of a page, whose titles and purchases are read together.
    fn add(&mut self, run: &Run, index: &Index, assets: Vec<Seen>) -> Result<(), Stop> {
        let found = lookup::hits(run, index, assets.iter().map(|a| &a.candidates))?;
        let named = Named::read(run, index, assets.iter().flat_map(|a| &a.purchase_keys))?;
        for (asset, hits) in assets.into_iter().zip(found.hits) {
            let linked = linking::decide(&asset.candidates, &hits, self.unread_titles);
            let hits = hits.into_values().flatten();
            let answer = |item: &Item| run.inbox.decision(item).map(str::to_owned);
            let linked = several_titles::chosen(asset.id.as_str(), linked, hits, answer);
            let title = match &linked {
                Linked::Title { work, .. } => found.titles.get(work),
                _ => None,
            };
            let purchases = named.covering(run, &asset.purchase_keys, title)?;
            if let Some(title) = title.filter(|_| !purchases.is_empty()) {
                self.copies.insert(title.id, copies(title));
            }
            self.subjects.push(Subject { asset: asset.id, linked, purchases });
        }
        Ok(())
    }
}

/// All copies of a title, ordered ones included; `None` as soon as a number makes no sense.
fn copies(title: &Title) -> Option<i64> {
    let quantities = title.runs.iter().flat_map(|r| &r.quantities);
    quantities
        .map(|q| q.ordered.max(q.received.unwrap_or(0)))
        .try_fold(0_i64, |sum, copies| if copies < 0 { None } else { sum.checked_add(copies) })
}
