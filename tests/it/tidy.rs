//! House rules that no linter knows.

use std::fs;
use std::path::{Path, PathBuf};

/// No file of code is longer; what grows further has two jobs.
const LINES_MAX: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let whole = root().join(folder);
    if whole.is_file() {
        return vec![(folder.to_owned(), fs::read_to_string(&whole).expect("a text"))];
    }
    let mut folders = vec![whole];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&entry).expect("a text");
                found.push((entry.display().to_string(), text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

fn everything() -> Vec<(String, String)> {
    let folders = ["src", "host-harness/src", "host-harness/simulators/src", "tests/it"];
    folders.into_iter().flat_map(sources).collect()
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("tests.rs") || path.ends_with("testing.rs")
}

/// The part of a file that is not its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

#[test]
fn every_file_says_what_it_is_for_and_has_one_job() {
    for (path, text) in everything() {
        assert!(text.starts_with("//!"), "{path} has no header");
        let lines = code(&text).lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= LINES_MAX, "{path} has {lines} lines of code");
    }
}

#[test]
fn dependencies_point_one_way() {
    let rules = [
        (
            "src/model",
            &[
                "crate::consonance",
                "crate::smintio",
                "crate::rights",
                "crate::linking",
                "crate::flows",
                "crate::engine",
                "crate::state",
                "crate::config",
            ][..],
        ),
        ("src/json", &["crate::"]),
        ("src/order.rs", &["crate::"]),
        ("src/consonance", &["crate::smintio", "crate::flows", "crate::engine", "crate::state"]),
        ("src/smintio", &["crate::consonance", "crate::flows", "crate::engine", "crate::state"]),
        ("src/rights", &["crate::flows", "crate::engine", "crate::state", "crate::smintio"]),
        ("src/linking", &["crate::flows", "crate::engine", "crate::state"]),
        ("src/state", &["crate::flows", "crate::engine", "crate::api"]),
        ("src/flows", &["crate::engine", "crate::api"]),
        ("src/engine", &["crate::api", "crate::guest"]),
    ];
    for (folder, forbidden) in rules {
        for (path, text) in sources(folder).into_iter().filter(|(path, _)| !is_test(path)) {
            for name in forbidden {
                assert!(!code(&text).contains(name), "{path} names {name}");
            }
        }
    }
}

#[test]
fn the_component_cannot_panic_by_its_own_hand() {
    for (path, text) in sources("src").into_iter().filter(|(path, _)| !is_test(path)) {
        for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!("] {
            assert!(!code(&text).contains(word), "{path} holds {word}");
        }
    }
}
