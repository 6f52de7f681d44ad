//! `refusal/<asset>`: what of an asset turned out to be wrong when it was tried: its file, or links to
//! its rights. A file is tried again with its next version, a link when it changes, and either when
//! a person says so.

use serde::{Deserialize, Serialize};

use super::link::PlacedLink;

/// A refused file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Links to its rights that Consonance refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<RefusedLink>,
}

/// A link that Consonance refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLink {
    /// The link, without an id.
    pub link: PlacedLink,
    /// Why, in Consonance's words.
    pub why: String,
    /// The run that tried: another try that fails is another question.
    pub run_id: String,
}
