//! A licence purchase transaction as CLAPI-C shows it: every wire name as in the smintio facts,
//! sections 3.2 and 3.3. What is absent there is absent here, never null.

use super::{LEGAL_ENTITY, Stock, terms};
use crate::world::seed::{BinarySeed, ImageSeed, PurchaseSeed};
use serde_json::{Value, json};
use time::{Date, Duration};

/// A moment of that day, in the vendor's form.
pub fn stamp(date: Date, hour: u8) -> String {
    format!("{date}T{hour:02}:18:51.397267+00:00")
}

/// The first moment of that day.
pub fn day_start(date: Date) -> String {
    format!("{date}T00:00:00+00:00")
}

/// Texts in the vendor's array form.
fn text(value: &str) -> Value {
    json!([{"culture": "en", "value": value}])
}

/// The first version of a purchase of that kind.
pub fn make(stock: &Stock, uuid: i64, kind: &str) -> PurchaseSeed {
    let terms = Value::from(terms::of(stock, kind));
    let mut document = body(stock, uuid, &terms);
    document["content_element"] = element(stock, uuid);
    document["offering"] = offering(stock, &terms);
    vary(&mut document, kind);
    licence_text(&mut document, stock, kind);
    PurchaseSeed { document, binaries: binaries(uuid, kind, 1) }
}

/// A later version: the number grows, the stamps move on.
pub fn later(seed: &PurchaseSeed, today: Date, days_ago: i64) -> PurchaseSeed {
    let mut later = seed.clone();
    let version = later.document["version"].as_i64().unwrap_or(1) + 1;
    later.document["version"] = json!(version);
    later.document["last_updated_at"] = json!(stamp(today - Duration::days(days_ago), 9));
    later
}

fn body(stock: &Stock, uuid: i64, terms: &Value) -> Value {
    let bought = stock.bought();
    let reference = stock.title.in_house_reference.as_deref().unwrap_or("no reference");
    json!({
        "uuid": uuid.to_string(), "cart_purchase_transaction_uuid": (uuid / 3).to_string(),
        "state": "completed",
        "project_uuid": stock.title.work_id.to_string(),
        "project_name": text(&format!("Cover {} ({reference})", stock.title.title)),
        "collection_uuid": format!("9{}", stock.title.work_id), "collection_name": text("Cart"),
        "total_price_eur": 39.0, "total_price_usd": 42.0,
        "purchased_at": stamp(bought, 5), "completed_at": stamp(bought, 6),
        "purchased_by_user_uuid": "b999a063-0000-4000-8000-000000000001",
        "purchased_by_user_name": "Pat Placeholder",
        "licensee_uuid": "11", "licensee_name": LEGAL_ENTITY,
        "license_terms": terms, "license_download_constraints": {},
        "has_potentially_restrictive_license_terms": false,
        "current_downloads": 1, "current_users": 1, "current_reuses": 0,
        "can_be_synced": true, "version": 4,
        "created_at": stamp(bought, 5), "last_updated_at": stamp(bought, 6),
    })
}

fn element(stock: &Stock, uuid: i64) -> Value {
    json!({
        "uuid": format!("2:0:{}", 61_000_000 + uuid), "provider": stock.provider(),
        "content_type": "image", "content_category": "creative", "editorial_segments": [],
        "name": text(&format!("Picture for {}", stock.title.title)), "description": [],
        "image_details": {"type": "photo", "aspect_ratio": 1.25, "orientation": "horizontal"},
        "events": [], "collections": [], "keywords": [], "categories": [],
        "copyright_notices": text(&format!("Sample Photographer / {}", stock.provider())),
        "is_premium": false, "is_editorial_use": false, "is_editorial": false, "is_ai": false,
        "created_at": "2014-02-03T11:02:20.414628+00:00",
        "release_details": {
            "model_release_state": "released", "property_release_state": "no_release_required",
        },
    })
}

fn offering(stock: &Stock, terms: &Value) -> Value {
    json!({
        "license_uuid": "image_standard", "provider_configuration_uuid": "18",
        "contract_uuid": "132", "contract_name": [], "offering_uuid": "968", "offering_name": [],
        "has_options": false, "options": [], "license_type": "royalty_free",
        "media_type": "image/jpeg", "size": "large", "format": "fixed", "resolution": 15_071_000,
        "is_premium": false, "is_editorial_use": false, "is_editorial": false,
        "image_details": {"width": 2500, "height": 2000, "resolution_megapixels": 5},
        "licensee_uuid": "11", "licensee_name": LEGAL_ENTITY, "license_terms": terms,
        "license_urls": [{"culture": "en", "metadata_element": {
            "url": format!("https://licences.example/{}/standard", stock.provider()),
        }}],
        "license_download_constraints": {}, "has_layout_file": true,
    })
}

/// What the kind changes outside the terms.
fn vary(document: &mut Value, kind: &str) {
    let release = &mut document["content_element"]["release_details"];
    match kind {
        "unreleased" => release["model_release_state"] = json!("not_released"),
        "release-unknown" => remove(&mut document["content_element"], "release_details"),
        "editorial" => {
            document["content_element"]["content_category"] = json!("editorial");
            document["content_element"]["is_editorial_use"] = json!(true);
            document["has_potentially_restrictive_license_terms"] = json!(true);
        }
        "sync-absent" => remove(document, "can_be_synced"),
        "incomplete" => document["state"] = json!("downloading"),
        "reuse-spent" => {
            document["license_download_constraints"] = json!({"effective_max_reuses": 1});
            document["current_reuses"] = json!(1);
        }
        "other-licensee" => {
            document["licensee_uuid"] = json!("77");
            document["licensee_name"] = json!("Somebody Else Verlag GmbH");
        }
        "unknown-keys" => document["smint_score"] = json!({"value": 7, "of": [1, 2, 3]}),
        _ => {}
    }
}

fn remove(object: &mut Value, field: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove(field);
    }
}

/// Licence texts: what Adobe Stock sells carries one, for which the tenant signed a profile.
fn licence_text(document: &mut Value, stock: &Stock, kind: &str) {
    let prose = match kind {
        "html-text" => "<p>Not for use on <b>covers</b> without prior consent.</p>",
        // UTF-8 that was once read as Latin-1.
        "mojibake-text" => "NUR DEMO: fÃ¼r EinbÃ¤nde nicht gestattet",
        "terms-empty" => return,
        _ if stock.provider() == "adobestock" => "Standard licence. See the provider's page.",
        _ => return,
    };
    let value = json!({"effective_text": text(prose), "effective_text_is_safe_html": false});
    document["offering"]["license_text"] = value.clone();
    document["license_text"] = value;
}

/// The files of a purchase; their uuids repeat from purchase to purchase, as the vendor's do.
pub fn binaries(uuid: i64, kind: &str, version: i64) -> Vec<BinarySeed> {
    let count = if kind == "compound" { 3 } else { 1 };
    let file_name = match kind {
        "hostile-binary-name" if uuid % 2 == 0 => "../../etc/passwd".to_owned(),
        "hostile-binary-name" => format!("{}\u{1f4da}\u{0}.jpg", "x".repeat(300)),
        "duplicate-binary-name" => "image.jpg".to_owned(),
        _ => format!("picture_{uuid}.jpg"),
    };
    let binary = |part: i64| BinarySeed {
        document: json!({
            "uuid": part.to_string(), "content_type": "image", "binary_type": "standard",
            "name": text(&format!("Part {part}")), "description": [], "usage": [],
            "recommended_file_name": file_name, "version": version,
        }),
        image: ImageSeed {
            width: 2500,
            height: 2000,
            format: "jpeg".to_owned(),
            marker: format!("purchase {uuid} part {part} version {version}"),
        },
    };
    (1..=count).map(binary).collect()
}
