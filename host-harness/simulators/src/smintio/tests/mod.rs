//! The conformance table: one row per behaviour that the facts page states, with its section.
//! A row that fails prints its name and source.

mod bench;
mod clapi;
mod collections;
mod downloads;
mod identity;
mod portals;
mod scale;
mod search;

use bench::{Bench, Reading};
use std::collections::BTreeSet;

/// One behaviour.
pub struct Row {
    /// What the server does.
    name: &'static str,
    /// Section of the facts page.
    source: &'static str,
    /// Proves it on a fresh server.
    check: fn(&mut Bench),
}

const TABLES: &[&[Row]] =
    &[identity::ROWS, clapi::ROWS, portals::ROWS, search::ROWS, collections::ROWS, downloads::ROWS];

#[test]
fn conformance() {
    let mut names = BTreeSet::new();
    for row in TABLES.iter().copied().flatten() {
        assert!(names.insert(row.name), "two rows are called {}", row.name);
        eprintln!("{} (facts {})", row.name, row.source);
        (row.check)(&mut Bench::new());
    }
}

/// The same seed and the same requests give the same answers, byte for byte.
#[test]
fn deterministic() {
    let run = || {
        let mut bench = Bench::new();
        let mut seen = bench.token_answer().to_string();
        bench.sign_in();
        seen += &bench.raw("GET", "/consumer/v1/metadata/sync", "").text();
        seen += &bench.call("IAssetsSearch", "searchAssetsAsync", "{}").to_string();
        seen + &bench.link("a-jpeg", "original")
    };
    assert_eq!(run(), run());
}

#[test]
fn unconfirmed_names_are_listed_once_with_a_source() {
    let mut seen = BTreeSet::new();
    for name in super::unconfirmed::names() {
        assert!(seen.insert(name.what), "{} is listed twice", name.what);
        assert!(!name.value.is_empty() && !name.source.is_empty(), "{}", name.what);
    }
}
