//! `cursor/<flow>/<source>`: how far a source was read. A cursor only passes records that are
//! stored, deferred or in the inbox.

use serde::{Deserialize, Serialize};

use crate::model::date::Day;

/// How far the titles were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleCursor {
    /// Everything changed before this day was read.
    pub watermark: Option<Day>,
    /// The day of the last full sweep.
    pub swept_on: Option<Day>,
    /// A reading in progress.
    pub reading: Option<Reading>,
}

/// A reading of titles that is not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Works up to this id were read.
    pub after: i64,
    /// The day it began: the next watermark.
    pub began_on: Day,
    /// Whether it reads everything.
    pub full: bool,
}

/// How far the licence feed was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedCursor {
    /// The vendor's opaque continuation.
    pub continuation: Option<String>,
}
