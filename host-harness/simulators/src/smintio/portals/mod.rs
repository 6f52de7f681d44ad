//! Portals: one generic execute endpoint, and background tasks. Every answer of `execute` is a
//! task; a method that is not in the table of `methods` is not supported, whatever its name.

mod boards;
mod collections;
mod comments;
mod downloads;
mod facets;
mod filters;
mod handlers;
mod kits;
mod methods;
mod params;
mod payload;
mod read;
mod result_sets;
mod search;
pub mod shares;
mod tasks;
mod title_context;
mod upload;
mod values;
mod wire;

use super::Smintio;
use super::identity;
use super::refusal::Refusal;
use super::unconfirmed::SEARCH_PAGE_UUID;
use crate::http::{InstantMs, Request, Response};
use crate::paths;
pub use payload::payload;
pub use shares::open as open_share;
pub use wire::instant;

use params::Params;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every path of the frontend API begins so.
pub const BASE: &str = "/frontend/v1/";
/// The generic execute endpoint on its three levels (facts 4.2). On page and component level the
/// property names the setting that holds the adapter; whatever it is called, it is the same one.
const EXECUTE_PATHS: [&str; 3] = [
    "/frontend/v1/portals/{portal}/portalsContext/{interface}/execute/{method}",
    "/frontend/v1/portals/{portal}/pageConfigurations/{page}/{property}/{interface}/execute/\
     {method}",
    "/frontend/v1/portals/{portal}/pageConfigurations/{page}/componentConfigurations/{component}/\
     {property}/{interface}/execute/{method}",
];
const UPLOAD_PATH: &str = "/frontend/v1/portals/{portal}/portalsContext/uploadFile";
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
    /// Long-running methods so far.
    long_runs: u64,
    shared: u64,
    /// Every share, ended ones included.
    pub shares: Vec<shares::Share>,
    requested: u64,
    uploaded: u64,
    /// Uploaded files: uuid to name and size.
    uploads: BTreeMap<String, (String, usize)>,
    /// Asset to version and context of its title, for the invented adapter.
    pub title_contexts: BTreeMap<String, (u64, Value)>,
}

impl Portal {
    /// A portal that begins as the settings say.
    pub fn new(settings: &super::Settings) -> Self {
        Self { broken_sources: settings.broken_sources.clone(), ..Self::default() }
    }

    /// Assets have changed: facets are counted anew.
    pub fn changed(&mut self) {
        self.facets = None;
    }
}

/// What a path of the frontend API asks for.
enum Call {
    /// Portal, page if there is one, interface and method.
    Execute(String, Option<String>, String, String),
    Upload(String),
    Poll(String),
}

/// Reads method and path.
fn call(request: &Request) -> Option<Call> {
    let path = request.path();
    if request.method == "GET" {
        let task = paths::fit(TASK_PATH, path)?.pop()?;
        return Some(Call::Poll(task));
    }
    if request.method != "POST" {
        return None;
    }
    if let Some(portal) = paths::fit(UPLOAD_PATH, path).and_then(|mut holes| holes.pop()) {
        return Some(Call::Upload(portal));
    }
    let mut holes = EXECUTE_PATHS.iter().find_map(|template| paths::fit(template, path))?;
    let (method, interface) = (holes.pop()?, holes.pop()?);
    let page = (holes.len() > 1).then(|| holes[1].clone());
    Some(Call::Execute(holes.swap_remove(0), page, interface, method))
}

/// Answers a call below `BASE`.
pub fn handle(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    let Some(call) = call(request) else { return super::nothing_here(server, request) };
    let kind = match &call {
        Call::Execute(_, _, interface, method) => match methods::find(interface, method) {
            Some(known) => format!("portals.{}", known.name),
            None => "portals.unsupported".to_owned(),
        },
        Call::Upload(_) => "portals.upload".to_owned(),
        Call::Poll(_) => "portals.poll".to_owned(),
    };
    server.counters.count(&kind);
    if let Err(refused) = identity::authorise(server, now, request, &SCOPES) {
        return refused;
    }
    let body = match call {
        Call::Poll(task) => tasks::poll(server, now, &task),
        Call::Upload(portal) => {
            here(server, &portal, None).and_then(|()| upload::take(server, request))
        }
        Call::Execute(portal, page, interface, method) => here(server, &portal, page.as_deref())
            .and_then(|()| {
                let known = methods::find(&interface, &method);
                known.ok_or_else(|| methods::not_supported(&interface, &method))
            })
            .and_then(|known| execute_method(server, now, known, &request.body)),
    };
    super::finish(body)
}

/// Whether there is such a portal, with such a page.
fn here(server: &Smintio, portal: &str, page: Option<&str>) -> Result<(), Refusal> {
    if portal != server.settings.portal_uuid {
        return Err(Refusal::not_found("portal", portal));
    }
    match page {
        Some(page) if page != SEARCH_PAGE_UUID => Err(Refusal::not_found("page", page)),
        _ => Ok(()),
    }
}

/// Whether the long-running method that is called now fails without having done anything.
fn fails(server: &mut Smintio) -> bool {
    let portal = &mut server.portal;
    portal.long_runs += 1;
    if portal.failing_tasks > 0 {
        portal.failing_tasks -= 1;
        return true;
    }
    let every = server.settings.tasks_fail_every;
    every > 0 && portal.long_runs.is_multiple_of(every)
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
    if method.long_running && fails(server) {
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
