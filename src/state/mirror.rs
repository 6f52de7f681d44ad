//! Mirrors of what the vendors showed: titles, purchases, assets, with the bookkeeping around them.

use serde::{Deserialize, Serialize};

use crate::model::asset::Asset;
use crate::model::licence::Purchase;
use crate::model::title::Title;

/// `title/<work>`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredTitle {
    /// The title as it was read last.
    pub title: Title,
    /// A full sweep missed it and a direct look confirmed that it is gone.
    pub gone: bool,
}

/// `licence/<purchase>`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPurchase {
    /// The newest delivery of the purchase.
    pub purchase: Purchase,
}

/// `asset/<asset>`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAsset {
    /// The asset as it was read last.
    pub asset: Asset,
    /// Whether it is a member of its approval collection.
    pub approved: bool,
}
