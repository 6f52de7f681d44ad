//! What is there against what shall be: adopts collections that carry our marker, finds out what
//! became of creates without an answer, and asks where a person changed something of ours.

use std::collections::BTreeSet;

use super::desired::{closed, emptied};
use super::flight::Flight;
use super::known::{self, Briefs};
use super::listing::{self, Listing};
use super::looked::{self, Looked};
use super::wanted::{Shelves, Wanted};
use super::{cards, commit, members, renames, shares};
use crate::engine::inbox::{Item, Kind};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::kit;
use crate::flows::shelf::{Desired, Sharing};
use crate::limits::LOOK_REQUESTS;
use crate::order;
use crate::report::RecordState;
use crate::state::shelf::{Pending, Shelf, Step};
use crate::state::{inbox, keys, store};

/// Collections looked at at once.
const AT_ONCE: usize = 100;

/// What a comparison finds.
#[derive(Debug, Default)]
pub struct Compared {
    /// The collections that are not as they shall be, in the order of their markers.
    pub flights: Vec<Flight>,
    /// How many members of ours the others have, of which nobody thinks any further.
    pub kept: usize,
}

impl Compared {
    fn add(&mut self, run: &mut Run, mut flight: Flight, listing: &Listing) {
        if is_as_it_shall_be(&flight, listing) {
            self.kept += flight.shelf.ours.len();
            commit::report(run, &flight);
            return;
        }
        if is_clear(&flight) {
            flight.is_stored_so();
        }
        self.flights.push(flight);
    }
}

/// Compares.
pub fn compare(
    run: &mut Run,
    wanted: Wanted,
    known: &Briefs,
    listing: &Listing,
) -> Result<Compared, Stop> {
    let Wanted { mut shelves, held } = wanted;
    let left = left_over(known, &shelves);
    let mut compared = Compared::default();
    while let Some(some) = shelves.some(run)? {
        let stored = known::load(run, some.iter().map(|desired| desired.marker.as_str()))?;
        for (desired, stored) in some.into_iter().zip(stored) {
            let flight = first_look(run, desired, stored, &held, listing);
            compared.add(run, flight, listing);
        }
        run.inbox.relieve(run.platform)?;
    }
    for some in left.chunks(AT_ONCE) {
        for stored in known::load(run, some.iter().copied())?.into_iter().flatten() {
            let desired = unwanted(&run.report.flow, &stored.0);
            let flight = first_look(run, desired, Some(stored), &held, listing);
            compared.add(run, flight, listing);
        }
    }
    let flights = &mut compared.flights;
    order::sort_by(flights, &|a, b| a.desired.marker.cmp(&b.desired.marker));
    gone(run, flights, listing)?;
    for flight in flights.iter_mut().filter(|flight| flight.end.is_none()) {
        doubled(run, flight, listing);
        renames::compare(run, flight, listing);
    }
    Ok(compared)
}

/// Looks at what a listing does not show, of those that are about to be changed: so many at once as
/// are changed together, because what was changed is not known any more after a pause. What was
/// found to be as it shall be is known, and not looked into again.
pub fn look(run: &mut Run, flights: &mut [Flight], looked: &mut Looked) -> Result<(), Stop> {
    renames::look(run, flights)?;
    for flight in flights.iter_mut() {
        if !shares::opens(flight) {
            closer(run, flight)?;
            continue;
        }
        if looked.changes(flight) == Some(0) {
            flight.desired.share = Sharing::Untouched;
            // That look may have found a card that a person wants to keep.
            flight.keeps_card = true;
            continue;
        }
        let (basis, before) = (looked::basis(flight), flight.shelf.clone());
        closer(run, flight)?;
        let is_idle = flight.end.is_none() && flight.next().is_none() && flight.shelf == before;
        if is_idle && before.pending.is_none() && !flight.asks {
            looked.note(flight, basis, 0);
        }
    }
    Ok(())
}

/// Looks at the card, the members and the share of one.
pub fn closer(run: &mut Run, flight: &mut Flight) -> Result<(), Stop> {
    let one = std::slice::from_mut(flight);
    cards::look(run, one)?;
    // What is still under way of a kit decides whether its members can be told.
    shares::find_lost(run, one)?;
    members::look(run, one)?;
    shares::look(run, one)
}

fn first_look(
    run: &mut Run,
    desired: Desired,
    stored: Option<(Shelf, u64)>,
    held: &BTreeSet<String>,
    listing: &Listing,
) -> Flight {
    let (shelf, version) = match stored {
        Some((shelf, version)) => (shelf, Some(version)),
        None => (Shelf { marker: desired.marker.clone(), ..Shelf::default() }, None),
    };
    let mut flight = Flight::new(desired, shelf, version);
    hold(&mut flight, held);
    if !is_clear(&flight) {
        flight.is_stored_so();
        judge_pending(&mut flight);
        lost_create(run, &mut flight, listing);
        adopt(run, &mut flight, listing);
    }
    flight
}

/// Whether it is known which collection it is, and nothing of it is on its way.
fn is_clear(flight: &Flight) -> bool {
    let as_it_was = flight.version.is_some() && flight.stored.is_none();
    as_it_was && flight.shelf.collection.is_some() && flight.shelf.pending.is_none()
}

/// Whether there is nothing to do, to ask or to look at.
fn is_as_it_shall_be(flight: &Flight, listing: &Listing) -> bool {
    let Some(id) = flight.shelf.collection.as_deref() else { return false };
    let is_alone = match listing.marked(&flight.desired.marker) {
        [one] => one.id == id && one.name == flight.desired.name,
        _ => false,
    };
    let is_open = matches!(flight.desired.share, Sharing::Open { .. });
    is_alone
        && !is_open
        && is_clear(flight)
        && flight.is_settled()
        && !cards::writes(flight)
        && flight.next().is_none()
}

/// The markers that are wanted no more and of which something is still to do.
fn left_over<'k>(known: &'k Briefs, wanted: &Shelves) -> Vec<&'k str> {
    let left = known.iter().filter(|(marker, brief)| brief.is_left_over && !wanted.holds(marker));
    left.map(|(marker, _)| marker.as_ref()).collect()
}

/// What becomes of a collection that is not wanted any more.
fn unwanted(flow: &str, shelf: &Shelf) -> Desired {
    match flow {
        kit::FLOW => closed(&shelf.marker, &shelf.name),
        _ => emptied(&shelf.marker, &shelf.name),
    }
}

/// An asset of which nothing is decided now stays where it is, and is not added.
fn hold(flight: &mut Flight, held: &BTreeSet<String>) {
    if let Some(members) = &mut flight.desired.members {
        members.extend(flight.shelf.ours.intersection(held).cloned());
    }
}

/// What was about to be done when a run ended is done only if it still shall be. An asset that was
/// about to be added may be there: it counts as ours, so that it is taken out.
fn judge_pending(flight: &mut Flight) {
    let Some(pending) = flight.shelf.pending.take() else { return };
    flight.shelf.pending = match (pending.step, flight.desired.members.as_ref()) {
        (Step::Add { assets }, Some(members)) if pending.task.is_none() => {
            let (still, gone): (Vec<_>, Vec<_>) =
                assets.into_iter().partition(|asset| members.contains(asset));
            flight.shelf.wanted.extend(gone.iter().cloned());
            flight.shelf.ours.extend(gone);
            let step = Step::Add { assets: still.clone() };
            (!still.is_empty()).then_some(Pending { step, ..pending })
        }
        (step, _) => Some(Pending { step, ..pending }),
    };
}

/// A create whose answer was lost: the marker says whether it happened.
fn lost_create(run: &Run, flight: &mut Flight, listing: &Listing) {
    let Some(pending) = flight.shelf.pending.clone().filter(|p| p.task.is_none()) else { return };
    let Step::Create { .. } = pending.step else { return };
    let is_there = !listing.marked(&flight.desired.marker).is_empty();
    let settled = run.platform.now().0 >= pending.at.saturating_add(run.config.engine.settle_ms);
    if is_there || settled {
        flight.shelf.pending = None;
    } else {
        let why = "whether Portals created it is not known yet: a later run looks again";
        flight.stop(RecordState::Deferred, why);
    }
}

/// Exactly one collection with our marker is ours; several are a question.
fn adopt(run: &mut Run, flight: &mut Flight, listing: &Listing) {
    if flight.end.is_some() || flight.shelf.collection.is_some() || flight.shelf.pending.is_some() {
        return;
    }
    match listing.marked(&flight.desired.marker) {
        [] if flight.desired.create => {}
        [] => flight.stop(RecordState::Unchanged, String::new()),
        [one] => {
            flight.shelf.collection = Some(one.id.clone());
            flight.shelf.name.clone_from(&one.name);
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|listed| listed.id.as_str()).collect();
            let why = format!(
                "{} collections in Portals end in {} ({}): delete or rename all but one",
                ids.len(),
                flight.desired.marker,
                ids.join(", ")
            );
            ask(run, flight, Kind::CollectionDoubled, why.clone(), ids.join(" "));
            flight.stop(RecordState::Inbox, why);
        }
    }
}

/// One that a person deleted is not made again without a person's word. Portals is asked about so
/// many that the call can do something else, too; the next runs ask about the others.
fn gone(run: &mut Run, flights: &mut [Flight], listing: &Listing) -> Result<(), Stop> {
    let mut left = run.caller.budget.of_requests(LOOK_REQUESTS).max(1);
    let mut doubtful = Vec::new();
    for flight in flights.iter_mut().filter(|flight| flight.end.is_none()) {
        let Some(id) = flight.shelf.collection.clone() else { continue };
        if listing.of_id(&id).is_some() {
            continue;
        }
        if is_known_to_be_gone(run, flight)? {
            deleted(run, flight);
        } else if left > 0 {
            left -= 1;
            doubtful.push(id);
        } else {
            let why = "it is not listed: a later run asks Portals whether it is gone";
            flight.stop(RecordState::Deferred, why);
        }
    }
    let gone = order::set(listing::gone(run, &doubtful)?);
    for flight in flights {
        if flight.shelf.collection.as_ref().is_some_and(|id| gone.contains(id)) {
            deleted(run, flight);
        }
    }
    Ok(())
}

/// Whether Portals said so before, and a person was asked, or let it be.
fn is_known_to_be_gone(run: &Run, flight: &Flight) -> Result<bool, Stop> {
    let question = gone_item(flight);
    match run.inbox.decision(&question) {
        Some("restore") => Ok(false),
        Some(_) => Ok(true),
        None => {
            let open = store::get::<inbox::Item>(run.platform, &keys::inbox(&question.id))?;
            Ok(open.is_some_and(|open| open.value.facts == question.facts))
        }
    }
}

fn gone_item(flight: &Flight) -> Item {
    let why = format!("the collection {:?} was deleted in Portals by hand", flight.shelf.name);
    let id = flight.shelf.collection.clone().unwrap_or_default();
    item(flight, Kind::CollectionGone, why, id)
}

/// Asks about one that is not there any more.
pub fn deleted(run: &mut Run, flight: &mut Flight) {
    let item = gone_item(flight);
    let why = item.message.clone();
    match run.inbox.decision(&item) {
        Some("restore") => {
            let marker = flight.desired.marker.clone();
            *flight.shelf = Shelf { marker, ..Shelf::default() };
        }
        Some(_) => flight.stop(RecordState::Skipped, format!("{why}, and stays so")),
        None => {
            run.inbox.raise(item);
            flight.stop(RecordState::Inbox, why);
        }
    }
}

/// A second collection with our marker confuses people, but we know ours by its id.
fn doubled(run: &mut Run, flight: &mut Flight, listing: &Listing) {
    let marked = listing.marked(&flight.desired.marker);
    let ours = flight.shelf.collection.as_deref();
    let others: Vec<&str> =
        marked.iter().map(|listed| listed.id.as_str()).filter(|id| Some(*id) != ours).collect();
    if ours.is_some() && !others.is_empty() {
        let why = format!(
            "collection {} carries the marker {} of collection {}: rename or delete it",
            others.join(", "),
            flight.desired.marker,
            ours.unwrap_or_default()
        );
        ask(run, flight, Kind::CollectionDoubled, why, others.join(" "));
    }
}

/// A question about a collection.
pub fn item(flight: &Flight, kind: Kind, message: String, facts: String) -> Item {
    let record = record(&flight.desired);
    let message = format!("{}: {message}", flight.desired.title);
    Item::about(kind, &record, message, facts)
}

/// Raises a question about a part of it; the rest goes on.
pub fn ask(run: &mut Run, flight: &mut Flight, kind: Kind, message: String, facts: String) {
    flight.asks = true;
    run.inbox.raise(item(flight, kind, message, facts));
}

/// What a collection is called in reports and in the inbox.
pub fn record(desired: &Desired) -> String {
    format!("collection:{}", desired.marker)
}
