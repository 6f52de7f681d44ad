//! Why a call has no result.
//!
//! Invariant: what the component says is kept as its typed error, apart from what the platform
//! saw of it (a trap, a time limit), so that a caller can act on each.

use std::fmt;

use crate::bindings::consonance_smintio::connector::types::{Error, Problem};

/// A call without a result.
#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// The component answered with an error.
    Refused(Error),
    /// The component was stopped, or broke.
    Broken(String),
}

impl From<Error> for CallError {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => refused(f, error),
            Self::Broken(reason) => write!(f, "the component was stopped: {reason}"),
        }
    }
}

impl std::error::Error for CallError {}

fn refused(f: &mut fmt::Formatter<'_>, error: &Error) -> fmt::Result {
    match error {
        Error::ConfigInvalid(found) => problems(f, "the configuration cannot be used", found),
        Error::InputInvalid(found) => problems(f, "the input cannot be used", found),
        Error::NotYetAvailable(name) => write!(f, "{name} comes with a later version"),
        Error::NeedsConsent(reason) => {
            write!(f, "a person must renew or supply the credential: {reason}")
        }
        Error::Denied(reason) => write!(f, "refused: {reason}"),
        Error::Throttled(until) => {
            write!(f, "a vendor asks us to wait until {}", crate::clock::show_instant(*until))
        }
        Error::VendorUnavailable(reason) => write!(f, "a vendor is not available: {reason}"),
        Error::StateUnavailable(reason) => write!(f, "the store is not available: {reason}"),
        Error::NotFound(what) => write!(f, "not found: {what}"),
        Error::Conflict(reason) => write!(f, "somebody else was first: {reason}"),
        Error::LimitReached(reason) => write!(f, "a bound was reached: {reason}"),
        Error::StateNewer(reason) => {
            write!(f, "the store was written by a newer version: {reason}")
        }
        Error::Other(reason) => f.write_str(reason),
    }
}

/// All problems, one a line.
pub fn problems(f: &mut impl fmt::Write, about: &str, found: &[Problem]) -> fmt::Result {
    let noun = if found.len() == 1 { "problem" } else { "problems" };
    write!(f, "{about}: {} {noun}", found.len())?;
    for problem in found {
        let Problem { path, found, expected, fix } = problem;
        write!(f, "\n  {path}: found {found}; expected {expected}; {fix}")?;
    }
    Ok(())
}
