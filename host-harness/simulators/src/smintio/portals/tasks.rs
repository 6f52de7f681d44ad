//! Background tasks. The work is done when the method is called; what takes time is the answer:
//! `created`, `in_progress`, then `completed` or `error`, one step per poll that comes in time.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::unconfirmed::TOO_MANY_REQUESTS;
use crate::http::InstantMs;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// Results of immediate methods that can still be asked for.
const RECENT: usize = 64;

/// Tasks that can be asked for.
#[derive(Default)]
pub struct Tasks {
    started: u64,
    running: BTreeMap<String, Task>,
    order: VecDeque<(InstantMs, String)>,
    recent: VecDeque<(String, Value)>,
}

struct Task {
    polls: u32,
    last_poll: Option<InstantMs>,
    outcome: Result<Value, Refusal>,
}

impl Tasks {
    fn forget(&mut self, now: InstantMs) {
        while let Some((_, uuid)) = self.order.pop_front_if(|(end, _)| *end <= now) {
            self.running.remove(&uuid);
        }
    }
}

/// The task of an immediate method: completed at once.
pub fn immediate(server: &mut Smintio, now: InstantMs, result: &Value) -> Value {
    let uuid = next_uuid(server, now);
    let task = completed(&uuid, result, server.settings.stray_quotes);
    let recent = &mut server.portal.tasks.recent;
    recent.push_back((uuid, task.clone()));
    if recent.len() > RECENT {
        recent.pop_front();
    }
    task
}

/// The task of a long-running method.
pub fn start(server: &mut Smintio, now: InstantMs, outcome: Result<Value, Refusal>) -> Value {
    let uuid = next_uuid(server, now);
    let tasks = &mut server.portal.tasks;
    let end = now + server.settings.task_result_lifetime_ms;
    tasks.order.push_back((end, uuid.clone()));
    let task = Task { polls: 0, last_poll: None, outcome };
    let shown = show(&uuid, &task, &server.settings);
    tasks.running.insert(uuid, task);
    shown
}

/// `GET /backgroundTasks/{uuid}`.
pub fn poll(server: &mut Smintio, now: InstantMs, uuid: &str) -> Result<Value, Refusal> {
    let tasks = &mut server.portal.tasks;
    tasks.forget(now);
    if let Some((_, task)) = tasks.recent.iter().find(|(u, _)| u == uuid) {
        return Ok(task.clone());
    }
    let Some(task) = tasks.running.get_mut(uuid) else {
        return Err(Refusal::not_found("background task", uuid));
    };
    if task.last_poll.is_some_and(|last| now < last + server.settings.poll_min_ms) {
        server.counters.polls_refused += 1;
        let message = "The background task was polled too fast";
        return Err(Refusal::new(429, TOO_MANY_REQUESTS, message).about(uuid));
    }
    task.last_poll = Some(now);
    task.polls += 1;
    Ok(show(uuid, task, &server.settings))
}

fn next_uuid(server: &mut Smintio, now: InstantMs) -> String {
    let tasks = &mut server.portal.tasks;
    tasks.forget(now);
    tasks.started += 1;
    server.signer.uuid("task", tasks.started)
}

fn show(uuid: &str, task: &Task, settings: &super::super::Settings) -> Value {
    let steps = if settings.tasks_never_end { u32::MAX } else { settings.polls_until_done };
    if task.polls < steps {
        let state = if task.polls == 0 { "created" } else { "in_progress" };
        return json!({
            "uuid": uuid,
            "state": state,
            "finished_percentage": u64::from(task.polls) * 100 / u64::from(steps),
            "total_steps": steps,
            "succeeded_steps": task.polls,
            "failed_steps": 0,
        });
    }
    match &task.outcome {
        Ok(result) => completed(uuid, result, settings.stray_quotes),
        Err(refusal) => json!({
            "uuid": uuid,
            "state": "error",
            "finished_percentage": 100,
            "total_steps": 1,
            "succeeded_steps": 0,
            "failed_steps": 1,
            "result_string": quoted(&refusal.body(), settings.stray_quotes),
        }),
    }
}

fn completed(uuid: &str, result: &Value, stray_quotes: bool) -> Value {
    json!({
        "uuid": uuid,
        "state": "completed",
        "finished_percentage": 100,
        "total_steps": 1,
        "succeeded_steps": 1,
        "failed_steps": 0,
        "result_string": quoted(result, stray_quotes),
    })
}

fn quoted(result: &Value, stray_quotes: bool) -> String {
    if stray_quotes { format!("'{result}'") } else { result.to_string() }
}
