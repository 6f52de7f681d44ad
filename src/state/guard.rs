//! `guard/<class>/<set>/<n>`: the changes that the guard showed to a person, and those that a person
//! let pass, by their ids; a chunk each, so that no value grows without bound.

use serde::{Deserialize, Serialize};

/// Some changes of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// What the question about the set says it is about.
    pub facts: String,
    /// How many chunks the set has.
    pub of: u32,
    /// Ids of changes, ascending.
    pub ids: Vec<String>,
}
