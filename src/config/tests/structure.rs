//! The schema accepts the good configurations and refuses bad structure: a small validator of the
//! keywords that the schema uses. Any other keyword fails the test, so that none goes unchecked.

use serde_json::{Map, Value, json};

use super::*;

/// Words that constrain nothing.
const NOTES: [&str; 10] = [
    "$schema",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "format",
    "x-ui",
    "pattern",
    "properties",
];

fn validate(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(words) = schema.as_object() else { return vec![format!("{at}: no schema")] };
    let mut wrong = Vec::new();
    for (word, bound) in words {
        let fits = match (word.as_str(), value) {
            (word, _) if NOTES.contains(&word) => true,
            ("type", _) => is_of(bound, value),
            ("enum", _) => bound.as_array().unwrap().contains(value),
            ("minimum", Value::Number(n)) => n.as_f64() >= bound.as_f64(),
            ("maximum", Value::Number(n)) => n.as_f64() <= bound.as_f64(),
            ("minLength", Value::String(text)) => text.chars().count() >= count(bound),
            ("maxLength", Value::String(text)) => text.chars().count() <= count(bound),
            ("minItems", Value::Array(items)) => items.len() >= count(bound),
            ("maxItems", Value::Array(items)) => items.len() <= count(bound),
            ("required", Value::Object(fields)) => {
                bound.as_array().unwrap().iter().all(|key| fields.contains_key(text(key)))
            }
            ("anyOf", _) => any(bound, value, at),
            ("allOf", _) => {
                let parts = bound.as_array().unwrap().iter();
                wrong.extend(parts.flat_map(|part| validate(part, value, at)));
                true
            }
            ("items", Value::Array(items)) => {
                let items = items.iter().enumerate();
                wrong
                    .extend(items.flat_map(|(n, one)| validate(bound, one, &format!("{at}[{n}]"))));
                true
            }
            ("additionalProperties", Value::Object(fields)) => {
                wrong.extend(properties(words, fields, at));
                true
            }
            (
                "minimum"
                | "maximum"
                | "minLength"
                | "maxLength"
                | "minItems"
                | "maxItems"
                | "required"
                | "items"
                | "additionalProperties",
                _,
            ) => true,
            (other, _) => panic!("{at}: the validator does not know {other}"),
        };
        if !fits {
            wrong.push(format!("{at}: {word}"));
        }
    }
    wrong
}

/// Every table of the schema is closed, so a field without a property is wrong.
fn properties(words: &Map<String, Value>, fields: &Map<String, Value>, at: &str) -> Vec<String> {
    let check = |(name, value): (&String, &Value)| match words["properties"].get(name) {
        Some(property) => validate(property, value, &format!("{at}.{name}")),
        None => vec![format!("{at}.{name}: additionalProperties")],
    };
    fields.iter().flat_map(check).collect()
}

fn any(schemas: &Value, value: &Value, at: &str) -> bool {
    schemas.as_array().unwrap().iter().any(|one| validate(one, value, at).is_empty())
}

fn is_of(types: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        other => panic!("type {other}"),
    };
    match types {
        Value::Array(types) => types.iter().any(|one| is(text(one))),
        one => is(text(one)),
    }
}

fn count(bound: &Value) -> usize {
    usize::try_from(bound.as_u64().unwrap()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn wrong(config: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    validate(&schema, config, "")
}

#[test]
fn the_schema_accepts_what_the_reader_accepts() {
    let files = [include_str!("full.json"), super::simulation::WRITTEN];
    let files = files.map(|text| serde_json::from_str(text).unwrap());
    for config in files.into_iter().chain([smallest()]) {
        assert_eq!(wrong(&config), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_bad_structure() {
    let rule = json!({"name": "a", "key": "ean", "from": "name"});
    let cases = [
        ("/nonsense", json!(1)),
        ("/first-run", json!("aply")),
        ("/accept-unproven", json!("yes")),
        ("/consonance", json!("x")),
        ("/consonance/overlap-days", json!(31)),
        ("/consonance/profile/no-name", json!("x")),
        ("/smintio/portals/base_url", json!("https://x.example")),
        ("/smintio/portals/download-origins", json!("https://x.example")),
        ("/source", json!([])),
        ("/source", json!([{"collection": "1"}])),
        ("/link-rule", json!([rule])),
        ("/declaration", json!({"id": "d", "signer": "s", "usages": [], "scope": {"asset": "1"}})),
        ("/specification", json!([{"role": "social", "short-side-min": 40}])),
    ];
    for (pointer, value) in cases {
        assert!(!wrong(&with(pointer, value.clone())).is_empty(), "{pointer} {value}");
    }
    assert!(!wrong(&json!({})).is_empty());
}
