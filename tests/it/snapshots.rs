//! Every delivery of a purchase is kept for ever, once, and what rested on it says so.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use simulators::world::seed::{PurchaseSeed, World};

use super::bench::{Bench, bench, data};

fn stored(bench: &Bench, prefix: &str) -> BTreeMap<String, Value> {
    let state = bench.world.state();
    let found = state.iter().filter(|(key, _)| key.starts_with(prefix));
    found
        .map(|(key, bytes)| {
            let value: Value = serde_json::from_slice(bytes).expect("JSON");
            (key.clone(), value["data"].clone())
        })
        .collect()
}

fn settled() -> (Bench, World) {
    let data = data(60);
    let bench = bench(0, &data);
    bench.settle(40).expect("a calm world");
    (bench, data)
}

fn id(purchase: &PurchaseSeed) -> String {
    purchase.document["uuid"].as_str().expect("an id").to_owned()
}

#[test]
fn every_purchase_names_the_delivery_that_it_is_from() {
    let (bench, data) = settled();
    let licences = stored(&bench, "licence/");
    let snapshots = stored(&bench, "snapshot/");
    // Several deliveries of one purchase are one record.
    assert!(licences.len() > 5 && licences.len() <= data.purchases.len());
    assert!(snapshots.len() >= licences.len());
    for (key, licence) in &licences {
        let name = licence["purchase"]["snapshot"].as_str().expect("a snapshot");
        let kept = snapshots.get(name).unwrap_or_else(|| panic!("{key}: {name} is not kept"));
        for part in ["id", "version", "state", "policy"] {
            assert_eq!(kept["purchase"][part], licence["purchase"][part], "{key}: {part}");
        }
        assert!(kept["purchase"]["binaries"].as_array().is_some_and(Vec::is_empty));
    }
}

#[test]
fn a_snapshot_is_written_once_and_never_changed() {
    let (bench, data) = settled();
    let before = bench.world.state();
    let snapshots = |state: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        let all = state.iter().filter(|(key, _)| key.starts_with("snapshot/"));
        all.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let first = snapshots(&before);
    // The same once more: nothing.
    bench.on_smintio(|s| s.append_purchase(&data.purchases[0]));
    bench.settle(5).expect("a calm world");
    assert_eq!(snapshots(&bench.world.state()), first);
    // A new version, and another content under an old version: one each, and the old ones stay.
    let mut newer = data.purchases[0].clone();
    newer.document["version"] = json!(99);
    newer.document["state"] = json!("cancelled");
    bench.on_smintio(|s| s.append_purchase(&newer));
    let mut odd = data.purchases[1].clone();
    odd.document["licensee_name"] = json!("Somebody Else Ltd");
    bench.on_smintio(|s| s.append_purchase(&odd));
    bench.settle(5).expect("a calm world");
    let after = snapshots(&bench.world.state());
    assert_eq!(after.len(), first.len() + 2);
    assert!(first.iter().all(|(key, value)| after.get(key) == Some(value)));
    let of_first = format!("snapshot/{}/", id(&data.purchases[0]));
    let last = after.keys().rfind(|key| key.starts_with(&of_first)).expect("two");
    assert!(last.starts_with(&format!("{of_first}0000000099-")), "{last}");
    let newest = &stored(&bench, "licence/")[&format!("licence/{}", id(&data.purchases[0]))];
    assert_eq!(newest["purchase"]["snapshot"], json!(last));
}

#[test]
fn what_was_placed_names_the_deliveries_that_it_rested_on() {
    let (bench, _) = settled();
    let snapshots = stored(&bench, "snapshot/");
    let audit = stored(&bench, "audit/");
    let named: Vec<&str> = audit
        .values()
        .filter(|entry| entry["action"] == "place")
        .filter_map(|entry| entry["document"]["rests-on"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert!(!named.is_empty(), "some image rests on a purchase");
    assert!(named.iter().all(|name| snapshots.contains_key(*name)));
}

#[test]
fn nobody_who_bought_is_kept() {
    let mut data = data(4);
    for purchase in &mut data.purchases {
        purchase.document["purchased_by_user_name"] = json!("Jane Canary");
        purchase.document["members"] = json!([{ "email": "canary@example.com" }]);
        purchase.document["collection_content_element_created_by_user_name"] = json!("Jane Canary");
    }
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    assert!(!stored(&bench, "snapshot/").is_empty());
    for (key, value) in bench.world.state() {
        let text = String::from_utf8_lossy(&value).to_lowercase();
        assert!(!text.contains("canary"), "{key} keeps personal data");
    }
}
