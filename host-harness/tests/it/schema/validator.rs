//! As much of JSON Schema 2020-12 as the component's schema uses. A keyword or a pattern that is
//! not known here fails the test: nothing is accepted because it was not looked at.

use serde_json::{Map, Value};

/// Keywords that only describe.
const ANNOTATIONS: [&str; 8] =
    ["$schema", "title", "description", "default", "examples", "deprecated", "x-ui", "format"];

/// What is wrong with a value, each with its path.
pub fn complaints(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "", &mut found);
    found
}

fn check(schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        panic!("{path}: {schema} is no schema of an object");
    };
    for (keyword, wanted) in keywords {
        let good = match keyword.as_str() {
            known if ANNOTATIONS.contains(&known) => true,
            "properties" | "items" | "additionalProperties" => {
                inside(keyword, keywords, value, path, found);
                true
            }
            "allOf" => list(wanted).iter().all(|one| complaints(one, value).is_empty()),
            "anyOf" => list(wanted).iter().any(|one| complaints(one, value).is_empty()),
            _ => holds(keyword, wanted, value),
        };
        if !good {
            found.push(format!("{path}: {value} against {keyword} {wanted}"));
        }
    }
}

/// Keywords that look at what is inside an object or a list.
fn inside(
    keyword: &str,
    keywords: &Map<String, Value>,
    value: &Value,
    path: &str,
    found: &mut Vec<String>,
) {
    let wanted = &keywords[keyword];
    match (keyword, value) {
        ("properties", Value::Object(members)) => {
            for (name, schema) in wanted.as_object().expect("an object") {
                if let Some(member) = members.get(name) {
                    check(schema, member, &format!("{path}/{name}"), found);
                }
            }
        }
        ("additionalProperties", Value::Object(members)) => {
            assert_eq!(wanted, false, "{path}: only false is known");
            let known = keywords["properties"].as_object().expect("an object");
            let unknown = members.keys().filter(|name| !known.contains_key(*name));
            found.extend(unknown.map(|name| format!("{path}/{name} is unknown")));
        }
        ("items", Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                check(wanted, item, &format!("{path}/{at}"), found);
            }
        }
        _ => {}
    }
}

/// Keywords that look at one value; a value of another type is no concern of theirs.
fn holds(keyword: &str, wanted: &Value, value: &Value) -> bool {
    let number = |value: &Value| value.as_f64();
    let chars = value.as_str().map(|text| text.chars().count() as f64);
    let items = value.as_array().map(|items| items.len() as f64);
    let at_least = |size: Option<f64>| size.is_none_or(|size| Some(size) >= number(wanted));
    let at_most = |size: Option<f64>| size.is_none_or(|size| Some(size) <= number(wanted));
    match keyword {
        "type" => list_or_one(wanted).iter().any(|name| is_a(name, value)),
        "enum" => list(wanted).contains(value),
        "required" => value.as_object().is_none_or(|members| {
            list(wanted).iter().all(|name| members.contains_key(name.as_str().expect("a name")))
        }),
        "minimum" => at_least(number(value)),
        "maximum" => at_most(number(value)),
        "minLength" => at_least(chars),
        "maxLength" => at_most(chars),
        "minItems" => at_least(items),
        "maxItems" => at_most(items),
        "pattern" => value.as_str().is_none_or(|text| fits(wanted.as_str().expect("text"), text)),
        _ => panic!("the keyword {keyword} is not known here"),
    }
}

fn is_a(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("the name of a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the type {other} is not known here"),
    }
}

/// The patterns of the schema, by hand.
fn fits(pattern: &str, text: &str) -> bool {
    let web = ["http://", "https://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let plain = |max: usize, allowed: fn(char) -> bool| {
        (1..=max).contains(&text.chars().count()) && text.chars().all(allowed)
    };
    match pattern {
        "^https?://" => web.is_some(),
        "^https?://[^/?#@]+/?$" => web.is_some_and(|rest| {
            let host = rest.strip_suffix('/').unwrap_or(rest);
            !host.is_empty() && !host.contains(['/', '?', '#', '@'])
        }),
        "^[a-z0-9-]{1,64}$" => {
            plain(64, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        }
        "^[A-Za-z0-9-]{1,64}$" => plain(64, |c| c.is_ascii_alphanumeric() || c == '-'),
        "^[A-Za-z][A-Za-z0-9-]{1,34}$" => {
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.len() > 1
                && plain(35, |c| c.is_ascii_alphanumeric() || c == '-')
        }
        _ => panic!("the pattern {pattern} is not known here"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn list_or_one(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}
