//! What is kept of the changes: the intent inside the record first; then the audit, and the record
//! without it.

use serde_json::json;

use super::flight::Flight;
use super::refused;
use crate::engine::effect::links::Titles;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::order;
use crate::report::{Outcome, RecordState};
use crate::state::audit::AuditEntry;
use crate::state::licence_link::{LicenceLink, Pending};
use crate::state::{keys, store};

/// Stores what is about to happen. `at`: when a request of it may have been sent last.
pub fn intend(run: &Run, flight: &mut Flight, at: u64) -> Result<(), Stop> {
    let pending = Pending {
        run_id: run.id.clone(),
        at,
        work: flight.work,
        links: flight.links.clone(),
        old: flight.old.clone(),
    };
    let record = LicenceLink { pending: Some(pending), ..flight.stored.clone() };
    put(run, flight, record)
}

/// Everything is as it shall be.
pub fn commit(run: &mut Run, flight: &mut Flight, titles: &Titles) -> Result<(), Stop> {
    let mut links = flight.kept.clone();
    links.extend(flight.change().settled(titles));
    order::sort(&mut links);
    let work = if links.is_empty() { flight.stored.work } else { flight.work };
    let record = LicenceLink {
        purchase: flight.purchase.0.clone(),
        work,
        links,
        pending: None,
        refused: flight.given_up.clone(),
    };
    let is_empty = record.links.is_empty() && record.refused.is_empty();
    if record.links != flight.stored.links {
        audit(run, flight, &record)?;
        // A link that only changes its purchase is no change at Consonance.
        flight.written = !flight.linked.is_empty()
            || !flight.old.is_empty()
            || flight.links.len() > flight.adopts.len();
    }
    match flight.version {
        Some(version) if is_empty => {
            store::delete(run.platform, &keys::licence_link(&flight.purchase), version)?;
            flight.version = None;
            flight.stored = record;
        }
        None if is_empty => {}
        _ => put(run, flight, record)?,
    }
    if let (false, Some(refused)) = (flight.written, refused::told(flight)) {
        flight.stop(RecordState::Inbox, refused.message);
    } else if !flight.written {
        flight.stop(RecordState::Unchanged, "");
    }
    Ok(())
}

fn put(run: &Run, flight: &mut Flight, record: LicenceLink) -> Result<(), Stop> {
    if flight.version.is_none() || flight.stored != record {
        let key = keys::licence_link(&flight.purchase);
        flight.version = Some(store::put(run.platform, &key, flight.version, &record)?);
        flight.stored = record;
    }
    Ok(())
}

fn audit(run: &mut Run, flight: &Flight, after: &LicenceLink) -> Result<(), Stop> {
    let entry = AuditEntry {
        run_id: run.id.clone(),
        sequence: run.audited,
        at: run.platform.now().0,
        action: if flight.links.is_empty() { "unlink-licence" } else { "link-licence" }.to_owned(),
        asset: String::new(),
        work: after.work,
        why: flight.why.clone(),
        document: json!({
            "purchase": flight.purchase.as_str(),
            "before": flight.stored.links,
            "after": after.links,
            "rests-on": flight.snapshot,
        }),
    };
    store::put(run.platform, &keys::audit(&run.id, run.audited), None, &entry)?;
    run.audited += 1;
    Ok(())
}

/// How the purchase ended in this run.
pub fn report(run: &mut Run, flight: &Flight) {
    let record_id = flight.record();
    let (state, why) = match &flight.end {
        _ if flight.written => (RecordState::Written, String::new()),
        Some((state, why)) => (*state, why.clone()),
        None => (RecordState::Deferred, "its changes are left for a later run".to_owned()),
    };
    if matches!(state, RecordState::Written | RecordState::Unchanged) {
        run.report.record(&record_id, state);
    } else {
        run.report.outcome(Outcome { record_id, state, why, decision: None });
    }
}
