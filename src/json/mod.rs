//! JSON text to typed values, always by the same reader: `serde_json` is compiled anew for each type
//! and each kind of input. A complaint says where it belongs.

mod place;

use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// The typed value of a text; the reason names the place, what is there and what was expected.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    serde_json::from_slice(text).map_err(|error| complaint(text, &error))
}

/// The typed value of a tree, by way of its text.
pub fn read_tree<T: DeserializeOwned>(json: Value) -> Result<T, String> {
    let text = json.to_string();
    drop(json);
    read(text.as_bytes())
}

#[cold]
fn complaint(text: &[u8], error: &Error) -> String {
    let place = place::of(text, error.line(), error.column());
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
    if place.is_empty() { reason.to_owned() } else { format!("{place}: {reason}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Plain,
        Wrapped(i64),
        Pair(u8, String),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Record {
        kind: Kind,
        #[serde(default)]
        pairs: Vec<(i64, String)>,
        by_number: Option<BTreeMap<i64, f64>>,
    }

    #[test]
    fn a_text_and_a_tree_read_the_same() {
        let text = r#"{"kind":{"Wrapped":-3},"pairs":[[1,"a"]],"other":[{"a":{}}]}"#;
        let expected =
            Record { kind: Kind::Wrapped(-3), pairs: vec![(1, "a".to_owned())], by_number: None };
        assert_eq!(read_tree(serde_json::from_str(text).unwrap()), Ok(expected));
        assert_eq!(read_tree(serde_json::from_str(text).unwrap()), read::<Record>(text.as_bytes()));
    }

    #[test]
    fn a_complaint_names_its_place() {
        for (text, expected) in [
            ("{}", "missing field `kind`"),
            (r#"{"kind":5}"#, "kind: "),
            (r#"{"kind":"Odd"}"#, "kind: unknown variant `Odd`, expected one of"),
            (
                r#"{"kind":{"Wrapped":"x"}}"#,
                "kind.Wrapped: invalid type: string \"x\", expected i64",
            ),
            (r#"{"kind":{"Pair":[300,"x"]}}"#, "kind.Pair[0]: invalid value: integer `300`"),
            (r#"{"kind":{"Pair":[1]}}"#, "kind.Pair: invalid length 1"),
            ("{\"pairs\":[[1,\"a\"],\n[true,\"b\"]]}", "pairs[1][0]: invalid type: boolean `true`"),
            (r#"{"a\"}":[{"b":1},"]"],"pairs":[[1,"a"],{"x":1}]}"#, "pairs[1]: invalid type: map"),
            (r#"{"pairs":[{"a":1}]}"#, "pairs[0]: invalid type: map"),
            (r#"{"by_number":{"1":null}}"#, "by_number.1: invalid type: null, expected f64"),
            (r#"{"kind":"Plain","by_number":[1]}"#, "by_number: invalid type: sequence"),
            (r#"{"kind":"Plain""#, "kind: EOF while parsing an object"),
            (r#"{"kind":"Plain"} x"#, "trailing characters"),
        ] {
            let reason = read::<Record>(text.as_bytes()).unwrap_err();
            assert!(reason.starts_with(expected), "{text}: {reason:?} is not {expected:?}");
            assert!(!reason.contains(" at line "), "{reason}");
        }
        // serde_json gives no position here.
        assert!(read::<Kind>(br#""Wrapped""#).is_err());
    }
}
