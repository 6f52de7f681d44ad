//! The connector against every named mode of the vendors: whatever they do, nothing that people
//! made is touched, nothing uncleared goes out, and what a run calls done holds.

use super::audit::{audit, escaped, forbidden};
use super::bench::{Bench, bench, bench_of, data};
use consonance_smintio::api;
use simulators::faults::FaultPlan;
use simulators::modes::{self, Kind, Mode, Modes};
use simulators::world::seed::World;
use std::collections::BTreeSet;

const TITLES: usize = 10;
/// Calls that a patient host makes while it goes wrong.
const TRIES: u32 = 8;

/// Where the vendor itself moves on from run to run, so that a later run has more to do.
const MOVES_ON: [&str; 3] = ["mutations-refused-at-times", "feed-repeats", "feed-grows"];

/// What the connector does not get right yet, with a part of what is seen. Whoever mends one takes
/// it off this list: the test fails if it is not seen any more.
const KNOWN: [(&str, &str); 0] = [];

/// Where a person has to say that it was mended: a page instead of a file looks like a wrong file.
const ONLY_A_PERSON: [&str; 1] = ["file-html"];

/// The vendors in a mode, with the connector's world around them.
fn in_mode(mode: &Mode, data: &World) -> (Bench, World) {
    let modes = Modes::named(&[mode.name]).expect("a known mode");
    let mut world = data.clone();
    // Contents first: the settings below belong to the vendors that are made from them.
    let (mut c, mut s) = Default::default();
    modes.prepare(&mut world, &mut c, &mut s);
    let mut bench = bench_of(0, &world, |c, s| modes.prepare(&mut data.clone(), c, s));
    let [at_consonance, at_smintio] = modes.plans(1);
    bench.consonance.with(|core| core.0.plan = at_consonance);
    bench.smintio.with(|core| core.0.plan = at_smintio);
    // What an engineer would have read from the schema.
    let selection = match mode.name {
        "errors-by-field" => "field messages",
        "errors-by-attribute" => "attribute message",
        _ => "",
    };
    bench.config["consonance"]["profile"] = serde_json::json!({ "errors-selection": selection });
    (bench, world)
}

/// What must hold however a run ended.
fn harm(bench: &Bench, mode: &Mode, never: &BTreeSet<Vec<u8>>) -> Option<String> {
    let resources = bench.on_consonance(|c| c.resources());
    let foreign: Vec<_> = resources.into_iter().filter(|r| r.foreign).collect();
    if foreign != bench.foreign {
        return Some("something that people made was changed".to_owned());
    }
    // Other contents can clear what was not cleared before.
    let out = if mode.kind() == Kind::Contents { Vec::new() } else { escaped(bench, never) };
    (!out.is_empty()).then(|| format!("uncleared images went out: {out:?}"))
}

fn heal(bench: &Bench) {
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    bench.smintio.with(|core| core.0.plan = FaultPlan::none());
}

/// How it ended, and what is wrong with that.
fn end(mode: &Mode, data: &World, calm: &[String]) -> (String, Vec<String>) {
    let never = forbidden(data);
    let (bench, world) = in_mode(mode, data);
    let ended = bench.settle(TRIES);
    let mut wrong: Vec<String> = harm(&bench, mode, &never).into_iter().collect();
    let said = match &ended {
        Ok(report) => {
            format!("done, {} at Consonance, inbox {}", bench.ours().len(), inbox(report))
        }
        Err(why) => format!("not done: {why}"),
    };
    if mode.kind() == Kind::Fault {
        heal(&bench);
        bench.world.advance(200_000);
        if ONLY_A_PERSON.contains(&mode.name) && !says_retry(&bench) {
            wrong.push("no person was asked: take it off the list".to_owned());
        }
        wrong.extend(settled_as(&bench, &world, calm));
    } else if mode.kind() == Kind::Manner && ended.is_ok() {
        wrong.extend(audit(&bench, &world));
    }
    if mode.kind() != Kind::Fault && ended.is_ok() && !MOVES_ON.contains(&mode.name) {
        wrong.extend(second_run(&bench));
    }
    (said, wrong)
}

/// A person says of every file that was wrong that it was mended; false: nobody was asked.
fn says_retry(bench: &Bench) -> bool {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    let files: Vec<_> = page.items.into_iter().filter(|item| item.kind == "wrong-file").collect();
    for item in &files {
        api::inbox::resolve(&bench.world, &config, &item.id, "retry").expect("an answer");
    }
    !files.is_empty()
}

fn inbox(report: &consonance_smintio::api::connector::Report) -> String {
    report.flows.iter().map(|flow| flow.inbox.to_string()).collect::<Vec<_>>().join("+")
}

/// What is there and should not be, and what is missing, after everything was over.
fn differences(found: &[String], calm: &[String]) -> Vec<String> {
    let only = |a: &[String], b: &[String], what: &str| -> Vec<String> {
        let odd = a.iter().filter(|line| !b.contains(line));
        odd.map(|line| format!("{what}: {line}")).collect()
    };
    let mut all = only(found, calm, "too much");
    all.extend(only(calm, found, "missing"));
    if all.is_empty() && found.len() != calm.len() {
        all.push(format!("{} things instead of {}", found.len(), calm.len()));
    }
    all
}

/// Runs to the end; what is not as it would be without faults.
fn settled_as(bench: &Bench, world: &World, calm: &[String]) -> Vec<String> {
    if let Err(why) = bench.settle(30) {
        return vec![format!("not done after it was over: {why}")];
    }
    let mut wrong = differences(&bench.picture(), calm);
    wrong.extend(audit(bench, world));
    wrong
}

/// A run after one that was done must not write.
fn second_run(bench: &Bench) -> Option<String> {
    let before = bench.mutations();
    bench.settle(TRIES).ok()?;
    let more = bench.mutations() - before;
    (more > 0).then(|| format!("a second run without changes made {more} writes"))
}

#[test]
fn no_mode_of_the_vendors_does_harm() {
    let data = data(TITLES);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let calm = calm.picture();
    let mut failures = Vec::new();
    for mode in modes::all() {
        let (said, wrong) = end(&mode, &data, &calm);
        eprintln!("{:30} {}", mode.name, said.chars().take(200).collect::<String>());
        let known = KNOWN.iter().find(|(name, _)| *name == mode.name);
        match known {
            Some((_, seen)) if wrong.iter().any(|why| why.contains(seen)) => {}
            Some((_, seen)) => failures.push(format!("{}: {seen:?} is not seen", mode.name)),
            None => failures.extend(wrong.into_iter().map(|why| format!("{}: {why}", mode.name))),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
