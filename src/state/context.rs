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
}
