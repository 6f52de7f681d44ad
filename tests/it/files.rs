//! The files of purchases: a listing that fails once is asked for again, not for ever, and a
//! person hears of it.

use consonance_smintio::api::{self, inbox::InboxItem};
use serde_json::Value;
use simulators::world::seed::World;

use super::bench::{Bench, bench, data};

const HOUR: u64 = 3_600_000;

/// A purchase that is delivered once, with files.
fn purchase(data: &World) -> String {
    let id = |n: usize| data.purchases[n].document["uuid"].as_str().unwrap_or_default();
    let once = |n: &usize| (0..data.purchases.len()).filter(|m| id(*m) == id(*n)).count() == 1;
    let open = |n: &usize| {
        let document = &data.purchases[*n].document;
        document["can_be_synced"] == true && !data.purchases[*n].binaries.is_empty()
    };
    let found = (0..data.purchases.len()).filter(open).find(once).expect("such a purchase");
    id(found).to_owned()
}

fn files(bench: &Bench, purchase: &str) -> usize {
    let stored = bench.world.state().get(&format!("licence/{purchase}")).cloned();
    let stored: Value = stored.and_then(|s| serde_json::from_slice(&s).ok()).unwrap_or_default();
    stored["data"]["purchase"]["binaries"].as_array().expect("a mirror").len()
}

fn asked(bench: &Bench) -> u64 {
    let report = bench.settle(20).expect("a calm world");
    let name = "smintio-clapi.binaries";
    report.requests.iter().filter(|c| c.name == name).map(|c| c.value).sum()
}

fn question(bench: &Bench, purchase: &str) -> Option<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().find(|item| item.record_id == format!("files:{purchase}"))
}

#[test]
fn files_that_could_not_be_listed_once_are_listed_later() {
    let data = data(20);
    let id = purchase(&data);
    let bench = bench(0, &data);
    bench.on_smintio(|s| s.break_binaries(&id, true));
    bench.settle(20).expect("a calm world");
    assert_eq!(files(&bench, &id), 0);
    bench.on_smintio(|s| s.break_binaries(&id, false));
    bench.world.advance(HOUR);
    assert_eq!(asked(&bench), 1);
    assert!(files(&bench, &id) > 0, "although it was not delivered again");
    bench.world.advance(HOUR);
    assert_eq!(asked(&bench), 0, "once is enough");
    assert!(question(&bench, &id).is_none());
}

#[test]
fn files_that_never_come_are_not_asked_for_for_ever() {
    let data = data(20);
    let id = purchase(&data);
    let bench = bench(0, &data);
    bench.on_smintio(|s| s.break_binaries(&id, true));
    bench.settle(20).expect("a calm world");
    let mut asked_for = 0;
    for _ in 0..72 {
        bench.world.advance(HOUR);
        asked_for += asked(&bench);
    }
    assert!((5..=10).contains(&asked_for), "{asked_for} times in three days");
    let item = question(&bench, &id).expect("a person is asked");
    bench.on_smintio(|s| s.break_binaries(&id, false));
    assert_eq!(asked(&bench), 0);
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "retry").expect("an answer");
    assert_eq!(asked(&bench), 1);
    assert!(files(&bench, &id) > 0 && question(&bench, &id).is_none());
}
