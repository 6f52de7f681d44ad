//! Conformance: collections (facts 4.3 e, 7.4).

use super::Row;
use super::bench::{Bench, Reading, id};
use super::search::names;
use serde_json::{Value, json};

pub const ROWS: &[Row] = &[
    Row { name: "names are not unique", source: "4.3 e", check: duplicates },
    Row { name: "collection search starts at 1", source: "4.3 e", check: paging },
    Row { name: "members page by number", source: "7.4", check: random_members },
    Row { name: "members page by cursor", source: "7.4", check: cursor_members },
    Row { name: "hidden members are not shown", source: "4.3 d", check: hidden_members },
    Row { name: "creating twice makes two", source: "4.3 e", check: create },
    Row { name: "adding and removing are sets", source: "4.3 e", check: modify },
    Row { name: "an unknown asset adds nothing", source: "4.3 e", check: nothing_added },
    Row { name: "rename and delete", source: "4.3 e", check: rename_delete },
    Row { name: "search-based collections", source: "4.3 e", check: search_based },
    Row { name: "comments are posted, changed, deleted", source: "4.3 e", check: comments },
    Row { name: "a collection may be read-only for the token", source: "4.3 e", check: read_only },
    Row { name: "people change collections too", source: "4.3 d", check: people },
];

fn find(b: &mut Bench, params: &Value) -> Value {
    b.call("ICollectionsSearch", "searchCollectionsAsync", &params.to_string())
}

fn members(b: &mut Bench, params: &Value) -> Value {
    let method = "searchCollectionAssetsAsync";
    b.call("ICollectionsAssetsSearch", method, &params.to_string())
}

fn create_kit(b: &mut Bench, params: &Value) -> String {
    let made = b.call("ICollectionsCreate", "createCollectionAsync", &params.to_string());
    made["collection"]["collectionId"].as_str().unwrap_or_default().to_owned()
}

fn change(b: &mut Bench, method: &str, collection: &str, assets: &[&str]) -> Value {
    let ids: Vec<Value> = assets.iter().map(|a| json!({"id": id(a)})).collect();
    let params = json!({"collectionId": collection, "assetIds": ids}).to_string();
    b.call("ICollectionsAssetsModify", method, &params)
}

fn comments(b: &mut Bench) {
    let on = "ICollectionsUpdate";
    let post = json!({"collectionId": "100", "comment": "One", "uniqueId": "u"}).to_string();
    let first = b.call(on, "commentCollectionAsync", &post);
    let second = b.call(on, "commentCollectionAsync", &post);
    let comment = &first["collectionComment"]["commentId"];
    assert_ne!(comment, &second["collectionComment"]["commentId"], "twice is two");
    let edit = json!({"collectionId": "100", "commentId": comment, "comment": "Two"}).to_string();
    b.call(on, "updateCollectionCommentAsync", &edit);
    let texts: Vec<String> = b.server.comments("100").into_iter().map(|c| c.text).collect();
    assert_eq!(texts, ["Two", "One"]);
    let shown = b.call("ICollectionsRead", "getCollectionAsync", "{\"collectionId\":\"100\"}");
    assert_eq!(shown["collection"]["totalCommentCount"], 2);
    b.call(on, "deleteCollectionCommentAsync", &edit);
    assert_eq!(b.execute(on, "updateCollectionCommentAsync", &edit).status, 404);
    let empty = json!({"collectionId": "100", "comment": " "}).to_string();
    assert_eq!(b.execute(on, "commentCollectionAsync", &empty).status, 400);
    let list = json!({"collectionId": "100"}).to_string();
    assert_eq!(b.execute(on, "getCollectionCommentsAsync", &list).status, 501);
    b.server.settings.comments_are_listed = true;
    let listed = b.call(on, "getCollectionCommentsAsync", &list);
    assert_eq!(listed["comments"][0]["comment"], "One");
}

fn read_only(b: &mut Bench) {
    b.server.set_read_only("100", true);
    let post = json!({"collectionId": "100", "comment": "One"}).to_string();
    assert_eq!(b.execute("ICollectionsUpdate", "commentCollectionAsync", &post).status, 403);
    let params = json!({"collectionId": "100", "assetIds": [{"id": id("a-flat")}]}).to_string();
    let code = b.fails("ICollectionsAssetsModify", "addAssetsToCollectionAsync", &params);
    assert_eq!(code, "permission_denied");
    assert_eq!(b.server.collection_members("100").map(|m| m.len()), Some(3));
}

fn duplicates(b: &mut Bench) {
    let found = find(b, &json!({"queryString": "approved"}));
    let ids: Vec<&Value> =
        found["collections"].as_array().into_iter().flatten().map(|c| &c["collectionId"]).collect();
    assert_eq!(ids, ["100", "200"]);
}

fn paging(b: &mut Bench) {
    let second = find(b, &json!({"page": 2, "pageSize": 1}));
    assert_eq!(second["collections"][0]["collectionId"], "200");
    assert_eq!(second["details"]["currentPage"], 2);
    assert_eq!(second["details"]["totalResults"], 2);
    let refused = b.execute("ICollectionsSearch", "searchCollectionsAsync", "{\"page\":0}");
    assert_eq!((refused.status, refused.code().as_str()), (400, "paging_offset_invalid"));
    let refused = b.execute("ICollectionsSearch", "searchCollectionsAsync", "{\"sortBy\":\"x\"}");
    assert_eq!(refused.code(), "sort_by_invalid");
}

fn random_members(b: &mut Bench) {
    let first = members(b, &json!({"collectionId": "100", "page": 0, "pageSize": 2}));
    assert_eq!(names(&first), ["a-jpeg", "a-png"]);
    assert_eq!(first["details"]["totalResults"], 3);
    let second = members(b, &json!({"collectionId": "100", "page": 1, "pageSize": 2}));
    assert_eq!(names(&second), ["b-first"]);
    assert!(!first.to_string().contains("rawData"));
}

fn cursor_members(b: &mut Bench) {
    let first = members(b, &json!({"collectionId": "200", "page": 5, "pageSize": 2}));
    assert_eq!(names(&first), ["a-flat", "b-first"]);
    assert!(first["details"].get("totalResults").is_none());
    let set = &first["details"]["searchResultSetId"];
    let next = json!({"collectionId": "200", "searchResultSetUuid": set, "pageSize": 2});
    let second = members(b, &next);
    assert_eq!(names(&second), ["b-second"]);
    assert_eq!(second["details"]["hasMoreResults"], false);
}

fn hidden_members(b: &mut Bench) {
    b.server.set_gone(&id("a-jpeg"), true);
    b.server.set_denied(&id("a-png"), true);
    assert_eq!(names(&members(b, &json!({"collectionId": "100"}))), ["b-first"]);
    b.server.break_source("b", Some("Forbidden"));
    let found = members(b, &json!({"collectionId": "100"}));
    assert_eq!(names(&found).len(), 0);
    assert_eq!(found["details"]["errors"][0]["errorCode"], "Forbidden");
    let missing = "{\"collectionId\":\"9\"}";
    let refused = b.execute("ICollectionsAssetsSearch", "searchCollectionAssetsAsync", missing);
    assert_eq!((refused.status, refused.code().as_str()), (404, "not_found"));
}

fn create(b: &mut Bench) {
    let params = json!({
        "definition": {"name": "Kit · C1234"},
        "assetIds": [{"id": id("a-png")}, {"id": id("a-png")}],
    });
    let (first, second) = (create_kit(b, &params), create_kit(b, &params));
    assert_ne!(first, second);
    assert_eq!(b.server.collection_members(&first), Some(vec![id("a-png")]));
    let nameless = b.execute("ICollectionsCreate", "createCollectionAsync", "{}");
    assert_eq!((nameless.status, nameless.code().as_str()), (400, "argument_missing"));
}

fn modify(b: &mut Bench) {
    for _ in 0..2 {
        change(b, "addAssetsToCollectionAsync", "100", &["a-flat", "a-png"]);
    }
    let shown = names(&members(b, &json!({"collectionId": "100"})));
    assert_eq!(shown, ["a-jpeg", "a-png", "b-first", "a-flat"]);
    for _ in 0..2 {
        change(b, "removeAssetsFromCollectionAsync", "100", &["a-jpeg", "b-second"]);
    }
    let shown = names(&members(b, &json!({"collectionId": "100"})));
    assert_eq!(shown, ["a-png", "b-first", "a-flat"]);
}

fn nothing_added(b: &mut Bench) {
    let params = json!({
        "collectionId": "100",
        "assetIds": [{"id": id("a-flat")}, {"id": id("a-never")}],
    });
    let interface = "ICollectionsAssetsModify";
    let code = b.fails(interface, "addAssetsToCollectionAsync", &params.to_string());
    assert_eq!(code, "not_found");
    assert_eq!(b.server.collection_members("100").map(|m| m.len()), Some(3));
}

fn rename_delete(b: &mut Bench) {
    let params = json!({"collectionId": "100", "definition": {"name": "Other"}}).to_string();
    let renamed = b.call("ICollectionsUpdate", "updateCollectionAsync", &params);
    assert_eq!(renamed["collection"]["name"], "Other");
    b.call("ICollectionsDelete", "deleteCollectionAsync", "{\"collectionId\":\"100\"}");
    assert_eq!(b.server.collections(), [("200".to_owned(), "Approved".to_owned())]);
    let again =
        b.fails("ICollectionsDelete", "deleteCollectionAsync", "{\"collectionId\":\"100\"}");
    assert_eq!(again, "not_found");
}

fn search_based(b: &mut Bench) {
    let params = json!({
        "definition": {"name": "All of b"},
        "searchAssetsParameters": {"queryString": "cover b-"},
    });
    let kit = create_kit(b, &params);
    let shown = names(&members(b, &json!({"collectionId": kit})));
    assert_eq!(shown, ["b-first", "b-second"]);
    let params = json!({"collectionId": kit, "assetIds": [{"id": id("a-flat")}]}).to_string();
    let interface = "ICollectionsAssetsModify";
    let refused = b.execute(interface, "addAssetsToCollectionAsync", &params);
    assert_eq!((refused.status, refused.code().as_str()), (400, "argument_invalid"));
}

fn people(b: &mut Bench) {
    assert!(b.server.add_to_collection("100", &id("a-flat")));
    assert!(b.server.remove_from_collection("100", &id("a-jpeg")));
    assert!(!b.server.remove_from_collection("100", &id("a-jpeg")));
    assert!(!b.server.add_to_collection("300", &id("a-flat")));
    let shown = names(&members(b, &json!({"collectionId": "100"})));
    assert_eq!(shown, ["a-png", "b-first", "a-flat"]);
}
