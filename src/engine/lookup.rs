//! Finds titles and purchases through the stored indexes. An index entry is a hint: what it points
//! at is checked against the record itself.

use std::collections::BTreeMap;

use crate::linking::{Candidates, Hit, Key, PurchaseKey, normalise_reference, project_names_title};
use crate::model::asset::Asset;
use crate::model::ids::{PurchaseId, WorkId};
use crate::model::licence::Purchase;
use crate::model::title::Title;
use crate::state::mirror::{StoredPurchase, StoredTitle};
use crate::state::{keys, store};

use super::run::Run;
use super::stop::Stop;

/// Entries followed per key; more works under one ISBN or reference is ambiguous anyway.
const HITS_MAX: u32 = 20;

/// The titles of these works that are known and not gone.
pub fn titles(run: &Run, works: &[WorkId]) -> Result<BTreeMap<WorkId, Title>, Stop> {
    let keys: Vec<String> = works.iter().map(|id| keys::title(*id)).collect();
    let found = store::get_mirrors::<StoredTitle>(run.platform, &keys)?;
    Ok(found
        .into_iter()
        .filter_map(|(stored, _)| stored.filter(|s| !s.gone))
        .map(|stored| (stored.title.id, stored.title))
        .collect())
}

/// The titles of these works that a full sweep found gone.
pub fn gone(run: &Run, works: &[WorkId]) -> Result<Vec<Title>, Stop> {
    let keys: Vec<String> = works.iter().map(|id| keys::title(*id)).collect();
    let found = store::get_mirrors::<StoredTitle>(run.platform, &keys)?;
    Ok(found.into_iter().filter_map(|(s, _)| s.filter(|s| s.gone)).map(|s| s.title).collect())
}

/// What the keys of an asset lead to.
pub type Found = (BTreeMap<Key, Vec<Hit>>, BTreeMap<WorkId, Title>);

/// Which works and products the candidates' keys belong to, and the titles met on the way.
pub fn hits(run: &Run, candidates: &Candidates) -> Result<Found, Stop> {
    let mut found = BTreeMap::new();
    let mut met = BTreeMap::new();
    for key in &candidates.keys {
        let works = match key {
            Key::Work(work) => vec![*work],
            Key::Isbn(isbn) => indexed_works(run, &keys::index::isbn(*isbn))?,
            Key::Reference(reference) => indexed_works(run, &keys::index::reference(reference))?,
        };
        let titles = titles(run, &works)?;
        found.insert(key.clone(), titles.values().flat_map(|t| hits_in(key, t)).collect());
        met.extend(titles);
    }
    Ok((found, met))
}

fn indexed_works(run: &Run, prefix: &str) -> Result<Vec<WorkId>, Stop> {
    let (entries, _) = store::page(run.platform, prefix, None, HITS_MAX)?;
    let ids = entries.iter().filter_map(|e| e.key.rsplit('/').next()?.parse().ok().map(WorkId));
    Ok(ids.collect())
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

/// The purchases that cover an asset: those of the first purchase rule that finds any, and the
/// later ones that reuse the same file.
pub fn purchases(run: &Run, asset: &Asset, title: Option<&Title>) -> Result<Vec<Purchase>, Stop> {
    for key in run.config.rules.purchase_keys(asset) {
        let mut found = by_key(run, &key, title)?;
        if found.is_empty() {
            continue;
        }
        for original in found.clone() {
            found.extend(
                indexed(run, &keys::index::reuse(&original.id))?
                    .into_iter()
                    .filter(|reuse| reuse.reused.as_ref() == Some(&original.id)),
            );
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup_by(|a, b| a.id == b.id);
        return Ok(found);
    }
    Ok(Vec::new())
}

/// Purchases by id, as far as they are known.
pub fn purchases_of(run: &Run, ids: &[PurchaseId]) -> Result<Vec<Purchase>, Stop> {
    let keys: Vec<String> = ids.iter().map(keys::licence).collect();
    let found = store::get_mirrors::<StoredPurchase>(run.platform, &keys)?;
    Ok(found.into_iter().filter_map(|(stored, _)| Some(stored?.purchase)).collect())
}

fn by_key(run: &Run, key: &PurchaseKey, title: Option<&Title>) -> Result<Vec<Purchase>, Stop> {
    match key {
        PurchaseKey::Purchase(id) => purchases_of(run, std::slice::from_ref(id)),
        PurchaseKey::Element(element) => of_element(run, element),
        PurchaseKey::ExternalId(id) => {
            let direct = purchases_of(run, &[PurchaseId(id.clone())])?;
            if direct.is_empty() { of_element(run, id) } else { Ok(direct) }
        }
        PurchaseKey::FileAndProject { file_name } => {
            let Some(title) = title else { return Ok(Vec::new()) };
            let named = indexed(run, &keys::index::file_name(file_name))?;
            Ok(named.into_iter().filter(|p| project_names_title(p, title)).collect())
        }
    }
}

/// The purchases of a content element.
pub fn of_element(run: &Run, element: &str) -> Result<Vec<Purchase>, Stop> {
    let found = indexed(run, &keys::index::element(element))?;
    Ok(found.into_iter().filter(|p| p.element.as_deref() == Some(element)).collect())
}

fn indexed(run: &Run, prefix: &str) -> Result<Vec<Purchase>, Stop> {
    let (entries, _) = store::page(run.platform, prefix, None, HITS_MAX)?;
    let keys: Vec<String> = entries
        .iter()
        .filter_map(|e| Some(format!("licence/{}", e.key.rsplit('/').next()?)))
        .collect();
    let found = store::get_mirrors::<StoredPurchase>(run.platform, &keys)?;
    Ok(found.into_iter().filter_map(|(stored, _)| Some(stored?.purchase)).collect())
}
