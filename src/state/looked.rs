//! `cursor/<flow>/looked:<n>`: collections that were looked into by the calls of a run, or of a
//! plan, that goes on. Without it, each call would look into the same ones first, and get no
//! further.

use serde::{Deserialize, Serialize};

/// Some of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedChunk {
    /// When the first of all was looked into, milliseconds since 1970.
    pub began: u64,
    /// Whether a page of a plan was shown by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shown: bool,
    /// The collections.
    pub shelves: Vec<LookedAt>,
}

/// A collection that was looked into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    /// Its marker.
    pub marker: String,
    /// Tells what it was, and what it should be, before the look: if either changed since, it is
    /// looked into again.
    pub basis: String,
    /// How many changes there are to make after it.
    pub changes: usize,
}
