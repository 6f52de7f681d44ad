//! Bad records among good ones: each ends where a person would look for it, says what is wrong with
//! it, and keeps nobody else from arriving.

use consonance_smintio::api;
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::http::{Request, Response};
use simulators::world::seed::World;

use super::audit::audit;
use super::bench::{Bench, Edit, bench, data};

/// What is wrong with an asset, how it ends, and a word that its reason holds.
const FAULTS: [(&str, &str, &str); 15] = [
    ("png", "inbox", "png"),
    ("tiny", "inbox", "40 x 60"),
    ("small", "inbox", "500 x 750"),
    ("broken", "inbox", "JPEG"),
    ("wrong-shape", "inbox", "height over width"),
    ("bad-check-digit", "inbox", "check digit"),
    ("unknown-isbn", "inbox", "no title"),
    ("hostile-name", "inbox", "../"),
    ("not-downloadable", "inbox", "download"),
    ("unpublished", "skipped", "after"),
    ("not-yet-published", "deferred", "before"),
    ("rival-cover", "inbox", "several"),
    ("no-isbn", "inbox", "ISBN"),
    ("ambiguous", "inbox", "several"),
    ("terms-empty", "skipped", "terms"),
];

fn named<'a>(data: &'a World, name: &str) -> Vec<&'a str> {
    let of = data.assets.iter().filter(|asset| asset.trait_name() == Some(name));
    of.map(|asset| asset.id.as_str()).collect()
}

#[test]
fn a_bad_asset_says_what_is_wrong_and_its_neighbours_arrive() {
    let data = data(120);
    let bench = bench(0, &data);
    bench.settle(40).expect("a calm world");
    let report = bench.settle(40).expect("what Consonance failed on was looked at once more");
    let mut wrong = audit(&bench, &data);
    for (name, state, word) in FAULTS {
        let assets = named(&data, name);
        if assets.is_empty() {
            wrong.push(format!("no asset is {name}"));
        }
        for asset in assets {
            let outcome = report.outcomes.iter().find(|outcome| outcome.record_id == asset);
            let said = outcome.map(|o| (o.state.as_str(), o.why.as_str())).unwrap_or_default();
            let waits = said.1.contains("is not ours");
            if said.0 != state || !(waits || said.1.contains(word)) {
                wrong.push(format!("{name}: {asset} ended as {said:?}"));
            }
            if state == "inbox" && !inbox(&bench).iter().any(|item| item.record_id == asset) {
                wrong.push(format!("{name}: {asset} is not in the inbox"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(report.outcomes_left_out, 0);
    assert!(bench.ours().len() > 100, "the neighbours arrive: {}", bench.ours().len());
}

fn inbox(bench: &Bench) -> Vec<api::inbox::InboxItem> {
    let config = bench.config.to_string();
    api::inbox::list(&bench.world, &config, None, 1_000).expect("a list").items
}

/// Where a record is spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A work of Consonance.
    Work,
    /// An asset of Portals, in its details and in searches.
    Asset,
    /// A purchase in the licence feed.
    Purchase,
}

/// A place, what is wrong, how it is made so, and whether the record can still be used.
type Spoiled = (Place, &'static str, fn(&mut Value), bool);

const SPOILED: [Spoiled; 14] = [
    (
        Place::Work,
        "an unknown form",
        |w| w["products"][0]["onix21ProductFormCode"] = json!("ZZ9"),
        true,
    ),
    (
        Place::Work,
        "an unknown status",
        |w| w["products"][0]["onixPublishingStatusCode"] = json!("_99"),
        true,
    ),
    (Place::Work, "a title of the wrong type", |w| w["title"] = json!(["a"]), false),
    (Place::Work, "a product without id", |w| w["products"][0]["id"] = json!("x"), false),
    (
        Place::Work,
        "a date that is none",
        |w| w["products"][0]["publicationDate"] = json!("soon"),
        false,
    ),
    (
        Place::Work,
        "an ISBN with a bad check digit",
        |w| {
            w["products"][0]["isbn"] = json!({ "isbn13": "9780306406158" });
        },
        true,
    ),
    (
        Place::Work,
        "resources of the wrong type",
        |w| w["supportingResources"] = json!("none"),
        false,
    ),
    (
        Place::Asset,
        "a version of the wrong type",
        |a| set(a, "version", json!({ "key": "version", "dataType": "object" })),
        true,
    ),
    (
        Place::Asset,
        "a size of the wrong type",
        |a| {
            set(
                a,
                "imageMetadata",
                json!({ "key": "imageMetadata", "dataType": "string", "stringValue": "big" }),
            )
        },
        false,
    ),
    (
        Place::Asset,
        "a name of the wrong type",
        |a| set(a, "name", json!({ "key": "name", "dataType": "int64", "int64Value": 5 })),
        false,
    ),
    (
        Place::Asset,
        "a limit that is no date",
        |a| {
            set(
                a,
                "publishUntil",
                json!({ "key": "publishUntil", "dataType": "string", "stringValue": "soon" }),
            )
        },
        false,
    ),
    (Place::Purchase, "an unknown state", |p| p["state"] = json!("half-done"), true),
    (Place::Purchase, "terms of the wrong type", |p| p["license_terms"] = json!("all"), false),
    (Place::Purchase, "a version of the wrong type", |p| p["version"] = json!("two"), false),
];

/// Sets a property of an asset's document.
pub fn set(asset: &mut Value, key: &str, property: Value) {
    let Some(properties) = asset["properties"].as_array_mut() else { return };
    properties.retain(|property| property["key"] != key);
    properties.push(property);
}

/// Changes every object of an answer that has this id.
fn each(value: &mut Value, key: &str, id: &Value, act: &dyn Fn(&mut Value)) {
    let is_record = value.get("products").or(value.get("properties")).or(value.get("state"));
    if value.get(key) == Some(id) && is_record.is_some() {
        act(value);
    }
    match value {
        Value::Array(list) => list.iter_mut().for_each(|v| each(v, key, id, act)),
        Value::Object(fields) => fields.values_mut().for_each(|v| each(v, key, id, act)),
        // Portals wraps its documents into texts.
        Value::String(text) if text.starts_with('{') => {
            if let Ok(mut inner) = serde_json::from_str::<Value>(text) {
                each(&mut inner, key, id, act);
                *text = inner.to_string();
            }
        }
        _ => {}
    }
}

pub fn editing(key: &'static str, id: Value, act: fn(&mut Value)) -> Edit {
    Box::new(move |_: &Request, response: &mut Response| {
        if let Ok(mut document) = serde_json::from_slice::<Value>(&response.body) {
            each(&mut document, key, &id, &act);
            response.body = document.to_string().into_bytes();
        }
    })
}

fn spoil(bench: &Bench, place: Place, data: &World, act: fn(&mut Value)) -> String {
    match place {
        Place::Work => {
            let id = unambiguous(data);
            bench.consonance.with(|core| core.1 = Some(editing("id", json!(id), act)));
            format!("title:{id}")
        }
        Place::Asset => {
            let id = data.assets[0].id.clone();
            bench.smintio.with(|core| core.1 = Some(editing("uuid", json!(id), act)));
            format!("asset:{id}")
        }
        Place::Purchase => {
            let id = data.purchases[0].document["uuid"].clone();
            bench.smintio.with(|core| core.1 = Some(editing("uuid", id.clone(), act)));
            format!("purchase:{}", id.as_str().unwrap_or_default())
        }
    }
}

/// The last work with covers of its own that no asset of two works names.
fn unambiguous(data: &World) -> i64 {
    let names_two: Vec<String> = named(data, "ambiguous")
        .iter()
        .filter_map(|id| data.assets.iter().find(|asset| asset.id == **id))
        .map(|asset| format!("{asset:?}"))
        .collect();
    let free = data.titles.iter().filter(|title| {
        let isbns = title.products.iter().filter_map(|p| p.isbn13.as_ref());
        let meant = data.assets.iter().filter_map(|asset| asset.meant_for.as_ref());
        isbns.clone().all(|isbn| names_two.iter().all(|asset| !asset.contains(isbn.as_str())))
            && meant.filter(|m| m.work_id == title.work_id).count() > 1
    });
    free.map(|title| title.work_id).next_back().expect("such a work")
}

/// In a calm world nobody complains about records that are all right.
#[test]
fn no_complaint_without_a_cause() {
    let data = data(20);
    let bench = bench(0, &data);
    for _ in 0..3 {
        bench.settle(20).expect("a calm world");
        let cause =
            |i: &api::inbox::InboxItem| named(&data, "bad-check-digit").contains(&&*i.record_id);
        let mut bad = inbox(&bench);
        bad.retain(|item| item.kind == "bad-record" && !cause(item));
        assert!(bad.is_empty(), "{bad:?}");
    }
}

#[test]
fn one_spoiled_record_keeps_nobody_from_arriving() {
    let data = data(10);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    calm.settle(20).expect("a calm world");
    let expected = calm.picture();
    let mut wrong = Vec::new();
    for (place, what, act, usable) in SPOILED {
        let bench = bench(0, &data);
        let record = spoil(&bench, place, &data, act);
        if let Err(why) = bench.settle(20) {
            wrong.push(format!("{what}: {why}"));
        }
        let missing = expected.iter().filter(|line| !bench.picture().contains(line)).count();
        if missing > 8 {
            wrong.push(format!("{what}: {missing} of {} lines are missing", expected.len()));
        }
        wrong.extend(audit(&bench, &data).into_iter().map(|why| format!("{what}: {why}")));
        bench.settle(20).expect("a run in which nothing changed");
        let known = inbox(&bench).iter().any(|item| item.record_id == record);
        if !usable && !known {
            let items: Vec<_> = inbox(&bench).into_iter().map(|i| i.id).collect();
            wrong.push(format!("{what}: {record} is not in the inbox: {items:?}"));
        }
        // Mended at its source, it arrives like the others.
        bench.consonance.with(|core| core.1 = None);
        bench.smintio.with(|core| core.1 = None);
        mend(&bench, place, &data);
        bench.world.advance(8 * 24 * 3_600_000);
        if let Err(why) = bench.settle(20).and_then(|_| bench.settle(20)) {
            wrong.push(format!("{what}, mended: {why}"));
        }
        let picture = bench.picture();
        let odd = expected.iter().filter(|line| !picture.contains(line)).count();
        if odd > 0 || picture.len() != expected.len() {
            wrong.push(format!(
                "{what}, mended: {odd} lines are missing of {}, {} are there",
                expected.len(),
                picture.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Somebody mends the record; where the vendor tells by itself that it changed, it does so.
fn mend(bench: &Bench, place: Place, data: &World) {
    let now = bench.world.now().0;
    match place {
        Place::Work => {}
        Place::Asset => {
            let change = simulators::smintio::MetadataChange::default();
            assert!(bench.on_smintio(|s| s.change_metadata(now, &data.assets[0].id, change)));
        }
        Place::Purchase => bench.on_smintio(|s| s.append_purchase(&data.purchases[0])),
    }
}
