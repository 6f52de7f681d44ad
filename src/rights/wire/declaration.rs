//! A declaration as JSON. Its field names are read strictly, because a misspelt `valid_until`
//! would lengthen a right; a value that cannot be read is unknown.

use serde_json::{Map, Value};

use crate::config::Problem;
use crate::model::declaration::{Declaration, Scope};

use super::lenient::{bound, keys, text};
use super::strict::{Section, problem};

const FIELDS: [&str; 11] = [
    "id",
    "signer",
    "signed_on",
    "scope",
    "usages",
    "media",
    "territories",
    "languages",
    "valid_from",
    "valid_until",
    "credit",
];

/// Reads a declaration; `path` is where it stands.
pub fn read_declaration(path: &str, json: &Value) -> Result<Declaration, Vec<Problem>> {
    let Some(object) = json.as_object() else {
        let found = super::strict::found(json);
        return Err(vec![problem(path, &found, "an object", "Write a declaration as an object.")]);
    };
    let section = Section::new(path, object, &FIELDS);
    if !section.problems.is_empty() {
        return Err(section.problems);
    }
    Ok(Declaration {
        id: text(object, "id").unwrap_or_default(),
        signer: text(object, "signer"),
        signed_on: bound(object, "signed_on"),
        scope: scopes(section.get("scope")),
        usages: keys(object, "usages"),
        media: keys(object, "media"),
        territories: keys(object, "territories"),
        languages: keys(object, "languages"),
        valid_from: bound(object, "valid_from"),
        valid_until: bound(object, "valid_until"),
        credit: text(object, "credit"),
    })
}

fn scopes(value: Option<&Value>) -> Vec<Scope> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(scope).collect(),
        Some(one) => scope(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Something that is no scope covers nothing.
fn scope(value: &Value) -> Option<Scope> {
    match value {
        Value::String(text) => stated(text).map(Scope::Stated),
        Value::Object(object) => {
            let one = |name: &str| object.get(name)?.as_str().and_then(stated);
            one("collection").map(Scope::Collection).or_else(|| typed(object))
        }
        _ => None,
    }
}

fn typed(object: &Map<String, Value>) -> Option<Scope> {
    let one = |name: &str| object.get(name)?.as_str().and_then(stated);
    one("asset").map(Scope::Asset).or_else(|| one("metadata").map(Scope::Metadata))
}

fn stated(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}
