//! The names of our collections: one that a person gave is kept until somebody says otherwise, also
//! one that was given while a run was paused, so that the listing on which the run rests does not
//! show it.

use super::compare::{ask, deleted, item};
use super::flight::Flight;
use super::listing::Listing;
use crate::engine::inbox::Kind;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::Fault;
use crate::model::ids::CollectionId;
use crate::report::RecordState;
use crate::smintio::portals::{decode, request};
use crate::state::shelf::Step;

/// Compares the name with the one that was listed.
pub fn compare(run: &mut Run, flight: &mut Flight, listing: &Listing) {
    let id = flight.shelf.collection.as_deref();
    let Some(listed) = id.and_then(|id| listing.of_id(id)) else { return };
    flight.name_is_old = !listing.is_of(run);
    // What became of a rename without an answer is looked at before anything else is said.
    if lost(flight).is_none() {
        judge(run, flight, &listed.name);
    }
}

/// Reads the names that are about to be written over, where the listing is of an earlier call.
pub fn look(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    let mut meant: Vec<&mut Flight> = flights.iter_mut().filter(|f| matters(f)).collect();
    let portals = &run.config.portals;
    let id = |flight: &&mut Flight| flight.shelf.collection.clone().map(CollectionId);
    let calls = meant.iter().filter_map(id).map(|id| request::collection(portals, &id)).collect();
    for (flight, answer) in meant.iter_mut().zip(tasks::all(run, calls)?) {
        let found = answer.and_then(|text| decode::collection(&run.config.portals, &text));
        match found.map(|head| head.name) {
            Ok(Some(name)) => judge(run, flight, &name),
            Ok(None) | Err(Fault::Refused(_) | Fault::Unreadable(_)) => unknown(flight),
            Err(Fault::NotFound(_)) => deleted(run, flight),
            Err(fault) => return Err(by_fault(run.platform, "Portals", fault)),
        }
    }
    Ok(())
}

fn matters(flight: &Flight) -> bool {
    let rests = flight.end.is_some() || flight.shelf.collection.is_none();
    let pending = flight.shelf.pending.as_ref();
    let is_under_way = pending.is_some_and(|pending| matches!(pending.step, Step::Rename { .. }));
    let renames = !is_under_way && flight.name_is_old && flight.is_renamed();
    !rests && (lost(flight).is_some() || renames)
}

/// The name of a rename whose answer was lost.
fn lost(flight: &Flight) -> Option<&str> {
    let pending = flight.shelf.pending.as_ref().filter(|pending| pending.task.is_none())?;
    match &pending.step {
        Step::Rename { name } => Some(name),
        _ => None,
    }
}

/// Without knowing its name, nobody writes over it.
fn unknown(flight: &mut Flight) {
    if lost(flight).is_some() {
        let why = "what became of its new name is not known: a later run looks again";
        flight.stop(RecordState::Deferred, why);
    }
    flight.keeps_name = true;
}

fn judge(run: &mut Run, flight: &mut Flight, shown: &str) {
    let is_begun = lost(flight) == Some(shown);
    if lost(flight).is_some() {
        flight.shelf.pending = None;
    }
    if is_begun {
        // An older listing does not show that.
        flight.shelf.named = run.platform.now().0;
    }
    if is_begun || shown == flight.shelf.name || shown == flight.desired.name {
        shown.clone_into(&mut flight.shelf.name);
        return;
    }
    let why = format!(
        "somebody renamed the collection {:?} to {shown:?}; ours would be {:?}",
        flight.shelf.name, flight.desired.name
    );
    let facts = format!("{shown} {}", flight.desired.name);
    let question = item(flight, Kind::CollectionRenamed, why.clone(), facts.clone());
    match run.inbox.decision(&question) {
        Some("restore") => shown.clone_into(&mut flight.shelf.name),
        Some(_) => flight.keeps_name = true,
        None => {
            flight.keeps_name = true;
            ask(run, flight, Kind::CollectionRenamed, why, facts);
        }
    }
}
