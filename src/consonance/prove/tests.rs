//! A small live schema as the vendor's introspection shows it, and what it says of the profile.

use super::*;
use crate::consonance::decode::schema;
use crate::consonance::profile::Write;
use crate::fault::Fault;
use crate::model::role::Role;

const SCHEMA: &str = include_str!("../../../tests/cases/decode/consonance-schema.json");

fn proofs(profile: &Profile) -> Vec<Proof> {
    prove(profile, &schema(SCHEMA.as_bytes()).unwrap())
}

fn check(profile: &Profile, name: &str, outcome: Outcome, detail: &str) {
    let all = proofs(profile);
    let proof = all.iter().find(|proof| proof.name == name).unwrap();
    assert_eq!(proof.outcome, outcome, "{name}: {}", proof.detail);
    assert!(proof.detail.contains(detail), "{name}: {:?} lacks {detail:?}", proof.detail);
}

fn with(changes: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::default();
    for (name, value) in changes {
        profile.set(name, value).unwrap();
    }
    profile
}

#[test]
fn every_name_gets_one_verdict() {
    let profile = Profile::default();
    let names: Vec<_> = profile.entries().into_iter().map(|e| e.name).collect();
    assert_eq!(proofs(&profile).into_iter().map(|p| p.name).collect::<Vec<_>>(), names);
    for proof in proofs(&profile) {
        let empty = profile.entries().iter().any(|e| e.name == proof.name && e.value.is_empty());
        let unused = proof.outcome == Outcome::Unused;
        assert!(!unused || empty, "{}: {}", proof.name, proof.detail);
        // The example schema has no `deleteWebLink`, so its types cannot be compared.
        let hidden = proof.outcome == Outcome::NotShown;
        assert_eq!(
            hidden,
            proof.name.starts_with("delete-web-link-")
                && (proof.name.ends_with("input") || proof.name.ends_with("payload")),
            "{}",
            proof.name
        );
    }
}

#[test]
fn what_is_there_is_proven_and_what_is_not_is_named() {
    let plain = Profile::default();
    check(&plain, "create-resource-mutation", Outcome::Proven, "is there");
    check(&plain, "create-resource-input", Outcome::Proven, "uses it");
    check(&plain, "delete-resource-id", Outcome::Proven, "has `id`");
    check(&plain, "errors-field", Outcome::Proven, "has `errors`");
    check(&plain, "errors-selection", Outcome::Proven, "plain texts");
    check(&plain, "variant-front-cover", Outcome::Proven, "FRONT_COVER");
    check(&plain, "variant-author-photo", Outcome::Missing, "are BACK_COVER, FRONT_COVER");
    check(&plain, "resource-variant", Outcome::Missing, "the fields of `SupportingResource` are");
    check(&plain, "web-link-note", Outcome::Proven, "note");
    check(&plain, "delete-success-field", Outcome::Unused, "not used");
    check(&plain, "delete-web-link-mutation", Outcome::Missing, "no mutation `deleteWebLink`");
    check(&plain, "create-web-link-mutation", Outcome::Missing, "also requires scope");
}

#[test]
fn overrides_are_compared_too() {
    let check = |name: &str, value: &str, outcome, detail: &str| {
        check(&with(&[(name, value)]), name, outcome, detail);
    };
    check("create-resource-mutation", "addImage", Outcome::Missing, "no mutation `addImage`");
    check("create-resource-payload", "Other", Outcome::Missing, "uses `CreateSupportingResource");
    check("delete-success-field", "success", Outcome::Missing, "fields of `DeleteWebLinkPayload`");
    check("errors-selection", "field messages", Outcome::Missing, "leave this empty");
    check("resource-width", "width", Outcome::Proven, "width");
}

#[test]
fn a_write_is_free_once_its_names_are_proven() {
    let profile = Profile::default();
    let proofs = proofs(&profile);
    let names = |write| -> Vec<String> {
        profile.unproven(write, &proofs).into_iter().map(|e| e.name).collect()
    };
    assert!(names(Write::CreateResource(Role::FrontCover)).is_empty());
    assert_eq!(names(Write::CreateResource(Role::AuthorPhoto)), ["variant-author-photo"]);
    assert!(names(Write::CreateWebLink).contains(&"create-web-link-mutation".to_owned()));
    let confirmed_but_missing = with(&[("create-resource-input", "Gone")]);
    let proofs = super::prove(&confirmed_but_missing, &schema(SCHEMA.as_bytes()).unwrap());
    let left = confirmed_but_missing.unproven(Write::CreateResource(Role::Social), &proofs);
    assert_eq!(left.into_iter().map(|e| e.name).collect::<Vec<_>>(), ["create-resource-input"]);
}

#[test]
fn a_schema_that_is_not_shown_proves_nothing() {
    let hidden = schema(br#"{"errors":[{"message":"introspection is off"}]}"#);
    assert!(matches!(hidden, Err(Fault::Refused(_))), "{hidden:?}");
    assert!(matches!(schema(b"<html>"), Err(Fault::Unreadable(_))));
    assert!(matches!(schema(br#"{"data":{"t0":5}}"#), Err(Fault::Unreadable(_))));
    let empty = schema(br#"{"data":{"mutations":null,"t0":null}}"#).unwrap();
    for proof in prove(&Profile::default(), &empty) {
        assert!(proof.outcome != Outcome::Proven || proof.name == "graphql-path", "{}", proof.name);
    }
}
