//! Trouble with a new file hides no lost right: an image whose licence is cancelled comes off, and
//! leaves its kit, although its file cannot be used.

use consonance_smintio::api::{self, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::world::seed::ImageSeed;

use super::bench::{Bench, bench, data};
use super::shelves::{KITS, in_window, items, marked, resolve};

fn settled(policy: &str) -> Bench {
    let mut bench = bench(0, &data(60));
    bench.config["engine"]["withdrawal"] = json!(policy);
    in_window(&mut bench);
    bench.settle(40).expect("a calm world");
    bench.settle(40).expect("what Consonance failed on was looked at once more");
    bench
}

/// Images that are on titles and rest on one purchase, with that purchase.
fn bought(bench: &Bench) -> Vec<(String, String)> {
    let state = bench.world.state();
    let entries = state.iter().filter(|(key, _)| key.starts_with("audit/"));
    let found = entries.filter_map(|(_, bytes)| {
        let entry: Value = serde_json::from_slice(bytes).ok()?;
        let [one] = entry["data"]["document"]["rests-on"].as_array()?.as_slice() else {
            return None;
        };
        let purchase = one.as_str()?.split('/').nth(1)?.to_owned();
        Some((entry["data"]["asset"].as_str()?.to_owned(), purchase))
    });
    found.filter(|(asset, _)| bench.is_placed(asset)).collect()
}

/// Somebody uploads a file that Consonance does not take.
fn upload_png(bench: &Bench, asset: &str) {
    let image = ImageSeed {
        width: 1_500,
        height: 2_250,
        format: "png".to_owned(),
        marker: "wrong".to_owned(),
    };
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.new_file_version(now, asset, image)));
}

fn cancel(bench: &Bench, purchase: &str) {
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, purchase, true)));
}

fn about(bench: &Bench, kind: &str, asset: &str) -> Option<InboxItem> {
    items(bench, kind).into_iter().find(|item| item.record_id == asset)
}

#[test]
fn a_cancelled_licence_is_seen_behind_a_wrong_file() {
    let bench = settled("auto");
    let (asset, purchase) = bought(&bench).pop().expect("one that was bought");
    upload_png(&bench, &asset);
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&asset), "the older file may stay");
    assert!(about(&bench, "wrong-file", &asset).is_some());
    let config = bench.config.to_string();
    let explained = api::connector::explain(&bench.world, &config, &asset).expect("an answer");
    assert!(explained.iter().any(|e| !e.decisions.is_empty()), "its rights are told, too");
    cancel(&bench, &purchase);
    bench.settle(20).expect("a calm world");
    assert!(!bench.is_placed(&asset), "it may not be there any more");
}

#[test]
fn a_cancelled_licence_behind_a_wrong_file_is_asked_about() {
    let bench = settled("ask");
    let (asset, purchase) = bought(&bench).pop().expect("one that was bought");
    upload_png(&bench, &asset);
    cancel(&bench, &purchase);
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&asset));
    let item = about(&bench, "withdrawal", &asset).expect("a question");
    resolve(&bench, &item, "withdraw");
    bench.settle(20).expect("a calm world");
    assert!(!bench.is_placed(&asset));
}

#[test]
fn a_cancelled_licence_behind_a_wrong_file_leaves_its_kit() {
    let mut bench = settled("auto");
    bench.config["kit"]["share"] = json!(true);
    bench.settle_flow(KITS, 40).expect("a calm world");
    let of = |asset: &str| {
        let kits = marked(&bench);
        kits.into_iter().find(|kit| kit.members.iter().any(|member| member == asset))
    };
    let bought = bought(&bench);
    let found = bought.iter().find_map(|(asset, p)| of(asset).map(|kit| (asset, p, kit.id)));
    let (asset, purchase, kit) = found.expect("one that was bought in a kit");
    upload_png(&bench, asset);
    bench.settle_flow(KITS, 20).expect("a calm world");
    assert!(of(asset).is_some(), "nothing is decided of it");
    cancel(&bench, purchase);
    bench.settle_flow(KITS, 20).expect("a calm world");
    assert!(of(asset).is_none(), "what is not cleared leaves");
    let kit = marked(&bench).into_iter().find(|k| k.id == kit).expect("the kit stays");
    let shares = bench.on_smintio(|s| s.shares());
    let shared = shares.iter().any(|(_, of, _)| of.as_deref() == Some(&kit.id));
    assert_eq!(shared, !kit.members.is_empty(), "an empty kit is shown to nobody");
}
