//! What people state about rights while the connector runs: `declaration/<id>`, `override/<id>` and
//! `alert/<id>`. Nothing of it is ever overwritten in silence: each change is in the audit.

use serde::{Deserialize, Serialize};

use crate::model::date::Day;

/// A signed declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDeclaration {
    /// Its id.
    pub id: String,
    /// The declaration as JSON, as it was authored.
    pub document: String,
    /// When it was stored, milliseconds since 1970.
    pub at: u64,
    /// Why it counts no more.
    pub revoked: Option<Revocation>,
}

/// A person's clearance of one use that is in review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideUse {
    /// Its id.
    pub id: String,
    /// The asset.
    pub asset: String,
    /// The product.
    pub product: i64,
    /// Why.
    pub reason: String,
    /// The last day.
    pub until: Day,
    /// Who answers for it.
    pub signer: String,
    /// When it was given, milliseconds since 1970.
    pub at: u64,
    /// SHA-256 (hex) of everything that the decision rested on: with another input it is void.
    pub inputs: String,
    /// Where the deliveries of purchases are kept that it rested on.
    #[serde(default)]
    pub rests_on: Vec<String>,
    /// Why it counts no more.
    pub revoked: Option<Revocation>,
}

/// Why and when something was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// Why.
    pub reason: String,
    /// When, milliseconds since 1970.
    pub at: u64,
}

/// Who takes care of an alert, and until when it is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// The alert.
    pub alert: String,
    /// Who takes care of it.
    pub owner: String,
    /// Hidden until this day.
    pub until: Day,
    /// The threshold, in days, that the alert had reached: the next one shows it again.
    pub threshold: u32,
}
