//! The pages of a plan: together they are the plan, and they say so when they no longer are.

use super::bench::{BUDGET, Bench, FLOW, bench, data};
use consonance_smintio::api::connector::{Change, PlanResult, Report, RunState};
use consonance_smintio::api::{self, ApiError, Budget};
use consonance_smintio::platform::Platform;
use serde_json::json;
use simulators::faults::{Action, Fault, FaultPlan, When};
use simulators::http::Response;

fn page(
    bench: &Bench,
    flow: &str,
    start: Option<&str>,
    limit: u32,
) -> Result<PlanResult, ApiError> {
    let config = bench.config.to_string();
    api::connector::plan(&bench.world, &config, flow, start, limit, BUDGET)
}

fn pages(bench: &Bench, flow: &str, limit: u32) -> Vec<Change> {
    let (mut changes, mut start) = (Vec::new(), None);
    loop {
        let found = page(bench, flow, start.as_deref(), limit).expect("a page");
        assert!(found.changes.len() <= limit as usize);
        changes.extend(found.changes);
        match found.next {
            Some(next) => start = Some(next),
            None => return changes,
        }
    }
}

#[test]
fn the_pages_together_are_the_plan() {
    let mut bench = bench(0, &data(20));
    bench.config["kit"] = json!({ "days-before": 3650, "days-after": 3650 });
    for flow in [FLOW, "launch-metadata", "title-tags"] {
        let whole = page(&bench, flow, None, 1_000).expect("a plan");
        assert!(whole.changes.len() > 20, "{flow}: {} changes", whole.changes.len());
        assert_eq!(whole.next, None);
        for limit in [1, 7, u32::try_from(whole.changes.len()).expect("few")] {
            assert_eq!(pages(&bench, flow, limit), whole.changes, "{flow}, {limit} at once");
        }
    }
}

#[test]
fn a_page_of_a_plan_that_no_longer_holds_is_refused() {
    let bench = bench(0, &data(14));
    let first = page(&bench, FLOW, None, 5).expect("a page");
    let next = first.next.expect("a second page");
    assert!(page(&bench, FLOW, Some(&next), 5).is_ok());
    bench.settle(20).expect("a calm world");
    let answer = page(&bench, FLOW, Some(&next), 5);
    assert!(matches!(answer, Err(ApiError::Conflict(_))), "{answer:?}");
    let answer = page(&bench, FLOW, Some("5"), 5);
    assert!(matches!(answer, Err(ApiError::InputInvalid(_))), "{answer:?}");
}

#[test]
fn later_pages_know_that_the_first_one_could_not_read_the_licences() {
    let bench = bench(0, &data(20));
    let all = page(&bench, FLOW, None, 1_000).expect("a plan").changes;
    let feed = Fault::named("broken-utf8").expect("a known fault");
    let feed = feed.on("GET", "/licensePurchaseTransactions").when(When::Every(1));
    bench.smintio.with(|core| core.0.plan = FaultPlan::new(vec![feed], 1));
    let whole = page(&bench, FLOW, None, 1_000).expect("a plan").changes;
    assert!(whole.len() < all.len(), "what rests on a purchase waits: {} changes", whole.len());
    assert_eq!(pages(&bench, FLOW, 3), whole);
}

/// Every collection is there and none is filled: each must be looked into before that.
fn kits_to_fill(titles: usize) -> Bench {
    let mut bench = bench(0, &data(titles));
    bench.config["kit"] = json!({ "days-before": 3650, "days-after": 3650 });
    bench.settle_flow("rights-exchange", 40).expect("a calm world");
    bench
}

fn sent(report: &Report, name: &str) -> u64 {
    report.requests.iter().filter(|count| count.name == name).map(|count| count.value).sum()
}

const LISTED: &str = "smintio-portals.collections_search";
const LOOKED: &str = "smintio-portals.search_collection_assets";

#[test]
fn the_later_pages_of_a_plan_list_nothing_and_look_only_into_what_they_show() {
    let bench = kits_to_fill(40);
    let first = page(&bench, "launch-metadata", None, 5).expect("a page");
    assert!(sent(&first.report, LISTED) > 0 && sent(&first.report, LOOKED) > 20);
    let mut next = first.next.clone();
    let mut pages = 1;
    while let Some(start) = next {
        let found = page(&bench, "launch-metadata", Some(&start), 5).expect("a page");
        assert_eq!(sent(&found.report, LISTED), 0);
        assert!(sent(&found.report, LOOKED) <= 5, "{} looks", sent(&found.report, LOOKED));
        next = found.next;
        pages += 1;
    }
    assert!(pages > 4, "{pages} pages");
    let state = bench.world.state();
    let left: Vec<_> = state.keys().filter(|key| key.contains("/plan-")).collect();
    assert!(left.is_empty(), "nothing is left after the last page: {left:?}");
    // A plan that was left after its first page is no excuse for the next one, or for a run.
    page(&bench, "launch-metadata", None, 5).expect("a page");
    let again = page(&bench, "launch-metadata", None, 5).expect("a page");
    assert_eq!(sent(&again.report, LISTED), sent(&first.report, LISTED));
    assert_eq!(again.changes, first.changes);
    let report = bench.settle_flow("launch-metadata", 5).expect("a calm world");
    assert!(sent(&report, LISTED) > 0);
}

#[test]
fn a_plan_of_more_kits_than_a_call_can_look_into_comes_to_its_end() {
    let bench = kits_to_fill(300);
    let whole = page(&bench, "launch-metadata", None, 1_000).expect("a plan");
    assert!(whole.changes.len() > 100, "{} changes", whole.changes.len());
    let config = bench.config.to_string();
    let small = Budget { deadline_ms: 60_000, max_requests: 100, max_writes: 40 };
    let (mut changes, mut start) = (Vec::new(), None::<String>);
    for _ in 0..200 {
        let flow = "launch-metadata";
        let found =
            api::connector::plan(&bench.world, &config, flow, start.as_deref(), 1_000, small)
                .expect("a page");
        match found.state {
            RunState::Paused(at) => {
                let now = bench.world.now();
                bench.world.advance(at.0.saturating_sub(now.0).max(1));
                continue;
            }
            RunState::Done => {}
            other => panic!("{other:?}"),
        }
        changes.extend(found.changes);
        if found.next.is_none() {
            assert_eq!(changes, whole.changes);
            return;
        }
        start = found.next;
    }
    panic!("the plan never ends");
}

/// A later page that is told to wait: it is asked for again, and nothing is begun again for that.
#[test]
fn a_later_page_that_a_vendor_interrupts_is_gone_on_with() {
    let bench = kits_to_fill(40);
    let whole = page(&bench, "launch-metadata", None, 1_000).expect("a plan").changes;
    let first = page(&bench, "launch-metadata", None, 5).expect("a page");
    let start = first.next.expect("a second page");
    let mut refusal = Response::new(429, "text/plain", "Too Many Requests");
    refusal.headers.push(("retry-after".to_owned(), "60".to_owned()));
    let fault = Fault::new(Action::Refuse(refusal), When::First(1));
    bench.smintio.with(|core| core.0.plan = FaultPlan::new(vec![fault.on("POST", "")], 1));
    let paused = page(&bench, "launch-metadata", Some(&start), 5).expect("a page");
    let RunState::Paused(at) = paused.state else { panic!("{:?}", paused.state) };
    assert!(paused.changes.is_empty() && paused.next.is_none());
    bench.world.advance(at.0.saturating_sub(bench.world.now().0).max(1));
    let mut changes = first.changes;
    let mut next = Some(start);
    while let Some(start) = next {
        let found = page(&bench, "launch-metadata", Some(&start), 5).expect("a page");
        assert_eq!(found.state, RunState::Done);
        assert_eq!(sent(&found.report, LISTED), 0, "the listing is kept");
        changes.extend(found.changes);
        next = found.next;
    }
    assert_eq!(changes, whole);
}
