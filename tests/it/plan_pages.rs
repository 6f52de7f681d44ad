//! The pages of a plan: together they are the plan, and they say so when they no longer are.

use super::bench::{BUDGET, Bench, FLOW, bench, data};
use consonance_smintio::api::connector::{Change, PlanResult};
use consonance_smintio::api::{self, ApiError};
use serde_json::json;
use simulators::faults::{Fault, FaultPlan, When};

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
