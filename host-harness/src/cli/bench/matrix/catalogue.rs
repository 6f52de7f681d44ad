//! A made-up catalogue in the mirrors: titles with four editions and three images each, one of them
//! bought. Rights and markets differ from title to title, so that every verdict is met and some
//! territories have to be split.

use consonance_smintio::model::asset::{Asset, FileFacts};
use consonance_smintio::model::country::CountrySet;
use consonance_smintio::model::date::parse_day;
use consonance_smintio::model::ids::{AssetId, CollectionId, ProductId, PurchaseId, WorkId};
use consonance_smintio::model::licence::{Bound, KeyLists, Policy, Purchase, Release, Term};
use consonance_smintio::model::product::{Product, SalesTerritory};
use consonance_smintio::model::publication::Publication;
use consonance_smintio::model::title::{ProductionRun, RunQuantity, Title};
use consonance_smintio::state::mirror::{StoredAsset, StoredPurchase, StoredTitle};
use consonance_smintio::state::{keys, store};
use serde::Serialize;

use super::super::native::Native;

/// The tenant.
pub const CONFIG: &str = r#"{
    "consonance": {"connection": "consonance"},
    "smintio": {
        "clapi": {"base-url": "https://tenant.clapi.smint.io", "connection": "smintio"},
        "portals": {
            "base-url": "https://tenant.portalsapife.smint.io",
            "portal": "6f1c2f0e-6a5c-4d38-9d0e-0d6f2f7f9b11",
            "connection": "smintio"
        }
    },
    "rights": {"default-language": "eng", "legal-entity": "Example Books Ltd"},
    "source": [
        {"collection": "covers", "role": "front_cover", "download-item": "jpeg"},
        {"collection": "authors", "role": "author_photo", "download-item": "jpeg"},
        {"collection": "social", "role": "marketing_digital", "download-item": "jpeg"}
    ],
    "declaration": [
        {"id": "d1", "signer": "A. Director", "scope": [{"collection": "authors"}],
         "usages": ["author_photo"], "media": ["any"], "territories": ["WORLD"],
         "languages": ["any"], "valid-until": "2031-12-31"},
        {"id": "d2", "signer": "A. Director", "scope": [{"collection": "social"}],
         "usages": ["marketing_digital"], "media": ["digital"], "territories": ["GB", "IE"]}
    ]
}"#;

const FORMS: [&str; 4] = ["BB", "BC", "DG", "AJ"];
const COLLECTIONS: [&str; 3] = ["covers", "authors", "social"];

/// Entries stored at once.
const AT_ONCE: usize = 500;

/// Fills the store. Returns how many bytes the values have.
pub fn fill(platform: &Native, titles: usize) -> Result<usize, store::StateFault> {
    let mut puts = Vec::new();
    let mut index = Vec::new();
    let mut bytes = 0;
    for number in 1..=i64::try_from(titles).unwrap_or(i64::MAX) {
        let work = WorkId(number);
        let title = StoredTitle { title: title(number), gone: false };
        puts.push(prepared(keys::title(work), &title)?);
        let reference = keys::index::reference(&reference(number));
        index.push(keys::index::of_work(&reference, work));
        for collection in COLLECTIONS {
            let asset = asset(number, collection);
            let key = keys::asset(&asset.id);
            puts.push(prepared(key, &StoredAsset { asset, approved: true })?);
        }
        let purchase = purchase(number);
        let key = keys::licence(&purchase.id);
        puts.push(prepared(key, &StoredPurchase { purchase })?);
        if puts.len() >= AT_ONCE {
            bytes += flush(platform, &mut puts, &mut index)?;
        }
    }
    bytes += flush(platform, &mut puts, &mut index)?;
    Ok(bytes)
}

type Put = consonance_smintio::platform::ConditionalPut;

fn prepared<T: Serialize>(key: String, value: &T) -> Result<Put, store::StateFault> {
    store::prepared(key, None, value)
}

fn flush(
    platform: &Native,
    puts: &mut Vec<Put>,
    index: &mut Vec<String>,
) -> Result<usize, store::StateFault> {
    store::put_all(platform, puts)?;
    store::add_index(platform, index)?;
    let bytes = puts.iter().map(|put| put.value.len()).sum();
    puts.clear();
    index.clear();
    Ok(bytes)
}

fn reference(number: i64) -> String {
    format!("inb-{number:06}")
}

/// One title in ten leaves its markets open; the others are sold at home, in three, or everywhere.
fn territory(number: i64) -> SalesTerritory {
    let known = match number % 4 {
        0 => CountrySet::all(),
        1 => CountrySet::from_codes(["GB", "IE"]).0,
        2 => CountrySet::from_codes(["GB", "US", "CN", "DE"]).0,
        _ => CountrySet::from_codes(["GB", "IE", "AU", "NZ", "ZA", "IN"]).0,
    };
    SalesTerritory { known, unknown_rest: number % 10 == 0, contradictory: false }
}

fn title(number: i64) -> Title {
    let product = |(at, form): (i64, &&str)| Product {
        id: ProductId(number * 10 + at),
        isbn: None,
        form: Some((*form).to_owned()),
        status: Some("04".to_owned()),
        publication_date: parse_day("2027-03-04"),
        territory: territory(number),
        web_links: Vec::new(),
    };
    let products: Vec<Product> = (0..).zip(&FORMS).map(product).collect();
    let quantity = |at: i64| RunQuantity {
        product: ProductId(number * 10 + at),
        ordered: 1_000 * (number % 9 + 1),
        received: None,
    };
    Title {
        id: WorkId(number),
        title: format!("Title {number}"),
        subtitle: None,
        in_house_reference: Some(reference(number)),
        imprint: None,
        publication: Publication::default(),
        contributors: Vec::new(),
        languages: vec!["eng".to_owned()],
        products,
        runs: vec![ProductionRun { quantities: vec![quantity(0), quantity(1)] }],
        resources: Vec::new(),
        notes: Vec::new(),
    }
}

fn asset(number: i64, collection: &str) -> Asset {
    let lpt = if collection == "covers" { purchase_id(number).0 } else { String::new() };
    let document = serde_json::json!({
        "rawData": { "inHouseReference": reference(number), "lpt": lpt }
    });
    Asset {
        id: AssetId(format!("1:image:{collection}:{number}")),
        collection: CollectionId(collection.to_owned()),
        name: Some(format!("Image {number}")),
        external_id: None,
        file: FileFacts { width: Some(1_600), height: Some(2_400), ..FileFacts::default() },
        revision: String::new(),
        version: "1".to_owned(),
        publish_from: None,
        publish_until: None,
        downloadable: Some(true),
        document: document.to_string(),
    }
}

fn purchase_id(number: i64) -> PurchaseId {
    PurchaseId(format!("{}", 70_000 + number))
}

fn keys_of(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn allowed(words: &[&str]) -> KeyLists {
    KeyLists { allowed: keys_of(words), restricted: Vec::new() }
}

/// Two terms: print at home with a cap and an end, and digital everywhere but China.
fn purchase(number: i64) -> Purchase {
    let print = Term {
        usages: allowed(&["publishing_editorial_any"]),
        distributions: allowed(&["media_print"]),
        geographies: allowed(&["europe_any", "australia_any"]),
        usage_limits: keys_of(&["quantity_up_to_10000_total_circulation"]),
        valid_until: parse_day("2029-12-31").map_or(Bound::None, Bound::Day),
        is_editorial_use: Some(false),
        ..Term::default()
    };
    let digital = Term {
        usages: allowed(&["publishing_editorial_book"]),
        distributions: allowed(&["media_digital"]),
        geographies: KeyLists { allowed: keys_of(&["any"]), restricted: keys_of(&["asia_china"]) },
        usage_limits: keys_of(&["any"]),
        is_editorial_use: (number % 7 != 0).then_some(false),
        ..Term::default()
    };
    let state = Some("completed".to_owned());
    Purchase {
        id: purchase_id(number),
        version: Some(1),
        state: state.clone(),
        can_be_synced: Some(true),
        policy: Policy {
            state,
            terms: vec![print, digital],
            release: Release {
                model: Some("released".to_owned()),
                property: Some("no_release_required".to_owned()),
            },
            licensee: Some("Example Books Ltd".to_owned()),
            ..Policy::default()
        },
        ..Purchase::default()
    }
}
