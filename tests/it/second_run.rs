//! A second run without changes writes nothing and is cheap; a plan is what the run then does.

use super::bench::{BUDGET, FLOW, bench, data};
use consonance_smintio::api;
use consonance_smintio::platform::Platform;
use std::collections::BTreeSet;

/// Requests to Consonance of a run in which nothing changed, at most.
const CONSONANCE_REQUESTS_MAX: u64 = 60;

#[test]
fn a_second_run_without_changes_writes_nothing() {
    let bench = bench(0, &data(429));
    let first = bench.settle(40).expect("a calm world");
    assert!(first.flows[0].written > 300, "{:?}", first.flows);
    let writes = bench.mutations();
    assert!(writes > 400, "the first run wrote: {writes}");
    bench.settle(5).expect("what Consonance failed on is looked at once more");
    let requests = bench.on_consonance(|c| c.counts().graphql_requests);
    let again = bench.settle(5).expect("a calm world");
    let requests = bench.on_consonance(|c| c.counts().graphql_requests) - requests;
    assert_eq!(bench.mutations(), writes);
    assert_eq!((again.writes, again.flows[0].written), (0, 0));
    assert!(requests <= CONSONANCE_REQUESTS_MAX, "{requests} requests to Consonance");
}

#[test]
fn a_plan_is_what_the_run_then_does() {
    let bench = bench(0, &data(20));
    let config = bench.config.to_string();
    let plan = || api::connector::plan(&bench.world, &config, FLOW, None, 1_000, BUDGET);
    let first = plan().expect("a plan");
    assert_eq!(bench.mutations(), 0, "a plan changes nothing");
    assert_eq!(plan().expect("a plan").changes, first.changes, "an unmoved world, the same plan");
    bench.settle(20).expect("a calm world");
    let creates = |action: &str| first.changes.iter().filter(|c| c.action == action).count() as u64;
    let done = bench.on_consonance(|c| c.counts().mutations.clone());
    assert_eq!(done.get("createSupportingResource").copied(), Some(creates("create-resource")));
    assert_eq!(done.get("createWebLink").copied(), Some(creates("create-web-link")));
    let planned: BTreeSet<String> =
        first.changes.iter().filter_map(|c| c.asset.as_ref().map(|a| a.0.clone())).collect();
    assert!(planned.iter().all(|asset| bench.is_placed(asset)), "{planned:?}");
    assert!(plan().expect("a plan").changes.is_empty(), "nothing is left to do");
}

#[test]
fn a_small_budget_pauses_and_comes_to_the_same_end() {
    let data = data(14);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let tight = bench(0, &data);
    let budget = api::Budget { deadline_ms: 60_000, max_requests: 100, max_writes: 13 };
    let config = tight.config.to_string();
    let mut pauses = 0;
    loop {
        let result = api::connector::run(&tight.world, &config, FLOW, budget).expect("a run");
        match result.state {
            api::connector::RunState::Done => break,
            api::connector::RunState::Paused(at) => {
                let now = tight.world.now();
                tight.world.advance(at.0.saturating_sub(now.0).max(1));
                pauses += 1;
            }
            other => panic!("{other:?}"),
        }
        assert!(pauses < 100, "it never ends");
    }
    assert!(pauses > 0, "the budget was not small");
    assert_eq!(tight.picture(), calm.picture());
}
