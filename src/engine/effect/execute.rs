//! All operations of a plan, a few at a time.

use super::drive::{self, Patience};
use super::flight::Flight;
use super::prepare;
use super::recover::Carried;
use crate::engine::budget::Budget;
use crate::engine::lease::Held;
use crate::engine::plan::operation::Operation;
use crate::engine::plan::planner::Plan;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::OPERATIONS_AT_ONCE;
use crate::report::RecordState;

/// Changes that one operation makes at most in the budget's eyes: an image, an old one, and links
/// for a handful of editions.
const WRITES_EACH: u32 = 12;

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
    let mut rest: &[Operation] = &plan.operations;
    while !rest.is_empty() {
        let fits = run.caller.budget.operations(WRITES_EACH).min(OPERATIONS_AT_ONCE);
        if fits == 0 {
            return Err(Budget::used_up(run.platform));
        }
        let (chunk, later) = rest.split_at(fits.min(rest.len()));
        run.caller.budget.check_time(run.platform)?;
        lease.renew(run.platform)?;
        let flights = prepare::prepare(run, &plan, chunk, &mut carried)?;
        waiting.extend(drive::drive(run, lease, flights, Patience::Short)?);
        rest = later;
        run.platform.progress("writing", total - rest.len() as u64, Some(total));
    }
    let left = drive::drive(run, lease, waiting, Patience::Long)?;
    match left.iter().map(|flight| drive::resume_at(run, flight)).min() {
        Some(instant) => Err(Stop::Paused(instant)),
        None => Ok(()),
    }
}
