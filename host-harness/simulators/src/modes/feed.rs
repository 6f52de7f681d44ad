//! Odd contents of the licence feed (facts 7.2 items 4 to 6), put into a world that is there.
//! Every third purchase is changed, so that its neighbours show whether the feed goes on.

use crate::world::seed::{PurchaseSeed, World};
use serde_json::{Value, json};

/// HTML that says of itself that it is not safe.
pub(super) const HTML: &str = "<p>Not for use on <b>covers</b>.</p><script>alert(1)</script>";
/// UTF-8 that was once read as Latin-1.
pub(super) const MOJIBAKE: &str = "NUR DEMO: fÃ¼r EinbÃ¤nde nicht gestattet";

/// Changes every third purchase where it stands; the number counts those that are changed.
fn every_third(world: &mut World, change: impl Fn(&mut PurchaseSeed, usize)) {
    for (number, purchase) in world.purchases.iter_mut().step_by(3).enumerate() {
        change(purchase, number);
    }
}

/// Delivers every third purchase once more at the end of the feed, in a later version.
fn again(world: &mut World, change: impl Fn(&mut PurchaseSeed)) {
    let mut later: Vec<PurchaseSeed> = world.purchases.iter().step_by(3).cloned().collect();
    for purchase in &mut later {
        let version = purchase.document["version"].as_i64().unwrap_or(1) + 1;
        purchase.document["version"] = json!(version);
        purchase.document["last_updated_at"] = json!(format!("{}T00:00:00+00:00", world.today));
        change(purchase);
    }
    world.purchases.extend(later);
}

fn set_terms(purchase: &mut PurchaseSeed, terms: &Value) {
    purchase.document["license_terms"] = terms.clone();
}

pub(super) fn unsyncable(world: &mut World) {
    for purchase in world.purchases.iter_mut().take(60) {
        purchase.document["can_be_synced"] = json!(false);
    }
}

pub(super) fn sync_absent(world: &mut World) {
    without(world, "can_be_synced");
}

pub(super) fn without(world: &mut World, field: &str) {
    every_third(world, |purchase, _| {
        if let Some(fields) = purchase.document.as_object_mut() {
            fields.remove(field);
        }
    });
}

pub(super) fn renamed(world: &mut World) {
    again(world, |purchase| {
        let name = json!([{"culture": "en", "value": "Renamed later"}]);
        purchase.document["content_element"]["name"] = name;
    });
}

pub(super) fn version_2(world: &mut World) {
    again(world, |purchase| {
        for binary in &mut purchase.binaries {
            binary.document["version"] = json!(2);
            binary.image.marker.push_str(" version 2");
        }
    });
}

pub(super) fn second_binary(world: &mut World) {
    again(world, |purchase| add_binaries(purchase, 1));
}

pub(super) fn compound(world: &mut World) {
    every_third(world, |purchase, _| {
        let missing = 3_usize.saturating_sub(purchase.binaries.len());
        add_binaries(purchase, missing);
    });
}

fn add_binaries(purchase: &mut PurchaseSeed, count: usize) {
    for _ in 0..count {
        let Some(mut binary) = purchase.binaries.last().cloned() else { return };
        let uuid = format!("part-{}", purchase.binaries.len() + 1);
        binary.image.marker.push_str(&uuid);
        binary.document["uuid"] = json!(uuid);
        purchase.binaries.push(binary);
    }
}

pub(super) fn reuse_first(world: &mut World) {
    let uuid = |purchase: &PurchaseSeed| purchase.document["uuid"].clone();
    let originals: Vec<Value> = world.purchases.iter().skip(1).step_by(3).map(uuid).collect();
    every_third(world, |purchase, number| {
        if let Some(original) = originals.get(number).filter(|own| **own != uuid(purchase)) {
            purchase.document["reused_license_purchase_transaction_uuid"] = original.clone();
        }
    });
}

pub(super) fn cancelled(world: &mut World) {
    again(world, |purchase| purchase.document["state"] = json!("cancelled"));
}

pub(super) fn cancelled_hidden(world: &mut World) {
    again(world, |purchase| {
        purchase.document["state"] = json!("cancelled");
        purchase.document["can_be_synced"] = json!(false);
    });
}

pub(super) fn state(world: &mut World, state: &str) {
    every_third(world, |purchase, _| purchase.document["state"] = json!(state));
}

pub(super) fn unknown_values(world: &mut World) {
    every_third(world, |purchase, number| {
        purchase.document["never_heard_of"] = json!({"x": [1, {"y": "z"}]});
        if purchase.document["content_element"].is_object() {
            purchase.document["content_element"]["provider"] = json!("newprovider");
        }
        if number.is_multiple_of(2) {
            purchase.document["state"] = json!("under_review");
        }
        set_terms(
            purchase,
            &json!([{
                "sequence_number": 1, "name": [], "allowed_usages": ["holographic_any"],
                "allowed_geographies": ["moon_any"],
            }]),
        );
    });
}

pub(super) fn dates(world: &mut World) {
    let today = world.today;
    let day = |days| format!("{}T00:00:00+00:00", today + time::Duration::days(days));
    let terms = [
        json!([{"sequence_number": 1, "name": [], "valid_until": day(-30)}]),
        json!([{"sequence_number": 1, "name": [], "valid_until": day(0)}]),
        json!([{"sequence_number": 1, "name": [], "valid_until": day(400)}]),
        json!([{"sequence_number": 1, "name": []}]),
        json!([{"sequence_number": 1, "name": [], "to_be_used_until": day(-30)}]),
    ];
    every_third(world, |purchase, number| set_terms(purchase, &terms[number % terms.len()]));
}

pub(super) fn two_territories(world: &mut World) {
    let term = |number, place| json!({"sequence_number": number, "name": [], "allowed_geographies": [place]});
    let terms = json!([term(1, "europe_germany"), term(2, "europe_united_kingdom")]);
    every_third(world, |purchase, _| set_terms(purchase, &terms));
}

pub(super) fn editorial(world: &mut World) {
    every_third(world, |purchase, number| {
        let mut term = json!({"sequence_number": 1, "name": []});
        if number % 3 != 2 {
            term["is_editorial_use"] = json!(number % 3 == 0);
        }
        set_terms(purchase, &json!([term]));
    });
}

pub(super) fn releases_absent(world: &mut World) {
    every_third(world, |purchase, _| {
        if let Some(element) = purchase.document["content_element"].as_object_mut() {
            element.remove("release_details");
        }
    });
}

pub(super) fn limits(world: &mut World) {
    every_third(world, |purchase, number| {
        purchase.document["license_download_constraints"] = match number % 3 {
            0 => json!({}),
            1 => json!({"effective_max_downloads": 0, "effective_max_reuses": 0}),
            _ => json!({"effective_max_downloads": 5, "effective_max_reuses": 5}),
        };
    });
}

pub(super) fn same_names(world: &mut World) {
    name_files(world, |_| "image.jpg".to_owned());
}

pub(super) fn hostile_names(world: &mut World) {
    name_files(world, |number| match number % 4 {
        0 => "../../etc/passwd".to_owned(),
        1 => format!("{}.jpg", "x".repeat(300)),
        2 => "\u{1f4da}\u{202e}gpj.jpg".to_owned(),
        _ => "cover\u{0}.jpg".to_owned(),
    });
}

fn name_files(world: &mut World, name: impl Fn(usize) -> String) {
    for (number, purchase) in world.purchases.iter_mut().enumerate() {
        for binary in &mut purchase.binaries {
            binary.document["recommended_file_name"] = json!(name(number));
        }
    }
}

pub(super) fn text(world: &mut World, prose: &str) {
    let effective = json!([{"culture": "en", "value": prose}]);
    let text = json!({"effective_text": effective, "effective_text_is_safe_html": false});
    every_third(world, |purchase, _| purchase.document["license_text"] = text.clone());
}
