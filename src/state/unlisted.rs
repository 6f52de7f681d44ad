//! `unlisted/<purchase>`: a purchase whose files could not be listed when it was delivered. The feed
//! does not show it again, so its files are asked for later.

use serde::{Deserialize, Serialize};

/// A purchase without its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlisted {
    /// The purchase.
    pub purchase: String,
    /// How often its files were asked for in vain.
    pub attempts: u32,
    /// When they are asked for next, milliseconds since 1970.
    pub next: u64,
    /// Why not, in the vendor's words.
    pub why: String,
}
