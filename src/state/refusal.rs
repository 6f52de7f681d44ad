//! `refusal/<asset>`: a file that turned out to be wrong when it was tried. It is tried again with
//! its next version, or when a person says so.

use serde::{Deserialize, Serialize};

/// A refused file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The version of the file.
    pub version: String,
    /// Whether another try makes no sense. Consonance may fail for reasons of its own, so a file that
    /// it could not process is looked at and tried again before a person is asked.
    pub is_final: bool,
    /// How often Consonance failed on it.
    #[serde(default)]
    pub failures: u32,
    /// Why, for a person.
    pub why: String,
    /// The run that found it: another try that fails is another question.
    pub run_id: String,
}
