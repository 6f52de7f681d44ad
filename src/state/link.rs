//! `link/<asset>`: what we put on a title, and per field the base pair: what each side showed
//! after our last successful write.

use serde::{Deserialize, Serialize};

/// Our link of an asset to a title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The Portals asset id.
    pub asset: String,
    /// The Consonance work.
    pub work: i64,
    /// Our supporting resource there, unless it was withdrawn.
    pub resource: Option<Placed>,
    /// An older image of ours, on editions that the newer file does not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Placed>,
    /// Our web links there.
    pub web_links: Vec<PlacedLink>,
    /// When an image of this asset was first put on this title, milliseconds since 1970.
    #[serde(default)]
    pub first_placed: Option<u64>,
    /// A change of it that a person took back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<Undone>,
}

/// A change that a person took back: as long as just this is wanted, that is there instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The change: its run and its position there.
    pub change: String,
    /// What is wanted by source and rules.
    pub against: Appearance,
    /// What shall be there instead.
    pub restore: Appearance,
    /// When it was taken back, milliseconds since 1970.
    pub at: u64,
}

/// A supporting resource of ours and its base pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Its id.
    pub id: i64,
    /// Our side: what we asked for.
    pub asked: Appearance,
    /// Their side: what Consonance showed once it was processed.
    pub shown: Shown,
    /// When it was committed, milliseconds since 1970.
    pub at: u64,
    /// What the images before it showed, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Past>,
}

/// A value that a field had before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The field.
    pub field: String,
    /// The first characters of its value's SHA-256.
    pub was: String,
}

/// What we ask Consonance to show. Two equal appearances need no write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// The work.
    pub work: i64,
    /// The file: Portals version, else hash.
    pub version: String,
    /// The vendor's word for the kind of image; none if the profile has none.
    pub variant: Option<String>,
    /// The products, ascending.
    pub products: Vec<i64>,
    /// Caption.
    pub caption: Option<String>,
    /// Copyright line.
    pub copyright: Option<String>,
    /// Credit that must be shown.
    pub required_credit: Option<String>,
}

/// The fields of a resource that a person could change under us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The products, ascending.
    pub products: Vec<i64>,
    /// Caption.
    pub caption: Option<String>,
    /// Copyright line.
    pub copyright: Option<String>,
    /// Credit.
    pub required_credit: Option<String>,
}

/// What a web link is known by: product, address, role.
pub type LinkKey = (i64, String, String);

impl PlacedLink {
    /// What it is known by.
    pub fn key(&self) -> LinkKey {
        (self.product, self.link.clone(), self.role.clone())
    }
}

/// A web link of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlacedLink {
    /// The product it is on.
    pub product: i64,
    /// The address.
    pub link: String,
    /// The role text.
    pub role: String,
    /// The note text.
    pub note: String,
    /// Its id in Consonance; not known before it was read back.
    pub id: Option<i64>,
    /// Their side: the note that Consonance showed, where it is not the one that we asked for.
    #[serde(default)]
    pub shown: Option<String>,
}
