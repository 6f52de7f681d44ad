//! `context/<asset>`: what the portal's adapter was told of an asset last.

use serde::{Deserialize, Serialize};

/// The base of an asset's context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentContext {
    /// The asset.
    pub asset: String,
    /// The work it was about; 0: none.
    pub work: i64,
    /// SHA-256 (hex) of the text.
    pub sha256: String,
    /// The context that the adapter did not take last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedContext>,
}

/// A context that the adapter refused: it is not sent again until it changes or a person says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedContext {
    /// SHA-256 (hex) of the text.
    pub sha256: String,
    /// Why, in the portal's words.
    pub why: String,
    /// The run that tried: another try that fails is another question.
    pub run_id: String,
}
