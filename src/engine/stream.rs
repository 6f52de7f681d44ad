//! What every flow's run begins and ends with: its lease, what it remembers, its report.

use sha2::{Digest as _, Sha256};

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
    run.inbox.take_up(run.platform)?;
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

/// The question that a plan raises before anything of it is done: a first run's, or that of a changed
/// mapping. `any`: whether there is anything to do.
pub fn question(run: &Run, memory: &FlowMemory, any: bool) -> Option<Kind> {
    if !memory.accepted && run.config.first_run == FirstRun::Plan {
        return Some(Kind::FirstRun);
    }
    let changed = memory.mapping_hash.as_ref().is_some_and(|old| *old != run.config.mapping_hash);
    (memory.completed && changed && any).then_some(Kind::MappingChanged)
}

/// Such a question as people read it: `counts` says what would be made.
pub fn message(run: &Run, kind: Kind, counts: &str) -> String {
    let flow = &run.report.flow;
    if kind == Kind::MappingChanged {
        return format!("the mapping was changed; with it {flow} would make: {counts}");
    }
    format!(
        "the first run of {flow} would make these changes: {counts}. Look at them with `plan`, then \
         accept"
    )
}

/// Asks about a plan whose changes are these. The answer is for exactly them: their hash is what the
/// question is about.
pub fn first_or_changed(
    run: &Run,
    memory: &FlowMemory,
    counts: impl FnOnce() -> String,
    changes: impl IntoIterator<Item = String>,
) -> Option<Item> {
    // Most runs have nothing to ask, and need not look at their changes for that.
    question(run, memory, true)?;
    let mut digest = Sha256::new();
    let mut any = false;
    for change in changes {
        digest.update(format!("{change}\n"));
        any = true;
    }
    let kind = question(run, memory, any)?;
    let hash: String = digest.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    let facts = match kind {
        Kind::MappingChanged => format!("{} {hash}", run.config.mapping_hash),
        _ => hash,
    };
    let item = Item::about(kind, &run.report.flow, message(run, kind, &counts()), facts);
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
