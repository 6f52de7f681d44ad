//! How a command ends.
//!
//! Invariant: the numbers are those of the help text and never change their meaning.

use std::fmt;
use std::process::ExitCode;

use host_harness::bindings::consonance_smintio::connector::types::{Error, Problem};
use host_harness::config_file::ConfigError;
use host_harness::error::{CallError, problems};
use host_harness::state::durable::StoreInUse;

/// The exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done = 0,
    /// A problem or a difference.
    Problem = 1,
    /// The command line or the configuration cannot be used.
    Unusable = 2,
    /// A person is needed.
    WaitsForPerson = 3,
    /// A vendor or the platform is not available, or the run paused.
    Unavailable = 4,
    /// Another run holds the lease, or another process the store.
    Busy = 5,
    /// Ctrl-C.
    Interrupted = 130,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// A command without a result.
#[derive(Debug)]
pub enum Failure {
    /// The configuration file cannot be used.
    Config(ConfigError),
    /// A call has no result.
    Call(CallError),
    /// The platform cannot do its part.
    Platform(anyhow::Error),
    /// What was typed, or a file that it names, cannot be used.
    Usage(String),
}

impl Failure {
    /// The exit code.
    pub fn status(&self) -> Status {
        match self {
            Self::Config(_) | Self::Usage(_) => Status::Unusable,
            Self::Platform(error) if error.is::<StoreInUse>() => Status::Busy,
            Self::Platform(_) | Self::Call(CallError::Broken(_)) => Status::Unavailable,
            Self::Call(CallError::Refused(error)) => match error {
                Error::ConfigInvalid(_) | Error::InputInvalid(_) => Status::Unusable,
                Error::NeedsConsent(_) => Status::WaitsForPerson,
                Error::Throttled(_) | Error::VendorUnavailable(_) | Error::StateUnavailable(_) => {
                    Status::Unavailable
                }
                _ => Status::Problem,
            },
        }
    }

    /// The problems that a person mends, if that is what it is.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Config(ConfigError::Problems(found, _))
            | Self::Call(CallError::Refused(
                Error::ConfigInvalid(found) | Error::InputInvalid(found),
            )) => found,
            _ => &[],
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(ConfigError::Missing(path)) => write!(
                f,
                "there is no configuration {}: make one with `connector config init`, or name \
                 one with --config",
                path.display()
            ),
            Self::Config(ConfigError::Unreadable(reason)) => f.write_str(reason),
            Self::Config(ConfigError::Problems(found, _)) => {
                problems(f, "the configuration cannot be used", found)
            }
            Self::Call(error) => error.fmt(f),
            Self::Platform(error) => write!(f, "{error:#}"),
            Self::Usage(reason) => f.write_str(reason),
        }
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Platform(error)
    }
}
