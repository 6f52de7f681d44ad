//! Describe, check, discover, plan, run: the `connector` interface.

mod check;
mod discover;
mod explain;
mod hosts;
mod rivals;
mod start;
mod types;

pub use check::check;
pub use discover::discover;
pub use explain::explain;
pub use hosts::hosts;

pub use types::{
    Change, CheckResult, Choice, Count, Description, Explanation, FlowCounts, HostCalled, Outcome,
    PlanResult, ProductDecision, Report, RunResult, RunState,
};

use super::availability::NotYet;
use super::convert;
use super::error::{ApiError, Problem};
use super::flows::FLOWS;
use super::input::Budget;
use crate::engine::budget::Allowance;
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::change::Page;
use crate::engine::{contexts, licences, runner, shelves};
use crate::flows::{stock_licences, tags};
use crate::limits::BUDGET_REQUESTS_MIN;
use crate::platform::Platform;
use start::Start;

/// The format version of the stored state.
const STATE_FORMAT: u32 = crate::state::FORMAT;

/// What this component is and can do.
pub fn describe() -> Description {
    Description {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        flows: FLOWS.to_vec(),
        not_yet_available: NotYet::ALL.iter().map(|export| export.name().to_owned()).collect(),
        configuration_schema: crate::config::schema(),
        state_format: STATE_FORMAT,
    }
}

/// Changes a page of a plan.
const PLAN_CHANGES_MAX: u32 = 1_000;

/// What `run` would do now, one page of changes. A page after the first is cut from what the first
/// one read.
pub fn plan(
    platform: &dyn Platform,
    config: &str,
    flow: &str,
    start: Option<&str>,
    limit: u32,
    budget: Budget,
) -> Result<PlanResult, ApiError> {
    let config = convert::config(config)?;
    let allowance = allowance(budget)?;
    let limit = super::input::page_limit(limit, PLAN_CHANGES_MAX)?;
    let start = start.map(Start::read).transpose()?;
    available(flow)?;
    let fresh = start.is_none();
    let mut page = match &start {
        Some(start) => Page::new(start.offset, limit, start.freshness),
        None => Page::new(0, limit, Freshness::Fresh),
    };
    let ended = match shelf_flow(flow) {
        Some(tags::FLOW) if contexts::is_configured(&config) => {
            contexts::plan(platform, &config, tags::FLOW, allowance, fresh, &mut page)
        }
        Some(flow) => shelves::plan(platform, &config, flow, allowance, fresh, &mut page),
        None if flow == stock_licences::FLOW => {
            licences::plan(platform, &config, allowance, fresh, &mut page)
        }
        None => runner::plan(platform, &config, allowance, fresh, &mut page),
    };
    let state = convert::run_state(ended.end)?;
    if state == RunState::Done
        && let Some(start) = start
        && start.digest != page.digest()
    {
        let why = "what there is to do has changed since the first page: begin there again";
        return Err(ApiError::Conflict(why.to_owned()));
    }
    let next = (page.end() < page.total).then(|| Start::behind(&page).write());
    let changes = page.changes.into_iter().map(Into::into).collect();
    Ok(PlanResult { state, changes, next, report: ended.report.into() })
}

/// Runs one flow until it is done or the budget is used up.
pub fn run(
    platform: &dyn Platform,
    config: &str,
    flow: &str,
    budget: Budget,
) -> Result<RunResult, ApiError> {
    let config = convert::config(config)?;
    let allowance = allowance(budget)?;
    available(flow)?;
    let ended = match shelf_flow(flow) {
        Some(tags::FLOW) if contexts::is_configured(&config) => {
            contexts::run(platform, &config, tags::FLOW, allowance)
        }
        Some(flow) => shelves::run(platform, &config, flow, allowance),
        None if flow == stock_licences::FLOW => licences::run(platform, &config, allowance),
        None => runner::run(platform, &config, allowance),
    };
    Ok(RunResult { state: convert::run_state(ended.end)?, report: ended.report.into() })
}

/// The flows towards Smint.io, which keep collections.
fn shelf_flow(flow: &str) -> Option<&'static str> {
    shelves::FLOWS.into_iter().find(|known| *known == flow)
}

fn available(flow: &str) -> Result<(), ApiError> {
    match FLOWS.iter().find(|known| known.slug == flow) {
        Some(known) if known.available => Ok(()),
        Some(known) => Err(ApiError::NotYetAvailable(format!("flow {}", known.slug))),
        None => {
            let there = FLOWS.iter().filter(|known| known.available);
            let slugs: Vec<&str> = there.map(|known| known.slug).collect();
            Err(ApiError::InputInvalid(vec![Problem::new(
                "flow",
                flow,
                &format!("one of {}", slugs.join(", ")),
                "name one of these; other flows come with later versions",
            )]))
        }
    }
}

/// What a run may use. Below the least budget it could begin an operation and never end it.
fn allowance(budget: Budget) -> Result<Allowance, ApiError> {
    let budget = budget.checked()?;
    if budget.max_requests < BUDGET_REQUESTS_MIN {
        return Err(ApiError::InputInvalid(vec![Problem::new(
            "budget.max-requests",
            budget.max_requests.to_string(),
            &format!("{BUDGET_REQUESTS_MIN} or more for `run` and `plan`"),
            "allow more requests: one change with its polls and read-backs must fit in",
        )]));
    }
    Ok(Allowance {
        deadline_ms: budget.deadline_ms,
        max_requests: budget.max_requests,
        max_writes: budget.max_writes,
    })
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

impl From<crate::engine::plan::change::Change> for Change {
    fn from(change: crate::engine::plan::change::Change) -> Self {
        Self {
            id: change.id,
            action: change.action.to_owned(),
            title: change.title,
            work_id: crate::model::ids::WorkId(change.work),
            product_ids: change.products.into_iter().map(crate::model::ids::ProductId).collect(),
            asset: Some(change.asset).filter(|a| !a.is_empty()).map(crate::model::ids::AssetId),
            why: change.why,
            effect: change.effect.to_string(),
        }
    }
}
