//! Portals answers through background tasks. Long ones are polled at the vendor's fixed pace,
//! all outstanding ones in one round.

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
    let config = run.config;
    let mut progress: Vec<Progress> = run.portals(calls)?.into_iter().map(judged).collect();
    let began = run.platform.monotonic_ms();
    loop {
        let running: Vec<(usize, String)> = progress
            .iter()
            .enumerate()
            .filter_map(|(i, p)| match p {
                Progress::Running(uuid) => Some((i, uuid.clone())),
                Progress::Done(_) => None,
            })
            .collect();
        if running.is_empty() {
            break;
        }
        let late = run.platform.monotonic_ms().saturating_sub(began) > TASK_MS_MAX;
        if late {
            give_up(&mut progress);
            break;
        }
        run.caller.budget.wait(run.platform, config.portals.poll_ms)?;
        let polls = running.iter().map(|(_, uuid)| request::task(&config.portals, uuid)).collect();
        for ((index, _), answer) in running.into_iter().zip(run.portals(polls)?) {
            if let Some(slot) = progress.get_mut(index) {
                *slot = judged(answer);
            }
        }
    }
    Ok(progress
        .into_iter()
        .map(|p| match p {
            Progress::Done(result) => result,
            Progress::Running(uuid) => Err(Fault::Transient(format!("task {uuid} goes on"))),
        })
        .collect())
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
