//! New before old: the old image of ours goes only when the new one is good.

use std::collections::BTreeMap;

use super::flight::Flight;
use crate::consonance::{decode, request};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::model::ids::{ResourceId, WorkId};
use crate::model::title::Title;
use crate::state::intent::Stage;
use crate::state::link::Placed;

/// How a deletion ended.
pub enum Deletion {
    /// It is gone.
    Gone,
    /// The answer was lost: a read will tell.
    Unknown,
    /// Consonance does not do it, and says why.
    Refused(String),
}

/// Deletes a resource of ours.
pub fn delete(run: &mut Run, id: ResourceId) -> Result<Deletion, Stop> {
    let call = request::delete_resource(&run.config.consonance, id);
    run.caller.budget.spend_writes(1);
    let answer = run.consonance_one(call)?;
    run.report.writes += 1;
    match answer.and_then(|response| decode::deleted(&response.body)) {
        Ok(()) | Err(Fault::NotFound(_)) => Ok(Deletion::Gone),
        Err(Fault::Unknown(_) | Fault::Transient(_)) => Ok(Deletion::Unknown),
        Err(Fault::Refused(words)) => Ok(Deletion::Refused(words)),
        Err(fault) => Err(by_fault(run.platform, "Consonance", fault)),
    }
}

/// Removes the old images of each flight whose new one is good, as far as they are still there.
pub fn replace(
    run: &mut Run,
    flights: &mut [Flight],
    titles: &BTreeMap<WorkId, Title>,
) -> Result<(), Stop> {
    for flight in flights.iter_mut() {
        if !matches!(flight.intent.stage, Stage::Replacing { .. }) || flight.unsettled {
            continue;
        }
        let going: Vec<Placed> =
            flight.intent.old.iter().chain(&flight.intent.also).cloned().collect();
        for old in going {
            remove(run, flight, &old, titles)?;
        }
    }
    Ok(())
}

fn remove(
    run: &mut Run,
    flight: &mut Flight,
    old: &Placed,
    titles: &BTreeMap<WorkId, Title>,
) -> Result<(), Stop> {
    match titles.get(&WorkId(old.asked.work)) {
        Some(title) if title.resources.iter().any(|r| r.id.0 == old.id) => {
            match delete(run, ResourceId(old.id))? {
                Deletion::Gone => {}
                Deletion::Unknown => flight.unsettled = true,
                Deletion::Refused(words) => flight.refused_deletion(run, old.id, &words),
            }
        }
        Some(_) => {}
        None => flight.unsettled = true,
    }
    Ok(())
}
