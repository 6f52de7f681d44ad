//! How a run ends early, and which faults end it.

use crate::fault::Fault;
use crate::model::date::Instant;
use crate::platform::{CredentialError, Platform};
use crate::state::store::StateFault;

/// Why a run stops before it is done. Whatever was committed stays; the next run goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Call again at this instant: out of budget, or a vendor asked to wait.
    Paused(Instant),
    /// Another run holds the lease.
    Busy,
    /// A person must accept this inbox item first.
    Awaiting(String),
    /// A person must consent again.
    NeedsConsent(String),
    /// The vendor or the platform refuses.
    Denied(String),
    /// A vendor does not answer, or not sensibly.
    VendorUnavailable(String),
    /// The store does not answer.
    StateUnavailable(String),
    /// The state was written by a newer version.
    StateNewer(String),
    /// Somebody else changed it first.
    Conflict(String),
    /// A bound was reached.
    LimitReached(String),
}

impl From<StateFault> for Stop {
    fn from(fault: StateFault) -> Self {
        match fault {
            StateFault::Unavailable(d) => Self::StateUnavailable(d),
            StateFault::Conflict(d) => Self::Conflict(d),
            StateFault::Newer(d) => Self::StateNewer(d),
            StateFault::Corrupt(d) => {
                Self::StateUnavailable(format!("a stored value cannot be read: {d}"))
            }
        }
    }
}

impl From<CredentialError> for Stop {
    fn from(error: CredentialError) -> Self {
        match error {
            CredentialError::NeedsConsent(d) => Self::NeedsConsent(d),
            CredentialError::Unavailable(d) => Self::VendorUnavailable(d),
        }
    }
}

/// The end of a run by a fault that concerns the vendor as a whole.
pub fn by_fault(platform: &dyn Platform, vendor: &str, fault: Fault) -> Stop {
    match fault {
        Fault::Throttled { wait_ms, .. } => {
            Stop::Paused(platform.now().plus_ms(wait_ms.unwrap_or(DEFAULT_PAUSE_MS)))
        }
        Fault::Denied(d) => Stop::Denied(format!("{vendor}: {d}")),
        Fault::Unauthorized => Stop::NeedsConsent(format!(
            "{vendor} does not accept the credential; renew it and run again"
        )),
        other => Stop::VendorUnavailable(format!("{vendor}: {other}")),
    }
}

/// How long to stay away when a vendor asks to wait and does not say how long.
const DEFAULT_PAUSE_MS: u64 = 60_000;
