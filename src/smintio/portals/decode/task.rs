//! A background task and its result text, which comes as escaped JSON and, in one documented
//! sample, with stray quotes around it.

use crate::fault::Fault;
use crate::limits::SMINTIO_BODY_BYTES_MAX;
use crate::smintio::portals::wire;
use crate::vendor::status::clip;
use crate::vendor::wire::{Json, tree};

/// A background task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its uuid.
    pub uuid: String,
    /// How far it is.
    pub state: TaskState,
    /// Its result as JSON text; absent while it runs.
    pub result: Option<String>,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Not begun.
    Created,
    /// Running.
    InProgress,
    /// Done; the result is there.
    Completed,
    /// Failed; the result may say why.
    Error,
}

/// How often a text inside a text is unwrapped.
const WRAPPERS_MAX: usize = 3;

/// A task.
pub fn task(body: &[u8]) -> Result<Task, Fault> {
    let task = wire::task(body)?;
    let state = match task.state.to_ascii_lowercase().as_str() {
        "created" => TaskState::Created,
        "in_progress" => TaskState::InProgress,
        "completed" => TaskState::Completed,
        "error" => TaskState::Error,
        other => {
            let reason =
                format!("task {} is in the unknown state {:?}", task.uuid, clip(other, 40));
            return Err(Fault::Unreadable(reason));
        }
    };
    let result = match task.result_string {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) => unwrapped(&text),
        Some(json) => Some(json.to_string()),
    };
    Ok(Task { uuid: task.uuid, state, result })
}

/// What a failed task says, for a person.
pub fn task_words(task: &Task) -> String {
    let Some(result) = &task.result else { return "it gives no reason".to_owned() };
    let said = crate::smintio::wire::words(result.as_bytes());
    clip(&said.unwrap_or_else(|| result.clone()), 500)
}

/// The JSON text inside stray quotes and escapes. A text that is no JSON is left as it came, for
/// whoever decodes it to complain about.
fn unwrapped(text: &str) -> Option<String> {
    let mut text = text.trim().to_owned();
    for _ in 0..WRAPPERS_MAX {
        if let Some(inner) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
            text = inner.trim().to_owned();
        }
        let inner = if text.starts_with('"') {
            tree(text.as_bytes(), SMINTIO_BODY_BYTES_MAX).ok()
        } else if text.starts_with("{\\\"") || text.starts_with("[{\\\"") {
            // Escapes without the quotes that belong around them.
            tree(format!("\"{text}\"").as_bytes(), SMINTIO_BODY_BYTES_MAX).ok()
        } else {
            None
        };
        match inner {
            Some(Json::String(inner)) => text = inner.trim().to_owned(),
            _ => break,
        }
    }
    (!text.is_empty()).then_some(text)
}
