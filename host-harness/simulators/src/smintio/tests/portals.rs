//! Conformance: the execute endpoint, background tasks, reading assets (facts 4.2, 4.3 b, 7.4).

use super::super::MetadataChange;
use super::Row;
use super::bench::{Bench, Reading, id, image, property, result};
use serde_json::{Value, json};

const READ: &str = "/frontend/v1/portals/345/portalsContext/IAssetsRead/execute/getAssetAsync";

pub const ROWS: &[Row] = &[
    Row { name: "the body is one escaped string in an array", source: "4.2", check: bodies },
    Row { name: "parameter names have no case", source: "4.2", check: case },
    Row { name: "methods outside the table are not supported", source: "4.2", check: unsupported },
    Row { name: "interfaces offer what they inherit", source: "4.3", check: inheritance },
    Row { name: "an unknown portal is 404", source: "1.6", check: portal },
    Row { name: "immediate methods complete at once", source: "4.2", check: immediate },
    Row { name: "long methods are polled", source: "4.2", check: long_running },
    Row { name: "polling too fast is 429", source: "7.4", check: too_fast },
    Row { name: "results expire", source: "4.2", check: expiry },
    Row { name: "a task can fail", source: "4.2", check: failing },
    Row { name: "stray quotes", source: "4.2", check: quotes },
    Row { name: "details carry everything that is set", source: "4.3 b", check: details },
    Row { name: "what is not set is absent", source: "4.3 b", check: absence },
    Row { name: "a new file changes version, eTag, modifiedAt", source: "4.3 d", check: versions },
    Row { name: "one denied asset fails all", source: "4.3 b", check: denied },
    Row { name: "missing assets are 404", source: "1.6", check: missing },
];

fn by_id(name: &str) -> String {
    json!({"assetId": {"id": id(name)}}).to_string()
}

fn read(b: &mut Bench, name: &str) -> Value {
    b.call("IAssetsRead", "getAssetAsync", &by_id(name))["assetDataObject"].clone()
}

fn bodies(b: &mut Bench) {
    let object = json!([{"assetId": {"id": id("a-jpeg")}}]).to_string();
    for (body, code) in [
        (object.as_str(), "argument_invalid"),
        ("{}", "argument_invalid"),
        ("not json", "argument_invalid"),
        ("[\"not json\"]", "argument_invalid"),
        ("[\"{}\",\"{}\"]", "argument_invalid"),
        ("[]", "argument_missing"),
        ("", "argument_missing"),
        ("[\"{\\\"assetId\\\":\\\"x\\\"}\"]", "argument_invalid"),
    ] {
        let refused = b.raw("POST", READ, body);
        assert_eq!((refused.status, refused.code().as_str()), (400, code), "{body}");
    }
    assert_eq!(b.raw("POST", READ, &json!([by_id("a-jpeg")]).to_string()).status, 200);
}

fn case(b: &mut Bench) {
    let params = json!({"ASSETID": {"Id": id("a-jpeg")}}).to_string();
    let found = b.call("IAssetsRead", "getAssetAsync", &params);
    assert_eq!(found["assetDataObject"]["uuid"], id("a-jpeg"));
}

fn unsupported(b: &mut Bench) {
    for (interface, method) in [
        ("IAssetsUpload", "getAssetUploadSettingsAsync"),
        ("IAssetsRead", "searchAssetsAsync"),
        ("ITemplatesRead", "getTemplateAsync"),
        ("IAssetsRead", "updateAssetAsync"),
    ] {
        let refused = b.execute(interface, method, "{}");
        assert_eq!(refused.status, 501, "{interface}.{method}");
        let message = refused.json()["error_message"].to_string();
        assert!(message.contains("method not supported"), "{message}");
    }
}

fn inheritance(b: &mut Bench) {
    for interface in ["IAssetsRead", "IAssetsSearch", "IAssets"] {
        let found = b.call(interface, "getAssetAsync", &by_id("a-jpeg"));
        assert_eq!(found["assetDataObject"]["uuid"], id("a-jpeg"));
    }
    for interface in ["ICollectionsRead", "ICollectionsUpdate", "ICollectionsAndAssets"] {
        let found = b.call(interface, "getCollectionAsync", "{\"collectionId\":\"100\"}");
        assert_eq!(found["collection"]["name"], "Approved");
    }
}

fn portal(b: &mut Bench) {
    let refused = b.raw("POST", &READ.replace("345", "346"), "[]");
    assert_eq!((refused.status, refused.code().as_str()), (404, "not_found"));
}

fn immediate(b: &mut Bench) {
    let task = b.execute("IAssetsRead", "getAssetAsync", &by_id("a-jpeg")).json();
    assert_eq!(task["state"], "completed");
    assert_eq!(task["finished_percentage"], 100);
    assert_eq!(b.poll(&task).json(), task);
    assert_eq!(b.poll(&json!({"uuid": "unknown"})).status, 404);
}

fn start(b: &mut Bench) -> Value {
    let params = json!({"assetIds": [{"id": id("a-jpeg")}]}).to_string();
    b.execute("IAssetsRead", "getAssetsAsync", &params).json()
}

fn long_running(b: &mut Bench) {
    let task = start(b);
    assert_eq!(task["state"], "created");
    assert!(task.get("result_string").is_none());
    let first = b.poll(&task).json();
    assert_eq!((&first["state"], &first["uuid"]), (&json!("in_progress"), &task["uuid"]));
    b.now += 1_000;
    let second = b.poll(&task).json();
    assert_eq!(second["state"], "completed");
    assert_eq!(result(&second)["assetDataObjects"][0]["uuid"], id("a-jpeg"));
    b.set(|s| s.polls_until_done = 0);
    assert_eq!(start(b)["state"], "completed");
}

fn too_fast(b: &mut Bench) {
    let task = start(b);
    assert_eq!(b.poll(&task).status, 200);
    b.now += 999;
    let refused = b.poll(&task);
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "");
    assert_eq!(b.server.counters().polls_refused, 1);
    b.now += 1;
    assert_eq!(b.poll(&task).json()["state"], "completed", "a refused poll does not count");
    assert_eq!(b.server.counters().of("portals.poll"), 3);
    assert_eq!(b.server.counters().refused.get("portals.poll"), Some(&1));
}

fn expiry(b: &mut Bench) {
    let task = start(b);
    b.now += 599_999;
    assert_eq!(b.poll(&task).status, 200);
    b.now += 1_000;
    assert_eq!(b.poll(&task).code(), "not_found");
}

fn failing(b: &mut Bench) {
    b.server.fail_next_tasks(1);
    let params = json!({"definition": {"name": "Kit"}}).to_string();
    let code = b.fails("ICollectionsCreate", "createCollectionAsync", &params);
    assert_eq!(code, "internal_server_error");
    assert_eq!(b.server.collections().len(), 2, "nothing was done");
    b.call("ICollectionsCreate", "createCollectionAsync", &params);
    assert_eq!(b.server.collections().len(), 3);
}

fn quotes(b: &mut Bench) {
    b.set(|s| s.stray_quotes = true);
    let task = b.execute("IAssetsRead", "getAssetAsync", &by_id("a-jpeg")).json();
    let text = task["result_string"].as_str().unwrap_or_default();
    assert!(text.starts_with("'{") && text.ends_with("}'"), "{text}");
}

fn details(b: &mut Bench) {
    let asset = read(b, "a-jpeg");
    let has = |key: &str, field: &str, value: Value| {
        assert_eq!(property(&asset, key).map(|p| &p[field]), Some(&value), "{key}");
    };
    has("name", "localizedStringsModelValue", json!({"x-default": "Cover a-jpeg"}));
    has("localizedTags", "localizedStringsArrayModelValue", json!({"x-default": ["cover", "a"]}));
    has("version", "stringValue", json!("1"));
    has("publishUntil", "dateTimeValue", json!("2027-01-01T00:00:00Z"));
    has("modifiedAt", "dateTimeValue", json!("2026-01-01T00:00:00Z"));
    has("dataAdapterInstanceKey", "stringValue", json!("a"));
    let file = &property(&asset, "fileMetadata").cloned().unwrap_or_default()["dataObjectValue"];
    let bytes = crate::image_file::make(&image("a-jpeg", "jpeg"));
    let size = property(file, "fileSizeInBytes").map(|p| p["int64Value"].clone());
    assert_eq!(size, Some(json!(bytes.len())));
    assert!(property(file, "sha1Hash").is_some_and(|p| p["stringValue"].to_string().len() == 42));
    let name = property(file, "fileName").map(|p| p["stringValue"].clone());
    assert_eq!(name, Some(json!("../a-jpeg.jpg")));
    let pixels = &property(&asset, "imageMetadata").cloned().unwrap_or_default()["dataObjectValue"];
    assert_eq!(property(pixels, "height").map(|p| p["int32Value"].clone()), Some(json!(60)));
    let raw = &property(&asset, "rawData").cloned().unwrap_or_default()["dataObjectArrayValue"][0];
    let isbn = property(raw, "isbn").map(|p| p["stringValue"].clone());
    assert_eq!(isbn, Some(json!("9780000000002")));
    assert_eq!(property(raw, "pages").map(|p| p["dataType"].clone()), Some(json!("int64")));
}

fn absence(b: &mut Bench) {
    let asset = read(b, "a-flat");
    for key in ["imageMetadata", "publishFrom", "isDownloadable", "description"] {
        assert!(property(&asset, key).is_none(), "{key}");
    }
    let text = asset.to_string();
    assert!(!text.contains("null"), "{text}");
    for secret in ["no-dimensions", "front_cover", "meant"] {
        assert!(!text.contains(secret), "{text}");
    }
    let locked = read(b, "a-locked");
    let downloadable = property(&locked, "isDownloadable").map(|p| p["booleanValue"].clone());
    assert_eq!(downloadable, Some(json!(false)));
}

fn versions(b: &mut Bench) {
    let facts = |asset: &Value| {
        ["version", "eTag", "modifiedAt"].map(|k| property(asset, k).cloned().unwrap_or_default())
    };
    let old_link = b.link("a-jpeg", "original");
    let before = facts(&read(b, "a-jpeg"));
    b.now += 5_000;
    assert!(b.server.new_file_version(b.now, &id("a-jpeg"), image("second", "jpeg")));
    let after = facts(&read(b, "a-jpeg"));
    for (old, new) in before.iter().zip(&after) {
        assert_ne!(old, new);
    }
    let bytes = |marker: &str| crate::image_file::make(&image(marker, "jpeg"));
    assert_eq!(b.fetch(&old_link, None).body, bytes("a-jpeg"));
    let new_link = b.link("a-jpeg", "original");
    assert_eq!(b.fetch(&new_link, None).body, bytes("second"));
    let change = MetadataChange { credit: Some(None), ..MetadataChange::default() };
    assert!(b.server.change_metadata(b.now, &id("a-jpeg"), change));
    let edited = read(b, "a-jpeg");
    assert_eq!(facts(&edited)[0], after[0], "the version is the file's");
    assert_ne!(facts(&edited)[1], after[1]);
    assert!(!edited.to_string().contains("A. Nother"));
}

fn both(names: [&str; 2]) -> String {
    json!({"assetIds": names.map(|n| json!({"id": id(n)}))}).to_string()
}

fn denied(b: &mut Bench) {
    assert!(b.server.set_denied(&id("b-first"), true));
    let code = b.fails("IAssetsRead", "getAssetsAsync", &both(["a-jpeg", "b-first"]));
    assert_eq!(code, "permission_denied");
    let refused = b.execute("IAssetsRead", "getAssetAsync", &by_id("b-first"));
    assert_eq!((refused.status, refused.code().as_str()), (403, "permission_denied"));
    assert_eq!(refused.json()["error_details"]["uuid"], id("b-first"));
    let read = b.call("IAssetsRead", "getAssetsAsync", &both(["a-jpeg", "a-png"]));
    assert_eq!(read["assetDataObjects"].as_array().map(Vec::len), Some(2));
}

fn missing(b: &mut Bench) {
    assert_eq!(b.execute("IAssetsRead", "getAssetAsync", &by_id("a-never")).status, 404);
    assert!(b.server.set_gone(&id("a-png"), true));
    assert_eq!(b.execute("IAssetsRead", "getAssetAsync", &by_id("a-png")).status, 404);
    let code = b.fails("IAssetsRead", "getAssetsAsync", &both(["a-jpeg", "a-png"]));
    assert_eq!(code, "not_found");
}
