//! A run that takes an answer up is killed at each of its calls to the store. No answer is lost by
//! that, and none lets more pass than it was given for.

use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::api;
use consonance_smintio::api::connector::RunState;
use serde_json::json;

use super::bench::{Bench, bench, data};

const FIRST: &str = "first-run:approved-assets";
const CREATES: &str = "guard:new images";
const COVERS: &str = "8101";

fn accept(bench: &Bench, id: &str) {
    api::inbox::resolve(&bench.world, &bench.config.to_string(), id, "accept").expect("an answer");
}

fn is_open(bench: &Bench, id: &str) -> bool {
    let shown = api::inbox::show(&bench.world, &bench.config.to_string(), id);
    shown.is_ok_and(|item| item.answer.is_none())
}

fn members(bench: &Bench) -> Vec<String> {
    bench.on_smintio(|s| s.collection_members(COVERS)).expect("the collection")
}

/// A first plan of few covers that a person accepted, and the covers that come after it.
fn accepted() -> (Bench, Vec<String>) {
    let mut bench = bench(0, &data(40));
    bench.config["first-run"] = json!("plan");
    let late = members(&bench).split_off(4);
    for id in &late {
        assert!(bench.on_smintio(|s| s.remove_from_collection(COVERS, id)));
    }
    let (state, _) = bench.run_once(&bench.world).expect("a run");
    assert_eq!(state, RunState::AwaitingAcceptance(FIRST.to_owned()));
    accept(&bench, FIRST);
    (bench, late)
}

/// The calls that change the store in a run that nobody kills, and how many of them come after its
/// last request. Calls count from 1.
fn stores() -> (Vec<u64>, usize) {
    let (bench, _) = accepted();
    bench.world.count_anew();
    let (state, _) = bench.run_once(&bench.world).expect("a run");
    assert_eq!(state, RunState::Done);
    let calls = bench.world.calls();
    let last = calls.iter().rposition(|name| *name == "request").expect("requests") as u64 + 1;
    let stores = calls.iter().zip(1..);
    let stores = stores.filter(|(name, _)| ["put-if", "delete-if", "apply"].contains(name));
    let stores: Vec<u64> = stores.map(|(_, at)| at).collect();
    let at_end = stores.iter().filter(|at| **at > last).count();
    (stores, at_end)
}

/// Kills a run after this call, brings many more covers, and goes on. Says whether the run had
/// written. To die before a call is to die after the one before it.
fn killed(call: u64) -> bool {
    let (bench, late) = accepted();
    let kill = KillAt { call, when: When::After };
    let ended = run_killed(&bench.world, kill, |platform| bench.run_once(platform));
    assert!(matches!(ended, Ending::Killed), "call {call}");
    let wrote = bench.mutations() > 0;
    for id in &late {
        assert!(bench.on_smintio(|s| s.add_to_collection(COVERS, id)));
    }
    bench.world.advance(130_000);
    bench.settle(20).unwrap_or_else(|item| panic!("call {call}: asked again: {item}"));
    bench.settle(20).expect("a calm world");
    let passed: Vec<&String> = late.iter().filter(|id| bench.is_placed(id)).collect();
    assert!(passed.is_empty(), "call {call}: nobody accepted {passed:?}");
    assert!(is_open(&bench, CREATES), "call {call}: nobody is asked about the others");
    wrote
}

#[test]
fn a_run_that_is_killed_while_it_takes_an_answer_up_loses_none() {
    let (stores, _) = stores();
    let before = stores.into_iter().take_while(|call| !killed(*call)).count();
    assert!(before > 4, "{before} calls before the first effect");
}

#[test]
fn a_first_run_that_is_killed_at_its_end_lets_nothing_pass_that_was_not_shown() {
    let (stores, at_end) = stores();
    assert!(at_end > 2, "{at_end} calls at its end");
    assert!(stores[stores.len() - at_end..].iter().all(|call| killed(*call)));
}
