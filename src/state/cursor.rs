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

/// How far the listing of a collection came that did not fit into one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepCursor {
    /// The run that began it; its chunks carry the same name.
    pub sweep: String,
    /// When it began, milliseconds since 1970.
    pub began: u64,
    /// The page to go on with, from 0.
    pub page: u32,
    /// Assets a page.
    pub size: u32,
    /// What the source wants the page to be asked with.
    pub result_set: Option<String>,
    /// Whether no page so far was listed in part.
    pub complete: bool,
    /// The members on the page before, by which it is seen whether pages moved meanwhile.
    pub last: Vec<String>,
    /// How many chunks hold the members that were seen.
    pub chunks: u32,
    /// When it came to its end, milliseconds since 1970, if its call had to pause after that: the
    /// calls that go on need not list the collection again.
    #[serde(default)]
    pub ended: Option<u64>,
}

/// Some of the members that an unfinished listing has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepChunk {
    /// The listing.
    pub sweep: String,
    /// Their ids.
    pub members: Vec<String>,
    /// What could not be read of the pages so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<Trouble>,
}

/// What a listing could not read: the calls that go on with it must not take it for read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The member whose details are not known; none: it is not even known which member it is.
    pub member: Option<String>,
    /// The record of the inbox item that tells of it; none: it is only read later.
    pub item: Option<String>,
}

/// How many entries a page may have, as the portal taught us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSize {
    /// Entries a page.
    pub size: u32,
}
