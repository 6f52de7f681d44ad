//! A run is killed before and after every single call to the platform, in five scenarios. The next
//! runs bring the world to the same end as if nothing had happened.

use super::bench::{Bench, bench, data};
use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::platform::Platform;
use simulators::smintio::MetadataChange;
use simulators::world::seed::{ImageSeed, World};

/// A scenario: what happens in a settled world before the run that is killed.
struct Scenario {
    name: &'static str,
    /// Whether the world is settled first.
    settled: bool,
    act: fn(&Bench, &World),
}

const SCENARIOS: [Scenario; 5] = [
    Scenario { name: "first placement", settled: false, act: |_, _| {} },
    Scenario { name: "a new version of every file", settled: true, act: new_versions },
    Scenario { name: "an asset leaves its collection", settled: true, act: leaves },
    Scenario { name: "an edition is cancelled", settled: true, act: cancelled_edition },
    Scenario { name: "other credits", settled: true, act: other_credits },
];

fn placed(bench: &Bench, data: &World) -> Vec<String> {
    let ids = data.assets.iter().map(|asset| asset.id.clone());
    ids.filter(|id| bench.is_placed(id)).collect()
}

fn new_versions(bench: &Bench, data: &World) {
    let now = bench.world.now().0;
    for id in placed(bench, data) {
        let seed = data.assets.iter().find(|asset| asset.id == id).expect("an asset of the world");
        let image =
            ImageSeed { marker: format!("{}-again", seed.image.marker), ..seed.image.clone() };
        assert!(bench.on_smintio(|s| s.new_file_version(now, &id, image)));
    }
}

fn leaves(bench: &Bench, data: &World) {
    let id = placed(bench, data).pop().expect("something is placed");
    let left = ["8101", "8102", "8103", "8104"]
        .iter()
        .filter(|collection| bench.on_smintio(|s| s.remove_from_collection(collection, &id)))
        .count();
    assert_eq!(left, 1);
}

fn cancelled_edition(bench: &Bench, data: &World) {
    let now = bench.world.now().0;
    let several = data.titles.iter().find(|title| title.products.len() > 1).expect("a title");
    let product = several.products[0].product_id;
    bench.on_consonance(|c| c.act(now, |person| person.set_status(product, "01"))).expect("done");
}

fn other_credits(bench: &Bench, data: &World) {
    let now = bench.world.now().0;
    for id in placed(bench, data) {
        let change = MetadataChange {
            copyright: Some(Some("© 2027 Somebody Else".to_owned())),
            ..MetadataChange::default()
        };
        assert!(bench.on_smintio(|s| s.change_metadata(now, &id, change)));
    }
}

fn prepared(scenario: &Scenario, data: &World) -> Bench {
    let bench = bench(0, data);
    if scenario.settled {
        bench.settle(20).expect("a calm world");
        bench.world.advance(3_600_000);
    }
    (scenario.act)(&bench, data);
    bench
}

#[test]
fn a_kill_at_any_call_changes_nothing_in_the_end() {
    let data = data(2);
    let failures: Vec<String> =
        SCENARIOS.iter().flat_map(|scenario| kill_everywhere(scenario, &data)).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn kill_everywhere(scenario: &Scenario, data: &World) -> Vec<String> {
    let calm = prepared(scenario, data);
    let writes = calm.mutations();
    calm.world.count_anew();
    calm.settle(20).expect("a calm world");
    assert!(calm.mutations() > writes, "{}: nothing happened", scenario.name);
    let expected = calm.picture();
    let mut failures = Vec::new();
    for (call, name) in calm.world.calls().into_iter().enumerate() {
        if matches!(name, "log" | "progress") {
            continue;
        }
        for when in [When::Before, When::After] {
            let kill = KillAt { call: call as u64, when };
            if let Err(why) = killed(scenario, data, kill, &expected) {
                failures.push(format!("{}, call {call} ({name}), {when:?}: {why}", scenario.name));
            }
        }
    }
    failures
}

fn killed(
    scenario: &Scenario,
    data: &World,
    kill: KillAt,
    expected: &[String],
) -> Result<(), String> {
    let bench = prepared(scenario, data);
    let ending = run_killed(&bench.world, kill, |platform| bench.run_once(platform).map(|_| ()));
    if let Ending::Finished(Err(error)) = ending {
        return Err(error);
    }
    bench.settle(40)?;
    if bench.intents() > 0 {
        return Err("an intent is left".to_owned());
    }
    let picture = bench.picture();
    if picture == expected {
        return Ok(());
    }
    let odd: Vec<&String> = picture.iter().filter(|line| !expected.contains(line)).collect();
    Err(format!("{} instead of {} lines, odd: {odd:?}", picture.len(), expected.len()))
}
