//! Finds titles and purchases through the stored indexes. An index entry is a hint: what it points
//! at is checked against the record itself.

mod index;
mod purchases;

use std::collections::BTreeMap;

use crate::linking::{Candidates, Hit, Key, normalise_reference};
use crate::model::ids::{PurchaseId, WorkId};
use crate::model::licence::Purchase;
use crate::model::title::Title;
use crate::order;
use crate::state::mirror::{StoredPurchase, StoredTitle};
use crate::state::{keys, store};

use super::run::Run;
use super::stop::Stop;
pub use index::Index;
pub use purchases::Named;

/// Entries followed per key; more works under one ISBN or reference is ambiguous anyway.
const HITS_MAX: usize = 20;

/// The titles of these works that are known and not gone.
pub fn titles(run: &Run, works: &[WorkId]) -> Result<BTreeMap<WorkId, Title>, Stop> {
    let keys: Vec<String> = works.iter().map(|id| keys::title(*id)).collect();
    let found = store::get_mirrors::<StoredTitle>(run.platform, &keys)?;
    let there = found.into_iter().filter_map(|(stored, _)| stored.filter(|s| !s.gone));
    Ok(order::map(there.map(|stored| (stored.title.id, stored.title))))
}

/// The titles of these works that a full sweep found gone.
pub fn gone(run: &Run, works: &[WorkId]) -> Result<Vec<Title>, Stop> {
    let keys: Vec<String> = works.iter().map(|id| keys::title(*id)).collect();
    let found = store::get_mirrors::<StoredTitle>(run.platform, &keys)?;
    Ok(found.into_iter().filter_map(|(s, _)| s.filter(|s| s.gone)).map(|s| s.title).collect())
}

/// What the keys of some assets lead to.
#[derive(Debug)]
pub struct Found {
    /// For each asset, in the order asked: what each of its keys hits.
    pub hits: Vec<BTreeMap<Key, Vec<Hit>>>,
    /// The titles met on the way.
    pub titles: BTreeMap<WorkId, Title>,
}

/// Which works and products the keys of these candidates belong to, read together.
pub fn hits<'a>(
    run: &Run,
    index: &Index,
    candidates: impl Iterator<Item = &'a Candidates>,
) -> Result<Found, Stop> {
    let led: Vec<Vec<(&Key, Vec<WorkId>)>> = candidates
        .map(|one| one.keys.iter().map(|key| (key, works_of(index, key))).collect())
        .collect();
    let works = order::set(led.iter().flatten().flat_map(|(_, works)| works).copied());
    let titles = titles(run, &works.into_iter().collect::<Vec<_>>())?;
    let hits_of = |(key, works): &(&Key, Vec<WorkId>)| {
        let found = works.iter().filter_map(|work| titles.get(work));
        ((*key).clone(), found.flat_map(|title| hits_in(key, title)).collect())
    };
    let hits = led.iter().map(|keys| order::map(keys.iter().map(hits_of))).collect();
    Ok(Found { hits, titles })
}

fn works_of(index: &Index, key: &Key) -> Vec<WorkId> {
    match (key, indexed_under(key)) {
        (Key::Work(work), _) => vec![*work],
        (_, Some(prefix)) => index.works(&prefix).collect(),
        (_, None) => Vec::new(),
    }
}

/// Where the works of a key are listed.
pub fn indexed_under(key: &Key) -> Option<String> {
    match key {
        Key::Work(_) => None,
        Key::Isbn(isbn) => Some(keys::index::isbn(*isbn)),
        Key::Reference(reference) => Some(keys::index::reference(reference)),
    }
}

fn hits_in(key: &Key, title: &Title) -> Vec<Hit> {
    let whole = Hit { work: title.id, product: None };
    match key {
        Key::Work(work) if *work == title.id => vec![whole],
        Key::Reference(reference) => {
            let own = title.in_house_reference.as_deref().map(normalise_reference);
            if own.as_deref() == Some(reference) { vec![whole] } else { Vec::new() }
        }
        Key::Isbn(isbn) => title
            .products
            .iter()
            .filter(|p| p.isbn == Some(*isbn))
            .map(|p| Hit { work: title.id, product: Some(p.id) })
            .collect(),
        Key::Work(_) => Vec::new(),
    }
}

/// Purchases by id, as far as they are known.
pub fn purchases_of(run: &Run, ids: &[PurchaseId]) -> Result<Vec<Purchase>, Stop> {
    let keys: Vec<String> = ids.iter().map(keys::licence).collect();
    let found = store::get_mirrors::<StoredPurchase>(run.platform, &keys)?;
    Ok(found.into_iter().filter_map(|(stored, _)| Some(stored?.purchase)).collect())
}

/// The purchases of a content element.
pub fn of_element(run: &Run, element: &str) -> Result<Vec<Purchase>, Stop> {
    let found = indexed(run, &keys::index::element(element))?;
    Ok(found.into_iter().filter(|p| p.element.as_deref() == Some(element)).collect())
}

fn indexed(run: &Run, prefix: &str) -> Result<Vec<Purchase>, Stop> {
    let (entries, _) = store::page(run.platform, prefix, None, HITS_MAX as u32)?;
    let keys: Vec<String> = entries
        .iter()
        .filter_map(|e| Some(format!("licence/{}", e.key.rsplit('/').next()?)))
        .collect();
    let found = store::get_mirrors::<StoredPurchase>(run.platform, &keys)?;
    Ok(found.into_iter().filter_map(|(stored, _)| Some(stored?.purchase)).collect())
}
