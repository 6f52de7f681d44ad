//! `lease/<stream>`: who runs a stream. The epoch fences out a run that slept past its lease.

use serde::{Deserialize, Serialize};

/// A lease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Grows with each new holder.
    pub epoch: u64,
    /// The run that holds it.
    pub run_id: String,
    /// Until when, milliseconds since 1970; 0: released.
    pub until: u64,
}
