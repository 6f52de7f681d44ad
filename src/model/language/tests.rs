//! Every accepted spelling, and the texts that are no language.

use super::codes::{B_TO_T, SMINTIO, TWO_LETTERS};
use super::*;

fn check(text: &str, expected: Option<&str>) {
    let got = Language::parse(text);
    assert_eq!(got.as_ref().map(Language::as_str), expected, "{text:?}");
}

#[test]
fn every_spelling_becomes_iso_639_3() {
    for (text, code) in [
        ("eng", "eng"),
        ("ENG", "eng"),
        ("en", "eng"),
        ("en-GB", "eng"),
        ("pt_BR", "por"),
        ("zh-Hant-TW", "zho"),
        ("zh-yue", "yue"),
        ("ger", "deu"),
        ("deu", "deu"),
        ("fre", "fra"),
        ("slo", "slk"),
        ("language_german", "deu"),
        ("Language_Mandarin_Chinese", "cmn"),
        ("qar", "qar"),
        ("qav", "qav"),
        ("cmn", "cmn"),
        ("nb", "nob"),
    ] {
        check(text, Some(code));
    }
}

#[test]
fn what_names_no_language_is_none() {
    for text in
        ["", "mul", "und", "ZXX", "mis", "und-Latn", "e", "xx", "engl", "12", "é", "en-", "en-ä"]
    {
        check(text, None);
    }
    for text in ["any", "english"] {
        assert_ne!(Language::parse(text), Language::parse("eng"), "{text}");
    }
}

#[test]
fn the_tables_hold_their_invariants() {
    assert!(TWO_LETTERS.is_sorted());
    assert!(B_TO_T.is_sorted());
    let b = |code: &[u8; 3]| B_TO_T.iter().any(|(b, _)| *b == code);
    assert!(TWO_LETTERS.iter().all(|(_, three)| !b(three)));
    assert!(SMINTIO.iter().all(|(_, three)| !b(three)));
    for (bibliographic, terminological) in B_TO_T {
        let read = |code: &[u8; 3]| Language::parse(std::str::from_utf8(code).expect("ascii"));
        assert_eq!(read(bibliographic), read(terminological));
        assert!(read(terminological).is_some());
    }
}

#[test]
fn members_know_their_macrolanguage() {
    let parse = |text| Language::parse(text).expect(text);
    assert_eq!(parse("cmn").macrolanguage(), Some(parse("chi")));
    assert_eq!(parse("eng").macrolanguage(), None);
    assert!(parse("chi").members().any(|m| m == parse("cmn")));
}
