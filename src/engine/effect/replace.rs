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

/// Deletes a resource of ours; true if it is surely gone, false if the answer was lost.
pub fn delete(run: &mut Run, id: ResourceId) -> Result<bool, Stop> {
    let call = request::delete_resource(&run.config.consonance, id);
    run.caller.budget.spend_writes(1);
    run.report.writes += 1;
    let answer = run.consonance_one(call)?;
    match answer.and_then(|response| decode::deleted(&response.body)) {
        // Refused or not found: it is not there any more, or a read will tell.
        Ok(()) | Err(Fault::NotFound(_)) => Ok(true),
        Err(Fault::Unknown(_) | Fault::Transient(_) | Fault::Refused(_)) => Ok(false),
        Err(fault) => Err(by_fault(run.platform, "Consonance", fault)),
    }
}

/// Removes the old image of each flight whose new one is good, as far as it is still there.
pub fn replace(
    run: &mut Run,
    flights: &mut [Flight],
    titles: &BTreeMap<WorkId, Title>,
) -> Result<(), Stop> {
    for flight in flights.iter_mut() {
        if !matches!(flight.intent.stage, Stage::Replacing { .. }) || flight.unsettled {
            continue;
        }
        let Some(old) = flight.intent.old.clone() else { continue };
        match titles.get(&WorkId(old.asked.work)) {
            Some(title) if title.resources.iter().any(|r| r.id.0 == old.id) => {
                if !delete(run, ResourceId(old.id))? {
                    flight.unsettled = true;
                }
            }
            Some(_) => {}
            None => flight.unsettled = true,
        }
    }
    Ok(())
}
