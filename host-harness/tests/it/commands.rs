//! The commands of an engineer's day, each against the simulated vendors.

use crate::simulated::{Ran, Tenant};
use serde_json::Value;

fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, Some(0), "{}{}", ran.shown, ran.told);
    serde_json::from_str(&ran.shown).unwrap_or_else(|error| panic!("{error}: {}", ran.shown))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_shows_as_much_as_was_asked_for() {
    let tenant = Tenant::start("plan", 10).await;
    let whole = json(&tenant.run(&["--json", "plan"]).await);
    let all = whole["changes"].as_array().expect("changes");
    assert!(all.len() > 5, "{} changes", all.len());
    assert_eq!(whole["more"], false);
    let some = json(&tenant.run(&["--json", "plan", "--limit", "3"]).await);
    assert_eq!(some["changes"].as_array().map(Vec::as_slice), Some(&all[..3]));
    assert_eq!(some["more"], true);
    assert_eq!(some["approved-assets"], whole["approved-assets"]);
    let text = tenant.run(&["plan", "--limit", "3"]).await.shown;
    assert!(text.contains("The first 3 changes"), "{text}");
    let text = tenant.run(&["plan", "--all"]).await.shown;
    assert!(text.contains(&format!("{} changes planned", all.len())), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_can_be_exported_forgotten_and_looked_at_again() {
    let tenant = Tenant::start("stored", 10).await;
    json(&tenant.run(&["--json", "run"]).await);
    let items = json(&tenant.run(&["--json", "inbox", "list"]).await);
    let id = items[0]["id"].as_str().expect("an item").to_owned();

    let out = tenant.file("export.jsonl");
    let said = json(&tenant.run(&["--json", "inbox", "export", "--out", "export.jsonl"]).await);
    let text = std::fs::read_to_string(&out).expect("a file");
    let keys: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a JSON line")["key"].to_string())
        .collect();
    assert_eq!(said["records"], keys.len());
    for kind in ["\"title/", "\"asset/", "\"cursor/", "\"inbox/", "\"audit/"] {
        assert!(keys.iter().any(|key| key.starts_with(kind)), "{kind}");
    }
    assert_eq!(tenant.run(&["inbox", "export"]).await.shown, text);
    for secret in ["consonance-key", "smintio-client-secret", "smintio-refresh-token"] {
        let secret = std::fs::read_to_string(tenant.file(&format!("connector.{secret}")));
        assert!(!text.contains(secret.expect("a secret").trim()));
    }

    assert_eq!(tenant.run(&["inbox", "replay", &id]).await.code, Some(0));
    let gone = tenant.run(&["inbox", "show", &id]).await;
    assert_eq!(gone.code, Some(1), "{}", gone.told);
    let again = json(&tenant.run(&["--json", "run"]).await);
    assert_eq!((&again["writes"], &again["state"]), (&Value::from(0), &Value::from("done")));
    assert_eq!(tenant.run(&["inbox", "show", &id]).await.code, Some(0), "asked again");

    let asked = tenant.run(&["inbox", "reset", "--flow", "approved-assets"]).await;
    assert_eq!(asked.code, Some(2));
    assert!(asked.told.contains("--yes") && asked.told.contains("keeps"), "{}", asked.told);
    let requests = |ran: &Value| ran["requests"]["smintio-clapi.feed"].as_u64().unwrap_or(0);
    let wrong = tenant.run(&["inbox", "reset", "--flow", "nonsense", "--yes"]).await;
    assert_eq!(wrong.code, Some(2), "{}", wrong.told);
    let reset = tenant.run(&["inbox", "reset", "--flow", "approved-assets", "--yes"]).await;
    assert_eq!(reset.code, Some(0), "{}", reset.told);
    let after = json(&tenant.run(&["--json", "run"]).await);
    assert_eq!(after["writes"], 0, "nothing is written twice");
    assert!(requests(&after) > requests(&again), "{after:#} after {again:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_chosen_is_discovered() {
    let tenant = Tenant::start("discover", 10).await;
    let before = json(&tenant.run(&["--json", "discover"]).await);
    let of = |found: &Value, kind: &str| -> Vec<Value> {
        let all = found.as_array().expect("a list").iter();
        all.filter(|choice| choice["kind"] == kind).cloned().collect()
    };
    let covers = of(&before, "collection").into_iter().find(|c| c["value"] == "8101");
    let covers = covers.expect("the approval collection");
    assert_eq!(covers["label"], "Approved covers");
    assert!(covers["count"].as_u64().is_some_and(|count| count > 0), "{covers}");
    assert!(of(&before, "download-item").iter().any(|item| item["value"] == "jpeg-original"));
    for kind in ["facet", "role", "format", "variant"] {
        assert!(!of(&before, kind).is_empty(), "{kind}: {before:#}");
    }
    assert!(of(&before, "project-stage").is_empty(), "no title was read yet");
    let text = tenant.run(&["discover"]).await.shown;
    assert!(text.contains("known after the first `plan`"), "{text}");
    json(&tenant.run(&["--json", "run", "--flow", "title-tags"]).await);
    let after = json(&tenant.run(&["--json", "discover"]).await);
    for kind in ["project-stage", "imprint", "form"] {
        assert!(of(&after, kind).iter().all(|c| c["count"].as_u64() > Some(0)), "{after:#}");
        assert!(!of(&after, kind).is_empty(), "{kind}: {after:#}");
    }
    assert_eq!(of(&after, "collection"), of(&before, "collection"), "our own are no choice");
}
