//! What the hash of the mapping follows, and what not.

use serde_json::json;

use super::*;

fn hash(config: &Value) -> String {
    parse(&config.to_string()).unwrap().mapping_hash
}

#[test]
fn the_hash_follows_the_mapping_only() {
    let plain = hash(&smallest());
    assert_eq!(plain.len(), 64);
    let changes = [
        (
            "/source",
            json!([{"collection": "8102", "role": "front_cover", "download-item": "jpeg"}]),
        ),
        ("/link-rule", json!([{"name": "a", "key": "isbn", "from": "name"}])),
        ("/role-rule", json!([{"role": "social", "when": "name"}])),
        ("/format-rule", json!([{"format": "all", "when": "name"}])),
        ("/purchase-rule", json!([{"name": "a", "kind": "purchase", "from": "name"}])),
        ("/specification", json!([{"role": "social", "short-side-min": 50}])),
        ("/built-in-rules", json!(false)),
        ("/engine/rights-link-role", json!("Other")),
        ("/smintio/portals/culture", json!("de")),
        ("/smintio/portals/asset-page", json!("https://x.example/{asset}")),
    ];
    for (pointer, value) in changes {
        assert_ne!(hash(&with(pointer, value)), plain, "{pointer}");
    }
    let others = [
        ("/first-run", json!("apply")),
        ("/accept-unproven", json!(true)),
        ("/start-from", json!("2026-01-01")),
        ("/consonance/base-url", json!("https://other.example")),
        ("/consonance/connection", json!("other")),
        ("/consonance/profile/graphql-path", json!("/x")),
        ("/smintio/portals/base-url", json!("https://other.example")),
        ("/smintio/portals/poll-ms", json!(9_000)),
        ("/smintio/clapi", json!({"base-url": "https://c.example", "connection": "c"})),
        ("/attachment", json!([{"asset": "a", "reference": "r"}])),
        ("/rights/legal-entity", json!("Us")),
        ("/engine/settle-ms", json!(1)),
        // A default written out is the same mapping.
        ("/engine/rights-link-role", json!("Smint.io rights")),
        ("/built-in-rules", json!(true)),
    ];
    for (pointer, value) in others {
        assert_eq!(hash(&with(pointer, value)), plain, "{pointer}");
    }
}
