//! `shelf/<marker>`: a collection of ours in Portals, and per field the base: what we wanted and
//! what is ours after our last successful write. Portals gives collections no metadata but a
//! name, so a marker at its end (`· C1234`) is what they are known by.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A collection of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// The marker, such as `C1234`.
    pub marker: String,
    /// Its id in Portals, once it is there.
    pub collection: Option<String>,
    /// The name that we gave it last.
    pub name: String,
    /// When we made it or renamed it last, milliseconds since 1970: an older listing does not show
    /// that.
    #[serde(default)]
    pub named: u64,
    /// The members that we wanted last. One of them that is not there was removed by a person.
    pub wanted: BTreeSet<String>,
    /// Of these, the ones that we added. A member that is not among them is a person's.
    pub ours: BTreeSet<String>,
    /// The context card.
    pub card: Option<Card>,
    /// What was frozen of a launch kit.
    #[serde(default)]
    pub manifest: Option<Manifest>,
    /// The link for outsiders.
    #[serde(default)]
    pub share: Option<Share>,
    /// The day on which a person lets the link end, where that is earlier than we would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_by: Option<String>,
    /// An effect that is about to happen or may have happened.
    pub pending: Option<Pending>,
}

/// A comment of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its id in Portals.
    pub comment: String,
    /// Its text as we wrote it.
    pub text: String,
}

/// A share of ours: a link for outsiders. The link itself is not kept, because it opens the share
/// for whoever has it; Portals shows it to those who may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Its id in Portals; empty: a person ended it, and it stays so.
    pub id: String,
    /// Its last day, `2027-06-30`.
    pub until: String,
}

/// What a kit was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The canonical JSON.
    pub document: String,
    /// SHA-256 (hex) of it.
    pub sha256: String,
}

/// An effect under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What was asked for.
    pub step: Step,
    /// The background task that does it, once Portals named it.
    pub task: Option<String>,
    /// When it was asked for, milliseconds since 1970.
    pub at: u64,
}

/// One change of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Create it under this name.
    Create { name: String },
    /// Rename it.
    Rename { name: String },
    /// Add these assets.
    Add { assets: Vec<String> },
    /// Remove these assets.
    Remove { assets: Vec<String> },
    /// Post the card.
    Post { text: String },
    /// Change the card.
    Edit { text: String },
    /// Share it with outsiders up to this day.
    Share { until: String },
    /// Let the share end on another day.
    Reshare { until: String },
    /// End the share.
    Unshare,
}
