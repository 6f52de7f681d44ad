//! What every flow's run begins and ends with: its lease, what it remembers, its report.

use super::inbox::{Item, Kind};
use super::lease::{self, Held};
use super::observe::sweep;
use super::run::Run;
use super::stop::Stop;
use super::tasks::resume;
use crate::config::FirstRun;
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
    resume::forget_old(run)?;
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

/// The question that a first run or a changed mapping raises before anything is done: `counts` says
/// what would be made, `any` whether that is anything.
pub fn first_or_changed(run: &Run, memory: &FlowMemory, counts: &str, any: bool) -> Option<Item> {
    let flow = &run.report.flow;
    let item = if !memory.accepted && run.config.first_run == FirstRun::Plan {
        let message = format!(
            "the first run of {flow} would make these changes: {counts}. Look at them with \
             `plan`, then accept"
        );
        Item::about(Kind::FirstRun, flow, message, "first run".to_owned())
    } else {
        let hash = &run.config.mapping_hash;
        let changed = memory.mapping_hash.as_ref().is_some_and(|old| old != hash);
        if !(memory.completed && changed && any) {
            return None;
        }
        let message = format!("the mapping was changed; with it {flow} would make: {counts}");
        Item::about(Kind::MappingChanged, flow, message, hash.clone())
    };
    (run.inbox.decision(&item) != Some("accept")).then_some(item)
}

/// Ends the run with a question.
pub fn await_answer(run: &mut Run, item: Item) -> Stop {
    let id = item.id.clone();
    run.inbox.raise(item);
    match run.inbox.store(run.platform, true) {
        Ok(()) => Stop::Awaiting(id),
        Err(stop) => stop,
    }
}

/// Stores it, if it changed.
pub fn save(run: &Run, (memory, version): Memory, after: FlowMemory) -> Result<Memory, Stop> {
    if memory == after {
        return Ok((memory, version));
    }
    let version = store::put(run.platform, &keys::flow(&run.report.flow), version, &after)?;
    Ok((after, Some(version)))
}
