//! Whether a value is as expected. An object may have more fields than expected, a list may not
//! have more items. `{"$any": true}` is anything but null, `{"$absent": true}` null or not there,
//! `{"$contains": x}` a text or list that holds x, `{"$lacks": x}`
//! one that does not, `{"$length": n}` a list or text of that length.

use serde_json::Value;

/// Why `found` is not as expected, with the place.
pub fn differs(expected: &Value, found: &Value) -> Option<String> {
    at("", expected, found)
}

fn at(path: &str, expected: &Value, found: &Value) -> Option<String> {
    if let Some(says) = special(expected, found) {
        return (!says).then(|| format!("{path}: expected {expected}, found {}", short(found)));
    }
    match (expected, found) {
        (Value::Object(fields), Value::Object(_)) => fields.iter().find_map(|(name, value)| {
            at(&format!("{path}/{name}"), value, found.get(name).unwrap_or(&Value::Null))
        }),
        (Value::Array(items), Value::Array(given)) if items.len() == given.len() => items
            .iter()
            .zip(given)
            .enumerate()
            .find_map(|(place, (item, given))| at(&format!("{path}/{place}"), item, given)),
        _ => (expected != found)
            .then(|| format!("{path}: expected {expected}, found {}", short(found))),
    }
}

/// What a `$` expectation says, if it is one.
fn special(expected: &Value, found: &Value) -> Option<bool> {
    let fields = expected.as_object().filter(|fields| fields.len() == 1)?;
    let (name, argument) = fields.iter().next()?;
    Some(match name.as_str() {
        "$any" => !found.is_null(),
        "$absent" => found.is_null(),
        "$length" => {
            let length = found.as_array().map(Vec::len);
            length.or_else(|| found.as_str().map(|t| t.chars().count()))
                == argument.as_u64().map(|n| n as usize)
        }
        "$contains" => contains(found, argument),
        "$lacks" => (found.is_array() || found.is_string()) && !contains(found, argument),
        _ => return None,
    })
}

fn contains(found: &Value, part: &Value) -> bool {
    match (found, part) {
        (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
        (Value::Array(items), _) => items.iter().any(|item| at("", part, item).is_none()),
        _ => false,
    }
}

/// A value as far as a person reads it.
fn short(value: &Value) -> String {
    let text = value.to_string();
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::differs;
    use serde_json::json;

    #[test]
    fn what_matches_and_what_does_not() {
        for (expected, found, same) in [
            (json!({"a": 1}), json!({"a": 1, "b": 2}), true),
            (json!({"a": 1}), json!({"a": 2}), false),
            (json!([1]), json!([1, 2]), false),
            (json!([]), json!([1]), false),
            (json!({"a": null}), json!({}), true),
            (json!({"a": {"$any": true}}), json!({}), false),
            (json!({"a": {"$absent": true}}), json!({"a": 1}), false),
            (json!({"$contains": "b"}), json!("abc"), true),
            (json!({"$contains": {"id": 2}}), json!([{"id": 1}, {"id": 2, "x": 0}]), true),
            (json!({"$contains": {"id": 3}}), json!([{"id": 1}]), false),
            (json!({"$lacks": {"id": 1}}), json!([{"id": 2}]), true),
            (json!({"$lacks": {"id": 2}}), json!([{"id": 2}]), false),
            (json!({"$lacks": {"id": 2}}), json!(null), false),
            (json!({"$length": 2}), json!([1, 2]), true),
            (json!({"$length": 2}), json!([1]), false),
        ] {
            assert_eq!(differs(&expected, &found).is_none(), same, "{expected} {found}");
        }
    }
}
