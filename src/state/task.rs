//! `task/<call>`: a background task of Portals that was running when a run paused.

use serde::{Deserialize, Serialize};

/// The task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningTask {
    /// Its uuid.
    pub uuid: String,
    /// When it was noted, in milliseconds since 1970.
    pub at: u64,
}
