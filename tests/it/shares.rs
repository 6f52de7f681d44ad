//! Kits that outsiders may see: by a link that ends, and only while everything in it is cleared.

use super::bench::{Bench, bench, data};
use super::shelves::{KITS, in_window, items, marked};
use serde_json::json;

fn shared(titles: usize) -> Bench {
    let mut bench = bench(0, &data(titles));
    in_window(&mut bench);
    bench.config["kit"]["share"] = json!(true);
    bench.settle_flow(KITS, 40).expect("a calm world");
    bench
}

/// Share, collection and end.
fn shares(bench: &Bench) -> Vec<(String, String, String)> {
    let all = bench.on_smintio(|s| s.shares());
    let whole = |(id, of, end): (String, Option<String>, Option<String>)| {
        (id, of.expect("of a collection"), end.expect("it ends"))
    };
    all.into_iter().map(whole).collect()
}

/// An asset that is in no kit.
fn stranger(bench: &Bench) -> String {
    let kits = marked(bench);
    let in_kit = |id: &String| kits.iter().any(|kit| kit.members.contains(id));
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the covers");
    members.into_iter().find(|id| !in_kit(id)).expect("one that is not cleared")
}

#[test]
fn each_kit_with_something_in_it_is_shared_once_and_ends() {
    let bench = shared(20);
    let filled = marked(&bench).iter().filter(|kit| !kit.members.is_empty()).count();
    let before = shares(&bench);
    assert!(filled > 5, "{filled}");
    assert_eq!(before.len(), filled);
    assert!(before.iter().all(|(_, _, end)| end.ends_with("T23:59:59Z")), "{before:?}");
    assert_eq!(bench.settle_flow(KITS, 5).expect("a calm world").writes, 0);
    assert_eq!(shares(&bench), before);
}

#[test]
fn a_kit_with_something_uncleared_is_closed_until_it_is_gone() {
    let bench = shared(20);
    let (_, kit, _) = shares(&bench).remove(0);
    let asset = stranger(&bench);
    assert!(bench.on_smintio(|s| s.add_to_collection(&kit, &asset)));
    bench.settle_flow(KITS, 5).expect("a calm world");
    assert!(shares(&bench).iter().all(|(_, of, _)| *of != kit), "outsiders do not see it");
    let asked = items(&bench, "share-uncleared");
    assert_eq!(asked.len(), 1);
    assert!(asked[0].message.contains(&asset), "{}", asked[0].message);
    let still = marked(&bench).into_iter().find(|k| k.id == kit).expect("the kit");
    assert!(still.members.contains(&asset), "what a person added stays");
    assert!(bench.on_smintio(|s| s.remove_from_collection(&kit, &asset)));
    bench.settle_flow(KITS, 5).expect("a calm world");
    assert_eq!(shares(&bench).iter().filter(|(_, of, _)| *of == kit).count(), 1);
    assert!(items(&bench, "share-uncleared").is_empty());
}

#[test]
fn a_share_that_a_person_ended_stays_ended() {
    let bench = shared(20);
    let (id, kit, _) = shares(&bench).remove(0);
    assert!(bench.on_smintio(|s| s.delete_share(&id)));
    // The kit changes, so that the connector looks at it again.
    let asset = stranger(&bench);
    assert!(bench.on_smintio(|s| s.add_to_collection(&kit, &asset)));
    bench.settle_flow(KITS, 5).expect("a calm world");
    assert!(bench.on_smintio(|s| s.remove_from_collection(&kit, &asset)));
    let report = bench.settle_flow(KITS, 5).expect("a calm world");
    assert_eq!(report.writes, 0);
    assert!(shares(&bench).iter().all(|(_, of, _)| *of != kit));
}

#[test]
fn a_kit_whose_window_is_over_is_closed_and_kept() {
    let mut bench = shared(20);
    let kits = marked(&bench).len();
    bench.config["kit"] = json!({ "days-before": 0, "days-after": 0, "share": true });
    bench.settle_flow(KITS, 5).expect("a calm world");
    let item = items(&bench, "mapping-changed");
    if let Some(item) = item.first() {
        super::shelves::resolve(&bench, item, "accept");
        bench.settle_flow(KITS, 5).expect("a calm world");
    }
    assert_eq!(shares(&bench), []);
    assert_eq!(marked(&bench).len(), kits);
}
