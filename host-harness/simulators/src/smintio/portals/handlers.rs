//! Tasks for people (task handlers, not background tasks): requests and uploads that somebody in
//! the portal approves. Our user can make them and check a form, nothing else.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::params::Params;
use crate::http::InstantMs;
use serde_json::{Value, json};

/// The task types of facts 4.3 (d).
const HANDLERS: [&str; 6] = [
    "task-type-request-access",
    "task-type-request-permission",
    "task-type-request-download",
    "task-type-request-generic",
    "task-type-upload-assets",
    "task-type-generic",
];

/// `createTaskAsync`. An upload names a file that was uploaded before.
pub fn create(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let handler = handler(params)?.to_owned();
    let values = values(server, params)?;
    let names_file = values.iter().any(|value| value["id"] == "file");
    if handler == "task-type-upload-assets" && !names_file {
        let message = "An upload needs the value `file`: the uuid of an uploaded file";
        return Err(Refusal::new(400, "argument_missing", message));
    }
    server.portal.requested += 1;
    let id = server.signer.uuid("request", server.portal.requested);
    Ok(json!({"task": {"taskId": id, "taskHandlerId": handler, "state": "new"}}))
}

/// `validateCreateTaskFormFieldValuesAsync`.
pub fn validate(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    handler(params)?;
    values(server, params)?;
    Ok(json!({"isValid": true}))
}

/// `getTaskHandlerTaskCreationFormAsync`: the one field that an upload needs.
pub fn form(_: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let upload = handler(params)? == "task-type-upload-assets";
    let file = json!({"id": "file", "dataType": "string", "isRequired": true});
    let items = if upload { vec![file] } else { Vec::new() };
    Ok(json!({"formGroupDefinitions": [{"id": "form", "formItemDefinitions": items}]}))
}

fn handler(params: &Params) -> Result<&str, Refusal> {
    let id = params.required("taskHandlerId")?;
    if HANDLERS.contains(&id) { Ok(id) } else { Err(Refusal::not_found("task handler", id)) }
}

/// The values, each with an id and a data type; a file must be one that is there.
fn values(server: &Smintio, params: &Params) -> Result<Vec<Value>, Refusal> {
    let values = match params.get("formFieldValues") {
        None => return Ok(Vec::new()),
        Some(Value::Array(values)) => values.clone(),
        Some(other) => other.get("values").and_then(Value::as_array).cloned().unwrap_or_default(),
    };
    for value in &values {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if text("id").is_none() || text("datatype").is_none() {
            return Err(Refusal::argument("A form value has `id` and `dataType`"));
        }
        let file = text("stringvalue").unwrap_or_default();
        if text("id") == Some("file") && !server.portal.uploads.contains_key(file) {
            return Err(Refusal::not_found("uploaded file", file));
        }
    }
    Ok(values)
}
