//! What a person mistypes, forgets or takes back: told in full, and nothing is lost by it.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::simulated::{Ran, Tenant};

fn parsed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.shown).unwrap_or_else(|error| panic!("{error}: {}", ran.shown))
}

/// Changes the configuration of a tenant; each text must stand there.
fn rewrite(tenant: &Tenant, changes: &[(&str, &str)]) {
    let path = tenant.file("connector.toml");
    let mut text = std::fs::read_to_string(&path).expect("a configuration");
    for (from, to) in changes {
        assert!(text.contains(from), "{from} stands in\n{text}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(path, text).expect("written");
}

const KEY: (&str, &str) =
    ("file = \"connector.consonance-key\"", "env = \"NOBODY_SETS_THIS_VARIABLE\"");

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_is_not_set_is_a_mistake_of_the_configuration() {
    let tenant = Tenant::start("variable", 2).await;
    rewrite(&tenant, &[KEY]);
    for command in ["check", "plan", "run", "discover"] {
        let ran = tenant.run(&[command]).await;
        assert_eq!(ran.code, Some(2), "{command}: {}", ran.told);
        for part in ["NOBODY_SETS_THIS_VARIABLE", "platform.credentials.consonance.key"] {
            assert!(ran.told.contains(part), "{command}: {}", ran.told);
        }
    }
    let listed = tenant.run(&["inbox", "list"]).await;
    assert_eq!(listed.code, Some(0), "what is stored needs no credential: {}", listed.told);
}

/// The paths of everything that a check finds wrong with the configuration.
async fn mistakes(tenant: &Tenant) -> Vec<String> {
    let ran = tenant.run(&["--json", "check"]).await;
    assert_eq!(ran.code, Some(2), "{}", ran.told);
    let problems = parsed(&ran)["problems"].clone();
    let paths = problems.as_array().expect("a list").iter().filter_map(|p| p["path"].as_str());
    let mut paths: Vec<String> = paths.map(str::to_owned).collect();
    paths.sort_unstable();
    paths
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_of_every_part_are_told_at_once() {
    let tenant = Tenant::start("mistakes", 2).await;
    rewrite(&tenant, &[("[platform]\n", "[platform]\nstroe = \"x\"\n"), KEY]);
    let path = tenant.file("connector.toml");
    let text = std::fs::read_to_string(&path).expect("a configuration");
    std::fs::write(path, format!("accept-unprovn = true\n{text}")).expect("written");
    for secret in ["client-secret", "refresh-token"] {
        std::fs::remove_file(tenant.file(&format!("connector.smintio-{secret}"))).expect("gone");
    }
    let expected = [
        "accept-unprovn",
        "platform.credentials.consonance.key",
        "platform.credentials.smintio.client-secret",
        "platform.credentials.smintio.refresh-token",
        "platform.stroe",
    ];
    assert_eq!(mistakes(&tenant).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_not_there_says_what_to_do() {
    let tenant = Tenant::start("absent", 2).await;
    std::fs::remove_file(tenant.file("connector.smintio-refresh-token")).expect("gone");
    std::fs::write(tenant.file("connector.consonance-key"), "\n").expect("written");
    let ran = tenant.run(&["run"]).await;
    assert_eq!(ran.code, Some(2), "{}", ran.told);
    for part in ["2 problems", "connector login smintio", "connector.consonance-key is empty"] {
        assert!(ran.told.contains(part), "{}", ran.told);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_used_connection_needs_stops_nothing() {
    let tenant = Tenant::start("unused", 2).await;
    let path = tenant.file("connector.toml");
    let text = std::fs::read_to_string(&path).expect("a configuration");
    let unused = "[platform.credentials.spare]\nkind = \"api-key\"\n\
                  key = { env = \"NOBODY_SETS_THIS_VARIABLE\" }\n";
    std::fs::write(&path, format!("{text}\n{unused}")).expect("written");
    let ran = tenant.run(&["discover"]).await;
    assert_eq!(ran.code, Some(0), "{}", ran.told);
    rewrite(&tenant, &[("connection = \"consonance\"", "connection = \"spare\"")]);
    assert_eq!(mistakes(&tenant).await, ["platform.credentials.spare.key"]);
    rewrite(&tenant, &[("connection = \"spare\"", "connection = \"nobody\"")]);
    assert_eq!(mistakes(&tenant).await, ["platform.credentials.nobody"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_writes_over_nothing_unasked() {
    let tenant = Tenant::start("export", 2).await;
    std::fs::write(tenant.file("mine.jsonl"), "mine").expect("written");
    let export = ["inbox", "export", "--out", "mine.jsonl"];
    let refused = tenant.run(&export).await;
    assert_eq!(refused.code, Some(2), "{}", refused.told);
    assert!(refused.told.contains("--overwrite"), "{}", refused.told);
    assert_eq!(std::fs::read_to_string(tenant.file("mine.jsonl")).expect("a file"), "mine");
    let asked = tenant.run(&[export.as_slice(), &["--overwrite"]].concat()).await;
    assert_eq!(asked.code, Some(0), "{}", asked.told);
    assert_ne!(std::fs::read_to_string(tenant.file("mine.jsonl")).expect("a file"), "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_can_be_corrected_and_is_shown() {
    let tenant = Tenant::start("answers", 20).await;
    assert_eq!(tenant.run(&["run"]).await.code, Some(0));
    let adoptions = ["--json", "inbox", "list", "--kind", "adoption"];
    let listed = parsed(&tenant.run(&adoptions).await);
    let id = listed[0]["id"].as_str().expect("a question").to_owned();
    assert_eq!(listed[0]["answer"], Value::Null);
    let first = tenant.run(&["inbox", "resolve", &id, "adopt"]).await;
    assert!(first.shown.contains("leave it and write nothing"), "{}", first.shown);
    assert_eq!(parsed(&tenant.run(&adoptions).await)[0]["answer"], "adopt");
    let second = tenant.run(&["inbox", "resolve", &id, "add"]).await;
    assert!(second.shown.contains("`add` instead of `adopt`"), "{}", second.shown);
    let shown = tenant.run(&["inbox", "list"]).await.shown;
    assert!(shown.contains("; 1 answered"), "{shown}");
    assert_eq!(tenant.run(&["run"]).await.code, Some(0));
    assert_eq!(tenant.run(&["inbox", "show", &id]).await.code, Some(1), "it was acted on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_says_what_clears_nothing_and_both_kinds_of_statements_are_listed() {
    let tenant = Tenant::start("statements", 2).await;
    let slip = json!({
        "id": "slip", "signer": "Ann", "signed_on": "2026-01-01", "scope": [{ "asset": "x" }],
        "usages": ["frontcover"],
    });
    std::fs::write(tenant.file("slip.json"), slip.to_string()).expect("written");
    let said = tenant.run(&["rights", "declare", "slip.json"]).await;
    assert_eq!(said.code, Some(0), "{}", said.told);
    assert!(said.shown.contains("document.usages[0]"), "{}", said.shown);
    let again = tenant.run(&["rights", "declare", "slip.json"]).await;
    assert!(!again.shown.contains("other words"), "{}", again.shown);
    let better = slip.to_string().replace("frontcover", "front_cover");
    std::fs::write(tenant.file("slip.json"), better).expect("written");
    let replaced = tenant.run(&["rights", "declare", "slip.json"]).await;
    assert!(replaced.shown.contains("with other words"), "{}", replaced.shown);
    let listed = parsed(&tenant.run(&["--json", "rights", "list"]).await);
    assert_eq!(listed["declarations"][0]["id"], "slip");
    assert_eq!(listed["overrides"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn differences_of_cases_are_json_where_json_is_asked_for() {
    let tenant = Tenant::start("cases", 2).await;
    std::fs::write(tenant.file("empty.json"), "[]").expect("written");
    let nothing = tenant.run(&["clearance", "--what-if", "empty.json", "--check"]).await;
    assert_eq!(nothing.code, Some(2), "a file without cases proves nothing: {}", nothing.told);
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/clearance/examples.json");
    let examples = std::fs::read_to_string(examples).expect("worked cases");
    let mut cases: Value = serde_json::from_str(&examples).expect("JSON");
    let expect = &mut cases["cases"][0]["expect"];
    let other = if expect["verdict"] == "blocked" { "needs_review" } else { "blocked" };
    (expect["verdict"], expect["until"]) = (json!(other), Value::Null);
    std::fs::write(tenant.file("cases.json"), cases.to_string()).expect("written");
    let ran = tenant.run(&["--json", "clearance", "--what-if", "cases.json", "--check"]).await;
    assert_eq!(ran.code, Some(1), "{} {}", ran.shown, ran.told);
    let (found, all) = (parsed(&ran), cases["cases"].as_array().expect("a list").len());
    assert_eq!(
        (&found["cases"], &found["differences"][0]["id"]),
        (&json!(all), &cases["cases"][0]["id"])
    );
    assert_eq!(found["differences"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_says_which_faults_are_on() {
    let tenant = Tenant::start("faults", 2).await;
    let mut command = tenant.command(&["simulate", "--titles", "2", "--fault", "answer-lost"]);
    let shown = tokio::task::spawn_blocking(move || {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut told = BufReader::new(child.stdout.take().expect("standard output"));
        let mut shown = String::new();
        while !shown.contains("Ctrl-C") && told.read_line(&mut shown).expect("a line") > 0 {}
        child.kill().expect("it ends");
        child.wait().expect("it ended");
        shown
    });
    let shown = shown.await.expect("no panic");
    assert!(shown.contains("Faults      answer-lost"), "{shown}");
}
