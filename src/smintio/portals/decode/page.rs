//! A page of a search: which assets, in which revision, and whether the listing is whole. Heads
//! and details compute the revision alike, so that an unchanged asset is not read again.

use super::asset::text_of;
use super::document::document;
use crate::config::Portals;
use crate::fault::{BadRecord, Fault};
use crate::model::ids::AssetId;
use crate::smintio::portals::wire;
use crate::vendor::status::clip;
use crate::vendor::wire::{Json, Object};

/// A page of assets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetPage {
    /// In the order of the page.
    pub assets: Vec<Result<AssetHead, BadRecord>>,
    /// What the next page must be asked with, if the source pages by result set.
    pub result_set: Option<String>,
    /// Whether there is more. A page that does not say so has more unless it is empty.
    pub has_more: bool,
    /// How many there are in all, if the source counts.
    pub total: Option<u64>,
    /// Sources that failed: with any of these the listing is not whole.
    pub errors: Vec<String>,
}

/// An asset in a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetHead {
    /// The asset.
    pub id: AssetId,
    /// `version`, `eTag` and `modifiedAt` as one text; empty if none is shown, which says nothing
    /// about changes.
    pub revision: String,
}

/// The page of a search's result.
pub fn asset_page(config: &Portals, result: &str) -> Result<AssetPage, Fault> {
    let page: wire::AssetPage = wire::result(result)?;
    let unreadable = |reason: &str| Fault::Unreadable(reason.to_owned());
    let list = page.asset_data_objects.ok_or_else(|| unreadable("no `assetDataObjects`"))?;
    let details = page.details.ok_or_else(|| unreadable("no `details` of the search"))?;
    let has_more = details.has_more_results.unwrap_or(!list.is_empty());
    let assets = list.into_iter().enumerate().map(|(i, json)| {
        let record_id = name_of(&json, i);
        let head = document(config, json).and_then(|document| head(&document));
        head.map_err(|reason| BadRecord { record_id, reason })
    });
    Ok(AssetPage {
        assets: assets.collect(),
        result_set: details.search_result_set_id.as_ref().and_then(|json| wire::id(json, "id")),
        has_more,
        total: details.total_results,
        errors: details.errors.iter().flatten().map(words).collect(),
    })
}

/// Id and revision of an asset's document.
pub fn head(document: &Object) -> Result<AssetHead, String> {
    let id = document.get("uuid").and_then(Json::as_str).filter(|id| !id.trim().is_empty());
    let id = id.ok_or("it has no `uuid`")?;
    let marks = ["version", "eTag", "modifiedAt"].map(|name| text_of(document, name));
    let revision = if marks.iter().all(Option::is_none) {
        String::new()
    } else {
        marks.map(Option::unwrap_or_default).join("|")
    };
    Ok(AssetHead { id: AssetId::from(id), revision })
}

/// What to call a record that may not even have an id.
pub fn name_of(json: &Json, index: usize) -> String {
    match json.get("uuid").and_then(Json::as_str) {
        Some(uuid) => clip(uuid, 100),
        None => format!("asset {} of the page", index + 1),
    }
}

fn words(error: &Json) -> String {
    let part = |name: &str| error.get(name).and_then(Json::as_str);
    let said = match (part("errorCode"), part("errorMessage")) {
        (Some(code), Some(message)) => format!("{code}, {message}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => error.to_string(),
    };
    clip(&said, 300)
}
