//! What a person takes back comes back through the usual path, and what cannot says why.

use consonance_smintio::api::{self, ApiError, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::Value;
use simulators::smintio::MetadataChange;
use simulators::world::seed::World;

use super::bench::{Bench, bench, data};

fn settled(titles: usize) -> (Bench, World) {
    let data = data(titles);
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("a calm world");
    (bench, data)
}

fn placed(bench: &Bench) -> String {
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed")
}

/// The newest change of an asset of one kind.
fn newest(bench: &Bench, asset: &str, action: &str) -> String {
    let config = bench.config.to_string();
    let page = api::reports::audit(&bench.world, &config, None, None, 1_000).expect("the audit");
    let mut of_asset = page.entries.into_iter().filter(|entry| {
        let document: Value = serde_json::from_str(&entry.document).unwrap_or_default();
        document["asset"] == asset && document["action"] == action
    });
    let last = of_asset.next_back().expect("such a change");
    format!("{}/{}", last.run_id, last.sequence)
}

fn undo(bench: &Bench, change: &str) -> Result<(), String> {
    match api::inbox::undo(&bench.world, &bench.config.to_string(), change) {
        Ok(()) => Ok(()),
        Err(ApiError::InputInvalid(problems)) => Err(problems[0].fix.clone()),
        Err(other) => Err(format!("{other:?}")),
    }
}

fn set_copyright(bench: &Bench, asset: &str, text: &str) {
    let now = bench.world.now().0;
    let copyright = Some(Some(text.to_owned()));
    let change = MetadataChange { copyright, ..MetadataChange::default() };
    assert!(bench.on_smintio(|s| s.change_metadata(now, asset, change)));
    bench.settle(20).expect("a calm world");
}

/// What Consonance shows of our image of an asset.
fn copyright(bench: &Bench, asset: &str) -> String {
    let link = bench.world.state().get(&format!("link/{asset}")).cloned().expect("a link");
    let link: Value = serde_json::from_slice(&link).expect("JSON");
    let id = link["data"]["resource"]["id"].as_i64().expect("an image");
    let resources = bench.on_consonance(|c| c.resources());
    let ours = resources.into_iter().find(|r| r.id == id).expect("it is there");
    ours.copyright.unwrap_or_default()
}

#[test]
fn a_replacement_that_a_person_took_back_stays_until_the_source_changes() {
    let (bench, _) = settled(20);
    let asset = placed(&bench);
    set_copyright(&bench, &asset, "© one");
    set_copyright(&bench, &asset, "© two");
    let change = newest(&bench, &asset, "replace");
    undo(&bench, &change).expect("it can be taken back");
    assert_eq!(copyright(&bench, &asset), "© two", "the next run does it");
    bench.settle(20).expect("a calm world");
    assert_eq!(copyright(&bench, &asset), "© one");
    let writes = bench.mutations();
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "and it stays");
    let older = undo(&bench, &change).expect_err("it is taken back already");
    assert!(older.contains("changed again since"), "{older}");
    undo(&bench, &newest(&bench, &asset, "replace")).expect("that can be taken back, too");
    bench.settle(20).expect("a calm world");
    assert_eq!(copyright(&bench, &asset), "© two");
    undo(&bench, &newest(&bench, &asset, "replace")).expect("once more");
    bench.settle(20).expect("a calm world");
    assert_eq!(copyright(&bench, &asset), "© one");
    set_copyright(&bench, &asset, "© three");
    assert_eq!(copyright(&bench, &asset), "© three", "the source has a new word");
}

#[test]
fn a_new_file_cannot_be_taken_back_and_says_why() {
    let (bench, data) = settled(20);
    let asset = placed(&bench);
    let mut image = data.assets.iter().find(|a| a.id == asset).expect("known").image.clone();
    image.marker += "-again";
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.new_file_version(now, &asset, image)));
    bench.settle(20).expect("a calm world");
    let before = bench.picture();
    let why = undo(&bench, &newest(&bench, &asset, "replace")).expect_err("the file is gone");
    assert!(why.contains("put the old file into Smint.io again"), "{why}");
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.picture(), before);
}

#[test]
fn a_withdrawal_whose_reason_still_holds_says_so() {
    let (bench, _) = settled(20);
    let asset = placed(&bench);
    let first = newest(&bench, &asset, "place");
    assert!(undo(&bench, &first).expect_err("no withdrawal").contains("approval collection"));
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &asset)));
    bench.settle(20).expect("a calm world");
    assert!(!bench.is_placed(&asset));
    let change = newest(&bench, &asset, "withdraw");
    let why = undo(&bench, &change).expect_err("it is not approved");
    assert!(why.contains("what took the image off still holds"), "{why}");
    assert!(bench.on_smintio(|s| s.add_to_collection("8101", &asset)));
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&asset), "once it is approved again");
    let why = undo(&bench, &change).expect_err("it is there");
    assert!(why.contains("there again"), "{why}");
}

#[test]
fn an_image_that_made_place_for_a_chosen_rival_comes_back() {
    let mut data = data(60);
    let rival = |data: &World, n: usize| {
        let all = data.assets.iter().filter(|a| a.trait_name() == Some("rival-cover"));
        all.map(|asset| asset.id.clone()).nth(n).expect("a rival")
    };
    let (incumbent, newcomer) = (rival(&data, 0), rival(&data, 1));
    for collection in &mut data.collections {
        collection.asset_ids.retain(|id| *id != newcomer);
    }
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    assert!(bench.on_smintio(|s| s.add_to_collection("8101", &newcomer)));
    bench.settle(5).expect("a calm world");
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    let asked = |item: &&InboxItem| item.kind == "ambiguous" && item.record_id == newcomer;
    let item = page.items.iter().find(asked).expect("a question");
    api::inbox::resolve(&bench.world, &config, &item.id, "use").expect("an answer");
    for _ in 0..3 {
        bench.settle(5).expect("a calm world");
    }
    assert!(bench.is_placed(&newcomer) && !bench.is_placed(&incumbent));
    undo(&bench, &newest(&bench, &incumbent, "withdraw")).expect("it can be taken back");
    for _ in 0..3 {
        bench.settle(5).expect("a calm world");
    }
    assert!(bench.is_placed(&incumbent) && !bench.is_placed(&newcomer));
}

#[test]
fn a_change_that_nobody_knows_is_refused() {
    let (bench, _) = settled(2);
    let unknown = undo(&bench, "1795028800000-41a566e6/77").expect_err("unknown");
    assert!(unknown.contains("NotFound"), "{unknown}");
    for odd in ["", "7", "a/b", "../flow/approved-assets", "x/-1"] {
        let why = undo(&bench, odd).expect_err("no change");
        assert!(why.contains("inbox changes"), "{odd}: {why}");
    }
}
