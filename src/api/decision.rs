//! A clearance decision as callers see it.

use crate::model::date::Day;

/// Which clearance a use has. Best first, so that the larger of two is the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// May be used for the whole life of the product.
    Cleared,
    /// May be used until the day beside it.
    ClearedUntil,
    /// Something is unknown or contested: a person decides.
    NeedsReview,
    /// A stated rule is broken.
    Blocked,
}

/// Why a verdict is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A code of the closed list, such as `TERRITORY_NOT_GRANTED`.
    pub code: String,
    /// Which dimension, such as `territory`.
    pub dimension: String,
    /// The vendor's key or the country concerned.
    pub key: Option<String>,
    /// The position of the licence term that said so, from 1; `None` for the whole asset.
    pub term: Option<u32>,
}

/// A decision about one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// With `ClearedUntil`: the last covered day, UTC.
    pub until: Option<Day>,
    /// The reasons, those at the deciding severity first.
    pub reasons: Vec<Reason>,
    /// How many of them are at the deciding severity.
    pub deciding: u32,
}
