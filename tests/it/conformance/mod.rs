//! The conformance table of the simulators: `tests/cases/conformance/*.json`, one case per behaviour
//! that the vendors' facts tell. Every case passes through both doors: real HTTP on loopback, and
//! the in-process vendors in which the rest of the suite runs.

mod case;
mod door;
mod http;
mod matching;
mod process;
mod small;

use case::Case;
use door::Door;
use simulators::modes;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Opens a door to fresh vendors in these modes.
type Open = fn(&[String]) -> Box<dyn Door>;

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/conformance");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the cases")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a text");
        let read: Vec<Case> =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        all.extend(read);
    }
    all
}

fn failures(open: Open) -> Vec<String> {
    let failed = cases().into_iter().filter_map(|case| {
        let mut door = open(&case.modes);
        let why = case.run(door.as_mut()).err()?;
        Some(format!("{} (facts {}): {why}", case.name, case.facts))
    });
    failed.collect()
}

#[test]
fn over_real_http() {
    let failed = failures(http::open);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn in_process() {
    let failed = failures(process::open);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A table whose rows cannot fail proves nothing: every case fails at vendors that answer
/// something else to everything.
#[test]
fn every_case_can_fail() {
    let blind: Vec<String> = cases()
        .into_iter()
        .filter(|case| case.run(&mut door::Nonsense::default()).is_ok())
        .map(|case| case.name)
        .collect();
    assert!(blind.is_empty(), "these cases cannot fail: {}", blind.join(", "));
}

/// `docs/CONFORMANCE.md` names every case and every mode, and every mode is in some case.
#[test]
fn the_page_names_every_case_and_every_mode() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/CONFORMANCE.md");
    let page = fs::read_to_string(page).expect("the page");
    let cases = cases();
    let mut names = BTreeSet::new();
    let mut missing = Vec::new();
    for case in &cases {
        assert!(names.insert(case.name.as_str()), "two cases are called {}", case.name);
        assert!(!case.facts.is_empty() && !case.steps.is_empty(), "{}", case.name);
        if !page.contains(&format!("`{}`", case.name)) {
            missing.push(format!("the page does not name the case {}", case.name));
        }
    }
    let used: BTreeSet<&str> = cases.iter().flat_map(|c| &c.modes).map(String::as_str).collect();
    for mode in modes::all() {
        // No case speaks the channel's protocol: `server/push/tests.rs` does.
        if !used.contains(mode.name) && !mode.name.starts_with("push-") {
            missing.push(format!("no case shows the mode {}", mode.name));
        }
        if !page.contains(&format!("`{}`", mode.name)) {
            missing.push(format!("the page does not name the mode {}", mode.name));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
