//! Listings of Portals: pages that a portal allows to be short, and collections that are too long
//! for one call.

use consonance_smintio::api::{self, Budget, connector::Report, connector::RunState};
use consonance_smintio::platform::Platform;
use serde_json::json;

use super::bench::{Bench, FLOW, bench, bench_of, data};
use super::records::{editing, set};

/// The smallest budget that a call may have.
const SMALL: Budget = Budget { deadline_ms: 60_000, max_requests: 100, max_writes: 40 };

fn call(bench: &Bench) -> (RunState, Report) {
    let config = bench.config.to_string();
    let result = api::connector::run(&bench.world, &config, FLOW, SMALL).expect("a run");
    if let RunState::Paused(at) = result.state {
        let now = bench.world.now();
        bench.world.advance(at.0.saturating_sub(now.0).max(1));
    }
    (result.state, result.report)
}

/// Calls until the run is done; how many calls it took.
fn settle(bench: &Bench) -> usize {
    for calls in 1..200 {
        match call(bench).0 {
            RunState::Done => return calls,
            RunState::Paused(_) => {}
            other => panic!("{other:?}"),
        }
    }
    panic!("it never ends");
}

fn listed(report: &Report) -> u64 {
    let name = "smintio-portals.search_collection_assets";
    report.requests.iter().filter(|count| count.name == name).map(|count| count.value).sum()
}

fn members(bench: &Bench) -> Vec<String> {
    bench.on_smintio(|s| s.collection_members("8101")).expect("the collection")
}

#[test]
fn a_portal_with_short_pages_is_asked_for_what_it_allows() {
    let data = data(20);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let bench = bench_of(0, &data, |_, s| s.search_page_max = 7);
    bench.settle(20).expect("pages of six");
    assert_eq!(bench.picture(), calm.picture());
    let long: usize = ["8101", "8102", "8103", "8104"]
        .iter()
        .filter_map(|id| bench.on_smintio(|s| s.collection_members(id)))
        .map(|members| members.len().div_ceil(6).max(1))
        .sum();
    let again = bench.settle(20).expect("a calm world");
    let polite = u64::try_from(long).expect("small");
    assert_eq!(listed(&again), polite, "what the portal allows is remembered");
}

#[test]
fn a_portal_that_allows_one_asset_a_page_is_listed_too() {
    let data = data(6);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let bench = bench_of(0, &data, |_, s| s.search_page_max = 1);
    bench.settle(20).expect("pages of one");
    assert_eq!(bench.picture(), calm.picture());
}

#[test]
fn a_collection_too_long_for_one_call_is_listed_over_several() {
    let data = data(60);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let bench = bench_of(0, &data, |_, s| s.search_page_max = 1);
    assert!(members(&bench).len() > 34, "more pages than a call has requests for");
    assert!(settle(&bench) > 3);
    assert_eq!(bench.picture(), calm.picture());
    assert!(settle(&bench) > 1, "a run without changes needs several calls, too");
    assert_eq!(bench.picture(), calm.picture());
    let gone = members(&bench).into_iter().find(|id| bench.is_placed(id)).expect("one is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    settle(&bench);
    assert!(!bench.is_placed(&gone), "its absence counts once all was listed");
    let left = calm.ours().len() - 1;
    assert_eq!(bench.ours().len(), left, "and nobody else's");
    let state = bench.world.state();
    let open: Vec<_> =
        state.keys().filter(|key| key.starts_with("cursor/mirrors/portals:")).collect();
    assert!(open.is_empty(), "nothing is left of the listings: {open:?}");
}

/// A member that goes while a listing waits moves the others to earlier pages: whoever slips by is
/// not taken as withdrawn.
#[test]
fn pages_that_move_while_a_listing_waits_take_nobody_off() {
    let data = data(60);
    let bench = bench_of(0, &data, |_, s| s.search_page_max = 1);
    settle(&bench);
    let ours = bench.ours().len();
    // Somewhere in the middle of the first collection.
    assert!(matches!(call(&bench).0, RunState::Paused(_)));
    let first = members(&bench).first().cloned().expect("a member");
    let was_placed = usize::from(bench.is_placed(&first));
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &first)));
    settle(&bench);
    assert_eq!(bench.ours().len(), ours, "the listing was not whole: nothing counts as absent");
    settle(&bench);
    assert_eq!(bench.ours().len(), ours - was_placed, "the next listing is");
}

fn is_in_inbox(bench: &Bench, record: &str) -> bool {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.iter().any(|item| item.record_id == record)
}

/// Calls until the run is done; the report of the last one.
fn last_report(bench: &Bench) -> Report {
    for _ in 0..200 {
        if let (RunState::Done, report) = call(bench) {
            return report;
        }
    }
    panic!("it never ends");
}

#[test]
fn what_one_call_could_not_read_is_unread_for_the_calls_that_go_on() {
    let data = data(120);
    let bench = bench_of(0, &data, |_, s| s.search_page_max = 1);
    assert!(members(&bench).len() > 100, "one call does not list them all");
    settle(&bench);
    let early = members(&bench).into_iter().take(8).find(|id| bench.is_placed(id));
    let id = early.expect("one of the first pages is placed");
    // Somebody changes it, and what Portals shows of it makes no sense any more.
    let now = bench.world.now().0;
    let change = simulators::smintio::MetadataChange::default();
    assert!(bench.on_smintio(|s| s.change_metadata(now, &id, change)));
    let spoil = editing("uuid", json!(id), |asset| {
        let odd = json!({ "key": "imageMetadata", "dataType": "string", "stringValue": "big" });
        set(asset, "imageMetadata", odd);
    });
    bench.smintio.with(|core| core.1 = Some(spoil));
    let record = format!("asset:{id}");
    for _ in 0..2 {
        let report = last_report(&bench);
        assert!(bench.is_placed(&id), "what is there of it stays");
        assert!(is_in_inbox(&bench, &record), "the question stays open to the end of the run");
        let said = report.outcomes.iter().find(|outcome| outcome.record_id == id);
        assert_eq!(said.map(|outcome| outcome.state.as_str()), Some("inbox"), "{said:?}");
    }
    bench.smintio.with(|core| core.1 = None);
    let now = bench.world.now().0;
    let change = simulators::smintio::MetadataChange::default();
    assert!(bench.on_smintio(|s| s.change_metadata(now, &id, change)));
    let report = last_report(&bench);
    assert!(!is_in_inbox(&bench, &record), "read well, it is no question any more");
    assert!(report.outcomes.iter().all(|outcome| outcome.record_id != id));
}
