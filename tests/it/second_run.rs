//! A second run without changes writes nothing and is cheap; a plan is what the run then does.

use super::bench::{BUDGET, FLOW, bench, data};
use consonance_smintio::api;
use consonance_smintio::platform::Platform;
use std::collections::BTreeSet;

/// Requests to Consonance of a run in which nothing changed, at most.
const CONSONANCE_REQUESTS_MAX: u64 = 60;

/// Requests that only a change needs.
const DOWNLOADS: [&str; 3] = [
    "smintio-portals.download_items",
    "smintio-portals.initiate_download",
    "smintio-files.image_head",
];

#[test]
fn a_second_run_without_changes_writes_nothing() {
    let bench = bench(0, &data(429));
    bench.settle(40).expect("a calm world");
    let writes = bench.mutations();
    assert!(writes > 400, "the first run wrote: {writes}");
    let requests = bench.on_consonance(|c| c.counts().graphql_requests);
    let again = bench.settle(5).expect("a calm world");
    let requests = bench.on_consonance(|c| c.counts().graphql_requests) - requests;
    assert_eq!(bench.mutations(), writes);
    assert_eq!((again.writes, again.flows[0].written), (0, 0));
    assert!(requests <= CONSONANCE_REQUESTS_MAX, "{requests} requests to Consonance");
    let downloads = again.requests.iter().filter(|count| DOWNLOADS.contains(&count.name.as_str()));
    let downloads: Vec<_> = downloads.collect();
    assert!(downloads.is_empty(), "nothing is to be downloaded: {downloads:?}");
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
    // A file that is measured right before it goes may turn out to be too small.
    let refused: BTreeSet<String> = bench
        .world
        .state()
        .keys()
        .filter_map(|key| key.strip_prefix("refusal/").map(str::to_owned))
        .collect();
    let expected = |action: &str| {
        let changes = first.changes.iter().filter(|c| c.action == action);
        changes.filter(|c| !c.asset.as_ref().is_some_and(|a| refused.contains(&a.0))).count() as u64
    };
    let done = bench.on_consonance(|c| c.counts().mutations.clone());
    let made = |name: &str| done.get(name).copied().unwrap_or_default();
    assert!(expected("create-resource") > 10, "{} in the plan", expected("create-resource"));
    assert_eq!(made("createWebLink"), expected("create-web-link"));
    assert_eq!(
        made("createSupportingResource") - made("deleteSupportingResource"),
        expected("create-resource")
    );
    let planned = first.changes.iter().filter_map(|c| c.asset.as_ref().map(|a| a.0.clone()));
    for asset in planned.filter(|asset| !refused.contains(asset)) {
        assert!(bench.is_placed(&asset), "{asset} was planned and is not there");
    }
    bench.settle(5).expect("what Consonance failed on is looked at once more");
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
