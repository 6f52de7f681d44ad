//! `describe` and the exports agree on what is there.

mod nowhere;

use super::availability::NotYet;
use super::*;
use crate::model::ids::{AssetId, WorkId};
use nowhere::Nowhere;

const BUDGET: Budget = Budget { deadline_ms: 1_000, max_requests: 10, max_writes: 0 };

fn target() -> Target {
    Target { kind: TargetKind::Work, work_id: WorkId(1), product_ids: Vec::new(), reference: None }
}

fn query() -> assets::Query {
    assets::Query {
        text: Some("cover".into()),
        isbn: None,
        title: None,
        role: None,
        target: Some(target()),
        start: None,
        limit: 10,
    }
}

/// What each export answers that the table lists. A filled function leaves the table, and its
/// line here with it.
fn answer(export: NotYet) -> Option<ApiError> {
    use {assets, connector, reports};
    let p = &Nowhere;
    let asset = AssetId::from("a");
    match export {
        NotYet::ConnectorOnEvent => connector::on_event(p, "{}", "smintio", b"").err(),
        NotYet::AssetsSearch => assets::search(p, "{}", &query(), BUDGET).err(),
        NotYet::AssetsAttach => assets::attach(p, "{}", &asset, &target(), BUDGET).err(),
        NotYet::AssetsDetach => assets::detach(p, "{}", "l", BUDGET).err(),
        NotYet::ReportsReadiness => reports::readiness(p, "{}", 30).err(),
    }
}

#[test]
fn what_describe_calls_not_yet_available_answers_so() {
    let listed = connector::describe().not_yet_available;
    let answered: Vec<Option<ApiError>> = NotYet::ALL.iter().map(|&e| answer(e)).collect();
    let expected: Vec<_> = listed.into_iter().map(|n| Some(ApiError::NotYetAvailable(n))).collect();
    assert_eq!(answered, expected);
}

#[test]
fn every_listed_name_is_a_function_of_the_world() {
    let files = [
        ("connector", include_str!("../../wit/connector.wit")),
        ("assets", include_str!("../../wit/assets.wit")),
        ("rights", include_str!("../../wit/rights.wit")),
        ("reports", include_str!("../../wit/reports.wit")),
        ("inbox", include_str!("../../wit/inbox.wit")),
    ];
    for export in NotYet::ALL {
        let (interface, function) = export.name().split_once('.').unwrap();
        let (_, text) = files.iter().find(|(name, _)| *name == interface).unwrap();
        assert!(
            text.contains(&format!(" {function}: func("))
                || text.contains(&format!("%{function}: func(")),
            "{}",
            export.name()
        );
    }
}

#[test]
fn the_description_names_the_eight_flows_once_each() {
    let description = connector::describe();
    let mut slugs: Vec<&str> = description.flows.iter().map(|flow| flow.slug).collect();
    assert_eq!(slugs.len(), 8);
    crate::order::sort(&mut slugs);
    slugs.dedup();
    assert_eq!(slugs.len(), 8);
    assert_eq!(description.version, "0.1.0");
    assert_eq!(description.state_format, 1);
    serde_json::from_str::<serde_json::Value>(&description.configuration_schema).unwrap();
}
