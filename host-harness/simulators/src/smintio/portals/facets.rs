//! Facets and their opaque tokens. A token is a signature over facet and value: nobody outside can
//! build one, and one that was captured earlier stays good as long as its value exists.

use super::super::signer::Signer;
use super::super::store::Asset;
use super::super::unconfirmed::KEYWORD_FACET;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Values listed with a search; the rest must be asked for.
const LISTED: usize = 50;

/// Every facet with every value.
pub struct Facets {
    facets: Vec<Facet>,
}

struct Facet {
    id: String,
    label: String,
    /// Value to its token and the numbers of its assets, ascending.
    values: BTreeMap<String, (String, Vec<usize>)>,
    /// Token to value.
    tokens: BTreeMap<String, String>,
}

impl Facets {
    /// Counts the facets of all assets that are there.
    pub fn count(assets: &[Asset], fields: &[String], signer: &Signer) -> Self {
        let keywords = Facet::count(KEYWORD_FACET, "Keywords", assets, signer, |asset| {
            asset.seed.keywords.iter().map(String::as_str).collect()
        });
        let fields = fields.iter().map(|field| {
            Facet::count(&format!("rawData.{field}"), field, assets, signer, |asset| {
                match asset.seed.raw_data.get(field) {
                    Some(Value::String(text)) => vec![text.as_str()],
                    Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
                    _ => Vec::new(),
                }
            })
        });
        Self { facets: std::iter::once(keywords).chain(fields).collect() }
    }

    /// The assets behind a token of a facet; `None` if this portal did not issue it.
    pub fn matches(&self, facet: &str, token: &str) -> Option<&[usize]> {
        let facet = self.facet(facet)?;
        let value = facet.tokens.get(token)?;
        facet.values.get(value).map(|(_, numbers)| numbers.as_slice())
    }

    /// Whether there is such a facet.
    pub fn facet_exists(&self, id: &str) -> bool {
        self.facet(id).is_some()
    }

    /// `filterModel`.
    pub fn model(&self) -> Value {
        let items: Vec<Value> = self
            .facets
            .iter()
            .map(|facet| {
                json!({
                    "id": facet.id,
                    "dataType": "string_array",
                    "name": {"x-default": facet.label},
                    "isDynamicAllowedValues": true,
                    "allowedValues": facet.allowed("", LISTED),
                    "allowedValuesTotalCount": facet.values.len(),
                })
            })
            .collect();
        json!({"formGroupDefinitions": [{"id": "facets", "formItemDefinitions": items}]})
    }

    /// Values of one facet that contain a text, and how many there are.
    pub fn allowed(&self, id: &str, text: &str, max: usize) -> Option<Value> {
        let facet = self.facet(id)?;
        let matching = facet.values.keys().filter(|value| contains(value, text)).count();
        let allowed = facet.allowed(text, max);
        Some(json!({"allowedValues": allowed, "allowedValuesTotalCount": matching}))
    }

    fn facet(&self, id: &str) -> Option<&Facet> {
        self.facets.iter().find(|f| f.id == id)
    }
}

impl Facet {
    fn count<'a>(
        id: &str,
        label: &str,
        assets: &'a [Asset],
        signer: &Signer,
        values_of: impl Fn(&'a Asset) -> Vec<&'a str>,
    ) -> Self {
        let mut values: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
        for (number, asset) in assets.iter().enumerate().filter(|(_, a)| !a.gone && !a.denied) {
            for value in values_of(asset) {
                let entry = values
                    .entry(value.to_owned())
                    .or_insert_with(|| (token(signer, id, value), Vec::new()));
                if entry.1.last() != Some(&number) {
                    entry.1.push(number);
                }
            }
        }
        let tokens = values.iter().map(|(value, (token, _))| (token.clone(), value.clone()));
        let tokens = tokens.collect();
        Self { id: id.to_owned(), label: label.to_owned(), values, tokens }
    }

    fn allowed(&self, text: &str, max: usize) -> Vec<Value> {
        let matching = self.values.iter().filter(|(value, _)| contains(value, text));
        let shown = matching.take(max).map(|(value, (token, numbers))| {
            json!({
                "value": {"dataType": "string", "stringValue": token},
                "name": {"x-default": value},
                "count": numbers.len(),
            })
        });
        shown.collect()
    }
}

fn contains(value: &str, text: &str) -> bool {
    text.is_empty() || value.to_lowercase().contains(&text.to_lowercase())
}

fn token(signer: &Signer, facet: &str, value: &str) -> String {
    let filter = json!({"kind": "AggregationFilter", "ref": signer.sign(&["facet", facet, value])});
    filter.to_string()
}
