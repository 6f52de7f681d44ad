//! `[platform]`: store, egress, credentials, limits, logging.
//!
//! Invariant: every setting has a default that is safe; nothing here weakens a protection
//! unless the operator writes so.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::Value;

use super::section::{Section, describe, problem};
use super::{Problem, credentials};
use crate::credentials::ConnectionSettings;
use crate::egress::address::AddressPolicy;
use crate::egress::allow::Rule;
use crate::limits::Limits;
use crate::telemetry::logging::Format;

/// Requests of one call: wasmtime's wasi:http 48 keeps the options of each request in the table of
/// resources until the call ends, and that table is bounded (`Limits::resources_max`).
const REQUESTS_MAX: u32 = 9_000;

/// The component's own bound for `run` and `plan`: with less, a call might not get anything done.
const REQUESTS_MIN: u32 = 100;

/// What one call of a flow may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How long.
    pub deadline: Duration,
    /// How many requests.
    pub max_requests: u32,
    /// How many changes at the vendors.
    pub max_writes: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { deadline: Duration::from_secs(600), max_requests: 2_000, max_writes: 10_000 }
    }
}

/// How the log looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logging {
    /// Format of a line.
    pub format: Format,
    /// A `tracing` filter.
    pub level: String,
}

impl Default for Logging {
    fn default() -> Self {
        Self { format: Format::Human, level: "warn".to_owned() }
    }
}

/// Everything that belongs to the host.
#[derive(Clone, Debug)]
pub struct PlatformSettings {
    /// The store's file.
    pub store: PathBuf,
    /// The tenant's name inside the store.
    pub tenant: String,
    /// Another component than the embedded one.
    pub component: Option<PathBuf>,
    /// Hosts that may be called beside those that the component names.
    pub allow: Vec<Rule>,
    /// Which addresses may be connected to.
    pub addresses: AddressPolicy,
    /// The connections.
    pub connections: Vec<ConnectionSettings>,
    /// Bounds of one call.
    pub limits: Limits,
    /// Budget of one call.
    pub budget: Budget,
    /// The log.
    pub logging: Logging,
}

/// Reads `[platform]`.
pub fn read(value: Option<Value>, folder: &Path, problems: &mut Vec<Problem>) -> PlatformSettings {
    let mut section = Section::new("platform", value, problems);
    let store = section.text("store").unwrap_or_else(|| "connector.redb".to_owned());
    let tenant = tenant(&mut section);
    let component = section.text("component").map(|path| folder.join(path));
    let (allow, addresses) = egress(section.section("egress"));
    let connections = credentials::read(section.section("credentials"), folder);
    let (limits, budget) = limits(section.section("limits"));
    let logging = logging(section.section("logging"));
    section.finish(&["store", "tenant", "component", "egress", "credentials", "limits", "logging"]);
    PlatformSettings {
        store: folder.join(store),
        tenant,
        component,
        allow,
        addresses,
        connections,
        limits,
        budget,
        logging,
    }
}

fn tenant(section: &mut Section<'_>) -> String {
    let tenant = section.text("tenant").unwrap_or_else(|| "default".to_owned());
    if tenant.len() > 64 || tenant.contains(|c: char| c.is_control() || c == '/') {
        let expected = "a name of at most 64 characters without `/`";
        section.problem("tenant", &format!("`{tenant}`"), expected, "choose such a name");
    }
    tenant
}

fn egress(mut section: Section<'_>) -> (Vec<Rule>, AddressPolicy) {
    let addresses = AddressPolicy {
        allow_loopback: section.flag("allow-loopback").unwrap_or(false),
        allow_private: section.flag("allow-private").unwrap_or(false),
    };
    let mut rules = Vec::new();
    match section.take("allow") {
        None => {}
        Some(Value::Array(items)) => {
            for (position, item) in items.into_iter().enumerate() {
                rules.extend(rule(&mut section, position, item));
            }
        }
        Some(other) => section.problem(
            "allow",
            &describe(&other),
            "a list of { origin = \"...\", methods = [\"GET\"] }",
            "write it as a list",
        ),
    }
    section.finish(&["allow-loopback", "allow-private", "allow"]);
    (rules, addresses)
}

fn rule(section: &mut Section<'_>, position: usize, item: Value) -> Option<Rule> {
    let key = format!("allow[{position}]");
    let path = section.path_of(&key);
    let mut found = Vec::new();
    let mut table = Section::new(&path, Some(item), &mut found);
    let origin = table.needed_text("origin", "such as https://*.cdn.example");
    let methods = table.texts("methods").unwrap_or_else(|| vec!["GET".to_owned()]);
    table.finish(&["origin", "methods"]);
    let rule = origin.and_then(|origin| match Rule::parse(&origin, &methods) {
        Ok(rule) => Some(rule),
        Err(reason) => {
            let expected = "scheme, host and port, at most with a leading `*.`";
            let seen = format!("`{origin}`: {reason}");
            found.push(problem(&format!("{path}.origin"), &seen, expected, "correct it"));
            None
        }
    });
    section.extend(found);
    rule
}

fn limits(mut section: Section<'_>) -> (Limits, Budget) {
    let (mut limits, mut budget) = (Limits::default(), Budget::default());
    if let Some(mib) = section.number("memory-mib", 16, 1_024) {
        limits.memory_bytes_max = usize::try_from(mib).unwrap_or(64) << 20;
    }
    let (second, hour) = (Duration::from_secs(1), Duration::from_secs(3_600));
    if let Some(compute) = section.duration("compute", second, hour) {
        limits.compute = compute;
    }
    if let Some(call) = section.duration("call", second, hour) {
        limits.call = call;
    }
    if let Some(deadline) = section.duration("deadline", second, hour) {
        budget.deadline = deadline;
    }
    if let Some(requests) = section.number("max-requests", REQUESTS_MIN, REQUESTS_MAX) {
        budget.max_requests = requests;
    }
    if let Some(writes) = section.number("max-writes", 0, 1_000_000) {
        budget.max_writes = writes;
    }
    section.finish(&["memory-mib", "compute", "call", "deadline", "max-requests", "max-writes"]);
    (limits, budget)
}

fn logging(mut section: Section<'_>) -> Logging {
    let mut logging = Logging::default();
    let formats = [("human", Format::Human), ("json", Format::Json)];
    if let Some(format) = section.word("format", &formats) {
        logging.format = format;
    }
    if let Some(level) = section.text("level") {
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&level) {
            let expected = "error, warn, info, debug, or a list such as `warn,egress=debug`";
            section.problem("level", &format!("`{level}`: {error}"), expected, "correct it");
        }
        logging.level = level;
    }
    section.finish(&["format", "level"]);
    logging
}
