//! The shapes of CLAPI-C's answers. Nulls are omitted on the wire, so absent and null are the same
//! and both mean unknown. Personal names, prices and previews are not declared, so never read.

use serde::Deserialize;

use crate::fault::Fault;
use crate::limits::SMINTIO_BODY_BYTES_MAX;
use crate::vendor::wire::{Json, answer};

/// A page of the feed.
#[derive(Debug, Deserialize)]
pub struct Feed {
    pub count: Option<i64>,
    pub license_purchase_transactions: Option<Vec<Json>>,
    pub continuation_uuid: Option<Json>,
}

/// A licence purchase transaction.
#[derive(Debug, Deserialize)]
pub struct Transaction {
    pub uuid: String,
    pub reused_license_purchase_transaction_uuid: Option<String>,
    pub cart_purchase_transaction_uuid: Option<String>,
    pub state: Option<String>,
    pub can_be_synced: Option<bool>,
    pub version: Option<i64>,
    pub project_uuid: Option<String>,
    pub project_name: Option<Vec<Localised>>,
    pub collection_name: Option<Vec<Localised>>,
    pub content_element: Option<ContentElement>,
    pub offering: Option<Offering>,
    pub license_text: Option<LicenseText>,
    pub license_terms: Option<Vec<Term>>,
    pub license_download_constraints: Option<Constraints>,
    pub current_reuses: Option<i64>,
    pub licensee_name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Localised {
    pub culture: Option<String>,
    pub value: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct ContentElement {
    pub uuid: Option<String>,
    pub provider: Option<String>,
    pub name: Option<Vec<Localised>>,
    pub copyright_notices: Option<Vec<Localised>>,
    pub release_details: Option<Release>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Release {
    pub model_release_state: Option<String>,
    pub property_release_state: Option<String>,
}

/// What was offered. Its own copy of the terms is deliberately not declared: the purchase's counts.
#[derive(Debug, Default, Deserialize)]
pub struct Offering {
    pub license_uuid: Option<String>,
    pub license_text: Option<LicenseText>,
}

#[derive(Debug, Default, Deserialize)]
pub struct LicenseText {
    pub effective_text: Option<Vec<Localised>>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Constraints {
    pub effective_max_reuses: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct Term {
    pub exclusivities: Option<Vec<String>>,
    pub allowed_usages: Option<Vec<String>>,
    pub restricted_usages: Option<Vec<String>>,
    pub allowed_sizes: Option<Vec<String>>,
    pub restricted_sizes: Option<Vec<String>>,
    pub allowed_placements: Option<Vec<String>>,
    pub restricted_placements: Option<Vec<String>>,
    pub allowed_distributions: Option<Vec<String>>,
    pub restricted_distributions: Option<Vec<String>>,
    pub allowed_geographies: Option<Vec<String>>,
    pub restricted_geographies: Option<Vec<String>>,
    pub allowed_industries: Option<Vec<String>>,
    pub restricted_industries: Option<Vec<String>>,
    pub allowed_languages: Option<Vec<String>>,
    pub restricted_languages: Option<Vec<String>>,
    pub usage_limits: Option<Vec<String>>,
    pub valid_from: Option<Json>,
    pub valid_until: Option<Json>,
    pub to_be_used_until: Option<Json>,
    pub is_editorial_use: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub struct Binary {
    pub uuid: String,
    pub version: Option<i64>,
    pub recommended_file_name: Option<String>,
}

/// The page of an answer.
pub fn feed(body: &[u8]) -> Result<Feed, Fault> {
    answer(body, SMINTIO_BODY_BYTES_MAX)
}

/// The list of an answer, out of its wrapper if it has one.
pub fn list(body: &[u8], wrapper: &str) -> Result<Vec<Json>, Fault> {
    if wrapper.is_empty() {
        return answer(body, SMINTIO_BODY_BYTES_MAX);
    }
    let mut object: crate::vendor::wire::Object = answer(body, SMINTIO_BODY_BYTES_MAX)?;
    match object.remove(wrapper) {
        Some(Json::Array(items)) => Ok(items),
        _ => Err(Fault::Unreadable(format!("`{wrapper}` holds no list"))),
    }
}
