//! Good configurations: defaults, and everything at once.

use super::*;
use crate::linking::testing::asset;
use crate::model::declaration::Scope;
use crate::model::licence::Bound;

#[test]
fn the_smallest_has_documented_defaults() {
    let config = parse(&smallest().to_string()).unwrap();
    assert_eq!((config.first_run, config.accept_unproven), (FirstRun::Plan, false));
    assert_eq!(config.consonance.base_url, "https://web.consonance.app");
    assert_eq!((config.consonance.overlap_days, config.consonance.full_sweep_days), (1, 7));
    assert!(config.clapi.is_none());
    assert_eq!((config.portals.culture.as_str(), config.portals.poll_ms), ("en", 5_000));
    assert_eq!(config.sources[0].role, Some(Role::FrontCover));
    let engine = Engine {
        start_from: None,
        withdrawal: Withdrawal::Ask,
        settle_ms: 120_000,
        processing_poll_ms: 3_000,
        processing_ms_max: 900_000,
        licence_link_role: "Smint.io licence".to_owned(),
        rights_link_role: "Smint.io rights".to_owned(),
    };
    assert_eq!(config.engine, engine);
    assert!(config.rights.legal_entity.is_none() && config.rights.declarations.is_empty());
}

#[test]
fn everything_at_once_is_read() {
    let full = include_str!("full.json");
    let config = parse(full).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!((config.first_run, config.accept_unproven), (FirstRun::Apply, true));
    assert_eq!(config.consonance.base_url, "http://127.0.0.1:4000");
    assert_eq!(config.consonance.profile.graphql_path, "/api/graphql");
    let clapi = config.clapi.as_ref().unwrap();
    assert_eq!((clapi.connection.as_str(), clapi.content_page.is_some()), ("smintio-clapi", true));
    assert_eq!(config.portals.poll_ms, 20);
    assert_eq!(config.portals.download_origins, ["https://files.example", "http://127.0.0.1:4003"]);
    assert_eq!(config.engine.withdrawal, Withdrawal::Auto);
    assert_eq!(config.engine.start_from.map(crate::model::date::show_day).unwrap(), "2026-01-01");
    let sources: Vec<_> = config.sources.iter().map(|one| one.collection.as_str()).collect();
    assert_eq!(sources, ["8101", "8103"]);
    let mut other = asset(r#"{"rawData": {"project": "INB-1_x"}}"#);
    other.id = "1:image:other".into();
    let found = config.rules.candidates(&other);
    assert_eq!((found.rule.as_deref(), found.keys.len()), (Some("project code"), 1));
    let attached = config.rules.candidates(&asset("{}"));
    assert_eq!((attached.rule.as_deref(), attached.keys.len()), (Some("attachment"), 2));
}

#[test]
fn rights_are_read_in_either_spelling() {
    let config = parse(include_str!("full.json")).unwrap();
    let [studio, loan] = config.rights.declarations.as_slice() else { panic!("two expected") };
    assert_eq!(studio.scope, [Scope::Collection("8101".to_owned())]);
    assert_eq!(studio.signed_on, Bound::Day(crate::model::date::parse_day("2026-09-01").unwrap()));
    assert_eq!(loan.scope.len(), 2);
    assert_eq!((&loan.valid_from, loan.credit.as_deref()), (&Bound::None, Some("© A Studio")));
    assert!(config.rules.covers(loan, &asset(r#"{"rawData": {"supplier": "Studio"}}"#)));
    assert!(!config.rules.covers(loan, &asset("{}")));
    let profile = &config.rights.profiles[0];
    assert_eq!(profile.licence_kind, "image_standard");
    assert_eq!(profile.term.usages.allowed, ["publishing_editorial_any"]);
    assert_eq!(profile.term.is_editorial_use, Some(false));
    assert!(profile.term.languages.allowed.is_empty());
}
