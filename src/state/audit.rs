//! `audit/<run>/<n>`: every change as it was made.

use serde::{Deserialize, Serialize};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The run.
    pub run_id: String,
    /// Its position in the run.
    pub sequence: u32,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// What was done: `create-resource`, `delete-resource`, ...
    pub action: String,
    /// The asset.
    pub asset: String,
    /// The work.
    pub work: i64,
    /// Why, in a sentence.
    pub why: String,
    /// What was there before, and what is there now, as JSON.
    pub document: serde_json::Value,
}
