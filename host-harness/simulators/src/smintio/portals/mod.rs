//! Portals: one generic execute endpoint, and background tasks. Every answer of `execute` is a
//! task; a method that is not in the table of `methods` is not supported, whatever its name.

mod collections;
mod comments;
mod downloads;
mod facets;
mod filters;
mod kits;
mod methods;
mod params;
mod read;
mod result_sets;
mod search;
mod tasks;
mod values;
mod wire;

use super::Smintio;
use super::identity;
use super::paths;
use super::refusal::Refusal;
use crate::http::{InstantMs, Request, Response};
pub use wire::instant;

use params::Params;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every path of the frontend API begins so.
pub const BASE: &str = "/frontend/v1/";
const EXECUTE_PATH: &str =
    "/frontend/v1/portals/{portal}/portalsContext/{interface}/execute/{method}";
const TASK_PATH: &str = "/frontend/v1/backgroundTasks/{task}";
const SCOPES: [&str; 2] = ["smintio.full", "smintio.portals.frontend"];

/// What the portal remembers besides its contents.
#[derive(Default)]
pub struct Portal {
    tasks: tasks::Tasks,
    sets: result_sets::ResultSets,
    facets: Option<facets::Facets>,
    made: u64,
    commented: u64,
    /// Sources that are down, with the `errorCode` they fail with.
    pub broken_sources: BTreeMap<String, String>,
    /// How many of the next long-running methods fail without having done anything.
    pub failing_tasks: u32,
}

impl Portal {
    /// Assets have changed: facets are counted anew.
    pub fn changed(&mut self) {
        self.facets = None;
    }
}

/// Answers a call below `BASE`.
pub fn handle(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    let execute = paths::fit(EXECUTE_PATH, request.path());
    let task = paths::fit(TASK_PATH, request.path());
    match (request.method.as_str(), execute.as_deref(), task.as_deref()) {
        ("POST", Some([portal, interface, method]), _) => {
            let known = methods::find(interface, method);
            let kind =
                known.map_or("portals.unsupported".to_owned(), |m| format!("portals.{}", m.name));
            server.counters.count(&kind);
            if let Err(refused) = identity::authorise(server, now, request, &SCOPES) {
                return refused;
            }
            if *portal != server.settings.portal_uuid {
                return Refusal::not_found("portal", portal).response();
            }
            let Some(known) = known else {
                return methods::not_supported(interface, method).response();
            };
            super::finish(execute_method(server, now, known, &request.body))
        }
        ("GET", _, Some([task])) => {
            server.counters.count("portals.poll");
            if let Err(refused) = identity::authorise(server, now, request, &SCOPES) {
                return refused;
            }
            super::finish(tasks::poll(server, now, task))
        }
        _ => super::nothing_here(server, request),
    }
}

/// What is wrong with the request itself is refused at once; what goes wrong in a long-running
/// method is the task's error.
fn execute_method(
    server: &mut Smintio,
    now: InstantMs,
    method: &methods::Method,
    body: &[u8],
) -> Result<Value, Refusal> {
    let params = Params::read(body)?;
    if method.long_running && server.portal.failing_tasks > 0 {
        server.portal.failing_tasks -= 1;
        let failed = Refusal::new(500, "internal_server_error", "The task failed");
        return Ok(tasks::start(server, now, Err(failed)));
    }
    let outcome = (method.run)(server, now, &params);
    if !method.long_running {
        return Ok(tasks::immediate(server, now, &outcome?));
    }
    if let Err(refusal) = &outcome
        && refusal.status == 400
    {
        return Err(refusal.clone());
    }
    Ok(tasks::start(server, now, outcome))
}
