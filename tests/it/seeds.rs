//! Fifty seeded worlds in which requests, answers and writes get lost. Once that stops, each comes
//! to the same end as a calm one, and nothing was doubled, lost or leaked on the way.

use super::audit::audit;
use super::bench::{Bench, CLIENT_SECRET, bench, data};
use connector_tests::world::FaultOptions;
use simulators::world::seed::World;

/// Titles of the world: about thirty assets.
const TITLES: usize = 14;

#[test]
fn fifty_seeds_come_to_the_same_end() {
    let data = data(TITLES);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let expected = calm.picture();
    assert!(expected.len() > 20, "the world is not empty: {}", expected.len());
    let failures: Vec<String> = (1..=50)
        .filter_map(|seed| {
            let bench = bench(seed, &data);
            let faulty = through_faults(&bench, seed);
            check(&bench, &data, &expected).err().map(|why| {
                format!(
                    "seed {seed}: {why}\n  {}\n  faulty phase: {faulty:?}",
                    bench.world.record()
                )
            })
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn through_faults(bench: &Bench, seed: u64) -> Result<(), String> {
    bench.world.set_faults(FaultOptions::draw(seed));
    let ended = bench.settle(40).map(|_| ());
    bench.world.set_faults(FaultOptions::none());
    bench.world.advance(200_000);
    ended
}

fn check(bench: &Bench, data: &World, expected: &[String]) -> Result<(), String> {
    bench.settle(40)?;
    let picture = bench.picture();
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter().filter(|line| !b.contains(line)).take(3).cloned().collect()
    };
    if picture != expected {
        return Err(format!(
            "another end: {} instead of {} lines; too much {:?}; missing {:?}",
            picture.len(),
            expected.len(),
            only(&picture, expected),
            only(expected, &picture)
        ));
    }
    let wrong = audit(bench, data);
    if !wrong.is_empty() {
        return Err(wrong.join("; "));
    }
    let writes = bench.mutations();
    bench.settle(5)?;
    if bench.mutations() != writes {
        return Err("one more run changed something".to_owned());
    }
    leaks(bench)
}

/// Secrets and signed addresses stay where they belong.
fn leaks(bench: &Bench) -> Result<(), String> {
    let state = bench.world.state();
    let stored = state.values().map(|value| String::from_utf8_lossy(value).into_owned());
    let canaries = [CLIENT_SECRET, "canary-refresh-token", "Bearer ", "signature="];
    for text in stored.chain(bench.world.logs()) {
        if let Some(canary) = canaries.iter().find(|canary| text.contains(**canary)) {
            return Err(format!("{canary:?} leaked into {text}"));
        }
    }
    Ok(())
}

/// The same seed gives the same trace: a failing seed can be replayed.
#[test]
fn a_seed_is_a_replay() {
    let data = data(4);
    let trace = |seed| {
        let bench = bench(seed, &data);
        // What the faults did to it is not the question here.
        let _either_way = through_faults(&bench, seed);
        bench.world.trace_hash()
    };
    assert_eq!(trace(3), trace(3));
    assert_ne!(trace(3), trace(4));
}
