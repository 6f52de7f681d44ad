//! `replay` takes a consent back: what no run has carried out yet is asked about again.

use consonance_smintio::api::connector::RunState;
use consonance_smintio::api::{self, Budget};
use serde_json::json;

use super::bench::{BUDGET, Bench, FLOW, bench, data};

const GUARD: &str = "guard:withdrawals";
const FIRST: &str = "first-run:approved-assets";
const MAPPING: &str = "mapping-changed:approved-assets";

fn accept(bench: &Bench, id: &str) {
    api::inbox::resolve(&bench.world, &bench.config.to_string(), id, "accept").expect("an answer");
}

fn replay(bench: &Bench, id: &str) {
    api::inbox::replay(&bench.world, &bench.config.to_string(), id).expect("taken back");
}

fn plan(bench: &Bench) {
    let config = bench.config.to_string();
    api::connector::plan(&bench.world, &config, FLOW, None, 10, BUDGET).expect("a plan");
}

/// A run that takes the answer up and comes to a few changes only.
fn begin(bench: &Bench) {
    let config = bench.config.to_string();
    let few = Budget { max_writes: 3, ..BUDGET };
    let begun = api::connector::run(&bench.world, &config, FLOW, few).expect("a run");
    assert!(matches!(begun.state, RunState::Paused(_)), "{:?}", begun.state);
}

fn is_open(bench: &Bench, id: &str) -> bool {
    let shown = api::inbox::show(&bench.world, &bench.config.to_string(), id);
    shown.is_ok_and(|item| item.answer.is_none())
}

fn settled() -> Bench {
    let bench = bench(0, &data(40));
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("what Consonance failed on was looked at once more");
    bench
}

/// More images shall come off than anybody expects.
fn many_go(bench: &Bench) -> Vec<String> {
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone: Vec<String> = members.into_iter().filter(|id| bench.is_placed(id)).collect();
    for id in &gone[1..] {
        assert!(bench.on_smintio(|s| s.remove_from_collection("8101", id)));
    }
    bench.settle(5).expect("a calm world");
    assert!(is_open(bench, GUARD));
    gone[1..].to_vec()
}

#[test]
fn a_guard_is_asked_again_where_a_person_looked_at_the_plan_and_took_the_answer_back() {
    let bench = settled();
    let gone = many_go(&bench);
    let writes = bench.mutations();
    accept(&bench, GUARD);
    plan(&bench);
    replay(&bench, GUARD);
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.mutations(), writes);
    assert!(is_open(&bench, GUARD));
    // An answer that is not taken back holds, however often somebody looks.
    accept(&bench, GUARD);
    plan(&bench);
    plan(&bench);
    bench.settle(9).expect("a calm world");
    assert!(gone.iter().all(|id| !bench.is_placed(id)));
}

#[test]
fn a_guard_is_asked_again_about_what_a_paused_run_left() {
    let bench = settled();
    let gone = many_go(&bench);
    accept(&bench, GUARD);
    begin(&bench);
    replay(&bench, GUARD);
    bench.settle(5).expect("a calm world");
    assert!(is_open(&bench, GUARD));
    assert!(gone.iter().filter(|id| bench.is_placed(id)).count() > 5, "the rest waits");
}

#[test]
fn a_first_plan_waits_again_where_its_consent_was_taken_back() {
    let mut bench = bench(0, &data(20));
    bench.config["first-run"] = json!("plan");
    let waits = RunState::AwaitingAcceptance(FIRST.to_owned());
    assert_eq!(bench.run_once(&bench.world).expect("a run").0, waits);
    accept(&bench, FIRST);
    plan(&bench);
    replay(&bench, FIRST);
    assert_eq!(bench.run_once(&bench.world).expect("a run").0, waits);
    assert_eq!(bench.mutations(), 0);
    accept(&bench, FIRST);
    begin(&bench);
    replay(&bench, FIRST);
    assert_eq!(bench.run_once(&bench.world).expect("a run").0, waits);
    accept(&bench, FIRST);
    bench.settle(20).expect("a calm world");
}

#[test]
fn a_changed_mapping_waits_again_where_its_consent_was_taken_back() {
    let mut bench = settled();
    bench.config["engine"]["rights-link-role"] = json!("Another role");
    let waits = RunState::AwaitingAcceptance(MAPPING.to_owned());
    assert_eq!(bench.run_once(&bench.world).expect("a run").0, waits);
    accept(&bench, MAPPING);
    begin(&bench);
    replay(&bench, MAPPING);
    assert_eq!(bench.run_once(&bench.world).expect("a run").0, waits);
    accept(&bench, MAPPING);
    bench.settle(20).expect("a calm world");
}

#[test]
fn a_first_plan_that_was_carried_out_is_not_asked_about_again() {
    let mut bench = bench(0, &data(20));
    bench.config["first-run"] = json!("plan");
    bench.run_once(&bench.world).expect("a run");
    accept(&bench, FIRST);
    bench.settle(20).expect("a calm world");
    replay(&bench, FIRST);
    bench.settle(5).expect("nothing is asked");
}

#[test]
fn a_mapping_that_nobody_accepted_and_that_is_given_up_leaves_no_question() {
    let mut bench = settled();
    let before = bench.config.clone();
    bench.config["engine"]["rights-link-role"] = json!("Another role");
    let waits = RunState::AwaitingAcceptance(MAPPING.to_owned());
    assert_eq!(bench.run_once(&bench.world).expect("a run").0, waits);
    replay(&bench, MAPPING);
    bench.config = before;
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone = members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    bench.settle(5).expect("nothing is asked about the mapping");
    assert!(!bench.is_placed(&gone));
}
