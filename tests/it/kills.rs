//! A run is killed before and after every single call to the platform, in five scenarios. The next
//! runs bring the world to the same end as if nothing had happened.

use super::audit::audit;
use super::bench::{Bench, bench, data};
use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::platform::Platform;
use simulators::smintio::MetadataChange;
use simulators::world::seed::World;

/// A scenario: what happens in a settled world before the run that is killed.
struct Scenario {
    name: &'static str,
    /// Whether the world is settled first.
    settled: bool,
    act: fn(&Bench, &mut World),
}

fn placed(bench: &Bench, data: &World) -> Vec<String> {
    let ids = data.assets.iter().map(|asset| asset.id.clone());
    ids.filter(|id| bench.is_placed(id)).collect()
}

fn new_versions(bench: &Bench, data: &mut World) {
    let now = bench.world.now().0;
    for id in placed(bench, data) {
        let seed = data.assets.iter_mut().find(|asset| asset.id == id).expect("a known asset");
        seed.image.marker += "-again";
        let image = seed.image.clone();
        assert!(bench.on_smintio(|s| s.new_file_version(now, &id, image)));
    }
}

fn leaves(bench: &Bench, data: &mut World) {
    let id = placed(bench, data).pop().expect("something is placed");
    let left = ["8101", "8102", "8103", "8104"]
        .iter()
        .filter(|collection| bench.on_smintio(|s| s.remove_from_collection(collection, &id)))
        .count();
    assert_eq!(left, 1);
}

fn cancelled_edition(bench: &Bench, data: &mut World) {
    let now = bench.world.now().0;
    let several = data.titles.iter().find(|title| title.products.len() > 1).expect("a title");
    let product = several.products[0].product_id;
    bench.on_consonance(|c| c.act(now, |person| person.set_status(product, "01"))).expect("done");
}

fn other_credits(bench: &Bench, data: &mut World) {
    let now = bench.world.now().0;
    for id in placed(bench, data) {
        let change = MetadataChange {
            copyright: Some(Some("© 2027 Somebody Else".to_owned())),
            ..MetadataChange::default()
        };
        assert!(bench.on_smintio(|s| s.change_metadata(now, &id, change)));
    }
}

/// The world of a scenario, and what is meant to be in it then.
fn prepared(scenario: &Scenario, data: &World) -> (Bench, World) {
    let bench = bench(0, data);
    if scenario.settled {
        bench.settle(20).expect("a calm world");
        bench.world.advance(3_600_000);
    }
    let mut truth = data.clone();
    (scenario.act)(&bench, &mut truth);
    (bench, truth)
}

/// Kills everywhere in a scenario of the small world.
fn check(name: &'static str, settled: bool, act: fn(&Bench, &mut World)) {
    let failures = kill_everywhere(&Scenario { name, settled, act }, &data(2));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_first_placement_survives_a_death_at_any_call() {
    check("first placement", false, |_, _| {});
}

#[test]
fn new_versions_survive_a_death_at_any_call() {
    check("a new version of every file", true, new_versions);
}

#[test]
fn a_withdrawal_survives_a_death_at_any_call() {
    check("an asset leaves its collection", true, leaves);
}

#[test]
fn another_set_of_editions_survives_a_death_at_any_call() {
    check("an edition is cancelled", true, cancelled_edition);
}

#[test]
fn other_texts_survive_a_death_at_any_call() {
    check("other credits", true, other_credits);
}

#[test]
fn a_mixed_day_survives_a_death_at_any_call() {
    check("one leaves, the others are new with new texts", true, |bench, data| {
        leaves(bench, data);
        new_versions(bench, data);
        other_credits(bench, data);
    });
}

fn kill_everywhere(scenario: &Scenario, data: &World) -> Vec<String> {
    let (calm, _) = prepared(scenario, data);
    let writes = calm.mutations();
    calm.world.count_anew();
    calm.settle(20).expect("a calm world");
    assert!(calm.mutations() > writes, "{}: nothing happened", scenario.name);
    let expected = calm.picture();
    let mut failures = Vec::new();
    for (call, name) in (1..).zip(calm.world.calls()) {
        if matches!(name, "log" | "progress") {
            continue;
        }
        for when in [When::Before, When::After] {
            let kill = KillAt { call, when };
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
    let (bench, truth) = &prepared(scenario, data);
    let ending = run_killed(&bench.world, kill, |platform| bench.run_once(platform).map(|_| ()));
    if let Ending::Finished(Err(error)) = ending {
        return Err(error);
    }
    bench.settle(40)?;
    if let Some(wrong) = audit(bench, truth).into_iter().next() {
        return Err(wrong);
    }
    let picture = bench.picture();
    if picture == expected {
        return Ok(());
    }
    let odd: Vec<&String> = picture.iter().filter(|line| !expected.contains(line)).collect();
    Err(format!("{} instead of {} lines, odd: {odd:?}", picture.len(), expected.len()))
}
