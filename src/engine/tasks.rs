//! Portals answers through background tasks. Long ones are polled at the vendor's fixed pace,
//! all outstanding ones in one round.

pub mod resume;

use resume::Noted;

use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::fault::Fault;
use crate::limits::TASK_MS_MAX;
use crate::platform::{Call, Response};
use crate::smintio::portals::{decode, decode::TaskState, request};

/// The result text of one call, or what went wrong with it.
pub type TaskResult = Result<String, Fault>;

enum Progress {
    Done(TaskResult),
    Running(String),
}

/// Runs one call to its end.
pub fn one(run: &mut Run, call: Call) -> Result<TaskResult, Stop> {
    let mut results = all(run, vec![call])?;
    Ok(results.pop().unwrap_or_else(|| Err(Fault::Transient("no answer".to_owned()))))
}

/// Runs the calls to their ends, together. The results come in the order of the calls.
pub fn all(run: &mut Run, calls: Vec<Call>) -> Result<Vec<TaskResult>, Stop> {
    let none: Vec<Option<Noted>> = calls.iter().map(|_| None).collect();
    let mut progress = begin(run, &calls, &none)?;
    poll(run, &mut progress)?;
    Ok(progress.into_iter().map(Progress::end).collect())
}

/// The same for calls that only read, each with a mark of the state that it reads. Where the budget
/// ends first, the tasks are noted, and the same calls with the same marks go on with them in the
/// next run.
pub fn resumed(run: &mut Run, marked: Vec<(Call, &str)>) -> Result<Vec<TaskResult>, Stop> {
    let keys: Vec<String> = marked.iter().map(|(call, mark)| resume::key(call, mark)).collect();
    let calls: Vec<Call> = marked.into_iter().map(|(call, _)| call).collect();
    let noted = resume::noted(run, &keys)?;
    let mut progress = begin(run, &calls, &noted)?;
    if let Err(stop) = poll(run, &mut progress) {
        resume::note(run, &keys, &noted, &progress)?;
        return Err(stop);
    }
    resume::forget(run, &keys, &noted)?;
    Ok(progress.into_iter().map(Progress::end).collect())
}

/// Sends the calls, or asks after the tasks that an earlier run began with them. What those cannot
/// give any more is begun anew.
fn begin(run: &mut Run, calls: &[Call], noted: &[Option<Noted>]) -> Result<Vec<Progress>, Stop> {
    let config = run.config;
    let first = calls.iter().zip(noted).map(|(call, noted)| match noted {
        Some(noted) => request::task(&config.portals, &noted.value.uuid),
        None => call.clone(),
    });
    let mut progress: Vec<Progress> =
        run.portals(first.collect())?.into_iter().map(judged).collect();
    let lost: Vec<usize> = (0..calls.len()).filter(|i| is_lost(*i, &progress, noted)).collect();
    let again = lost.iter().filter_map(|i| calls.get(*i)).cloned().collect();
    for (index, answer) in lost.into_iter().zip(run.portals(again)?) {
        if let Some(slot) = progress.get_mut(index) {
            *slot = judged(answer);
        }
    }
    Ok(progress)
}

fn is_lost(index: usize, progress: &[Progress], noted: &[Option<Noted>]) -> bool {
    noted.get(index).is_some_and(Option::is_some)
        && matches!(progress.get(index), Some(Progress::Done(Err(_))))
}

/// Polls until no task runs any more.
fn poll(run: &mut Run, progress: &mut [Progress]) -> Result<(), Stop> {
    let config = run.config;
    let began = run.platform.monotonic_ms();
    loop {
        let running: Vec<(usize, String)> = progress
            .iter()
            .enumerate()
            .filter_map(|(i, p)| p.running().map(|uuid| (i, uuid.to_owned())))
            .collect();
        if running.is_empty() {
            return Ok(());
        }
        // A call that has no time left pauses; its tasks are found again.
        run.caller.budget.check_time(run.platform)?;
        if run.platform.monotonic_ms().saturating_sub(began) > TASK_MS_MAX {
            give_up(progress);
            return Ok(());
        }
        run.caller.budget.wait(run.platform, config.portals.poll_ms)?;
        let polls = running.iter().map(|(_, uuid)| request::task(&config.portals, uuid)).collect();
        for ((index, _), answer) in running.into_iter().zip(run.portals(polls)?) {
            if let Some(slot) = progress.get_mut(index) {
                *slot = judged(answer);
            }
        }
    }
}

impl Progress {
    fn running(&self) -> Option<&str> {
        match self {
            Self::Running(uuid) => Some(uuid),
            Self::Done(_) => None,
        }
    }

    fn end(self) -> TaskResult {
        match self {
            Self::Done(result) => result,
            Self::Running(uuid) => Err(Fault::Transient(format!("task {uuid} goes on"))),
        }
    }
}

fn judged(answer: Result<Response, Fault>) -> Progress {
    let task = match answer.and_then(|response| decode::task(&response.body)) {
        Ok(task) => task,
        Err(fault) => return Progress::Done(Err(fault)),
    };
    match task.state {
        TaskState::Created | TaskState::InProgress => Progress::Running(task.uuid),
        TaskState::Completed => Progress::Done(
            task.result
                .ok_or_else(|| Fault::Unreadable("a finished task without result".to_owned())),
        ),
        TaskState::Error => Progress::Done(Err(Fault::Refused(decode::task_words(&task)))),
    }
}

fn give_up(progress: &mut [Progress]) {
    for slot in progress {
        if let Progress::Running(uuid) = slot {
            let fault = Fault::Transient(format!("task {uuid} did not end in time"));
            *slot = Progress::Done(Err(fault));
        }
    }
}
