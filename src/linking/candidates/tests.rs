//! Which keys are found where, and in which order.

use super::*;
use crate::linking::expression::Expression;
use crate::linking::rules::Tables;
use crate::linking::testing::asset;

const GOOD: &str = "9780306406157";
const OTHER: &str = "9791090636071";

fn rule(name: &str, key: LinkKey, from: &str, when: Option<&str>) -> LinkRule {
    LinkRule {
        name: name.to_owned(),
        key,
        from: Expression::parse(from).unwrap(),
        when: when.map(|text| Expression::parse(text).unwrap()),
    }
}

fn shown(candidates: &Candidates) -> (String, Vec<String>, Vec<&str>) {
    let keys = candidates.keys.iter().map(ToString::to_string).collect();
    let bad = candidates.bad_isbns.iter().map(|(text, _)| text.as_str()).collect();
    (candidates.rule.clone().unwrap_or_default(), keys, bad)
}

#[test]
fn built_in_rules() {
    let isbn = |text: &str| format!("ISBN {text}");
    let cases: &[(&str, &str, &[&str], &[&str])] = &[
        (r#"{"rawData": {"isbn": "G"}, "name": "978-0-306-40615-7"}"#, "ISBN field", &["G"], &[]),
        (r#"{"rawData": {"isbn": "G"}, "name": "O"}"#, "ISBN field", &["G", "O"], &[]),
        (
            r#"{"rawData": {"isbn": "G"}, "keywords": ["9780306406158"]}"#,
            "ISBN field",
            &["G"],
            &["9780306406158"],
        ),
        (r#"{"rawData": {"isbn": "G;O"}}"#, "ISBN field", &["G", "O"], &[]),
        (r#"{"name": {"x-default": "O cover", "de": "O"}}"#, "ISBN in the name", &["O"], &[]),
        (r#"{"localizedTags": {"en": ["cover", "G"]}}"#, "ISBN in the keywords", &["G"], &[]),
        (r#"{"fileMetadata": {"keywords": ["G"]}}"#, "ISBN in the keywords", &["G"], &[]),
        (r#"{"rawData": {"Project Name": "G jacket"}}"#, "ISBN in the project", &["G"], &[]),
        (
            r#"{"rawData": {"isbn": "9780306406158"}, "name": "G"}"#,
            "ISBN in the name",
            &["G"],
            &["9780306406158"],
        ),
        (r#"{"rawData": {"isbn": "123"}}"#, "", &[], &["123"]),
        (r#"{"rawData": {"caption": "G"}}"#, "", &[], &[]),
        ("[]", "", &[], &[]),
        ("no JSON", "", &[], &[]),
    ];
    for (json, rule, keys, bad) in cases {
        let json = json.replace('G', GOOD).replace('O', OTHER);
        let keys: Vec<_> =
            keys.iter().map(|k| isbn(&k.replace('G', GOOD).replace('O', OTHER))).collect();
        let found = Rules::default().candidates(&asset(&json));
        assert_eq!(shown(&found), ((*rule).to_owned(), keys, bad.to_vec()), "{json}");
    }
    let mut with_file = asset(r#"{"name": "Cover"}"#);
    with_file.file.name = Some(format!("../{GOOD}_FC.jpg"));
    let found = Rules::default().candidates(&with_file);
    assert_eq!(found.keys, [Key::Isbn(Isbn13::parse(GOOD).unwrap())]);
    let found =
        Rules::default().candidates(&asset(r#"{"rawData": {"inHouseReference": " Inb  0042 "}}"#));
    assert_eq!(found.keys, [Key::Reference("inb 0042".to_owned())]);
}

#[test]
fn references_count_where_there_is_no_isbn() {
    let cases: &[(&str, &[&str])] = &[
        (r#"{"rawData": {"inHouseReference": " Inb  0042 "}}"#, &["inb 0042"]),
        (r#"{"rawData": {"workReference": "C1", "project": "INB-0042 A Title"}}"#, &["c1"]),
        (r#"{"rawData": {"project": "INB-0042 A Title (2024), 1st"}}"#, &["inb-0042"]),
        (r#"{"rawData": {"project": "Spring 2024"}}"#, &[]),
        (r#"{"name": "INB-0042"}"#, &[]),
        (r#"{"rawData": {"title": "Catch-22"}}"#, &[]),
    ];
    for (json, expected) in cases {
        let found = Rules::default().candidates(&asset(json));
        let expected: Vec<_> =
            expected.iter().map(|text| Key::Reference((*text).to_owned())).collect();
        assert_eq!(found.keys, expected, "{json}");
    }
}

#[test]
fn authored_rules_come_first_and_in_order() {
    let links = vec![
        rule("never", LinkKey::Isbn, "name", Some("rawData.kind == 'other'")),
        rule("type error", LinkKey::Isbn, "abs(name)", None),
        rule("number", LinkKey::Work, "rawData.work", None),
        rule("reference", LinkKey::Reference, "split(name, '_')[0]", Some("contains(name, '_')")),
        rule("isbn", LinkKey::Isbn, "rawData.note", None),
    ];
    let rules = Rules::new(Tables { links, ..Tables::default() });
    for (json, rule, keys, bad, failed) in [
        (r#"{"name": "C-1_x", "rawData": {"work": 7}}"#, "number", &["work 7"][..], &[][..], 1),
        (
            r#"{"name": "C-1_x", "rawData": {"work": "seven"}}"#,
            "reference",
            &["in-house reference \"c-1\""],
            &[],
            2,
        ),
        (r#"{"rawData": {"note": "978030640615"}}"#, "", &[], &["978030640615"], 0),
        (r#"{"rawData": {"note": "see 978030640615"}}"#, "", &[], &[], 0),
        (r#"{"name": "9780306406157"}"#, "ISBN in the name", &["ISBN 9780306406157"], &[], 1),
    ] {
        let found = rules.candidates(&asset(json));
        let keys: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
        assert_eq!(shown(&found), (rule.to_owned(), keys, bad.to_vec()), "{json}");
        assert_eq!(found.failed.len(), failed, "{json}: {:?}", found.failed);
    }
}

#[test]
fn an_attachment_beats_everything() {
    let key = Key::Reference("c-1".to_owned());
    let attachments = [("1:image:a".to_owned(), vec![key.clone(), key.clone()])].into();
    let rules = Rules::new(Tables { attachments, ..Tables::default() });
    let found = rules.candidates(&asset(r#"{"name": "9780306406158"}"#));
    assert_eq!((found.rule.as_deref(), found.keys), (Some("attachment"), vec![key]));
    assert_eq!(found.bad_isbns, []);
}

#[test]
fn built_in_rules_can_be_switched_off() {
    let rules = Rules::new(Tables { built_in: false, ..Tables::default() });
    assert_eq!(rules.candidates(&asset(r#"{"name": "9780306406157"}"#)), Candidates::default());
}
