//! `inbox/<id>` and `decision/<id>`: what waits for a person, and what a person said.

use serde::{Deserialize, Serialize};

/// An open item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// `<kind>:<record>`: stable for the same record and problem.
    pub id: String,
    /// The kind, as in `wit/inbox.wit`.
    pub kind: String,
    /// Which source record it is about.
    pub record_id: String,
    /// What happened, for a person.
    pub message: String,
    /// What can be done: (id, label).
    pub choices: Vec<(String, String)>,
    /// When it came up first, milliseconds since 1970.
    pub since: u64,
    /// Which flow raised it.
    #[serde(default)]
    pub flow: String,
    /// What the question is about. An answer holds only while this stays the same.
    pub facts: String,
}

/// A person's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The item's id.
    pub item: String,
    /// The choice.
    pub choice: String,
    /// The facts it was made on.
    pub facts: String,
    /// When, milliseconds since 1970.
    pub at: u64,
}
