//! What a rights manager signed: declarations for what was commissioned or is the publisher's own,
//! and a reading of one provider's licence. The keys are those of a configuration
//! (`[[declaration]]`, `[[provider-profile]]`); no vendor holds any of it.

use super::collections::{AUTHOR_PHOTOS, COVERS, PROMOTION};
use super::seed::AssetSeed;
use serde_json::{Value, json};
use time::{Date, Duration};

/// Who signed; nobody of that name exists.
const SIGNER: &str = "Robin Rights, rights manager";

/// The declarations: one for each collection of own work, and one that has run out for each asset
/// that is meant to have such.
pub fn declarations(today: Date, assets: &[AssetSeed]) -> Vec<Value> {
    let signed_on = (today - Duration::days(90)).to_string();
    let whole = |id: &str, collection: &str, usages: &[&str]| {
        json!({
            "id": id, "signer": SIGNER, "signed_on": signed_on,
            "scope": {"collection": collection}, "usages": usages, "media": ["any"],
            "territories": ["WORLD"], "languages": ["any"],
        })
    };
    let mut all = vec![
        whole("commissioned-covers", COVERS, &["front_cover", "full_cover"]),
        whole("author-photos", AUTHOR_PHOTOS, &["author_photo", "marketing_digital"]),
        whole("own-promotion", PROMOTION, &["social", "marketing_digital"]),
    ];
    all[1]["credit"] = json!("Photo: courtesy of the author");
    all[2]["valid_until"] = json!((today + Duration::days(1500)).to_string());
    let ran_out = assets.iter().filter(|asset| asset.trait_name() == Some("declaration-expired"));
    all.extend(ran_out.map(|asset| {
        json!({
            "id": format!("loan-{}", asset.external_id), "signer": SIGNER, "signed_on": "2019-05-06",
            "scope": {"asset": asset.id}, "usages": ["front_cover"], "media": ["any"],
            "territories": ["WORLD"], "languages": ["any"], "valid_from": "2010-01-01",
            "valid_until": (today - Duration::days(15)).to_string(),
        })
    }));
    all
}

/// The one profile. Its term states what the purchase's own terms leave open.
pub fn provider_profiles(today: Date) -> Vec<Value> {
    vec![json!({
        "id": "adobe-standard", "provider": "adobestock", "licence-kind": "image_standard",
        "signer": SIGNER, "signed-on": (today - Duration::days(60)).to_string(),
        "term": {
            "allowed_usages": ["publishing_editorial_any"],
            "allowed_distributions": ["media_any"],
            "allowed_geographies": ["any"],
            "usage_limits": ["quantity_up_to_500000_total_circulation"],
            "is_editorial_use": false,
        },
    })]
}
