//! What can be chosen in the configuration: collections, and Consonance's own words.

use super::types::Choice;
use crate::api::convert;
use crate::api::error::ApiError;
use crate::api::input::Budget;
use crate::consonance;
use crate::engine::budget::{self, Allowance};
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::flows::approved_assets::FLOW;
use crate::platform::Platform;
use crate::smintio::portals;

/// Pages of collections that are listed.
const PAGES_MAX: u32 = 100;

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
    let mut choices = collections(&mut run)?;
    choices.extend(consonance_words(&mut run)?);
    Ok(choices)
}

fn collections(run: &mut Run) -> Result<Vec<Choice>, Stop> {
    let config = run.config;
    let mut choices = Vec::new();
    let mut number = 0;
    while number < PAGES_MAX {
        let at = (number, paging::size(run)?);
        let call = portals::request::collections_search(&config.portals, "", at);
        let page = tasks::one(run, call)?
            .and_then(|text| portals::decode::collections(&config.portals, &text));
        let Some(page) = paging::taught(run, number, page)? else { continue };
        number += 1;
        choices.extend(page.collections.into_iter().map(|head| Choice {
            kind: "collection".to_owned(),
            value: head.id.0,
            label: head.name.unwrap_or_else(|| "(no name)".to_owned()),
        }));
        if !page.has_more {
            break;
        }
    }
    Ok(choices)
}

fn consonance_words(run: &mut Run) -> Result<Vec<Choice>, Stop> {
    let call = consonance::request::introspect(&run.config.consonance);
    let schema = run
        .consonance_one(call)?
        .and_then(|response| consonance::decode::schema(&response.body))
        .map_err(|fault| by_fault(run.platform, "Consonance", fault))?;
    let mut choices = Vec::new();
    for (kind, type_name) in
        [("variant", "SupportingResourceVariant"), ("status", "SupportingResourceStatus")]
    {
        let values = schema.types.get(type_name).map(|shape| &shape.values);
        choices.extend(values.into_iter().flatten().map(|value| Choice {
            kind: kind.to_owned(),
            value: value.clone(),
            label: value.to_lowercase().replace('_', " "),
        }));
    }
    Ok(choices)
}
