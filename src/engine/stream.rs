//! What every flow's run begins and ends with: its lease, what it remembers, its report.

use super::lease::{self, Held};
use super::observe::sweep;
use super::run::Run;
use super::stop::Stop;
use crate::report::Report;
use crate::state::flow::FlowMemory;
use crate::state::{keys, store};

/// What a run or a plan gave, and how it ended (`Ok`: to its end).
pub struct Ended {
    /// The counts.
    pub report: Report,
    /// How it ended.
    pub end: Result<(), Stop>,
}

/// Does the work under the lease of the run's flow.
pub fn leased(
    run: &mut Run,
    work: impl FnOnce(&mut Run, &mut Held) -> Result<(), Stop>,
) -> Result<(), Stop> {
    if !run.platform.store_traits().is_ok_and(|t| t.conditional_writes) {
        let why = "the platform's store has no conditional writes; without them two runs could \
                   write over each other";
        return Err(Stop::Denied(why.to_owned()));
    }
    let mut lease = lease::acquire(run.platform, &run.report.flow, &run.id)?;
    run.inbox.load_decisions(run.platform)?;
    let end = work(run, &mut lease);
    let closed = sweep::end_of_call(run, matches!(end, Err(Stop::Paused(_))));
    let end = end.and(closed);
    // A lease that cannot be given back runs out by itself.
    let released = lease.release(run.platform);
    end.and(released.or_else(|stop| if stop == Stop::Busy { Ok(()) } else { Err(stop) }))
}

/// The end of a run with its report.
pub fn finish(mut run: Run, end: Result<(), Stop>) -> Ended {
    run.report.requests = std::mem::take(&mut run.caller.sent);
    Ended { report: run.report, end }
}

/// What the flow remembers, with the version under which it stands.
pub type Memory = (FlowMemory, Option<u64>);

/// Reads it.
pub fn load_memory(run: &Run) -> Result<Memory, Stop> {
    Ok(match store::get::<FlowMemory>(run.platform, &keys::flow(&run.report.flow))? {
        Some(found) => (found.value, Some(found.version)),
        None => (FlowMemory::default(), None),
    })
}

/// Stores it, if it changed.
pub fn save(run: &Run, (memory, version): Memory, after: FlowMemory) -> Result<Memory, Stop> {
    if memory == after {
        return Ok((memory, version));
    }
    let version = store::put(run.platform, &keys::flow(&run.report.flow), version, &after)?;
    Ok((after, Some(version)))
}
