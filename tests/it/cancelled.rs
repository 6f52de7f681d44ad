//! A title whose only edition is cancelled: its image comes off by policy, with a question if the
//! policy is to ask, and comes back with the edition.

use consonance_smintio::api::{self, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};

use super::bench::{Bench, FLOW, bench, data};

fn settled(policy: &str) -> Bench {
    let mut bench = bench(0, &data(20));
    bench.config["engine"]["withdrawal"] = json!(policy);
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("a calm world");
    bench
}

/// A cover of ours that is on one edition only, with that edition.
fn sole(bench: &Bench) -> (String, i64) {
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let found = members.into_iter().find_map(|id| {
        let link = bench.world.state().get(&format!("link/{id}")).cloned()?;
        let link: Value = serde_json::from_slice(&link).ok()?;
        let products = link["data"]["resource"]["asked"]["products"].as_array()?.clone();
        (products.len() == 1).then(|| (id, products[0].as_i64().unwrap_or_default()))
    });
    found.expect("a cover of one edition")
}

/// A person sets the edition's status, and the titles are read again.
fn set_status(bench: &Bench, product: i64, status: &str) {
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.set_status(product, status))).expect("done");
    api::inbox::reset(&bench.world, &bench.config.to_string(), FLOW).expect("a reset");
    bench.settle(20).expect("a calm world");
}

fn question(bench: &Bench, asset: &str) -> Option<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().find(|i| i.kind == "withdrawal" && i.record_id == asset)
}

#[test]
fn the_only_edition_is_cancelled_and_a_person_is_asked() {
    let bench = settled("ask");
    let (asset, product) = sole(&bench);
    let before = bench.picture();
    set_status(&bench, product, "01");
    assert_eq!(bench.picture(), before, "nothing comes off by itself");
    let item = question(&bench, &asset).expect("a question");
    assert!(item.message.contains("status 01"), "{}", item.message);
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "withdraw").expect("an answer");
    bench.settle(20).expect("a calm world");
    assert!(!bench.is_placed(&asset) && question(&bench, &asset).is_none());
}

#[test]
fn the_only_edition_is_cancelled_and_comes_back() {
    let bench = settled("auto");
    let (asset, product) = sole(&bench);
    let before = bench.picture();
    set_status(&bench, product, "01");
    assert!(!bench.is_placed(&asset), "by policy");
    let writes = bench.mutations();
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.mutations(), writes);
    set_status(&bench, product, "04");
    assert_eq!(bench.picture(), before, "it is for sale again");
}
