//! `intent/<asset>`: an effect that is about to happen or may have happened. It is stored before
//! the effect and deleted after the commit, so that a killed run leaves no doubt behind.

use serde::{Deserialize, Serialize};

use super::link::{Appearance, Placed, PlacedLink};

/// One operation on one asset's link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The asset.
    pub asset: String,
    /// The run that began it.
    pub run_id: String,
    /// Why, in a sentence.
    pub why: String,
    /// How far it is.
    pub stage: Stage,
    /// Our image of which it makes another for other editions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<i64>,
    /// What must be there in the end; none: nothing (a withdrawal).
    pub desired: Option<Appearance>,
    /// Ours that must go, once the new one is good.
    pub old: Option<Placed>,
    /// The older image beside it, which must go, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Placed>,
    /// Web links of ours that must be there in the end.
    pub links: Vec<PlacedLink>,
    /// Web links of ours that must go.
    pub old_links: Vec<PlacedLink>,
    /// What Consonance said when it refused it in words that leave doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The resources of the work before we began.
    pub before: Vec<i64>,
    /// SHA-256 (hex) of every address we sent for it. Never the address.
    pub url_hashes: Vec<String>,
    /// Whether Consonance shall detach the work's products from earlier images of that kind.
    pub unlink_previous: bool,
    /// The download item that yields the JPEG.
    pub download_item: String,
    /// What the processed image must look like.
    pub fit: Fit,
    /// Where the deliveries of purchases are kept that its rights rest on.
    #[serde(default)]
    pub rests_on: Vec<String>,
}

impl Intent {
    /// The file that it sends, as it is named when it turns out to be wrong.
    pub fn file(&self) -> String {
        match (self.copies, &self.desired) {
            (Some(id), _) => format!("{COPY}{id}"),
            (None, desired) => desired.as_ref().map(|d| d.version.clone()).unwrap_or_default(),
        }
    }

    /// The resource that it surely made or keeps.
    pub fn created(&self) -> Option<i64> {
        match &self.stage {
            Stage::Sending { .. } => None,
            Stage::Created { id, .. } => Some(*id),
            Stage::Replacing { placed, .. } => placed.as_ref().map(|placed| placed.id),
        }
    }
}

/// How the name of a file begins that is a copy of an image of ours.
pub const COPY: &str = "copy of ";

/// How far an operation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// A create may have been sent at this instant; its answer is not known.
    Sending { at: u64 },
    /// The resource exists; Consonance works on it since this instant.
    Created { id: i64, at: u64 },
    /// The new one is good, or none is needed: the old one goes, then the links follow.
    Replacing { placed: Option<Box<Placed>>, at: u64 },
}

/// What an image must look like on every product it is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// Pixels of the short side, at least.
    pub short_side_min: i64,
    /// Height over width in thousandths: lowest and highest.
    pub shape: Option<(i64, i64)>,
}
