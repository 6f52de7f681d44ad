//! The reader against `serde_json`, and the words of its complaints.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::*;

/// Texts with everything that JSON has, and with what it has not.
const TEXTS: [&str; 9] = [
    r#"{"a":[1,-2,3.5e2,0,-0,18446744073709551615,-9223372036854775808,1e400],"b":{"c":null}}"#,
    r#" [ true , false , null , "x" , { } , [ ] ] "#,
    r#""a \"quoted\" \\ text \u00e4 \ud83d\ude00 with ä and 😀""#,
    r#"{"a":1,"a":{"b":[{"c":"d"},{"c":"e\n"}]}}"#,
    "[0.1,1.25,1E5,1e-7,123456789012345678901234567890]",
    "[01,1.,.5,-,+1,1e,0x1]",
    "{\"a\":\"\u{1}\",\"b\":\"\\ud800\",\"c\":\"\\x\"}",
    "[1,]",
    "",
];

fn check_like_serde_json(text: &[u8]) {
    let found = read::<Value>(text).ok();
    let expected = serde_json::from_slice::<Value>(text).ok();
    assert_eq!(found, expected, "{}", String::from_utf8_lossy(text));
}

#[test]
fn it_takes_and_refuses_what_serde_json_does() {
    for text in TEXTS {
        check_like_serde_json(text.as_bytes());
        for at in 0..text.len() {
            check_like_serde_json(&text.as_bytes()[..at]);
            for byte in br#"{}[]",:\0159-+.eE tfn/u"# {
                let mut mutant = text.as_bytes().to_vec();
                mutant[at] = *byte;
                check_like_serde_json(&mutant);
                mutant.insert(at, text.as_bytes()[at]);
                check_like_serde_json(&mutant);
            }
        }
    }
}

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    Plain,
    Wrapped(i64),
    Pair(u8, String),
    Named { flag: bool },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Record {
    kind: Kind,
    #[serde(default)]
    pairs: Vec<(i64, String)>,
    by_number: Option<BTreeMap<i64, f64>>,
}

fn record(kind: Kind) -> Record {
    Record { kind, pairs: Vec::new(), by_number: None }
}

#[test]
fn every_shape_is_read() {
    for (text, kind) in [
        (r#"{"kind":"Plain"}"#, Kind::Plain),
        (r#"{"kind":{"Plain":null}}"#, Kind::Plain),
        (r#"{"kind":{"Wrapped":-3}}"#, Kind::Wrapped(-3)),
        (r#"{"other":[{"a":{}}],"kind":{"Pair":[1,"x"]}}"#, Kind::Pair(1, "x".to_owned())),
        (r#"{"kind":{"Named":{"flag":true}}}"#, Kind::Named { flag: true }),
    ] {
        assert_eq!(read(text.as_bytes()), Ok(record(kind)));
    }
    let text = r#"{"kind":"Plain","pairs":[[1,"a"],[2,"b"]],"by_number":{"-1":2,"7":0.5}}"#;
    let pairs = vec![(1, "a".to_owned()), (2, "b".to_owned())];
    let by_number = Some(BTreeMap::from([(-1, 2.0), (7, 0.5)]));
    let expected = Record { pairs, by_number, ..record(Kind::Plain) };
    assert_eq!(read(text.as_bytes()), Ok(expected));
    assert_eq!(read_tree(serde_json::from_str(text).unwrap()), read::<Record>(text.as_bytes()));
}

#[test]
fn a_complaint_names_its_place() {
    for (text, expected) in [
        ("[1]", "invalid type: sequence, expected struct Record"),
        ("{}", "missing field `kind`"),
        (r#"{"kind":5}"#, "kind: invalid type: integer `5`, expected enum Kind"),
        (r#"{"kind":"Odd"}"#, "kind: unknown variant `Odd`, expected one of"),
        (r#"{"kind":"Wrapped"}"#, "kind: this variant has a content"),
        (r#"{"kind":{"Wrapped":"x"}}"#, "kind.Wrapped: invalid type: string \"x\", expected i64"),
        (r#"{"kind":{"Plain":null,"Odd":1}}"#, "kind.Plain: no JSON: ',' at byte 21"),
        (r#"{"kind":{"Pair":[300,"x"]}}"#, "kind.Pair[0]: invalid value: integer `300`"),
        (r#"{"kind":{"Pair":[1]}}"#, "kind.Pair: invalid length 1"),
        (r#"{"kind":{"Pair":[1,"x",2]}}"#, "kind.Pair[1]: no JSON: ',' at byte 22"),
        (r#"{"pairs":[[1,"a"],[true,"b"]]}"#, "pairs[1][0]: invalid type: boolean `true`"),
        (r#"{"pairs":[[1,"a"],{"x":1}]}"#, "pairs[1]: invalid type: map"),
        (r#"{"by_number":{"x":1}}"#, "by_number: "),
        (r#"{"by_number":{"1":null}}"#, "by_number.1: invalid type: null, expected f64"),
        (r#"{"kind":"Plain","kind":"Plain"}"#, "duplicate field `kind`"),
        (r#"{"kind":"Plain""#, "kind: the text ends too early (EOF)"),
        (r#"{"kind":"Plain"} x"#, "trailing characters at byte 17"),
    ] {
        let reason = read::<Record>(text.as_bytes()).unwrap_err();
        assert!(reason.starts_with(expected), "{text}: {reason:?} is not {expected:?}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read::<Value>(deep(128).as_bytes()).is_ok());
    let reason = read::<Value>(deep(100_000).as_bytes()).unwrap_err();
    assert!(reason.ends_with("nested deeper than 128 levels"), "{reason}");
}
