//! Fields by the names that people give them. Every system behind Portals spells its metadata in
//! its own way, so the default rules look for a name in `rawData` whatever its case and marks:
//! `ISBN-13`, `isbn13` and `Isbn_13` are one.

use jmespath::Variable;

use super::expression::{Document, collect};

/// Fields that hold ISBNs.
pub const ISBN: &[&str] = &["isbn", "isbns", "isbn13", "isbn10", "eisbn", "ean", "ean13", "gtin"];

/// Fields that hold the publisher's own reference of a title.
pub const REFERENCE: &[&str] =
    &["inhousereference", "inhouseref", "workreference", "titlereference", "inhouseworkreference"];

/// Fields that name a title.
pub const TITLE: &[&str] = &["booktitle", "title", "titlename"];

/// Fields that name the project the image was made for.
pub const PROJECT: &[&str] =
    &["project", "projectname", "projectnames", "board", "boardname", "campaign"];

/// Fields that state the format of the edition.
pub const FORMAT: &[&str] =
    &["format", "formats", "editionformat", "binding", "bookformat", "productformat"];

/// Fields that hold the id of a licence purchase transaction.
pub const PURCHASE: &[&str] = &[
    "lpt",
    "lptid",
    "lptuuid",
    "licencetransaction",
    "licensetransaction",
    "licencepurchasetransaction",
    "licensepurchasetransaction",
    "licensepurchasetransactionuuid",
    "licencepurchasetransactionuuid",
    "purchaseid",
    "purchaseuuid",
    "smintiopurchase",
];

/// Fields that hold the id of a content element.
pub const ELEMENT: &[&str] =
    &["contentelement", "contentelementid", "contentelementuuid", "smintioelement"];

/// Fields that name the asset's role in the spelling of the configuration.
pub const ROLE: &[&str] = &["role", "assetrole"];

/// Levels of `rawData` that are looked at; real ones have three.
const DEPTH_MAX: usize = 8;

/// The texts of the fields so named, anywhere in `rawData`, in the document's order.
pub fn raw(document: &Document, names: &[&str]) -> Vec<String> {
    let mut texts = Vec::new();
    walk(&document.get_field("rawData"), names, &mut texts, DEPTH_MAX);
    texts
}

/// The texts at a path of fields, such as `["fileMetadata", "keywords"]`.
pub fn at(document: &Document, path: &[&str]) -> Vec<String> {
    let end = path.iter().fold(document.clone(), |value, name| value.get_field(name));
    let mut texts = Vec::new();
    collect(&end, &mut texts);
    texts
}

/// Keywords, wherever Portals or the system behind it puts them.
pub fn keywords(document: &Document) -> Vec<String> {
    let mut texts = at(document, &["keywords"]);
    texts.extend(at(document, &["localizedTags"]));
    texts.extend(at(document, &["fileMetadata", "keywords"]));
    texts.extend(at(document, &["imageMetadata", "keywords"]));
    texts.extend(raw(document, &["keywords", "keyword", "tags"]));
    texts
}

fn walk(value: &Variable, names: &[&str], texts: &mut Vec<String>, depth: usize) {
    if depth == 0 {
        return;
    }
    match value {
        Variable::Array(items) => {
            items.iter().for_each(|item| walk(item, names, texts, depth - 1));
        }
        Variable::Object(fields) => {
            if let Some(held) = named_pair(value, names) {
                collect(&held, texts);
                return;
            }
            for (name, field) in fields {
                if names.contains(&plain(name).as_str()) {
                    collect(field, texts);
                } else {
                    walk(field, names, texts, depth - 1);
                }
            }
        }
        _ => {}
    }
}

/// `{"key": "isbn", "value": ...}`, as lists of properties spell a field.
fn named_pair(object: &Variable, names: &[&str]) -> Option<Document> {
    let key = ["key", "name", "id", "label"]
        .into_iter()
        .find_map(|name| object.get_field(name).as_string().map(|text| plain(text)))?;
    let value = ["value", "values", "stringValue", "stringArrayValue"]
        .into_iter()
        .map(|name| object.get_field(name))
        .find(|value| !value.is_null())?;
    names.contains(&key.as_str()).then_some(value)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::expression::document;

    #[test]
    fn names_are_found_however_they_are_spelled() {
        let cases: &[(&str, &[&str])] = &[
            (r#"{"rawData": {"isbn": "1"}}"#, &["1"]),
            (r#"{"rawData": {"ISBN-13": 9780306406157}}"#, &["9780306406157"]),
            (r#"{"rawData": {"Isbn_13": {"en": "1"}}}"#, &["1"]),
            (r#"{"rawData": [{"book": {"isbn": ["1", "2"]}}]}"#, &["1", "2"]),
            (r#"{"rawData": [{"key": "isbn", "value": "1"}, {"key": "x", "value": "2"}]}"#, &["1"]),
            (r#"{"rawData": {"note": "isbn"}}"#, &[]),
            (r#"{"isbn": "1"}"#, &[]),
            (r#"{"rawData": null}"#, &[]),
            (r#"{"rawData": {"isbn": ""}}"#, &[]),
        ];
        for (json, expected) in cases {
            assert_eq!(raw(&document(json), ISBN), *expected, "{json}");
        }
    }
}
