//! Tasks that go on while no run is there to ask after them. Each is noted under the call that
//! began it, so that the same call finds it again, however often a run pauses.

use super::Progress;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::TASK_NOTED_MS_MAX;
use crate::platform::Call;
use crate::state::keys;
use crate::state::store::{self, Versioned};
use crate::state::task::RunningTask;

/// A task that an earlier run began.
pub(super) type Noted = Versioned<RunningTask>;

/// The tasks that earlier runs began with these calls. An old one is not asked after: the signed
/// addresses in its result are no longer good.
pub(super) fn noted(run: &Run, calls: &[Call]) -> Result<Vec<Option<Noted>>, Stop> {
    let keys: Vec<String> = calls.iter().map(key).collect();
    let now = run.platform.now().0;
    let fresh = |noted: &Noted| now.saturating_sub(noted.value.at) < TASK_NOTED_MS_MAX;
    let found = store::get_many::<RunningTask>(run.platform, &keys)?;
    Ok(found.into_iter().map(|noted| noted.filter(fresh)).collect())
}

/// Notes what still runs.
pub(super) fn note(
    run: &Run,
    calls: &[Call],
    noted: &[Option<Noted>],
    progress: &[Progress],
) -> Result<(), Stop> {
    for ((call, noted), progress) in calls.iter().zip(noted).zip(progress) {
        let Some(uuid) = progress.running() else { continue };
        if noted.as_ref().is_some_and(|noted| noted.value.uuid == uuid) {
            continue;
        }
        let task = RunningTask { uuid: uuid.to_owned(), at: run.platform.now().0 };
        let there = store::get::<RunningTask>(run.platform, &key(call))?;
        store::put(run.platform, &key(call), there.map(|there| there.version), &task)?;
    }
    Ok(())
}

/// Forgets tasks that have given their results.
pub(super) fn forget(run: &Run, calls: &[Call], noted: &[Option<Noted>]) -> Result<(), Stop> {
    for (call, noted) in calls.iter().zip(noted) {
        if let Some(noted) = noted {
            store::delete(run.platform, &key(call), noted.version)?;
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
        store::delete(run.platform, &key, version)?;
    }
    Ok(())
}

fn key(call: &Call) -> String {
    let request = &call.request;
    keys::task(&[request.url.as_bytes(), b"\n", &request.body].concat())
}
