//! What plans and runs return.

use crate::api::connector as api;
use crate::guest::bindings::consonance_smintio::connector::types::Count;
use crate::guest::bindings::exports::consonance_smintio::connector::connector as wit;
use crate::guest::exports::convert::list;

impl From<api::Count> for Count {
    fn from(count: api::Count) -> Self {
        Self { name: count.name, value: count.value }
    }
}

impl From<api::FlowCounts> for wit::FlowCounts {
    fn from(counts: api::FlowCounts) -> Self {
        Self {
            flow: counts.flow,
            read: counts.read,
            written: counts.written,
            unchanged: counts.unchanged,
            skipped: counts.skipped,
            deferred: counts.deferred,
            inbox: counts.inbox,
        }
    }
}

impl From<api::Outcome> for wit::Outcome {
    fn from(outcome: api::Outcome) -> Self {
        Self {
            record_id: outcome.record_id,
            state: outcome.state,
            why: outcome.why,
            decision: outcome.decision.map(Into::into),
        }
    }
}

impl From<api::Report> for wit::Report {
    fn from(report: api::Report) -> Self {
        Self {
            run_id: report.run_id,
            flows: list(report.flows),
            mirrors: list(report.mirrors),
            requests: list(report.requests),
            writes: report.writes,
            at_least_once: report.at_least_once,
            outcomes: list(report.outcomes),
            outcomes_left_out: report.outcomes_left_out,
        }
    }
}

impl From<api::RunState> for wit::RunState {
    fn from(state: api::RunState) -> Self {
        match state {
            api::RunState::Done => Self::Done,
            api::RunState::Paused(resume_at) => Self::Paused(resume_at.0),
            api::RunState::Busy => Self::Busy,
            api::RunState::AwaitingAcceptance(item) => Self::AwaitingAcceptance(item),
        }
    }
}

impl From<api::RunResult> for wit::RunResult {
    fn from(result: api::RunResult) -> Self {
        Self { state: result.state.into(), report: result.report.into() }
    }
}

impl From<api::PlanResult> for wit::PlanResult {
    fn from(result: api::PlanResult) -> Self {
        Self {
            state: result.state.into(),
            changes: list(result.changes),
            next: result.next,
            report: result.report.into(),
        }
    }
}
