//! All operations of a plan, a few at a time.

use super::drive::{self, Patience};
use super::examine::examine;
use super::flight::Flight;
use super::prepare;
use super::recover::Carried;
use crate::engine::budget::Budget;
use crate::engine::lease::Held;
use crate::engine::plan::planner::Plan;
use crate::engine::plan::sketch::Sketch;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::OPERATIONS_AT_ONCE;
use crate::report::RecordState;

/// Requests that one operation needs in the budget's eyes: two background tasks of Portals with
/// their polls, the head of the file, the changes, and its part of the read-backs.
pub const REQUESTS_EACH: u32 = 16;

/// Carries the plan out. `waiting` are flights of earlier runs that still wait for Consonance.
pub fn execute(
    run: &mut Run,
    lease: &mut Held,
    plan: Plan,
    mut carried: Carried,
    mut waiting: Vec<Flight>,
) -> Result<(), Stop> {
    let total = plan.operations.len() as u64;
    // Until it is done, a planned record is one that waits.
    for operation in &plan.operations {
        run.report.record(operation.asset.as_str(), RecordState::Deferred);
    }
    let mut rest: &[Sketch] = &plan.operations;
    while !rest.is_empty() {
        let writes = rest.iter().take(OPERATIONS_AT_ONCE).map(|o| usize::from(o.writes));
        let fits = run.caller.budget.operations(writes, REQUESTS_EACH);
        if fits == 0 {
            return Err(too_little(run, rest));
        }
        let (chunk, later) = rest.split_at(fits);
        run.caller.budget.check_time(run.platform)?;
        lease.renew(run.platform)?;
        let flights = prepare::prepare(run, &plan, chunk, &mut carried)?;
        waiting.extend(drive::drive(run, lease, flights, Patience::Short)?);
        rest = later;
        run.platform.progress("writing", total - rest.len() as u64, Some(total));
    }
    let left = drive::drive(run, lease, waiting, Patience::Long)?;
    examine(run, &plan)?;
    let by_itself = left.iter().filter(|flight| !flight.asks);
    match by_itself.map(|flight| drive::resume_at(run, flight)).min() {
        Some(instant) => Err(Stop::Paused(instant)),
        None => Ok(()),
    }
}

/// What is left is too little for the next operation; if the whole budget is, no pause helps.
fn too_little(run: &Run, rest: &[Sketch]) -> Stop {
    let writes = rest.first().map_or(0, |sketch| usize::from(sketch.writes));
    if run.caller.budget.never_fits(writes) {
        return Stop::LimitReached(format!(
            "the next change of an image takes {writes} writes, more than budget.max-writes allows \
             in one call"
        ));
    }
    Budget::used_up(run.platform)
}
