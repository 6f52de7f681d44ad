//! The change log against what the vendor is known to do, and each kind against a plain purchase.

use super::*;
use crate::world::generate;
use crate::world::seed::World;
use serde_json::Value;
use std::collections::BTreeSet;
use time::macros::date;

fn world() -> World {
    generate(&Options { titles: 429, seed: 2, today: date!(2026 - 11 - 23) })
}

/// The latest document of the purchase behind the first asset with that trait.
fn of_kind<'a>(world: &'a World, kind: &str) -> &'a PurchaseSeed {
    let asset = world.assets.iter().find(|asset| asset.trait_name() == Some(kind)).expect(kind);
    let uuid = &asset.raw_data["licenceTransaction"];
    world.purchases.iter().rev().find(|seed| seed.document["uuid"] == *uuid).expect(kind)
}

#[test]
fn the_first_page_is_unsyncable_and_a_reuse_shares_its_originals_page() {
    let world = world();
    let log = &world.purchases;
    assert!(log[..50].iter().all(|seed| seed.document["can_be_synced"] == false));
    assert!(log[50..60].iter().any(|seed| seed.document["can_be_synced"] == true));
    let place = |uuid: &Value| log.iter().position(|seed| seed.document["uuid"] == *uuid);
    let reuses: Vec<_> = log
        .iter()
        .enumerate()
        .filter_map(|(n, seed)| {
            let original = seed.document.get("reused_license_purchase_transaction_uuid")?;
            Some((n, place(original).expect("the original is in the log")))
        })
        .collect();
    assert!(!reuses.is_empty());
    for (reuse, original) in reuses {
        assert!(reuse < original, "{reuse} {original}");
        assert!([10, 50].iter().all(|page| reuse / page == original / page), "{reuse} {original}");
    }
}

#[test]
fn later_versions_come_later_and_nothing_is_null() {
    let world = world();
    let mut versions = BTreeMap::new();
    for seed in &world.purchases {
        let uuid = seed.document["uuid"].as_str().expect("text").to_owned();
        let version = seed.document["version"].as_i64().expect("a number");
        assert!(versions.insert(uuid, version).is_none_or(|before| before < version));
        assert!(!seed.document.to_string().contains(":null"), "{}", seed.document);
        assert!(seed.binaries.iter().all(|b| b.document.get("download_url").is_none()));
    }
    assert!(versions.len() < world.purchases.len(), "nothing was delivered twice");
    let named = world.assets.iter().filter_map(|asset| asset.raw_data.get("licenceTransaction"));
    assert!(named.filter_map(Value::as_str).all(|uuid| versions.contains_key(uuid)));
}

#[test]
fn each_kind_shows_what_is_special_about_it() {
    let world = world();
    let term =
        |kind: &str, field: &str| of_kind(&world, kind).document["license_terms"][0][field].clone();
    let field =
        |kind: &str, pointer: &str| of_kind(&world, kind).document.pointer(pointer).cloned();
    for (kind, pointer, expected) in [
        ("cancelled", "/state", Some(json!("cancelled"))),
        ("cancelled", "/can_be_synced", Some(json!(true))),
        ("cancelled-hidden", "/state", Some(json!("cancelled"))),
        ("cancelled-hidden", "/can_be_synced", Some(json!(false))),
        ("sync-absent", "/can_be_synced", None),
        ("terms-empty", "/license_terms", Some(json!([]))),
        ("two-terms", "/license_terms/1/sequence_number", Some(json!(2))),
        ("editorial", "/license_terms/0/is_editorial_use", Some(json!(true))),
        ("incomplete", "/state", Some(json!("downloading"))),
        (
            "unreleased",
            "/content_element/release_details/model_release_state",
            Some(json!("not_released")),
        ),
        ("release-unknown", "/content_element/release_details", None),
        ("reuse-spent", "/current_reuses", Some(json!(1))),
        ("profiled", "/content_element/provider", Some(json!("adobestock"))),
        ("profiled", "/license_terms/0/allowed_usages", Some(json!([]))),
        ("redelivered", "/version", Some(json!(5))),
    ] {
        assert_eq!(field(kind, pointer), expected, "{kind} {pointer}");
    }
    let today = "2026-11-23";
    assert!(term("expired", "valid_until").as_str().is_some_and(|until| until < today));
    assert!(term("expiring", "valid_until").as_str().is_some_and(|until| until > today));
    assert!(term("first-use-missed", "to_be_used_until").is_string());
    assert!(term("unknown-keys", "restricted_usages")[0].is_string());
    assert_eq!(of_kind(&world, "compound").binaries.len(), 3);
    assert_eq!(of_kind(&world, "binary-version-2").binaries[0].document["version"], 2);
    for kind in ["html-text", "mojibake-text"] {
        assert!(field(kind, "/license_text/effective_text/0/value").is_some(), "{kind}");
    }
    let names: BTreeSet<_> = SPECIALS.iter().map(|special| special.name).collect();
    assert_eq!(names.len(), SPECIALS.len());
}

#[test]
fn most_stock_covers_have_nothing_against_them() {
    let world = world();
    let verdict = |name: &str| SPECIALS.iter().find(|s| s.name == name).map(|s| s.verdict);
    let stock = world.assets.iter().filter(|a| a.raw_data.contains_key("licenceTransaction"));
    let verdicts: Vec<_> = stock.map(|asset| asset.trait_name().and_then(verdict)).collect();
    let bad = verdicts.iter().filter(|v| matches!(v, Some("blocked" | "needs_review"))).count();
    assert!(
        (verdicts.len() / 10..verdicts.len() / 4).contains(&bad),
        "{bad} of {}",
        verdicts.len()
    );
}
