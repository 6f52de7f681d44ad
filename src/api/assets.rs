//! Search, attach, detach: the `assets` interface.

use super::availability::NotYet;
use super::decision::Decision;
use super::error::ApiError;
use super::input::Budget;
use super::target::Target;
use crate::model::ids::AssetId;
use crate::platform::Platform;

/// What to look for; all given parts must fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Words.
    pub text: Option<String>,
    /// An ISBN of a product.
    pub isbn: Option<String>,
    /// Words of a title.
    pub title: Option<String>,
    /// A role, such as `front_cover`.
    pub role: Option<String>,
    /// The target in hand.
    pub target: Option<Target>,
    /// A page's `next`.
    pub start: Option<String>,
    /// Hits a page, 1 to 100.
    pub limit: u32,
}

/// A found asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The asset.
    pub asset: AssetId,
    /// Its name.
    pub name: String,
    /// Its role, where a rule gives one.
    pub role: Option<String>,
    /// Whether the file fits the target; `None` without a target.
    pub fits: Option<bool>,
    /// What does not fit.
    pub misfits: Vec<String>,
    /// The clearance for the target; `None` without a target.
    pub decision: Option<Decision>,
}

/// A page of hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// The hits.
    pub items: Vec<Hit>,
    /// Where to go on; `None` on the last page.
    pub next: Option<String>,
}

/// Searches approved assets.
pub fn search(
    _platform: &dyn Platform,
    _config: &str,
    _query: &Query,
    _budget: Budget,
) -> Result<Hits, ApiError> {
    NotYet::AssetsSearch.answer()
}

/// Attaches an asset to a target and returns the link's id; doing it twice is once.
pub fn attach(
    _platform: &dyn Platform,
    _config: &str,
    _asset: &AssetId,
    _target: &Target,
    _budget: Budget,
) -> Result<String, ApiError> {
    NotYet::AssetsAttach.answer()
}

/// Takes an attachment of ours away again.
pub fn detach(
    _platform: &dyn Platform,
    _config: &str,
    _link: &str,
    _budget: Budget,
) -> Result<(), ApiError> {
    NotYet::AssetsDetach.answer()
}
