//! From the crate's own values to those that callers see.

use super::connector::{self, Count, FlowCounts};
use super::decision::{Decision, Reason, Verdict};
use super::error::{ApiError, Problem};
use crate::config;
use crate::engine::stop::Stop;
use crate::report::{Outcome, RecordState, Report};
use crate::rights;

impl From<config::Problem> for Problem {
    fn from(problem: config::Problem) -> Self {
        let config::Problem { path, found, expected, fix } = problem;
        Self { path, found, expected, fix }
    }
}

/// The checked configuration, or every problem of it.
pub fn config(text: &str) -> Result<config::Config, ApiError> {
    config::parse(text)
        .map_err(|problems| ApiError::ConfigInvalid(problems.into_iter().map(Into::into).collect()))
}

impl From<&rights::Decision> for Decision {
    fn from(decision: &rights::Decision) -> Self {
        Self {
            verdict: match decision.verdict {
                rights::Verdict::Cleared => Verdict::Cleared,
                rights::Verdict::ClearedUntil => Verdict::ClearedUntil,
                rights::Verdict::NeedsReview => Verdict::NeedsReview,
                rights::Verdict::Blocked => Verdict::Blocked,
            },
            until: decision.until,
            reasons: decision.reasons.iter().map(reason).collect(),
            deciding: u32::try_from(decision.deciding).unwrap_or(u32::MAX),
        }
    }
}

fn reason(reason: &rights::Reason) -> Reason {
    Reason {
        code: reason.code.as_str().to_owned(),
        dimension: reason.dimension.as_str().to_owned(),
        key: reason.key.as_str().map(str::to_owned),
        term: reason.term,
    }
}

impl From<Report> for connector::Report {
    fn from(report: Report) -> Self {
        let counts = FlowCounts {
            flow: report.flow.clone(),
            read: report.read(),
            written: report.count(RecordState::Written),
            unchanged: report.count(RecordState::Unchanged),
            skipped: report.count(RecordState::Skipped),
            deferred: report.count(RecordState::Deferred),
            inbox: report.count(RecordState::Inbox),
        };
        let count = |(name, value): (String, u64)| Count { name, value };
        Self {
            run_id: report.run_id,
            flows: vec![counts],
            mirrors: report.mirrors.into_iter().map(|(n, v)| count((n.to_owned(), v))).collect(),
            requests: report.requests.into_iter().map(count).collect(),
            writes: report.writes,
            at_least_once: report.at_least_once,
            outcomes: report.outcomes.into_iter().map(Into::into).collect(),
            outcomes_left_out: report.outcomes_left_out,
        }
    }
}

impl From<Outcome> for connector::Outcome {
    fn from(outcome: Outcome) -> Self {
        Self {
            record_id: outcome.record_id,
            state: outcome.state.as_str().to_owned(),
            why: outcome.why,
            decision: outcome.decision.as_ref().map(Into::into),
        }
    }
}

/// The state in which a run ended, or the error that ended it.
pub fn run_state(end: Result<(), Stop>) -> Result<connector::RunState, ApiError> {
    match end {
        Ok(()) => Ok(connector::RunState::Done),
        Err(Stop::Paused(instant)) => Ok(connector::RunState::Paused(instant)),
        Err(Stop::Busy) => Ok(connector::RunState::Busy),
        Err(Stop::Awaiting(item)) => Ok(connector::RunState::AwaitingAcceptance(item)),
        Err(other) => Err(other.into()),
    }
}

impl From<Stop> for ApiError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Paused(instant) => Self::Throttled(instant),
            Stop::Busy => Self::Conflict("another run holds the lease: try again later".to_owned()),
            Stop::Awaiting(item) => Self::Conflict(format!("inbox item {item} waits for a person")),
            Stop::NeedsConsent(d) => Self::NeedsConsent(d),
            Stop::Denied(d) => Self::Denied(d),
            Stop::VendorUnavailable(d) => Self::VendorUnavailable(d),
            Stop::StateUnavailable(d) => Self::StateUnavailable(d),
            Stop::StateNewer(d) => Self::StateNewer(d),
            Stop::Conflict(d) => Self::Conflict(d),
            Stop::LimitReached(d) => Self::LimitReached(d),
        }
    }
}
