//! The shared records of `types`, in both directions.

use crate::api::{self, ApiError};
use crate::guest::bindings::consonance_smintio::connector::types as wit;
use crate::model::date::{Day, show_day};
use crate::model::ids::{ProductId, WorkId};

impl From<wit::Budget> for api::Budget {
    fn from(budget: wit::Budget) -> Self {
        Self {
            deadline_ms: budget.deadline_ms,
            max_requests: budget.max_requests,
            max_writes: budget.max_writes,
        }
    }
}

impl From<api::Problem> for wit::Problem {
    fn from(problem: api::Problem) -> Self {
        Self {
            path: problem.path,
            found: problem.found,
            expected: problem.expected,
            fix: problem.fix,
        }
    }
}

impl From<ApiError> for wit::Error {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::ConfigInvalid(problems) => Self::ConfigInvalid(list(problems)),
            ApiError::InputInvalid(problems) => Self::InputInvalid(list(problems)),
            ApiError::NotYetAvailable(text) => Self::NotYetAvailable(text),
            ApiError::NeedsConsent(text) => Self::NeedsConsent(text),
            ApiError::Denied(text) => Self::Denied(text),
            ApiError::Throttled(until) => Self::Throttled(until.0),
            ApiError::VendorUnavailable(text) => Self::VendorUnavailable(text),
            ApiError::StateUnavailable(text) => Self::StateUnavailable(text),
            ApiError::NotFound(text) => Self::NotFound(text),
            ApiError::Conflict(text) => Self::Conflict(text),
            ApiError::LimitReached(text) => Self::LimitReached(text),
            ApiError::StateNewer(text) => Self::StateNewer(text),
            ApiError::Other(text) => Self::Other(text),
        }
    }
}

impl From<api::Verdict> for wit::Verdict {
    fn from(verdict: api::Verdict) -> Self {
        match verdict {
            api::Verdict::Cleared => Self::Cleared,
            api::Verdict::ClearedUntil => Self::ClearedUntil,
            api::Verdict::NeedsReview => Self::NeedsReview,
            api::Verdict::Blocked => Self::Blocked,
        }
    }
}

impl From<api::Reason> for wit::Reason {
    fn from(reason: api::Reason) -> Self {
        Self { code: reason.code, dimension: reason.dimension, key: reason.key, term: reason.term }
    }
}

impl From<api::Decision> for wit::Decision {
    fn from(decision: api::Decision) -> Self {
        Self {
            verdict: decision.verdict.into(),
            until: decision.until.map(show_day),
            reasons: list(decision.reasons),
            deciding: decision.deciding,
        }
    }
}

impl From<wit::Target> for api::Target {
    fn from(target: wit::Target) -> Self {
        Self {
            kind: match target.kind {
                wit::TargetKind::Work => api::TargetKind::Work,
                wit::TargetKind::Product => api::TargetKind::Product,
                wit::TargetKind::Manuscript => api::TargetKind::Manuscript,
                wit::TargetKind::ProductionTask => api::TargetKind::ProductionTask,
            },
            work_id: WorkId(target.work_id),
            product_ids: target.product_ids.into_iter().map(ProductId).collect(),
            reference: target.reference,
        }
    }
}

/// A list, element by element.
pub fn list<A, B: From<A>>(items: Vec<A>) -> Vec<B> {
    items.into_iter().map(B::from).collect()
}

/// A result whose value converts.
pub fn answer<A, B: From<A>>(result: Result<A, ApiError>) -> Result<B, wit::Error> {
    Ok(B::from(result?))
}

/// A result whose value is a list.
pub fn answers<A, B: From<A>>(result: Result<Vec<A>, ApiError>) -> Result<Vec<B>, wit::Error> {
    Ok(list(result?))
}

/// The day of an argument, or what is wrong with it.
pub fn day(path: &str, text: &str) -> Result<Day, wit::Error> {
    Ok(api::input::day(path, text)?)
}

/// The numbers of products.
pub fn numbers(ids: Vec<ProductId>) -> Vec<i64> {
    ids.into_iter().map(|id| id.0).collect()
}
