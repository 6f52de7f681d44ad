//! What is kept of the changes: the audit first, then the base pair with the pending change gone.

use serde_json::json;

use super::compare::{item, record};
use super::flight::Flight;
use crate::engine::inbox::Kind;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::report::{Outcome, RecordState};
use crate::state::audit::AuditEntry;
use crate::state::shelf::{Shelf, Step};
use crate::state::{keys, store};

/// The name of a change in plans and in the audit.
pub fn action(step: &Step) -> &'static str {
    match step {
        Step::Create { .. } => "create-collection",
        Step::Rename { .. } => "rename-collection",
        Step::Add { .. } => "add-assets",
        Step::Remove { .. } => "remove-assets",
        Step::Post { .. } => "post-card",
        Step::Edit { .. } => "edit-card",
        Step::Share { .. } => "share-collection",
        Step::Reshare { .. } => "extend-share",
        Step::Unshare => "end-share",
    }
}

/// A change was made.
pub fn done(
    run: &mut Run,
    flight: &mut Flight,
    step: &Step,
    id: Option<String>,
) -> Result<(), Stop> {
    let before = flight.shelf.clone();
    flight.shelf.pending = None;
    flight.done(step, id);
    if matches!(step, Step::Create { .. } | Step::Rename { .. }) {
        flight.shelf.named = run.platform.now().0;
    }
    flight.changed = true;
    let entry = AuditEntry {
        run_id: run.id.clone(),
        sequence: run.audited,
        at: run.platform.now().0,
        action: action(step).to_owned(),
        asset: String::new(),
        work: flight.desired.work,
        why: flight.desired.why.to_string(),
        document: json!({
            "marker": before.marker,
            "collection": flight.shelf.collection,
            "step": step,
        }),
    };
    store::put(run.platform, &keys::audit(&run.id, run.audited), None, &entry)?;
    run.audited += 1;
    Ok(())
}

/// Stores what changed since it was read or stored last.
pub fn store(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    for flight in flights {
        let shelf = flight.shelf.clone();
        put(run, flight, &shelf)?;
    }
    Ok(())
}

fn put(run: &Run, flight: &mut Flight, shelf: &Shelf) -> Result<(), Stop> {
    let is_stored = flight.rests || flight.stored.as_deref() == Some(shelf);
    if is_stored || (flight.version.is_none() && is_nothing(shelf)) {
        return Ok(());
    }
    let key = keys::shelf(&shelf.marker);
    flight.version = Some(store::put(run.platform, &key, flight.version, shelf)?);
    flight.stored = Some(Box::new(shelf.clone()));
    Ok(())
}

fn is_nothing(shelf: &Shelf) -> bool {
    shelf.collection.is_none() && shelf.pending.is_none()
}

/// Keeps the base pair of everything that is as it shall be, and tells the report.
pub fn settle(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    for flight in flights {
        if flight.end.is_none() {
            let settled = flight.settled();
            put(run, flight, &settled)?;
            flight.shelf = settled;
        }
        report(run, flight);
        flight.rest();
    }
    Ok(())
}

/// How the collection ended in this run.
pub fn report(run: &mut Run, flight: &Flight) {
    let record_id = record(&flight.desired);
    let open = flight.shelf.pending.is_some() || flight.next().is_some();
    let (state, why) = match (&flight.end, flight.changed, flight.asks) {
        (_, true, _) => (RecordState::Written, String::new()),
        (Some((state, why)), false, _) => (*state, why.clone()),
        (None, false, true) => (RecordState::Inbox, "a person is asked about it".to_owned()),
        (None, false, false) if open => {
            (RecordState::Deferred, "its changes are left for a later run".to_owned())
        }
        (None, false, false) => (RecordState::Unchanged, String::new()),
    };
    if matches!(state, RecordState::Written | RecordState::Unchanged) {
        run.report.record(&record_id, state);
    } else {
        run.report.outcome(Outcome { record_id, state, why, decision: None });
    }
}

/// Tells a person what Portals refused.
pub fn complain(run: &mut Run, flight: &mut Flight, why: &str) {
    flight.asks = true;
    run.inbox.raise(item(flight, Kind::BadRecord, why.to_owned(), why.to_owned()));
}
