//! Conformance: asset search, its paging, filters and partial failure (facts 4.3 a, 7.4).

use super::super::Paging;
use super::Row;
use super::bench::{Bench, Reading, property};
use serde_json::{Value, json};

pub const ROWS: &[Row] = &[
    Row { name: "random paging starts at 0, with totals", source: "4.3 a", check: random },
    Row { name: "cursor paging has no totals", source: "4.3 a", check: cursor },
    Row { name: "result sets expire and belong to one search", source: "4.3 a", check: set_ends },
    Row { name: "feature support tells the personality", source: "4.3 a", check: features },
    Row { name: "page sizes are 1 to 50", source: "1.4", check: sizes },
    Row { name: "search drops rawData and file facts", source: "4.3 a", check: drops },
    Row { name: "text and content type narrow", source: "4.3 a", check: narrows },
    Row { name: "filters come back verbatim", source: "4.3 a", check: filters },
    Row { name: "foreign filter tokens are refused", source: "7.4", check: foreign },
    Row { name: "allowed values of a facet", source: "4.3 a", check: allowed },
    Row { name: "a source that is down leaves an error", source: "4.3 a", check: partial },
];

pub fn names(found: &Value) -> Vec<String> {
    let assets = found["assetDataObjects"].as_array().cloned().unwrap_or_default();
    let ids = assets.iter().filter_map(|a| a["uuid"].as_str()?.rsplit(':').next());
    ids.map(str::to_owned).collect()
}

fn search(b: &mut Bench, params: &Value) -> Value {
    b.call("IAssetsSearch", "searchAssetsAsync", &params.to_string())
}

fn random(b: &mut Bench) {
    let first = search(b, &json!({"page": 0, "pageSize": 3}));
    assert_eq!(names(&first), ["a-jpeg", "a-png", "a-locked"]);
    let expected = json!({
        "currentPage": 0, "currentItemsPerPage": 3, "maxPages": 3, "totalResults": 7,
        "hasMoreResults": true,
    });
    assert_eq!(first["details"], expected);
    let last = search(b, &json!({"page": 2, "pageSize": 3}));
    assert_eq!((names(&last).len(), &last["details"]["hasMoreResults"]), (1, &json!(false)));
    assert_eq!(names(&search(b, &json!({"page": 9}))).len(), 0);
    let refused = b.execute("IAssetsSearch", "searchAssetsAsync", "{\"page\":-1}");
    assert_eq!((refused.status, refused.code().as_str()), (400, "paging_offset_invalid"));
}

fn cursor(b: &mut Bench) {
    b.set(|s| s.search_paging = Paging::Cursor);
    let first = search(b, &json!({"page": 2, "pageSize": 4}));
    assert_eq!(names(&first)[0], "a-jpeg", "the page number is ignored");
    let details = first["details"].as_object().cloned().unwrap_or_default();
    for absent in ["totalResults", "maxPages", "currentPage"] {
        assert!(!details.contains_key(absent), "{absent}");
    }
    assert_eq!(details["hasMoreResults"], true);
    let next = json!({"pageSize": 4, "searchResultSetUuid": details["searchResultSetId"]});
    let second = search(b, &next);
    assert_eq!(names(&second), ["a-flat", "b-first", "b-second"]);
    assert_eq!(second["details"]["hasMoreResults"], false);
    assert_eq!(names(&search(b, &next)), names(&second), "a repeated request repeats the page");
}

fn set_ends(b: &mut Bench) {
    b.set(|s| s.search_paging = Paging::Cursor);
    let first = search(b, &json!({"pageSize": 1}));
    let next = json!({"searchResultSetUuid": first["details"]["searchResultSetId"]}).to_string();
    let go_on =
        |b: &mut Bench, params: &str| b.execute("IAssetsSearch", "searchAssetsAsync", params);
    b.now += 299_999;
    assert_eq!(go_on(b, &next).status, 200);
    b.now += 299_999;
    assert_eq!(go_on(b, &next).status, 200, "use prolongs it");
    b.now += 300_000;
    for params in [next.as_str(), "{\"searchResultSetUuid\":\"1-1-ff\"}"] {
        let refused = go_on(b, params);
        assert_eq!((refused.status, refused.code().as_str()), (400, "scroll_uuid_invalid"));
    }
    let members = json!({"collectionId": "200", "pageSize": 1}).to_string();
    let other = b.call("ICollectionsAssetsSearch", "searchCollectionAssetsAsync", &members);
    let foreign = json!({"searchResultSetUuid": other["details"]["searchResultSetId"]});
    assert_eq!(go_on(b, &foreign.to_string()).code(), "scroll_uuid_invalid");
}

fn features(b: &mut Bench) {
    let shown = |b: &mut Bench| {
        b.call("IAssetsSearch", "getFeatureSupportAsync", "{}")["isRandomAccessSupported"].clone()
    };
    assert_eq!(shown(b), true);
    b.set(|s| s.search_paging = Paging::Cursor);
    assert_eq!(shown(b), false);
}

fn sizes(b: &mut Bench) {
    for (size, code) in [(0, "paging_limit_invalid"), (51, "max_paging_limit_exceeded")] {
        let params = json!({"pageSize": size}).to_string();
        let refused = b.execute("IAssetsSearch", "searchAssetsAsync", &params);
        assert_eq!((refused.status, refused.code().as_str()), (400, code));
    }
}

fn drops(b: &mut Bench) {
    let found = search(b, &json!({}));
    let text = found["assetDataObjects"].to_string();
    for absent in ["rawData", "fileSizeInBytes", "sha1Hash", "9780000000002"] {
        assert!(!text.contains(absent), "{absent}");
    }
    assert!(property(&found["assetDataObjects"][0], "fileMetadata").is_some());
    b.set(|s| s.drop_raw_data_in_search = false);
    let found = search(b, &json!({}));
    assert!(property(&found["assetDataObjects"][0], "rawData").is_some());
}

fn narrows(b: &mut Bench) {
    assert_eq!(names(&search(b, &json!({"queryString": "COVER b-f"}))), ["b-first"]);
    assert_eq!(names(&search(b, &json!({"queryString": "9780000000002"}))).len(), 7);
    assert_eq!(names(&search(b, &json!({"queryString": "nowhere"}))).len(), 0);
    assert_eq!(names(&search(b, &json!({"contentType": 0}))).len(), 7);
    assert_eq!(names(&search(b, &json!({"contentType": 2}))).len(), 0);
}

fn token(found: &Value, facet: &str, value: &str) -> Value {
    let groups = &found["filterModel"]["formGroupDefinitions"][0]["formItemDefinitions"];
    let items = groups.as_array().cloned().unwrap_or_default();
    let item = items.iter().find(|i| i["id"] == facet).cloned().unwrap_or_default();
    let values = item["allowedValues"].as_array().cloned().unwrap_or_default();
    let found = values.iter().find(|v| v["name"]["x-default"] == value);
    found.map(|v| v["value"]["stringValue"].clone()).unwrap_or_default()
}

fn by_filter(id: &str, tokens: &[Value]) -> Value {
    let filter = json!({"id": id, "dataType": "string_array", "stringArrayValue": tokens});
    json!({"currentFilters": {"values": [filter]}})
}

fn filters(b: &mut Bench) {
    let found = search(b, &json!({}));
    let (first, second) = (token(&found, "keywords", "a"), token(&found, "keywords", "b"));
    let by = |b: &mut Bench, tokens: &[Value]| names(&search(b, &by_filter("keywords", tokens)));
    assert_eq!(by(b, std::slice::from_ref(&second)), ["b-first", "b-second"]);
    assert_eq!(by(b, &[first, second]).len(), 7);
    let status = token(&found, "rawData.status", "approved");
    assert_eq!(names(&search(b, &by_filter("rawData.status", &[status]))).len(), 7);
    let source = by_filter("smintIoHub:dataAdapterInstanceKey", &[json!("b")]);
    assert_eq!(names(&search(b, &source)), ["b-first", "b-second"]);
}

fn foreign(b: &mut Bench) {
    let found = search(b, &json!({}));
    let of_other_facet = token(&found, "keywords", "a");
    for params in [
        by_filter("keywords", &[json!("a")]),
        by_filter("rawData.status", &[of_other_facet]),
        by_filter("keywords", &[]),
    ] {
        let refused = b.execute("IAssetsSearch", "searchAssetsAsync", &params.to_string());
        assert_eq!((refused.status, refused.code().as_str()), (400, "filter_value_invalid"));
    }
    let unknown = by_filter("approved", &[json!("true")]).to_string();
    let refused = b.execute("IAssetsSearch", "searchAssetsAsync", &unknown);
    assert_eq!((refused.status, refused.code().as_str()), (400, "argument_invalid"));
}

fn allowed(b: &mut Bench) {
    let params =
        json!({"formItemDefinitionId": "keywords", "formItemDefinitionQueryString": "COV"});
    let method = "getFormItemDefinitionAllowedValuesAsync";
    let found = b.call("IAssetsSearch", method, &params.to_string());
    assert_eq!(found["allowedValuesTotalCount"], 1);
    assert_eq!(found["allowedValues"][0]["name"]["x-default"], "cover");
    assert_eq!(found["allowedValues"][0]["count"], 7);
}

fn partial(b: &mut Bench) {
    b.server.break_source("b", Some("NotAvailable"));
    let found = search(b, &json!({}));
    assert_eq!(names(&found).len(), 5);
    assert_eq!(found["details"]["errors"][0]["errorCode"], "NotAvailable");
    b.server.break_source("b", None);
    let found = search(b, &json!({}));
    assert_eq!((names(&found).len(), found["details"].get("errors")), (7, None));
}
