//! Tags by a custom data adapter: each asset is told its title's context, once, and again when it
//! changes; whatever dies in between.

use super::bench::{Bench, bench, data};
use super::shelves::{items, resolve};
use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::platform::Platform;
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

#[test]
fn a_refused_context_is_sent_again_only_when_a_person_says_so() {
    let data = data(20);
    let bench = fresh(&data);
    bench.on_smintio(|s| s.set_title_contexts_taken(false));
    let first = bench.settle_flow(TAGS, 40).expect("a calm world");
    let said = || {
        let mut said = items(&bench, "bad-record");
        said.retain(|item| item.message.contains("adapter does not take"));
        said
    };
    let asked = said();
    assert_eq!(first.writes, asked.len() as u64);
    assert!(asked.len() > 20, "{}", asked.len());
    let again = bench.settle_flow(TAGS, 5).expect("a calm world");
    assert_eq!((again.writes, again.flows[0].inbox), (0, asked.len() as u64));
    assert_eq!(said(), asked, "the questions stay");
    // Still refused: it was tried once, and there is a new question.
    resolve(&bench, &asked[0], "retry");
    assert_eq!(bench.settle_flow(TAGS, 5).expect("a calm world").writes, 1);
    assert_eq!(bench.settle_flow(TAGS, 5).expect("a calm world").writes, 0);
    assert_eq!(said().len(), asked.len());
    bench.on_smintio(|s| s.set_title_contexts_taken(true));
    for item in said().iter().take(2) {
        resolve(&bench, item, "retry");
    }
    assert_eq!(bench.settle_flow(TAGS, 5).expect("a calm world").writes, 2);
    assert_eq!((told(&bench, &data).len(), said().len()), (2, asked.len() - 2));
}

#[test]
fn a_refused_context_is_sent_again_when_it_changes() {
    let data = data(20);
    let bench = fresh(&data);
    bench.on_smintio(|s| s.set_title_contexts_taken(false));
    bench.settle_flow(TAGS, 40).expect("a calm world");
    bench.on_smintio(|s| s.set_title_contexts_taken(true));
    let asked = items(&bench, "bad-record").into_iter().find_map(|item| {
        let asset = data.assets.iter().find(|asset| asset.id == item.record_id)?;
        asset.meant_for.as_ref().map(|meant| meant.work_id)
    });
    let work = asked.expect("an asset that is meant for a title");
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.set_title(work, "Another Title"))).expect("done");
    bench.settle_flow(TAGS, 5).expect("a calm world");
    let told = told(&bench, &data);
    assert!(!told.is_empty(), "what changed is tried");
    assert!(told.iter().all(|(_, context)| context["work"] == json!(work)));
}
