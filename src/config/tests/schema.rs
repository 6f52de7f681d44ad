//! The schema and the reader know the same keys, and every default and example is accepted.

use serde_json::{Value, json};

use super::*;
use crate::config::keys::{Key, Kind, Need, Section};
use crate::config::problems::Problems;
use crate::config::tables::ROOT;
use crate::linking::Format;
use crate::model::product::FormClass;

/// Calls for every key of every table.
pub(super) fn walk(
    section: &'static Section,
    path: &str,
    each: &mut impl FnMut(&'static Key, &str),
) {
    for key in section.keys {
        let at = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        each(key, &at);
        if let Kind::Table(of) | Kind::Tables(of, _) = key.kind {
            walk(of, &at, each);
        }
    }
}

/// The schema's object for a key's own table, whether it stands alone or in a list.
fn inner(property: &Value) -> &Value {
    property.pointer("/anyOf/0/items").unwrap_or(property)
}

#[test]
fn every_key_is_in_the_schema_and_every_property_is_a_key() {
    fn compare(section: &'static Section, schema: &Value, path: &str) {
        let properties = schema["properties"].as_object().unwrap();
        let mut expected: Vec<String> = Vec::new();
        for key in section.keys {
            expected.push(key.name.to_owned());
            if section.either_case && key.name.contains('-') {
                expected.push(key.name.replace('-', "_"));
            }
            let property = &properties[key.name];
            for part in ["title", "description"] {
                assert!(
                    property[part].as_str().is_some_and(|t| !t.is_empty()),
                    "{path} {}",
                    key.name
                );
            }
            assert!(property["x-ui"]["widget"].is_string());
            if let Kind::Table(of) | Kind::Tables(of, _) = key.kind {
                compare(of, inner(property), key.name);
            }
        }
        let mut found: Vec<_> = properties.keys().cloned().collect();
        crate::order::sort(&mut expected);
        crate::order::sort(&mut found);
        assert_eq!(found, expected, "{path}");
        assert_eq!(schema["additionalProperties"], json!(false), "{path}");
    }
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    compare(&ROOT, &schema, "");
}

#[test]
fn defaults_and_examples_are_accepted() {
    walk(&ROOT, "", &mut |key, at| {
        let default = if let Need::Default(text) = key.need { text } else { "" };
        for text in [default, key.example] {
            if text.is_empty() {
                continue;
            }
            let value: Value =
                serde_json::from_str(text).unwrap_or_else(|_| panic!("{at}: {text}"));
            let mut problems = Problems::default();
            let read = crate::config::read::checked(&value, key, at, &mut problems);
            assert!(read.is_some() && problems.is_empty(), "{at}: {:?}", problems.finish());
        }
    });
}

#[test]
fn sentences_are_sentences() {
    walk(&ROOT, "", &mut |key, at| {
        assert!(key.about.ends_with('.') && !key.about.contains("  "), "{at}: {}", key.about);
        assert!(key.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{at}");
    });
}

#[test]
fn words_are_those_of_the_model() {
    use crate::config::tables_mapping::{FORM_CLASSES, FORMATS, ROLES};
    assert_eq!(ROLES, Role::ALL.map(Role::as_str));
    assert_eq!(FORMATS, Format::ALL.map(Format::as_str));
    let classes = [
        FormClass::Print,
        FormClass::Ebook,
        FormClass::Audio,
        FormClass::PhysicalCarrier,
        FormClass::Undecided,
        FormClass::Other,
    ];
    assert_eq!(FORM_CLASSES, classes.map(FormClass::as_str));
}

#[test]
fn profiles_list_the_vendors_names() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    for (pointer, name) in [
        ("/properties/consonance/properties/profile/properties", "graphql-path"),
        ("/properties/smintio/properties/clapi/properties/profile/properties", ""),
        ("/properties/smintio/properties/portals/properties/profile/properties", ""),
    ] {
        let names = schema.pointer(pointer).unwrap().as_object().unwrap();
        assert!(!names.is_empty() && (name.is_empty() || names.contains_key(name)), "{pointer}");
    }
}
