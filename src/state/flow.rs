//! `flow/<slug>`: what a flow remembers of its last run.

use serde::{Deserialize, Serialize};

/// What a flow remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowMemory {
    /// Whether a first plan was accepted (or `first-run = "apply"` let it pass).
    pub accepted: bool,
    /// Whether a run ever came to its end.
    pub completed: bool,
    /// The mapping under which the last changes were made.
    pub mapping_hash: Option<String>,
}
