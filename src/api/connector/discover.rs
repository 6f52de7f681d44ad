//! What can be chosen in the configuration: what Portals has, Consonance's own words, and those
//! that the titles read so far use.

mod portals;
mod words;

use super::types::Choice;
use crate::api::convert;
use crate::api::error::ApiError;
use crate::api::input::Budget;
use crate::engine::budget::{self, Allowance};
use crate::engine::run::Run;
use crate::flows::approved_assets::FLOW;
use crate::platform::Platform;

/// What can be chosen in the configuration.
pub fn discover(
    platform: &dyn Platform,
    config: &str,
    budget: Budget,
) -> Result<Vec<Choice>, ApiError> {
    let config = convert::config(config)?;
    let budget = budget.checked()?;
    let allowance = Allowance {
        deadline_ms: budget.deadline_ms,
        max_requests: budget.max_requests,
        max_writes: 0,
    };
    let budget = budget::Budget::start(platform, allowance);
    let mut run = Run::begin(platform, &config, FLOW, budget);
    let mut choices = portals::collections(&mut run)?;
    choices.extend(portals::facets(&mut run)?);
    choices.extend(portals::download_items(&mut run)?);
    choices.extend(words::fixed());
    choices.extend(words::consonance(&mut run)?);
    choices.extend(words::titles(&run)?);
    Ok(choices)
}

/// A choice; what has no name of its own says so.
fn choice(kind: &str, value: String, label: Option<String>, count: Option<u64>) -> Choice {
    let label = label.unwrap_or_else(|| "(no name)".to_owned());
    Choice { kind: kind.to_owned(), value, label, count }
}
