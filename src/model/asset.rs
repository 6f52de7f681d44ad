//! An approved image as Smint.io Portals shows it. Absent is *unknown*, never empty or false.

use serde::{Deserialize, Serialize};

use super::date::Day;
use super::ids::{AssetId, CollectionId};

/// An asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// The id; opaque.
    pub id: AssetId,
    /// The approval collection it was found in.
    pub collection: CollectionId,
    /// Its name in the tenant's preferred language.
    pub name: Option<String>,
    /// Its id in the system behind Portals.
    pub external_id: Option<String>,
    /// The file.
    pub file: FileFacts,
    /// What changes when the file or its metadata changes: version, eTag, modifiedAt, as one text.
    pub revision: String,
    /// The file's own version: `version`, else `eTag`, else the file hash.
    pub version: String,
    /// Not to be used before this day (UTC).
    pub publish_from: Option<Day>,
    /// Not to be used after this day (UTC).
    pub publish_until: Option<Day>,
    /// Whether Portals lets it be downloaded.
    pub downloadable: Option<bool>,
    /// Every field, `rawData` included, as one canonical JSON object for the rules.
    pub document: String,
}

/// What is known of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The file's name, as it came: may be hostile.
    pub name: Option<String>,
    /// Media type.
    pub media_type: Option<String>,
    /// Bytes.
    pub bytes: Option<i64>,
    /// Width in pixels.
    pub width: Option<i64>,
    /// Height in pixels.
    pub height: Option<i64>,
    /// SHA-1 as Portals shows it.
    pub sha1: Option<String>,
    /// Credit line (IPTC).
    pub credit: Option<String>,
    /// Copyright notice (IPTC).
    pub copyright: Option<String>,
}
