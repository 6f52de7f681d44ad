//! Tasks that go on while no run is there to ask after them. Each is noted under the call that
//! began it, so that the same call finds it again, however often a run pauses.

use super::Progress;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::TASK_NOTED_MS_MAX;
use crate::platform::Call;
use crate::state::keys;
use crate::state::store::{self, StateFault, Versioned};
use crate::state::task::RunningTask;

/// A task that an earlier run began.
pub(super) type Noted = Versioned<RunningTask>;

/// The tasks that earlier runs began under these keys. An old one is not asked after: the signed
/// addresses in its result are no longer good.
pub(super) fn noted(run: &Run, keys: &[String]) -> Result<Vec<Option<Noted>>, Stop> {
    let now = run.platform.now().0;
    let fresh = |noted: &Noted| now.saturating_sub(noted.value.at) < TASK_NOTED_MS_MAX;
    let found = store::get_many::<RunningTask>(run.platform, keys)?;
    Ok(found.into_iter().map(|noted| noted.filter(fresh)).collect())
}

/// Notes what still runs.
pub(super) fn note(
    run: &Run,
    keys: &[String],
    noted: &[Option<Noted>],
    progress: &[Progress],
) -> Result<(), Stop> {
    for ((key, noted), progress) in keys.iter().zip(noted).zip(progress) {
        let Some(uuid) = progress.running() else { continue };
        if noted.as_ref().is_some_and(|noted| noted.value.uuid == uuid) {
            continue;
        }
        let task = RunningTask { uuid: uuid.to_owned(), at: run.platform.now().0 };
        let there = store::get::<RunningTask>(run.platform, key)?.map(|there| there.version);
        hint(store::put(run.platform, key, there, &task).map(|_| ()))?;
    }
    Ok(())
}

/// Forgets tasks that have given their results.
pub(super) fn forget(run: &Run, keys: &[String], noted: &[Option<Noted>]) -> Result<(), Stop> {
    for (key, noted) in keys.iter().zip(noted) {
        if let Some(noted) = noted {
            hint(store::delete(run.platform, key, noted.version))?;
        }
    }
    Ok(())
}

/// Forgets tasks that nobody asked after in time.
pub fn forget_old(run: &Run) -> Result<(), Stop> {
    let now = run.platform.now().0;
    let mut old = Vec::new();
    store::scan(run.platform, keys::TASKS, |entry| {
        let noted = store::mirror::<RunningTask>(entry)?;
        if noted.is_none_or(|noted| now.saturating_sub(noted.value.at) >= TASK_NOTED_MS_MAX) {
            old.push((entry.key.clone(), entry.version));
        }
        Ok(())
    })?;
    for (key, version) in old {
        hint(store::delete(run.platform, &key, version))?;
    }
    Ok(())
}

/// Notes only save work: where another flow was faster, its note is as good.
fn hint(outcome: Result<(), StateFault>) -> Result<(), Stop> {
    match outcome {
        Err(StateFault::Conflict(_)) => Ok(()),
        other => Ok(other?),
    }
}

/// Where the task of a call is noted. The mark says of which state it tells, so that an answer about
/// an older one is never taken for this one's.
pub(super) fn key(call: &Call, mark: &str) -> String {
    let request = &call.request;
    keys::task(&[mark.as_bytes(), b"\n", request.url.as_bytes(), b"\n", &request.body].concat())
}
