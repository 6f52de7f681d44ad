//! Conformance: CLAPI-C (facts 1.3 to 1.6, 2.7, 7.2).

use super::Row;
use super::bench::{Bench, Reading, image, purchase};
use serde_json::{Value, json};

const FEED: &str = "/consumer/v1/licensePurchaseTransactions/sync";

pub const ROWS: &[Row] = &[
    Row { name: "the feed is read by cursor to its end", source: "7.2 items 1, 3", check: paging },
    Row { name: "limit rules", source: "1.4, 7.2 item 1", check: limits },
    Row { name: "cursors are decimal int64", source: "1.4", check: cursors },
    Row { name: "a page never contains a purchase twice", source: "7.2 item 2", check: no_twice },
    Row { name: "re-delivery can be turned off", source: "1.9", check: redeliver },
    Row { name: "a changed purchase moves to the end", source: "7.2 item 2", check: moves },
    Row { name: "a cancelled purchase comes again", source: "1.9", check: cancels },
    Row { name: "the last cursor can be absent", source: "7.2 item 3", check: end_cursor },
    Row { name: "a page can be unsyncable as a whole", source: "1.4", check: unsyncable },
    Row { name: "nulls are omitted, the rest is verbatim", source: "1.5", check: nulls },
    Row { name: "binaries carry links of one hour", source: "1.10", check: binaries },
    Row { name: "binaries of unknown purchases are 404", source: "7.2", check: no_binaries },
    Row { name: "missing files are 424", source: "1.6", check: broken_binaries },
    Row { name: "fifteen vocabularies", source: "2.7", check: vocabularies },
];

fn feed(b: &mut Bench, query: &str) -> (Vec<String>, Option<String>) {
    let answer = b.raw("GET", &format!("{FEED}?{query}"), "");
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    let list = body["license_purchase_transactions"].as_array().cloned().unwrap_or_default();
    assert_eq!(body["count"], list.len());
    let ids = list.iter().filter_map(|d| d["uuid"].as_str()).map(str::to_owned).collect();
    (ids, body["continuation_uuid"].as_str().map(str::to_owned))
}

fn paging(b: &mut Bench) {
    let mut cursor = String::new();
    let mut pages = Vec::new();
    loop {
        let (ids, next) = feed(b, &format!("continuationUuid={cursor}&limit=3"));
        cursor = next.unwrap_or_default();
        if ids.is_empty() {
            break;
        }
        pages.push(ids.join(""));
    }
    assert_eq!(pages, ["123", "145", "671"]);
    assert!(cursor.parse::<i64>().is_ok());
    assert_eq!(feed(b, &format!("continuationUuid={cursor}")).1, Some(cursor));
}

fn limits(b: &mut Bench) {
    for (limit, code) in [
        ("-1", "paging_limit_invalid"),
        ("51", "max_paging_limit_exceeded"),
        ("many", "argument_invalid"),
    ] {
        let refused = b.raw("GET", &format!("{FEED}?limit={limit}"), "");
        assert_eq!((refused.status, refused.code().as_str()), (400, code));
    }
    assert_eq!(feed(b, "continuationUuid=2&limit=0"), (vec![], Some("2".to_owned())));
    assert_eq!(feed(b, "limit=50").0.len(), 7);
}

fn cursors(b: &mut Bench) {
    for cursor in ["abc", "1.5", "9223372036854775808", "0x1"] {
        let refused = b.raw("GET", &format!("{FEED}?continuationUuid={cursor}"), "");
        assert_eq!(refused.status, 400, "{cursor}");
        assert_eq!(refused.code(), "continuation_uuid_invalid");
        let message = &refused.json()["error_message"];
        assert_eq!(message, "The continuation UUID is invalid");
    }
    assert_eq!(feed(b, "continuationUuid=9223372036854775807").0.len(), 0);
}

fn no_twice(b: &mut Bench) {
    let (ids, _) = feed(b, "limit=4");
    assert_eq!(ids.join(""), "2314", "the later entry of purchase 1 stays");
}

fn redeliver(b: &mut Bench) {
    b.set(|s| s.redeliver = false);
    assert_eq!(feed(b, "limit=50").0.join(""), "2345671");
}

fn moves(b: &mut Bench) {
    let (_, end) = feed(b, "limit=50");
    b.server.append_purchase(&purchase("4", true));
    let after = format!("continuationUuid={}", end.unwrap_or_default());
    assert_eq!(feed(b, &after).0.join(""), "4");
    assert_eq!(feed(b, "limit=50").0.join(""), "2356714");
}

fn cancels(b: &mut Bench) {
    let (_, end) = feed(b, "limit=50");
    assert!(b.server.cancel_purchase(b.now, "3", false));
    assert!(!b.server.cancel_purchase(b.now, "99", false));
    let target = format!("{FEED}?continuationUuid={}", end.unwrap_or_default());
    let body = b.raw("GET", &target, "").json();
    let document = &body["license_purchase_transactions"][0];
    assert_eq!(document["uuid"], "3");
    assert_eq!(document["state"], "cancelled");
    assert_eq!(document["can_be_synced"], false);
    assert_eq!(document["version"], 2);
    assert_eq!(document["last_updated_at"], "2026-01-01T00:00:00Z");
}

fn end_cursor(b: &mut Bench) {
    b.set(|s| s.cursor_at_end = false);
    assert_eq!(feed(b, "continuationUuid=9"), (vec![], None));
    assert!(feed(b, "continuationUuid=8").1.is_some());
}

fn unsyncable(b: &mut Bench) {
    let body = b.raw("GET", &format!("{FEED}?continuationUuid=1&limit=1"), "").json();
    assert_eq!(body["count"], 1);
    assert_eq!(body["license_purchase_transactions"][0]["can_be_synced"], false);
}

fn nulls(b: &mut Bench) {
    let body = b.raw("GET", &format!("{FEED}?limit=1"), "").json();
    let document = &body["license_purchase_transactions"][0];
    assert!(document.get("offering").is_none());
    assert_eq!(document["never_heard_of"], json!({"y": 1}));
    assert_eq!(document["license_terms"], json!([]));
}

fn binaries_of(cart: &str, lpt: &str) -> String {
    format!(
        "/consumer/v1/cartPurchaseTransactions/{cart}/licensePurchaseTransactions/{lpt}/binaries/sync"
    )
}

fn binaries(b: &mut Bench) {
    let body = b.raw("GET", &binaries_of("35", "3"), "").json();
    let binary = &body[0];
    assert_eq!(binary["uuid"], "b1");
    assert!(binary.get("culture").is_none() && binary["name"] == json!([]));
    let url = binary["download_url"].as_str().unwrap_or_default().to_owned();
    let file = b.fetch(&url, None);
    assert_eq!(file.status, 200);
    assert_eq!(file.body, crate::image_file::make(&image("3", "jpeg")));
    b.now += 3_600_000;
    assert_eq!(b.fetch(&url, None).status, 403);
}

fn no_binaries(b: &mut Bench) {
    for (cart, lpt) in [("35", "99"), ("36", "3")] {
        let refused = b.raw("GET", &binaries_of(cart, lpt), "");
        assert_eq!((refused.status, refused.code().as_str()), (404, "not_found"));
    }
}

fn broken_binaries(b: &mut Bench) {
    b.server.break_binaries("3", true);
    let refused = b.raw("GET", &binaries_of("35", "3"), "");
    assert_eq!((refused.status, refused.code().as_str()), (424, "cloud_storage_file_not_found"));
    assert_eq!(refused.json()["error_details"]["uuid"], "3");
    b.server.break_binaries("3", false);
    assert_eq!(b.raw("GET", &binaries_of("35", "3"), "").status, 200);
}

fn vocabularies(b: &mut Bench) {
    let body = b.raw("GET", "/consumer/v1/metadata/sync", "").json();
    let arrays = body.as_object().cloned().unwrap_or_default();
    assert_eq!(arrays.len(), 15);
    let has = |name: &str, key: &str| {
        let rows = arrays.get(name).and_then(Value::as_array);
        rows.is_some_and(|rows| rows.iter().any(|r| r["metadata_element"]["key"] == key))
    };
    for (name, key) in [
        ("providers", "adobestock"),
        ("license_sizes", "ad_eigth"),
        ("license_geographies", "europe_germany"),
        ("license_industries", "industry_manifacturing"),
        ("license_usages", "publishing_editorial_book"),
        ("license_usage_limits", "quantity_up_to_2500_total_circulation"),
        ("license_languages", "language_mandarin_chinese"),
    ] {
        assert!(has(name, key), "{name}: {key}");
    }
}
