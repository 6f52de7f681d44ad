//! The `connector` interface.

mod reports;

use super::Component;
use super::convert::{answer, answers, list, numbers};
use crate::api::connector as api;
use crate::api::flows::FlowInfo;
use crate::guest::bindings::consonance_smintio::connector::types::{Budget, Error};
use crate::guest::bindings::exports::consonance_smintio::connector::connector as wit;
use crate::guest::panic;
use crate::guest::platform::Imports;
use crate::model::date::show_day;

impl wit::Guest for Component {
    fn describe() -> wit::Description {
        panic::report_to_platform();
        api::describe().into()
    }

    fn hosts(config: String) -> Result<Vec<wit::HostCalled>, Error> {
        panic::report_to_platform();
        answers(api::hosts(&config))
    }

    fn check(config: String, budget: Budget) -> Result<Vec<wit::CheckResult>, Error> {
        panic::report_to_platform();
        answers(api::check(&Imports, &config, budget.into()))
    }

    fn discover(config: String, budget: Budget) -> Result<Vec<wit::Choice>, Error> {
        panic::report_to_platform();
        answers(api::discover(&Imports, &config, budget.into()))
    }

    fn plan(
        config: String,
        flow: String,
        start: Option<String>,
        limit: u32,
        budget: Budget,
    ) -> Result<wit::PlanResult, Error> {
        panic::report_to_platform();
        answer(api::plan(&Imports, &config, &flow, start.as_deref(), limit, budget.into()))
    }

    fn run(config: String, flow: String, budget: Budget) -> Result<wit::RunResult, Error> {
        panic::report_to_platform();
        answer(api::run(&Imports, &config, &flow, budget.into()))
    }

    fn on_event(config: String, source: String, payload: Vec<u8>) -> Result<u32, Error> {
        panic::report_to_platform();
        answer(api::on_event(&Imports, &config, &source, &payload))
    }

    fn explain(config: String, subject: String) -> Result<Vec<wit::Explanation>, Error> {
        panic::report_to_platform();
        answers(api::explain(&Imports, &config, &subject))
    }
}

impl From<FlowInfo> for wit::FlowInfo {
    fn from(flow: FlowInfo) -> Self {
        Self {
            slug: flow.slug.to_owned(),
            summary: flow.summary.to_owned(),
            direction: flow.direction.to_owned(),
            available: flow.available,
        }
    }
}

impl From<api::Description> for wit::Description {
    fn from(description: api::Description) -> Self {
        Self {
            version: description.version,
            flows: list(description.flows),
            not_yet_available: description.not_yet_available,
            configuration_schema: description.configuration_schema,
            state_format: description.state_format,
        }
    }
}

impl From<api::HostCalled> for wit::HostCalled {
    fn from(host: api::HostCalled) -> Self {
        Self {
            connection: host.connection,
            origin: host.origin,
            methods: host.methods,
            scopes: host.scopes,
        }
    }
}

impl From<api::CheckResult> for wit::CheckResult {
    fn from(result: api::CheckResult) -> Self {
        Self { name: result.name, outcome: result.outcome, detail: result.detail }
    }
}

impl From<api::Choice> for wit::Choice {
    fn from(choice: api::Choice) -> Self {
        Self { kind: choice.kind, value: choice.value, label: choice.label, count: choice.count }
    }
}

impl From<api::Change> for wit::Change {
    fn from(change: api::Change) -> Self {
        Self {
            id: change.id,
            action: change.action,
            title: change.title,
            work_id: change.work_id.0,
            product_ids: numbers(change.product_ids),
            asset: change.asset.map(|asset| asset.0),
            why: change.why,
            effect: change.effect,
        }
    }
}

impl From<api::Explanation> for wit::Explanation {
    fn from(explanation: api::Explanation) -> Self {
        Self {
            asset: explanation.asset.0,
            asset_name: explanation.asset_name,
            title: explanation.title,
            state: explanation.state,
            steps: explanation.steps,
            decisions: list(explanation.decisions),
        }
    }
}

impl From<api::ProductDecision> for wit::ProductDecision {
    fn from(product: api::ProductDecision) -> Self {
        Self {
            product_id: product.product_id.0,
            isbn: product.isbn,
            publication_date: product.publication_date.map(show_day),
            decision: product.decision.into(),
        }
    }
}
