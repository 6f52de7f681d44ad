//! `SyncGenericMetadata`: fifteen arrays, one row per key and culture, in no useful order.

use super::vocabulary_keys::VOCABULARIES;
use serde_json::{Map, Value, json};

/// The whole answer.
pub fn document() -> Value {
    let arrays = VOCABULARIES.iter().map(|(name, keys)| {
        let keys = keys.split_whitespace();
        let rows: Vec<Value> = keys.rev().map(row).collect();
        ((*name).to_owned(), Value::Array(rows))
    });
    Value::Object(arrays.collect::<Map<String, Value>>())
}

fn row(key: &str) -> Value {
    json!({"culture": "en", "metadata_element": {"key": key, "name": label(key)}})
}

/// `page_front` becomes `Page front`.
fn label(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
