//! Everything at once: people change things at both vendors while requests, answers and writes get
//! lost and the connector dies again and again, even while it recovers. Once the storm is over each
//! world is what a calm one would be that saw the same changes.

use std::collections::BTreeSet;

use connector_tests::world::{Ending, FaultOptions, KillAt, Rng, When, run_killed};
use consonance_smintio::api::connector::RunState;
use consonance_smintio::platform::Platform;
use simulators::smintio::MetadataChange;
use simulators::world::collections::APPROVED;
use simulators::world::seed::World;

use super::audit::{audit, escaped, forbidden};
use super::bench::{Bench, bench, data};

const TITLES: usize = 8;
const STORMS: u64 = 40;
/// Runs of a storm, each with its own death.
const RUNS: u64 = 14;

/// What a person may do in a storm.
#[derive(Clone, Debug)]
enum Act {
    NewVersion(usize),
    Copyright(usize, u64),
    Leave(usize),
    Return(usize),
    Cancel(i64),
}

#[test]
fn forty_storms_end_as_calm_worlds_do() {
    let data = data(TITLES);
    let never = forbidden(&data);
    assert!(never.len() >= 5, "some images must not go: {}", never.len());
    let storm = |seed| storm(seed, &data, &never).err();
    let failures: Vec<String> = (1..=STORMS).filter_map(storm).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn storm(seed: u64, data: &World, never: &BTreeSet<Vec<u8>>) -> Result<(), String> {
    let acts = draw(seed, data);
    let bench = bench(seed, data);
    let mut truth = data.clone();
    bench.world.set_faults(FaultOptions::draw(seed));
    let mut rng = Rng::new(seed, "deaths");
    for run in 0..RUNS {
        die(&bench, &mut rng);
        let out = escaped(&bench, never);
        if !out.is_empty() {
            return Err(format!("storm {seed}: run {run} put uncleared images out: {out:?}"));
        }
        acts.iter()
            .filter(|(at, _)| *at == run)
            .for_each(|(_, act)| carry_out(&bench, &mut truth, act));
    }
    let record = bench.world.record();
    bench.world.set_faults(FaultOptions::none());
    bench.world.advance(200_000);
    let say = |why: String| format!("storm {seed}: {why}\n  {record}\n  {acts:?}");
    bench.settle(60).map_err(say)?;
    bench.settle(20).map_err(say)?;
    let wrong = audit(&bench, &truth);
    if !wrong.is_empty() {
        return Err(say(wrong.join("; ")));
    }
    let writes = bench.mutations();
    bench.settle(5).map_err(say)?;
    if bench.mutations() != writes {
        return Err(say("one more run changed something".to_owned()));
    }
    let (is, should) = (bench.picture(), calm(data, &acts)?);
    if is != should {
        let only = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|line| !b.contains(line)).take(3).cloned().collect()
        };
        let (much, missing) = (only(&is, &should), only(&should, &is));
        return Err(say(format!("too much {much:?}; missing {missing:?}")));
    }
    Ok(())
}

/// One run that dies somewhere, or ends before that.
fn die(bench: &Bench, rng: &mut Rng) {
    let when = if rng.below(2) == 0 { When::Before } else { When::After };
    let kill = KillAt { call: 1 + rng.below(400), when };
    let ended = run_killed(&bench.world, kill, |platform| bench.run_once(platform));
    let wait = match ended {
        Ending::Finished(Ok((RunState::Paused(at), _))) => {
            at.0.saturating_sub(bench.world.now().0).min(600_000)
        }
        _ => 20_000 + rng.below(130_000),
    };
    bench.world.advance(wait);
}

fn calm(data: &World, acts: &[(u64, Act)]) -> Result<Vec<String>, String> {
    let bench = bench(0, data);
    let mut truth = data.clone();
    for (_, act) in acts {
        carry_out(&bench, &mut truth, act);
    }
    bench.settle(20)?;
    bench.settle(20)?;
    Ok(bench.picture())
}

fn draw(seed: u64, data: &World) -> Vec<(u64, Act)> {
    let mut rng = Rng::new(seed, "people");
    let mut below = |end: usize| usize::try_from(rng.below(end as u64)).unwrap_or(0);
    let mut acts: Vec<(u64, Act)> = Vec::new();
    let shared = shared_editions(data);
    for _ in 0..below(7) {
        let at = below(usize::try_from(RUNS).unwrap_or(1)) as u64;
        let asset = below(data.assets.len());
        let edition = below(shared.len());
        acts.push((
            at,
            match below(5) {
                0 => Act::NewVersion(asset),
                1 => Act::Copyright(asset, at),
                2 => Act::Leave(asset),
                3 => Act::Return(asset),
                _ => Act::Cancel(shared[edition]),
            },
        ));
    }
    acts.sort_by_key(|(at, _)| *at);
    acts
}

/// The first edition of each title whose images serve others, too. An image whose only edition is
/// cancelled stays for a person to decide, so that its end depends on the moment.
fn shared_editions(data: &World) -> Vec<i64> {
    let alone = |product: i64| {
        let meant = data.assets.iter().filter_map(|asset| asset.meant_for.as_ref());
        meant.filter(|m| m.product_ids.len() == 1).any(|m| m.product_ids[0] == product)
    };
    let several = data.titles.iter().filter(|title| title.products.len() > 1);
    let firsts = several.map(|title| title.products[0].product_id);
    firsts.filter(|product| !alone(*product)).collect()
}

/// Where an asset lies from the beginning, if it is approved.
fn home(data: &World, asset: &str) -> Option<String> {
    let approved = data.collections.iter().filter(|c| APPROVED.contains(&c.id.as_str()));
    let mut homes = approved.filter(|c| c.asset_ids.iter().any(|id| id == asset));
    homes.next().map(|c| c.id.clone())
}

fn carry_out(bench: &Bench, truth: &mut World, act: &Act) {
    let now = bench.world.now().0;
    let id = |n: usize| truth.assets[n].id.clone();
    match act {
        Act::NewVersion(n) => {
            let id = id(*n);
            truth.assets[*n].image.marker += "-again";
            let image = truth.assets[*n].image.clone();
            assert!(bench.on_smintio(|s| s.new_file_version(now, &id, image)));
        }
        Act::Copyright(n, year) => {
            let copyright = Some(Some(format!("© {} Somebody Else", 2000 + year)));
            let change = MetadataChange { copyright, ..MetadataChange::default() };
            assert!(bench.on_smintio(|s| s.change_metadata(now, &id(*n), change)));
        }
        Act::Leave(n) => {
            let home = home(truth, &id(*n));
            home.map(|home| bench.on_smintio(|s| s.remove_from_collection(&home, &id(*n))));
        }
        Act::Return(n) => {
            let home = home(truth, &id(*n));
            home.map(|home| bench.on_smintio(|s| s.add_to_collection(&home, &id(*n))));
        }
        Act::Cancel(product) => bench
            .on_consonance(|c| c.act(now, |person| person.set_status(*product, "01")))
            .expect("a known product"),
    }
}
