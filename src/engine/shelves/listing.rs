//! All collections of the portal that carry a marker of ours. What is missing here is gone only
//! after a direct look. A listing that is too long for one call goes on in the next, and one that
//! ended is not repeated by the calls that go on after a pause.

mod memory;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::known::{self, Briefs};
use crate::engine::lease::Held;
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::shelf::marker;
use crate::limits::PAGES_MAX;
use crate::model::ids::CollectionId;
use crate::order;
use crate::report::fingerprint::Fingerprint;
use crate::smintio::portals::decode::{self, CollectionPage};
use crate::smintio::portals::request;
use crate::state::cursor::ListingCursor;

/// A collection as it was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What collections are listed for: a plan must not shorten what a run looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A run.
    Run,
    /// A page of a plan.
    Plan {
        /// The first one lists anew where an earlier plan was shown; the later ones rest on what the
        /// first one listed.
        is_first: bool,
    },
}

impl Purpose {
    /// Under which name it is kept.
    fn name(self) -> &'static str {
        match self {
            Self::Run => "collections",
            Self::Plan { .. } => "plan-collections",
        }
    }
}

/// What was listed.
#[derive(Debug)]
pub struct Listing {
    /// Under which name it is kept.
    name: &'static str,
    /// Where it is.
    at: ListingCursor,
    /// The version under which it is stored.
    version: Option<u64>,
    /// Whether it is stored as it is.
    is_stored: bool,
    by_marker: BTreeMap<Fingerprint, Vec<Rc<Listed>>>,
    by_id: BTreeMap<Fingerprint, Rc<Listed>>,
}

impl Listing {
    /// The collections that carry a marker, by id.
    pub fn marked(&self, marker: &str) -> &[Rc<Listed>] {
        self.by_marker.get(&Fingerprint::of(marker)).map_or(&[], Vec::as_slice)
    }

    /// The collection of that id.
    pub fn of_id(&self, id: &str) -> Option<&Listed> {
        self.by_id.get(&Fingerprint::of(id)).map(Rc::as_ref)
    }

    /// Whether it was begun by this call.
    pub fn is_of(&self, run: &Run) -> bool {
        self.at.listing.starts_with(&run.id)
    }

    fn add(&mut self, listed: Listed) {
        let id = Fingerprint::of(&listed.id);
        if self.by_id.contains_key(&id) {
            return;
        }
        let listed = Rc::new(listed);
        if let Some(marker) = marker(&listed.name) {
            let marked = self.by_marker.entry(Fingerprint::of(marker)).or_default();
            marked.push(Rc::clone(&listed));
            order::sort_by(marked, &|a, b| a.id.cmp(&b.id));
        }
        self.by_id.insert(id, listed);
    }

    /// At the end of a call: if it pauses, the calls that go on need not list again what this one
    /// listed; if not, the next run looks at everything.
    pub fn end_of_call(self, run: &Run, pauses: bool) -> Result<(), Stop> {
        if pauses { memory::keep(run, self) } else { memory::forget(run, &self) }
    }

    /// At the end of a page of a plan: the later ones list nothing.
    pub fn end_of_page(mut self, run: &Run, goes_on: bool, is_shown: bool) -> Result<(), Stop> {
        if is_shown && !self.at.shown {
            self.at.shown = true;
            self.is_stored = false;
        }
        self.end_of_call(run, goes_on)
    }
}

/// Lists every collection. The names of those without a marker are kept only if we know their ids:
/// a person may have renamed one of ours.
pub fn read(
    run: &mut Run,
    lease: &mut Held,
    known: &Briefs,
    purpose: Purpose,
) -> Result<Listing, Stop> {
    let ids = known.values().filter_map(|brief| brief.collection.as_deref());
    let ours = ids.map(Fingerprint::of).collect();
    let mut listing = memory::begin(run, known, purpose)?;
    match walk(run, lease, &ours, &mut listing) {
        Ok(()) => Ok(listing),
        Err(stop @ Stop::Paused(_)) => {
            memory::keep(run, listing)?;
            Err(stop)
        }
        Err(stop) => Err(stop),
    }
}

fn walk(
    run: &mut Run,
    lease: &mut Held,
    ours: &BTreeSet<Fingerprint>,
    listing: &mut Listing,
) -> Result<(), Stop> {
    if listing.at.page.is_some_and(|page| page > 0) && !stands(run, &listing.at)? {
        *listing = memory::anew(run, listing)?;
    }
    while let Some(page) = listing.at.page {
        if page >= PAGES_MAX {
            let message = format!("Portals lists more than {PAGES_MAX} pages of collections");
            return Err(Stop::LimitReached(message));
        }
        lease.renew(run.platform)?;
        listing.at.size = paging::size(run)?;
        let answer = ask(run, (page, listing.at.size))?;
        let Some(found) = paging::taught(run, page, answer)? else { continue };
        run.platform.progress("listing collections", u64::from(page) + 1, None);
        let is_last = !found.has_more || found.collections.is_empty();
        listing.at.page = (!is_last).then_some(page + 1);
        listing.at.last = found.collections.iter().map(|head| head.id.0.clone()).collect();
        for head in found.collections {
            let (id, name) = (head.id.0, head.name.unwrap_or_default());
            let is_marked = marker(&name).is_some_and(|m| known::is_of(&run.report.flow, m));
            if ours.contains(&Fingerprint::of(&id)) || is_marked {
                listing.add(Listed { id, name });
            }
        }
    }
    Ok(())
}

fn ask(run: &mut Run, at: (u32, u32)) -> Result<Result<CollectionPage, Fault>, Stop> {
    let portals = &run.config.portals;
    let answer = tasks::one(run, request::collections_search(portals, "", at))?;
    Ok(answer.and_then(|text| decode::collections(portals, &text)))
}

/// Whether the page before still shows what it showed: if something before it came or went, the
/// pages moved, and what they no longer show was perhaps never seen. Where Portals does not say
/// that now, what was listed stays for a later call.
fn stands(run: &mut Run, at: &ListingCursor) -> Result<bool, Stop> {
    let before = at.page.unwrap_or_default().saturating_sub(1);
    match ask(run, (before, at.size))? {
        Ok(page) => Ok(page.collections.iter().map(|head| &head.id.0).eq(at.last.iter())),
        Err(Fault::Refused(_) | Fault::NotFound(_) | Fault::Unreadable(_)) => Ok(false),
        Err(fault) => Err(by_fault(run.platform, "Portals", fault)),
    }
}

/// Which of these collections are gone: Portals says so when asked for each.
pub fn gone(run: &mut Run, ids: &[String]) -> Result<Vec<String>, Stop> {
    let calls = ids
        .iter()
        .map(|id| request::collection(&run.config.portals, &CollectionId(id.clone())))
        .collect();
    let answers = tasks::all(run, calls)?;
    let mut gone = Vec::new();
    for (id, answer) in ids.iter().zip(answers) {
        let found = answer.and_then(|text| decode::collection(&run.config.portals, &text));
        // Seen, or not sure: it stays.
        if matches!(found, Err(Fault::NotFound(_))) {
            gone.push(id.clone());
        }
    }
    Ok(gone)
}
