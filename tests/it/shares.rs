//! Kits that outsiders may see: by a link that ends, and only while everything in it is cleared.

use super::bench::{Bench, bench, data};
use super::shelves::{KITS, in_window, items, marked};
use consonance_smintio::api;
use consonance_smintio::platform::Platform;
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

/// Settles under a configuration that was changed, and says yes where that is asked about.
fn agreed(bench: &Bench) {
    if let Err(item) = bench.settle_flow(KITS, 10) {
        let config = bench.config.to_string();
        api::inbox::resolve(&bench.world, &config, &item, "accept").expect("an answer");
        bench.settle_flow(KITS, 10).expect("a calm world");
    }
}

#[test]
fn a_share_that_a_person_made_under_a_kits_name_is_asked_about() {
    for (choice, ends) in [("adopt", false), ("leave", true)] {
        let mut bench = shared(20);
        let (id, kit, usual) = shares(&bench).remove(0);
        bench.config["kit"]["share"] = json!(false);
        agreed(&bench);
        assert!(shares(&bench).iter().all(|(known, _, _)| *known != id));
        let name = bench.on_smintio(|s| s.collections()).into_iter().find(|(id, _)| *id == kit);
        let (_, name) = name.expect("the kit");
        let now = bench.world.now().0;
        let theirs = bench.on_smintio(|s| s.make_share(now, &kit, &name, "2026-12-24"));
        bench.config["kit"]["share"] = json!(true);
        agreed(&bench);
        let of_kit = |bench: &Bench| {
            let mut all = shares(bench);
            all.retain(|(_, of, _)| *of == kit);
            all
        };
        let as_made = (theirs.clone(), kit.clone(), "2026-12-24T23:59:59Z".to_owned());
        assert_eq!(
            of_kit(&bench),
            std::slice::from_ref(&as_made),
            "it is left alone, and none is beside it"
        );
        let item = items(&bench, "share-foreign").pop().expect("a question");
        assert!(item.message.contains(&theirs), "{}", item.message);
        assert_eq!(bench.settle_flow(KITS, 5).expect("a calm world").writes, 0);
        super::shelves::resolve(&bench, &item, choice);
        bench.settle_flow(KITS, 5).expect("a calm world");
        let end = if ends { as_made.2.clone() } else { usual };
        assert_eq!(of_kit(&bench), [(theirs, kit.clone(), end)], "{choice}");
        assert!(items(&bench, "share-foreign").is_empty());
        bench.config["kit"]["share"] = json!(false);
        agreed(&bench);
        assert_eq!(of_kit(&bench).len(), usize::from(ends), "what is not ours, we never end");
    }
}

#[test]
fn an_earlier_end_that_a_person_gave_to_a_share_stays() {
    let mut twin = shared(20);
    twin.config["kit"]["days-after"] = json!(3_600);
    agreed(&twin);
    let mut bench = shared(20);
    let moved = |share: &(String, String, String)| {
        shares(&twin).iter().any(|(_, kit, end)| *kit == share.1 && *end != share.2)
    };
    let (id, _, before) = shares(&bench).into_iter().find(moved).expect("it ends with its window");
    let end = |bench: &Bench| {
        let found = shares(bench).into_iter().find(|(known, _, _)| *known == id);
        found.expect("the share").2
    };
    assert!(bench.on_smintio(|s| s.end_share_on(&id, "2026-12-24")));
    for days in [3_600, 3_500] {
        bench.config["kit"]["days-after"] = json!(days);
        agreed(&bench);
        assert_eq!(end(&bench), "2026-12-24T23:59:59Z", "a person's word");
    }
    // The person moves it again: ours holds from the next change on.
    assert!(bench.on_smintio(|s| s.end_share_on(&id, &before[..10])));
    bench.config["kit"]["days-after"] = json!(3_400);
    agreed(&bench);
    let after = end(&bench);
    assert!(after < before && after.as_str() > "2027", "{after}");
    assert_eq!(bench.settle_flow(KITS, 5).expect("a calm world").writes, 0);
}
