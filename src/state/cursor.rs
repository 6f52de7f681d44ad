//! `cursor/<flow>/<source>`: how far a source was read. A cursor only passes records that are
//! stored, deferred or in the inbox.

use std::collections::BTreeMap;

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
    /// The imprints of the titles, by id.
    #[serde(default)]
    pub imprints: BTreeMap<i64, KnownImprint>,
}

/// An imprint as it was seen last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownImprint {
    /// Its name.
    pub name: String,
    /// The title by which it is looked at.
    pub work: i64,
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

/// A listing of all collections whose call had to pause: during it, or after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingCursor {
    /// The run that began it; its chunks carry the same name.
    pub listing: String,
    /// When it began, milliseconds since 1970.
    pub began: u64,
    /// The page to go on with, from 0; absent: it came to its end.
    pub page: Option<u32>,
    /// Collections a page.
    pub size: u32,
    /// The collections on the page before, by which it is seen whether pages moved meanwhile.
    pub last: Vec<String>,
    /// How many chunks hold what was listed.
    pub chunks: u32,
    /// Whether a page of a plan was shown by it.
    #[serde(default)]
    pub shown: bool,
}

/// Some of the collections that it listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingChunk {
    /// The listing.
    pub listing: String,
    /// Ids and names.
    pub collections: Vec<(String, String)>,
}

/// How many entries a page may have, as the portal taught us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSize {
    /// Entries a page.
    pub size: u32,
}
