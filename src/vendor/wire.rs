//! JSON in and out: text to a tree, a tree to a typed record with the path in every complaint.
//! A text that is too long makes its record bad; nothing here panics on hostile input.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::guard;
use crate::fault::{BadRecord, Fault};
use crate::limits;

/// Any JSON value. Objects keep their keys sorted, so that its text is canonical.
pub type Json = serde_json::Value;
/// A JSON object.
pub type Object = serde_json::Map<String, Json>;

/// An object with one key.
pub fn object(key: &str, value: impl Into<Json>) -> Object {
    let mut object = Object::new();
    object.insert(key.to_owned(), value.into());
    object
}

/// A whole body as a JSON tree.
pub fn tree(body: &[u8], bytes_max: usize) -> Result<Json, Fault> {
    let text = guard::json_text(body, bytes_max)?;
    serde_json::from_str(text).map_err(|e| Fault::Unreadable(format!("no JSON: {}", short(&e))))
}

/// A whole body as a typed answer.
pub fn answer<T: DeserializeOwned>(body: &[u8], bytes_max: usize) -> Result<T, Fault> {
    typed(tree(body, bytes_max)?).map_err(Fault::Unreadable)
}

/// One record of an answer. Its texts are measured first.
pub fn record<T: DeserializeOwned>(json: Json, record_id: &str) -> Result<T, BadRecord> {
    let bad = |reason| BadRecord { record_id: record_id.to_owned(), reason };
    if let Some(place) = over_long(&json) {
        return Err(bad(format!(
            "{place}: a text of more than {} characters",
            limits::TEXT_CHARS_MAX
        )));
    }
    typed(json).map_err(bad)
}

/// A tree as a typed value; the reason names the place, what is there and what was expected.
pub fn typed<T: DeserializeOwned>(json: Json) -> Result<T, String> {
    crate::json::read_tree(json).map_err(|reason| short(&reason))
}

/// Where the first text stands that is longer than texts may be.
pub fn over_long(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => too_long(text).then(|| "text".to_owned()),
        Json::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(i, item)| over_long(item).map(|rest| format!("[{i}].{rest}"))),
        Json::Object(map) => {
            map.iter().find_map(|(key, value)| match (too_long(key), over_long(value)) {
                (true, _) => Some("a key".to_owned()),
                (_, rest) => rest.map(|rest| format!("{key}.{rest}")),
            })
        }
        _ => None,
    }
}

fn too_long(text: &str) -> bool {
    text.len() > limits::TEXT_CHARS_MAX && text.chars().count() > limits::TEXT_CHARS_MAX
}

/// For a key that was asked for: null is *empty*, but the key itself must be there.
pub fn asked<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer)
}

/// A text as a JSON string, quotes included.
pub fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

/// A complaint short enough for a person, without the input that may be quoted in it.
fn short(error: &impl std::fmt::Display) -> String {
    super::status::clip(&error.to_string(), 300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        #[serde(deserialize_with = "asked")]
        name: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        id: i64,
        inners: Vec<Inner>,
    }

    fn check(text: &str, expected: Result<usize, &str>) {
        let found: Result<Outer, _> =
            tree(text.as_bytes(), 1 << 20).map_err(|f| f.to_string()).and_then(typed);
        match (found, expected) {
            (Ok(outer), Ok(names)) => {
                assert_eq!(outer.inners.iter().filter(|i| i.name.is_some()).count(), names);
            }
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{reason:?} lacks {part:?}"),
            (found, expected) => panic!("{text}: {found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn a_complaint_names_the_place() {
        check(r#"{"id":1,"inners":[{"name":"a"},{"name":null}]}"#, Ok(1));
        check(r#"{"id":1,"inners":[{"name":"a"},{}]}"#, Err("inners[1]: missing field `name`"));
        check(
            r#"{"id":1,"inners":[{"name":5}]}"#,
            Err("inners[0].name: invalid type: integer `5`, expected a string"),
        );
        check(r#"{"id":9999999999999999999,"inners":[]}"#, Err("id: invalid value"));
        check(r#"{"id":1e400,"inners":[]}"#, Err("number out of range"));
        check(r#"{"id":"\ud800","inners":[]}"#, Err("no JSON"));
        check("{\"id\":\"\u{1}\",\"inners\":[]}", Err("control character"));
        check(r#"{"id":1,"id":"x","inners":[]}"#, Err("id: invalid type: string"));
        check(r#"{"id":1,"inners":[]"#, Err("EOF"));
        check(r#"{"id":1,"inners":[]}{}"#, Err("trailing"));
    }

    #[test]
    fn a_long_text_makes_its_record_bad() {
        let fits = "ä".repeat(limits::TEXT_CHARS_MAX);
        let long = format!("{fits}ä");
        for (text, bad) in [(&fits, false), (&long, true)] {
            let json = Json::from_iter([("names", Json::from(vec![text.clone()]))]);
            assert_eq!(over_long(&json).as_deref(), bad.then_some("names.[0].text"));
        }
        let bad = record::<Outer>(Json::from(long), "work 1").unwrap_err();
        assert_eq!(bad.record_id, "work 1");
        assert!(bad.reason.contains("more than 100000 characters"), "{}", bad.reason);
    }
}
