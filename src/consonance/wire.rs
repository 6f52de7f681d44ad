//! The shapes of Consonance's answers. Keys are the aliases that `request.rs` gives, so they do
//! not depend on the profile. A key that was asked for must be there; null means empty.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::limits::CONSONANCE_BODY_BYTES_MAX;
use crate::vendor::wire::{Json, answer, asked, tree, typed};

/// Any GraphQL answer.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// Absent if the query was not executed.
    pub data: Option<BTreeMap<String, Json>>,
    /// Whatever went wrong.
    pub errors: Option<Vec<GraphqlError>>,
}

/// A top-level error.
#[derive(Debug, Deserialize)]
pub struct GraphqlError {
    /// The vendor's words.
    pub message: Option<String>,
    /// Where; absent or empty: anywhere.
    pub path: Option<Vec<Json>>,
}

#[derive(Debug, Deserialize)]
pub struct WorkId {
    pub id: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Work {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub title: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub subtitle: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub in_house_work_reference: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub imprint: Option<Imprint>,
    #[serde(deserialize_with = "asked")]
    pub bisacs: Option<Vec<String>>,
    #[serde(deserialize_with = "asked")]
    pub season: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub marketing_tier: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub project_stage: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub marketing_texts: Option<Vec<MarketingText>>,
    #[serde(deserialize_with = "asked")]
    pub contributions: Option<Vec<Contribution>>,
    #[serde(deserialize_with = "asked")]
    pub products: Option<Vec<Product>>,
    #[serde(deserialize_with = "asked")]
    pub production_runs: Option<Vec<ProductionRun>>,
    #[serde(deserialize_with = "asked")]
    pub supporting_resources: Option<Vec<Resource>>,
}

/// The light read-back.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkImages {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub products: Option<Vec<ProductLinks>>,
    #[serde(deserialize_with = "asked")]
    pub supporting_resources: Option<Vec<Resource>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductLinks {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub web_links: Option<Vec<WebLink>>,
}

#[derive(Debug, Deserialize)]
pub struct Imprint {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MarketingText {
    #[serde(deserialize_with = "asked")]
    pub from_date: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    #[serde(deserialize_with = "asked")]
    pub sequence_number: Option<i64>,
    #[serde(deserialize_with = "asked")]
    pub onix_contributor_role_code: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub contributor: Option<Contact>,
}

#[derive(Debug, Deserialize)]
pub struct Contact {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub isbn: Option<Isbn>,
    #[serde(deserialize_with = "asked")]
    pub onix21_product_form_code: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub onix_publishing_status_code: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub publication_date: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub planned_publication_date: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub for_sale_country_codes: Option<Vec<String>>,
    #[serde(deserialize_with = "asked")]
    pub not_for_sale_country_codes: Option<Vec<String>>,
    #[serde(deserialize_with = "asked")]
    pub is_for_sale_worldwide: Option<bool>,
    #[serde(deserialize_with = "asked")]
    pub web_links: Option<Vec<WebLink>>,
}

#[derive(Debug, Deserialize)]
pub struct Isbn {
    #[serde(deserialize_with = "asked")]
    pub isbn13: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct WebLink {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub link: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub role: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct ProductionRun {
    #[serde(deserialize_with = "asked")]
    pub quantities: Option<Vec<Quantity>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quantity {
    #[serde(deserialize_with = "asked")]
    pub product_id: Option<i64>,
    #[serde(deserialize_with = "asked")]
    pub quantity: Option<i64>,
    #[serde(deserialize_with = "asked")]
    pub received_quantity: Option<i64>,
}

/// An image. `variant`, `audience` and `width` are asked for only where the profile names them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    pub id: i64,
    #[serde(deserialize_with = "asked")]
    pub url: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub image_remote_url: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub filename: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub file_size: Option<i64>,
    #[serde(deserialize_with = "asked")]
    pub height: Option<i64>,
    #[serde(deserialize_with = "asked")]
    pub aspect_ratio: Option<f64>,
    #[serde(deserialize_with = "asked")]
    pub image_content_type: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub caption: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub copyright: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub required_credit: Option<String>,
    pub is_processing: bool,
    #[serde(deserialize_with = "asked")]
    pub delayed_job_status: Option<String>,
    #[serde(deserialize_with = "asked")]
    pub product_ids: Option<Vec<i64>>,
    #[serde(default)]
    pub variant: Field<String>,
    #[serde(default)]
    pub audience: Field<String>,
    #[serde(default)]
    pub width: Field<i64>,
}

/// A value that may not have been asked for: absent and null differ.
#[derive(Debug, Default)]
pub enum Field<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// It is there; `None` is null.
    There(Option<T>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::There)
    }
}

/// The answer of any mutation, under the alias `result`.
#[derive(Debug, Default, Deserialize)]
pub struct Payload {
    /// The new object.
    pub made: Option<Made>,
    /// Complaints in any shape.
    pub errors: Option<Json>,
    /// The success flag of a deletion.
    pub done: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub struct Made {
    pub id: Option<i64>,
}

/// What an error body says, for a person.
pub fn words(body: &[u8]) -> Option<String> {
    let Ok(json) = tree(body, CONSONANCE_BODY_BYTES_MAX) else {
        let text = std::str::from_utf8(body).ok()?.trim();
        return (!text.is_empty() && !text.starts_with('<')).then(|| text.to_owned());
    };
    let found = ["errors", "error", "message"].iter().find_map(|key| json.get(key));
    found.map(complaints).filter(|all| !all.is_empty()).map(|all| all.join("; "))
}

/// Complaints in any of the shapes that the vendor's drafts show: texts, or objects with
/// `field`, `attribute` or `path` and `message` or `messages`.
pub fn complaints(json: &Json) -> Vec<String> {
    match json {
        Json::Null => Vec::new(),
        Json::String(text) => vec![text.clone()],
        Json::Array(items) => items.iter().flat_map(complaints).collect(),
        Json::Object(object) => {
            let messages = ["messages", "message"].iter().find_map(|key| object.get(*key));
            let place = ["field", "attribute", "path"].iter().find_map(|key| object.get(*key));
            let place = place.map(complaints).unwrap_or_default().join(".");
            let Some(messages) = messages else { return vec![json.to_string()] };
            complaints(messages)
                .into_iter()
                .map(|m| if place.is_empty() { m } else { format!("{place}: {m}") })
                .collect()
        }
        other => vec![other.to_string()],
    }
}

/// A part of an answer; the whole is unreadable if it is.
pub fn part<T: DeserializeOwned>(name: &str, json: Json) -> Result<T, Fault> {
    typed(json).map_err(|reason| Fault::Unreadable(format!("{name}: {reason}")))
}

/// The envelope of an answer, after the guard.
pub fn envelope(body: &[u8]) -> Result<Envelope, Fault> {
    answer(body, CONSONANCE_BODY_BYTES_MAX)
}

/// `__schema`, as far as it is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MutationRoot {
    pub mutation_type: Option<Type>,
}

/// `__type`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Type {
    pub name: Option<String>,
    pub fields: Option<Vec<TypeField>>,
    pub input_fields: Option<Vec<InputField>>,
    pub enum_values: Option<Vec<EnumValue>>,
}

#[derive(Debug, Deserialize)]
pub struct TypeField {
    pub name: String,
    pub args: Option<Vec<InputField>>,
    #[serde(rename = "type")]
    pub reference: TypeReference,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InputField {
    pub name: String,
    pub default_value: Option<String>,
    #[serde(rename = "type")]
    pub reference: TypeReference,
}

#[derive(Debug, Deserialize)]
pub struct EnumValue {
    pub name: String,
}

/// A type with its list and non-null wrappers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeReference {
    pub kind: String,
    pub name: Option<String>,
    pub of_type: Option<Box<TypeReference>>,
}

impl TypeReference {
    /// Kind and name of the innermost type.
    pub fn named(&self) -> (String, String) {
        match &self.of_type {
            Some(inner) => inner.named(),
            None => (self.kind.clone(), self.name.clone().unwrap_or_default()),
        }
    }
}
