//! The end of an operation: the base pair is stored, the change is audited, the intent goes.

use std::collections::BTreeMap;

use serde_json::json;

use super::flight::Flight;
use super::links::change;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::WorkId;
use crate::model::title::Title;
use crate::report::RecordState;
use crate::state::audit::AuditEntry;
use crate::state::intent::Stage;
use crate::state::link::Link;
use crate::state::{keys, store};

/// Commits every flight of which everything is as it should be. Gives back the others.
pub fn commit(
    run: &mut Run,
    flights: Vec<Flight>,
    titles: &BTreeMap<WorkId, Title>,
) -> Result<Vec<Flight>, Stop> {
    let mut flying = Vec::new();
    for flight in flights {
        match &flight.intent.stage {
            Stage::Replacing { placed, at } if is_complete(&flight, titles, is_old(run, *at)) => {
                let mut link = Link {
                    asset: flight.intent.asset.clone(),
                    work: placed.as_ref().map_or_else(|| old_work(&flight), |p| p.asked.work),
                    resource: placed.as_deref().cloned(),
                    rest: None,
                    web_links: change(&flight).settled(titles),
                    first_placed: placed.as_ref().map(|p| p.at),
                    undone: None,
                };
                store_link(run, &flight, &mut link)?;
            }
            _ => flying.push(flight),
        }
    }
    Ok(flying)
}

fn old_work(flight: &Flight) -> i64 {
    flight.intent.old.as_ref().map_or(0, |old| old.asked.work)
}

/// Whether a read shows by now what was written then.
fn is_old(run: &Run, at: u64) -> bool {
    run.platform.now().0.saturating_sub(at) > run.config.engine.settle_ms
}

/// Seen with our own eyes: the old one gone, the new one there, the links as wanted. One that was
/// there and is not any more was taken off by a person, which the next plan asks about.
fn is_complete(flight: &Flight, titles: &BTreeMap<WorkId, Title>, is_old: bool) -> bool {
    let there = |work: i64, id: i64| {
        titles.get(&WorkId(work)).map(|t| t.resources.iter().any(|r| r.id.0 == id))
    };
    let mut old = flight.intent.old.iter().chain(&flight.intent.also);
    let old_gone = old.all(|o| there(o.asked.work, o.id) == Some(false));
    let new_there = match &flight.intent.stage {
        Stage::Replacing { placed: Some(p), .. } => {
            there(p.asked.work, p.id).is_some_and(|is_there| is_there || is_old)
        }
        _ => true,
    };
    old_gone && new_there && change(flight).is_cleared(titles)
}

fn store_link(run: &mut Run, flight: &Flight, link: &mut Link) -> Result<(), Stop> {
    let asset = flight.asset();
    let key = keys::link(&asset);
    let before = store::get::<Link>(run.platform, &key)?;
    let version = before.as_ref().map(|b| b.version);
    let before = before.map(|b| b.value);
    beside(flight, before.as_ref(), link);
    if let Some(known) = before.as_ref().filter(|b| b.work == link.work) {
        link.first_placed = known.first_placed.or(link.first_placed);
        link.undone = known.undone.clone().filter(|_| link.resource.is_some());
    }
    let changed = before.as_ref() != Some(link);
    if changed {
        audit(run, flight, before.as_ref(), link)?;
        store::put(run.platform, &key, version, link)?;
    }
    store::delete(run.platform, &keys::intent(&asset), flight.version)?;
    // Where nothing but a refused link was to be done, nothing was written.
    if changed || run.report.state(asset.as_str()) != Some(RecordState::Inbox) {
        run.report.record(asset.as_str(), RecordState::Written);
    }
    Ok(())
}

/// An older image stays beside the newer one, comes to it, or goes from it.
fn beside(flight: &Flight, before: Option<&Link>, link: &mut Link) {
    let Some(before) = before else { return };
    if flight.intent.copies.is_some() {
        link.rest = std::mem::replace(&mut link.resource, before.resource.clone());
        link.first_placed = before.first_placed;
        return;
    }
    let old = flight.intent.old.as_ref().map(|old| old.id);
    if before.rest.as_ref().is_some_and(|rest| Some(rest.id) == old) {
        link.resource.clone_from(&before.resource);
        link.work = before.work;
    } else if flight.intent.also.is_none() {
        link.rest.clone_from(&before.rest);
    }
}

fn audit(run: &mut Run, flight: &Flight, before: Option<&Link>, after: &Link) -> Result<(), Stop> {
    let entry = AuditEntry {
        run_id: run.id.clone(),
        sequence: run.audited,
        at: run.platform.now().0,
        action: action(flight).to_owned(),
        asset: flight.intent.asset.clone(),
        work: after.work,
        why: flight.intent.why.clone(),
        document: json!({
            "before": before,
            "after": after,
            "intent-of-run": flight.intent.run_id,
            "rests-on": flight.intent.rests_on,
        }),
    };
    store::put(run.platform, &keys::audit(&run.id, run.audited), None, &entry)?;
    run.audited += 1;
    Ok(())
}

fn action(flight: &Flight) -> &'static str {
    match (&flight.intent.desired, &flight.intent.old) {
        (Some(_), None) => "place",
        (Some(_), Some(_)) => "replace",
        (None, _) => "withdraw",
    }
}
