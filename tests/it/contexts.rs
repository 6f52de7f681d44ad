//! Tags by a custom data adapter: each asset is told its title's context, once, and again when it
//! changes; whatever dies in between.

use super::bench::{Bench, bench, data};
use connector_tests::world::{Ending, KillAt, When, run_killed};
use serde_json::{Value, json};
use simulators::world::seed::World;

const TAGS: &str = "title-tags";

fn fresh(data: &World) -> Bench {
    let mut bench = bench(0, data);
    let profile = json!({ "title-context-interface": "IConsonanceTitleContext" });
    bench.config["smintio"]["portals"]["profile"] = profile;
    bench.on_smintio(|s| s.set_title_contexts_taken(true));
    bench
}

/// What each asset was told.
fn told(bench: &Bench, data: &World) -> Vec<(String, Value)> {
    let of = |id: &String| bench.on_smintio(|s| s.title_context(id).cloned());
    let ids = data.assets.iter().map(|asset| &asset.id);
    ids.filter_map(|id| Some((id.clone(), of(id)?))).collect()
}

#[test]
fn each_linked_asset_is_told_its_title_once() {
    let data = data(20);
    let bench = fresh(&data);
    let report = bench.settle_flow(TAGS, 40).expect("a calm world");
    let before = told(&bench, &data);
    assert!(before.len() > 20, "{}", before.len());
    assert_eq!(report.writes, before.len() as u64, "one call each");
    for (asset, context) in &before {
        let meant = data.assets.iter().find(|a| a.id == *asset).and_then(|a| a.meant_for.as_ref());
        assert_eq!(context["work"], json!(meant.expect("it is meant for one").work_id));
        assert!(context["title"].is_string(), "{context}");
    }
    assert!(bench.on_smintio(|s| s.collections()).iter().all(|(_, name)| !name.contains(" · T")));
    assert_eq!(bench.settle_flow(TAGS, 5).expect("a calm world").writes, 0);
    assert_eq!(told(&bench, &data), before);
}

#[test]
fn what_changed_is_told_and_what_left_is_told_nothing() {
    let data = data(20);
    let bench = fresh(&data);
    bench.settle_flow(TAGS, 40).expect("a calm world");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the covers");
    let gone = members.into_iter().find(|id| bench.on_smintio(|s| s.title_context(id).is_some()));
    let gone = gone.expect("a cover that was told");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    let report = bench.settle_flow(TAGS, 5).expect("a calm world");
    assert_eq!(report.writes, 1);
    assert_eq!(bench.on_smintio(|s| s.title_context(&gone).cloned()), Some(json!({})));
    assert_eq!(bench.settle_flow(TAGS, 5).expect("a calm world").writes, 0);
}

#[test]
fn contexts_survive_a_death_at_any_call() {
    let data = data(2);
    let calm = fresh(&data);
    calm.world.count_anew();
    calm.settle_flow(TAGS, 20).expect("a calm world");
    let expected = told(&calm, &data);
    assert!(!expected.is_empty());
    for (call, name) in calm.world.calls().into_iter().enumerate() {
        if matches!(name, "log" | "progress") {
            continue;
        }
        for when in [When::Before, When::After] {
            let bench = fresh(&data);
            let kill = KillAt { call: call as u64, when };
            let ending = run_killed(&bench.world, kill, |p| bench.run_flow(p, TAGS).map(|_| ()));
            if let Ending::Finished(Err(error)) = ending {
                panic!("call {call} ({name}), {when:?}: {error}");
            }
            bench.settle_flow(TAGS, 40).expect("it comes to its end");
            assert_eq!(told(&bench, &data), expected, "call {call} ({name}), {when:?}");
        }
    }
}

#[test]
fn a_portal_without_the_adapter_says_so_for_each_asset() {
    let data = data(20);
    let bench = fresh(&data);
    bench.on_smintio(|s| s.set_title_contexts_taken(false));
    let (_, report) = bench.run_flow(&bench.world, TAGS).expect("a run");
    assert!(told(&bench, &data).is_empty());
    let refused =
        report.outcomes.iter().filter(|o| o.why.contains("adapter does not take")).count();
    assert!(refused > 20, "{:#?}", report.outcomes.first());
}
