//! Ten thousand works, and the same answers every time.

use serde_json::json;
use time::macros::date;

use super::bench::{self, Bench};
use crate::consonance::{Consonance, Settings};

#[test]
fn ten_thousand_works_are_no_burden() {
    let mut bench = Bench::new();
    let mut world = bench::world();
    world.titles = (1..=10_000)
        .map(|id| {
            bench::title(id, id % 40, date!(2026 - 01 - 01), &[(id * 2, "BB"), (id * 2 + 1, "DG")])
        })
        .collect();
    bench.core = Consonance::new(&world, Settings::default());
    let data = bench.data("{ works(workSearch: { after: 0 }) { id } }");
    assert_eq!(data["works"].as_array().map(Vec::len), Some(10_000));
    let one = |id: i64| {
        format!(
            "w{id}: work(workSearch: {{ idEq: {id} }}) {{ title imprint {{ name }} products {{ id isbn \
             {{ isbn13 }} publicationDate webLinks {{ id }} }} supportingResources {{ id }} }}"
        )
    };
    for batch in 0..40 {
        let query: Vec<String> = (1..=25).map(|n| one(batch * 250 + n)).collect();
        let data = bench.data(&format!("{{ {} }}", query.join(" ")));
        assert_eq!(data.as_object().map(serde_json::Map::len), Some(25));
    }
    assert_eq!(bench.works("changedSince: \"2026-03-01\""), json!([]));
}

#[test]
fn the_same_requests_give_the_same_answers() {
    let run = || {
        let mut bench = Bench::new();
        let id = bench.create(json!({ "workId": 101, "linkToAllProducts": true }));
        bench.deliver(Some((200, bench::image("jpeg"))));
        let shown = bench.data("{ works { id supportingResources { id url isProcessing } } }");
        (id, shown, bench.core.resources(), bench.core.counts())
    };
    assert_eq!(run(), run());
}
