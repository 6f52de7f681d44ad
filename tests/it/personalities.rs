//! Vendors of other manners than the default ones. No source says which of them is the real one, so
//! the same end must come with each: in calm, and when the answer to a change is lost.

use serde_json::json;
use simulators::consonance::{self, ChangedSince, MutationErrors, RewriteRemoteUrl};
use simulators::faults::{Action, Fault, FaultPlan, When};
use simulators::smintio::{self, Paging};
use simulators::world::seed::World;

use super::audit::audit;
use super::bench::{Bench, bench, bench_of, data};

type Adjust = fn(&mut consonance::Settings, &mut smintio::Settings);

const MANNERS: [(&str, Adjust); 16] = [
    ("the default", |_, _| {}),
    ("remote URLs rewritten", |c, _| c.rewrite_remote_url = RewriteRemoteUrl::Rewritten),
    ("remote URLs absent", |c, _| c.rewrite_remote_url = RewriteRemoteUrl::Absent),
    ("pages of seven works", |c, _| c.page_cap = Some(7)),
    ("images at once", |c, _| c.processing_reads = 0),
    ("images take ten reads", |c, _| c.processing_reads = 10),
    ("images are fetched after a minute", |c, _| c.fetch_delay_ms = 60_000),
    ("errors by field", |c, _| c.mutation_errors = MutationErrors::FieldMessages),
    ("errors by attribute", |c, _| c.mutation_errors = MutationErrors::AttributeMessage),
    ("exact changes", |c, _| c.changed_since = ChangedSince::Exact),
    ("tasks at once", |_, s| s.polls_until_done = 0),
    ("tasks take nine polls, in quotes", |_, s| {
        s.polls_until_done = 9;
        s.stray_quotes = true;
    }),
    ("pages of three assets", |_, s| s.search_page_max = 3),
    ("pages by cursor only", |_, s| {
        s.search_paging = Paging::Cursor;
    }),
    ("no cursor at the end, each purchase once", |_, s| {
        s.cursor_at_end = false;
        s.redeliver = false;
    }),
    ("whole records, short lives", |_, s| {
        s.drop_raw_data_in_search = false;
        s.file_facts_in_details = false;
        s.access_token_lifetime_s = 90;
        s.rotate_refresh_token = false;
    }),
];

#[test]
fn every_manner_comes_to_the_same_end() {
    let data = data(10);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let mut failures = Vec::new();
    for (name, adjust) in MANNERS {
        let plain = with_manners(&data, adjust);
        let ended = plain.settle(40).map(|_| ());
        failures.extend(differences(&plain, &calm, ended).map(|why| format!("{name}: {why}")));
        let lossy = with_manners(&data, adjust);
        lose_answers(&lossy);
        let ended = lossy.settle(60).map(|_| ());
        failures
            .extend(differences(&lossy, &calm, ended).map(|why| format!("{name}, lossy: {why}")));
        failures
            .extend(audit(&lossy, &data).into_iter().map(|why| format!("{name}, lossy: {why}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The world, and in the profile what an engineer would write down about these vendors.
fn with_manners(data: &World, adjust: Adjust) -> Bench {
    let mut errors = MutationErrors::Strings;
    let mut bench = bench_of(0, data, |c, s| {
        adjust(c, s);
        errors = c.mutation_errors;
    });
    let selection = match errors {
        MutationErrors::Strings => "",
        MutationErrors::FieldMessages => "field messages",
        MutationErrors::AttributeMessage => "attribute message",
    };
    bench.config["consonance"]["profile"] = json!({ "errors-selection": selection });
    bench
}

#[test]
fn a_wrong_name_in_the_profile_is_said_and_nothing_is_made() {
    let data = data(4);
    let bench = bench_of(0, &data, |c, _| c.mutation_errors = MutationErrors::FieldMessages);
    // Its refusal names no place, so that it is believed only after a look.
    let said = format!("{:?}", bench.settle(10).expect("refusals are for a person"));
    assert!(said.contains("errors"), "{said}");
    assert!(bench.ours().is_empty());
}

#[test]
fn long_collections_of_cursor_sources_are_read_whole() {
    let data = data(120);
    let [random, cursor] = [Paging::Random, Paging::Cursor].map(|paging| {
        let bench = bench_of(0, &data, |_, s| s.search_paging = paging);
        bench.settle(40).expect("a calm world");
        bench.picture()
    });
    assert!(random.len() > 200, "{}", random.len());
    assert_eq!(random, cursor);
}

/// Every second change is made and its answer lost.
fn lose_answers(bench: &Bench) {
    let fault = Fault::new(Action::LoseAnswer, When::Every(2)).containing("mutation");
    bench.consonance.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
}

fn differences(
    bench: &Bench,
    calm: &Bench,
    ended: Result<(), String>,
) -> impl Iterator<Item = String> {
    let (is, should) = (bench.picture(), calm.picture());
    let only = |a: &[String], b: &[String], what: &str| -> Vec<String> {
        let odd = a.iter().filter(|line| !b.contains(line));
        odd.take(3).map(|line| format!("{what} {line}")).collect()
    };
    let lengths = (is.len() != should.len())
        .then(|| format!("{} lines instead of {}", is.len(), should.len()));
    let mut all = only(&is, &should, "too much:");
    all.extend(only(&should, &is, "missing:"));
    all.extend(lengths);
    all.extend(ended.err());
    all.into_iter()
}
