//! What is stored about our collections: of all of them in brief, and whole only of those that are
//! in hand, so that tens of thousands fit into the component's memory.

use std::collections::BTreeMap;

use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::{kit, tags};
use crate::limits::COLLECTIONS_LISTED_MS_MAX;
use crate::state::shelf::{Pending, Shelf, Step};
use crate::state::{keys, store};

/// A collection as it is stored, with its version.
pub type Known = BTreeMap<String, (Shelf, u64)>;

/// Collections in brief, by marker.
pub type Briefs = BTreeMap<Box<str>, Brief>;

/// The letters with which the markers of kits and cards begin, and those of tags.
const KITS: [char; 1] = ['C'];
const TAGS: [char; 4] = ['A', 'I', 'K', 'T'];

/// What must be known of each before it is in hand.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Its id in Portals.
    pub collection: Option<Box<str>>,
    /// When we named it and how, if a listing that still counts may be older than that.
    pub named: Option<(u64, Box<str>)>,
    /// Whether its create may have happened.
    pub is_lost_create: bool,
    /// Whether there is something to do where it is wanted no more.
    pub is_left_over: bool,
}

/// Whether a marker is one of a flow's.
pub fn is_of(flow: &str, marker: &str) -> bool {
    marker.starts_with(letters(flow))
}

fn letters(flow: &str) -> &'static [char] {
    if flow == tags::FLOW { &TAGS } else { &KITS }
}

/// The collections of a flow in brief, by marker.
pub fn briefs(run: &Run) -> Result<Briefs, Stop> {
    let flow = run.report.flow.as_str();
    let mut briefs = Briefs::new();
    for letter in letters(flow) {
        store::scan(run.platform, &keys::shelf(&letter.to_string()), |entry| {
            let shelf = store::decode::<Shelf>(entry)?.value;
            let marker = shelf.marker.clone().into_boxed_str();
            briefs.insert(marker, brief(flow, shelf, run.platform.now().0));
            Ok(())
        })?;
    }
    Ok(briefs)
}

fn brief(flow: &str, shelf: Shelf, now: u64) -> Brief {
    let is_left_over = match flow {
        tags::FLOW => !shelf.ours.is_empty() || shelf.pending.is_some(),
        kit::FLOW => is_shared(&shelf),
        _ => false,
    };
    let is_lost_create = shelf.pending.as_ref().is_some_and(is_lost_create);
    let Shelf { collection, name, named, .. } = shelf;
    let is_recent = now.saturating_sub(named) <= COLLECTIONS_LISTED_MS_MAX;
    Brief {
        collection: collection.map(String::into_boxed_str),
        named: is_recent.then(|| (named, name.into_boxed_str())),
        is_lost_create,
        is_left_over,
    }
}

fn is_lost_create(pending: &Pending) -> bool {
    pending.task.is_none() && matches!(pending.step, Step::Create { .. })
}

fn is_shared(shelf: &Shelf) -> bool {
    let begun = |pending: &Pending| matches!(pending.step, Step::Share { .. });
    shelf.share.as_ref().is_some_and(|share| !share.id.is_empty())
        || shelf.pending.as_ref().is_some_and(begun)
}

/// Some of them whole, in the order of the markers, each with its version.
pub fn load<'m>(
    run: &Run,
    markers: impl Iterator<Item = &'m str>,
) -> Result<Vec<Option<(Shelf, u64)>>, Stop> {
    let keys: Vec<String> = markers.map(keys::shelf).collect();
    let found = store::get_many::<Shelf>(run.platform, &keys)?;
    Ok(found.into_iter().map(|found| found.map(|f| (f.value, f.version))).collect())
}

/// All of them whole, by marker.
pub fn whole(run: &Run) -> Result<Known, Stop> {
    let mut known = Known::new();
    store::scan(run.platform, "shelf/", |entry| {
        let shelf = store::decode::<Shelf>(entry)?;
        known.insert(shelf.value.marker.clone(), (shelf.value, shelf.version));
        Ok(())
    })?;
    Ok(known)
}
