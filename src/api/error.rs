//! Why a call did not do what it was asked: the cases that a caller can act on.

use crate::model::date::Instant;

/// Mirrors `types.error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The configuration cannot be used; every problem is listed.
    ConfigInvalid(Vec<Problem>),
    /// Another argument cannot be used; every problem is listed.
    InputInvalid(Vec<Problem>),
    /// A later version fills this function: `interface.function`.
    NotYetAvailable(String),
    /// A person must consent again for this connection.
    NeedsConsent(String),
    /// The vendor or the platform refuses; trying again will not help.
    Denied(String),
    /// The vendor asked us to wait until this instant.
    Throttled(Instant),
    /// A vendor does not answer, or not sensibly.
    VendorUnavailable(String),
    /// The platform's storage does not answer, or is full.
    StateUnavailable(String),
    /// No such title, asset, item, alert or change.
    NotFound(String),
    /// Somebody else changed it first: read it again.
    Conflict(String),
    /// A bound of the connector was reached.
    LimitReached(String),
    /// The stored state was written by a newer version of the connector.
    StateNewer(String),
    /// Anything else.
    Other(String),
}

/// One thing that is wrong with an input, for a person to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: a path into the input.
    pub path: String,
    /// What was found there.
    pub found: String,
    /// What was expected there.
    pub expected: String,
    /// What to do about it.
    pub fix: String,
}

impl Problem {
    /// A problem from its four parts.
    pub fn new(path: &str, found: impl Into<String>, expected: &str, fix: &str) -> Self {
        Self {
            path: path.to_owned(),
            found: found.into(),
            expected: expected.to_owned(),
            fix: fix.to_owned(),
        }
    }
}
