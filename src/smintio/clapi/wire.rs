//! The shapes of CLAPI-C's answers. Nulls are omitted on the wire, so absent and null are the same
//! and both mean unknown. Personal names, prices and previews are not declared, so never read.
//! What people only read beside a licence is lenient: of a wrong type it is unknown, and the
//! purchase stays good.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

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
    #[serde(default, deserialize_with = "lenient")]
    pub licensee_uuid: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub has_potentially_restrictive_license_terms: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub current_downloads: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub current_users: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub purchased_at: Option<Json>,
    #[serde(default, deserialize_with = "lenient")]
    pub completed_at: Option<Json>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_updated_at: Option<Json>,
}

/// A value that nothing is decided by: of a wrong type it is unknown.
fn lenient<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let json = Json::deserialize(deserializer)?;
    Ok(crate::json::read_tree(json).ok())
}

#[derive(Clone, Debug, Deserialize)]
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
    #[serde(default, deserialize_with = "lenient")]
    pub content_type: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub content_category: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_editorial_use: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_editorial: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_ai: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Release {
    pub model_release_state: Option<String>,
    pub property_release_state: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub provider_allowed_use_comment: Option<Vec<Localised>>,
    #[serde(default, deserialize_with = "lenient")]
    pub provider_release_comment: Option<Vec<Localised>>,
    #[serde(default, deserialize_with = "lenient")]
    pub provider_usage_constraints: Option<Vec<Localised>>,
}

/// What was offered. Its own copies of terms and constraints are deliberately not declared: the
/// purchase's count. Nor are its options, which the vendor's own clients consume no more.
#[derive(Debug, Default, Deserialize)]
pub struct Offering {
    pub license_uuid: Option<String>,
    pub license_text: Option<LicenseText>,
    #[serde(default, deserialize_with = "lenient")]
    pub license_type: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub license_urls: Option<Vec<LicenceUrl>>,
    #[serde(default, deserialize_with = "lenient")]
    pub has_options: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_editorial_use: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_editorial: Option<bool>,
}

/// A licence page of the provider.
#[derive(Debug, Deserialize)]
pub struct LicenceUrl {
    pub culture: Option<String>,
    pub metadata_element: Option<UrlElement>,
}

#[derive(Debug, Deserialize)]
pub struct UrlElement {
    pub url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct LicenseText {
    pub effective_text: Option<Vec<Localised>>,
    #[serde(default, deserialize_with = "lenient")]
    pub effective_text_is_safe_html: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Constraints {
    pub effective_max_reuses: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub effective_max_downloads: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub effective_max_users: Option<i64>,
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
    #[serde(default, deserialize_with = "lenient")]
    pub sequence_number: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub name: Option<Vec<Localised>>,
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
