//! The inbox of a run that asks more than fits into memory: questions are stored as they come, and
//! come out as if they had been stored at the end.

use std::collections::BTreeMap;

use connector_tests::world::SeededWorld;
use consonance_smintio::engine::inbox::{Draft, Item, Kind};

use super::bench::{Bench, bench, data};

const MANY: usize = 1_300;

fn item(number: usize, message: &str) -> Item {
    Item::new(Kind::Unlinked, &format!("asset-{number}"), message)
}

/// Raises so many, the first one anew at the end, and stores them as a run does.
fn run(world: &SeededWorld, many: usize) -> Draft {
    let mut draft = Draft::of("approved-assets");
    for number in 0..many {
        draft.raise(item(number, "it names no title"));
        draft.relieve(world).expect("a calm world");
    }
    draft.raise(item(0, "it names two titles"));
    assert_eq!(draft.raised(), many, "the same one twice is once");
    draft.store(world, true).expect("a calm world");
    draft
}

fn questions(bench: &Bench) -> BTreeMap<String, Vec<u8>> {
    let stored = bench.world.state().into_iter();
    stored.filter(|(key, _)| key.starts_with("inbox/")).collect()
}

#[test]
fn more_questions_than_are_held_are_all_there_once() {
    let bench = bench(0, &data(5));
    run(&bench.world, MANY);
    let first = questions(&bench);
    assert_eq!(first.len(), MANY);
    let text = |key: &str| String::from_utf8_lossy(&first[key]).into_owned();
    assert!(text("inbox/unlinked:asset-0").contains("two titles"), "the later word holds");
    assert!(text("inbox/unlinked:asset-1").contains("no title"));
    bench.world.advance(60_000);
    run(&bench.world, MANY);
    assert_eq!(
        questions(&bench),
        first,
        "asked again they are the same, since when they were asked"
    );
    run(&bench.world, MANY - 1);
    assert_eq!(questions(&bench).len(), MANY - 1, "what is not asked any more is gone");
}
