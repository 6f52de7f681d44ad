//! Roles, formats and the scopes of declarations.

use super::*;
use crate::linking::testing::asset;

fn expression(text: &str) -> Expression {
    Expression::parse(text).unwrap()
}

#[test]
fn the_first_fitting_role_rule_wins_over_the_default() {
    let role = |role, when| RoleRule { role, when: expression(when) };
    let roles = vec![
        role(Role::AuthorPhoto, "abs(name) || rawData.kind == 'author'"),
        role(Role::FullCover, "contains(words(name), 'wrap')"),
        role(Role::AuthorPhoto, "contains(words(name), 'portrait')"),
    ];
    let rules = Rules::new(Tables { roles, ..Tables::default() });
    let cases = [
        (r#"{"name": "X wrap portrait"}"#, Some(Role::FullCover)),
        (r#"{"name": "portrait"}"#, Some(Role::AuthorPhoto)),
        (r#"{"rawData": {"kind": "author"}}"#, Some(Role::AuthorPhoto)),
        // The first rule fails on a text name: it does not hold, and the default applies.
        (r#"{"name": "n", "rawData": {"kind": "author"}}"#, Some(Role::FrontCover)),
        ("null", Some(Role::FrontCover)),
    ];
    for (json, expected) in cases {
        assert_eq!(rules.role(&asset(json), Some(Role::FrontCover)), expected, "{json}");
    }
    assert_eq!(rules.role(&asset("{}"), None), None);
    let named = asset(r#"{"rawData": {"role": "social"}}"#);
    assert_eq!(rules.role(&named, None), Some(Role::Social));
    assert_eq!(rules.role(&named, Some(Role::FrontCover)), Some(Role::FrontCover));
    assert_eq!(rules.role(&asset(r#"{"rawData": {"role": "sleeve"}}"#), None), None);
}

#[test]
fn format_rules_come_before_the_format_field() {
    let formats =
        vec![FormatRule { format: Format::Ebook, when: expression("contains(words(name), 'eb')") }];
    let rules = Rules::new(Tables { formats, ..Tables::default() });
    let cases = [
        (r#"{"name": "x eb", "rawData": {"format": "hardback"}}"#, Some("ebook")),
        (r#"{"name": "x", "rawData": {"format": "hardback"}}"#, Some("hardback")),
        (r#"{"name": "x"}"#, None),
    ];
    for (json, expected) in cases {
        let found = rules.format(&asset(json)).map(|formats| formats.to_string());
        assert_eq!(found.as_deref(), expected, "{json}");
    }
}

#[test]
fn a_declaration_covers_what_its_scope_names() {
    let known = "rawData.supplier == 'studio'";
    let rules = Rules::new(Tables { conditions: vec![expression(known)], ..Tables::default() });
    let studio = asset(r#"{"rawData": {"supplier": "studio"}}"#);
    let cases = [
        (Scope::Collection("covers".to_owned()), true),
        (Scope::Collection("photos".to_owned()), false),
        (Scope::Asset("1:image:a".to_owned()), true),
        (Scope::Asset("1:image:b".to_owned()), false),
        (Scope::Metadata(known.to_owned()), true),
        (Scope::Metadata("rawData.supplier == 'other'".to_owned()), false),
        (Scope::Metadata("rawData.supplier".to_owned()), true),
        (Scope::Metadata("no (".to_owned()), false),
        (Scope::Stated("everything".to_owned()), false),
    ];
    for (scope, expected) in cases {
        let declaration = Declaration { scope: vec![scope.clone()], ..Declaration::default() };
        assert_eq!(rules.covers(&declaration, &studio), expected, "{scope:?}");
    }
    assert!(!rules.covers(&Declaration::default(), &studio));
}
