//! The built component, through the reference platform and its command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use host_harness::limits::Limits;
use host_harness::platform::Platform;

/// Everything that the component may import: the world's own, and what std needs on wasm32-wasip2.
const IMPORTS: [&str; 21] = [
    "consonance-smintio:connector/credentials@0.1.0",
    "consonance-smintio:connector/state@0.1.0",
    "consonance-smintio:connector/telemetry@0.1.0",
    "consonance-smintio:connector/types@0.1.0",
    "wasi:cli/environment@0.2.6",
    "wasi:cli/exit@0.2.6",
    "wasi:cli/stderr@0.2.6",
    "wasi:cli/stdin@0.2.6",
    "wasi:cli/stdout@0.2.6",
    "wasi:cli/terminal-input@0.2.6",
    "wasi:cli/terminal-output@0.2.6",
    "wasi:cli/terminal-stderr@0.2.6",
    "wasi:cli/terminal-stdin@0.2.6",
    "wasi:cli/terminal-stdout@0.2.6",
    "wasi:clocks/monotonic-clock@0.2.6",
    "wasi:clocks/wall-clock@0.2.6",
    "wasi:http/outgoing-handler@0.2.4",
    "wasi:http/types@0.2.4",
    "wasi:io/error@0.2.6",
    "wasi:io/poll@0.2.6",
    "wasi:io/streams@0.2.6",
];

/// Imports that std or a library adds or drops with its version.
const IMPORTS_ALLOWED: [&str; 2] = ["wasi:random/insecure-seed@0.2.6", "wasi:random/random@0.2.6"];

#[test]
fn the_component_imports_what_the_world_and_std_need_and_nothing_else() {
    let platform = Platform::new(Limits::default(), None).expect("the embedded component");
    let imports: Vec<String> = platform.component_imports();
    for import in &imports {
        let known =
            IMPORTS.contains(&import.as_str()) || IMPORTS_ALLOWED.contains(&import.as_str());
        assert!(known, "{import} is new");
    }
    for import in IMPORTS {
        assert!(imports.iter().any(|i| i == import), "{import} is gone");
    }
}

/// The command line, built beside this test.
fn connector() -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let folder = test.parent().and_then(Path::parent).expect("the profile's folder");
    folder.join("connector")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(connector()).args(arguments).output().expect("the command line runs")
}

fn case_file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("cases/clearance").join(name).display().to_string()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn worked_clearance_cases_hold_in_the_component() {
    for name in ["examples.json", "ours.json", "bad-input.json"] {
        let output = run(&["clearance", "--what-if", &case_file(name), "--check"]);
        assert!(output.status.success(), "{name}: {}", text(&output.stdout));
    }
}

#[test]
fn a_spoilt_expectation_is_found() {
    let good = std::fs::read_to_string(case_file("examples.json")).expect("the cases");
    let spoilt = good.replacen("\"verdict\": \"cleared\"", "\"verdict\": \"blocked\"", 1);
    assert_ne!(good, spoilt);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("spoilt.json");
    std::fs::write(&file, spoilt).expect("written");
    let output = run(&["clearance", "--what-if", &file.display().to_string(), "--check"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
}

#[test]
fn one_json_line_per_case() {
    let output = run(&["clearance", "--what-if", &case_file("examples.json")]);
    let lines: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect();
    assert_eq!(lines.len(), 16);
    assert_eq!(lines[0]["id"], "v01");
    assert_eq!(lines[0]["verdict"], "cleared");
}

#[test]
fn the_demo_runs_twice_and_writes_once() {
    let output = run(&["demo", "--titles", "30"]);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{shown}\n{}", text(&output.stderr));
    assert!(shown.contains("0 changes made at the vendors"), "{shown}");
}

#[test]
fn every_flow_writes_once_and_a_renamed_imprint_is_one_change() {
    let output = run(&["--json", "bench", "sync", "--titles", "30", "--rename-imprint"]);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{shown}\n{}", text(&output.stderr));
    let measured: serde_json::Value = serde_json::from_str(&shown).expect("one JSON document");
    let rows = measured["runs"].as_array().expect("the runs");
    let changes = |run: &str| -> Vec<u64> {
        let rows = rows.iter().filter(|row| row["run"] == run && row["ended"] == "done");
        rows.filter_map(|row| row["changes"].as_u64()).collect()
    };
    assert!(changes("first").len() == 5 && changes("first").iter().sum::<u64>() > 0, "{shown}");
    assert_eq!(changes("again"), [0; 5], "{shown}");
    assert_eq!(changes("imprint renamed").first(), Some(&1), "its tag: {shown}");
}

#[test]
fn ten_mistakes_are_ten_problems() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("connector.toml");
    std::fs::write(&file, MISTAKES).expect("written");
    let output = run(&["--config", &file.display().to_string(), "check"]);
    let shown = text(&output.stderr) + &text(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{shown}");
    for path in [
        "first-run",
        "accept-unproven",
        "consonance.base-url",
        "consonance.connection",
        "smintio.portals.base-url",
        "smintio.portals.poll-ms",
        "source[0].role",
        "source[0].download-item",
        "engine.settle-ms",
        "surprise",
    ] {
        assert!(shown.contains(&format!("{path}:")), "{path} is not listed:\n{shown}");
    }
}

const MISTAKES: &str = r#"
first-run = "perhaps"
accept-unproven = "yes"
surprise = 1

[consonance]
base-url = "ftp://example.com"
connection = "No Such Name"

[smintio.portals]
base-url = "https://example.com/path"
portal = "p"
connection = "portals"
poll-ms = 0

[[source]]
collection = "1"
role = "back_cover"
download-item = 5

[engine]
settle-ms = "soon"

[platform]
store = "store.redb"

[platform.credentials.portals]
kind = "api-key"
scheme = "Bearer"
key = { env = "NOT_SET_ANYWHERE" }
"#;
