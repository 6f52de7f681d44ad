//! Describe, check, discover, plan, run: the `connector` interface.

mod types;

pub use types::{
    Change, CheckResult, Choice, Count, Description, Explanation, FlowCounts, HostCalled, Outcome,
    PlanResult, ProductDecision, Report, RunResult, RunState,
};

use super::availability::NotYet;
use super::error::ApiError;
use super::flows::FLOWS;
use super::input::Budget;
use crate::platform::Platform;

/// The format version of the stored state.
const STATE_FORMAT: u32 = 1;

/// What this component is and can do.
pub fn describe() -> Description {
    Description {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        flows: FLOWS.to_vec(),
        not_yet_available: NotYet::ALL.iter().map(|export| export.name().to_owned()).collect(),
        configuration_schema: configuration_schema(),
        state_format: STATE_FORMAT,
    }
}

/// The schema that allows every object, until `config` states what it checks.
fn configuration_schema() -> String {
    "{}".to_owned()
}

/// The hosts that a configuration makes the connector call.
pub fn hosts(_config: &str) -> Result<Vec<HostCalled>, ApiError> {
    NotYet::ConnectorHosts.answer()
}

/// Proves configuration, credentials and the right to write, without writing.
pub fn check(
    _platform: &dyn Platform,
    _config: &str,
    _budget: Budget,
) -> Result<Vec<CheckResult>, ApiError> {
    NotYet::ConnectorCheck.answer()
}

/// What can be chosen in the configuration.
pub fn discover(
    _platform: &dyn Platform,
    _config: &str,
    _budget: Budget,
) -> Result<Vec<Choice>, ApiError> {
    NotYet::ConnectorDiscover.answer()
}

/// What `run` would do now, one page of changes.
pub fn plan(
    _platform: &dyn Platform,
    _config: &str,
    _flow: &str,
    _start: Option<&str>,
    _limit: u32,
    _budget: Budget,
) -> Result<PlanResult, ApiError> {
    NotYet::ConnectorPlan.answer()
}

/// Runs one flow until it is done or the budget is used up.
pub fn run(
    _platform: &dyn Platform,
    _config: &str,
    _flow: &str,
    _budget: Budget,
) -> Result<RunResult, ApiError> {
    NotYet::ConnectorRun.answer()
}

/// Marks records to be read again, as a vendor's event hints. Returns how many.
pub fn on_event(
    _platform: &dyn Platform,
    _config: &str,
    _source: &str,
    _payload: &[u8],
) -> Result<u32, ApiError> {
    NotYet::ConnectorOnEvent.answer()
}

/// Why an asset is on a title, or why not. `subject`: an ISBN or an asset id.
pub fn explain(
    _platform: &dyn Platform,
    _config: &str,
    _subject: &str,
) -> Result<Vec<Explanation>, ApiError> {
    NotYet::ConnectorExplain.answer()
}
