//! The shapes of Portals' answers: a background task, and what its result text holds. What is not
//! set is absent; absent and null both mean unknown.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::limits::SMINTIO_BODY_BYTES_MAX;
use crate::vendor::wire::{Json, answer, typed};

/// A background task.
#[derive(Debug, Deserialize)]
pub struct Task {
    pub uuid: String,
    pub state: String,
    pub result_string: Option<Json>,
}

/// The result of an asset search.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetPage {
    pub asset_data_objects: Option<Vec<Json>>,
    pub details: Option<Details>,
}

/// How a search went.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    pub search_result_set_id: Option<Json>,
    pub total_results: Option<u64>,
    pub has_more_results: Option<bool>,
    pub errors: Option<Vec<Json>>,
}

/// The result of an asset search, as far as its facets go.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilteredPage {
    pub filter_model: Option<FilterModel>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilterModel {
    pub form_group_definitions: Option<Vec<FormGroup>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormGroup {
    pub form_item_definitions: Option<Vec<FormItem>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormItem {
    pub id: Option<String>,
    pub name: Option<Json>,
    pub allowed_values: Option<Vec<Json>>,
    pub allowed_values_total_count: Option<u64>,
}

/// The result of `getAssetAsync`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetResult {
    pub asset_data_object: Option<Json>,
}

/// The result of `getAssetsDownloadsForAssetsAsync`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Downloads {
    pub asset_download_groups: Option<Vec<DownloadGroup>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DownloadGroup {
    pub group_id: Option<String>,
    pub asset_download_items: Option<Vec<Json>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DownloadItem {
    pub item_id: String,
    pub group_id: Option<String>,
    pub warning_to_be_accepted: Option<Json>,
    pub asset_ids: Option<Vec<Json>>,
}

/// The result of `initiateAssetsDownloadForAssetsAsync`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DownloadResult {
    pub asset_download_url: Option<DownloadUrl>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DownloadUrl {
    pub url: String,
    pub file_name: Option<String>,
    pub file_size_in_bytes: Option<i64>,
    pub media_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collection {
    pub collection_id: Json,
    pub name: Option<Json>,
    pub is_search_based: Option<bool>,
}

/// A task of an answer.
pub fn task(body: &[u8]) -> Result<Task, Fault> {
    answer(body, SMINTIO_BODY_BYTES_MAX)
}

/// What a result text holds.
pub fn result<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    answer(text.as_bytes(), SMINTIO_BODY_BYTES_MAX)
}

/// A part of a result.
pub fn part<T: DeserializeOwned>(name: &str, json: Json) -> Result<T, Fault> {
    typed(json).map_err(|reason| Fault::Unreadable(format!("{name}: {reason}")))
}

/// An id that comes bare, as a number or wrapped in one key.
pub fn id(json: &Json, wrapper: &str) -> Option<String> {
    match json {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Object(object) => {
            let inner = object.get(wrapper).or_else(|| object.get("id"))?;
            if inner.is_object() { None } else { id(inner, wrapper) }
        }
        _ => None,
    }
}
