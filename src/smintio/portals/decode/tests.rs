//! One asset is the base of every case; each row changes one place and says what comes of it.

use super::*;
use crate::config::Portals;
use crate::fault::{BadRecord, Fault};
use crate::limits::TEXT_CHARS_MAX;
use crate::model::asset::Asset;
use crate::model::date::show_day;
use crate::model::ids::CollectionId;
use crate::smintio::portals::Profile;
use crate::vendor::wire::Json;

const ASSET: &str = include_str!("../../../../tests/cases/decode/portals-asset.json");

fn config() -> Portals {
    Portals {
        base_url: String::new(),
        portal: String::new(),
        connection: String::new(),
        profile: Profile::default(),
        asset_page: None,
        culture: "en".to_owned(),
        download_origins: Vec::new(),
        poll_ms: 5_000,
    }
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

fn collection_id() -> CollectionId {
    CollectionId::from("approved")
}

/// The asset with one property set to a typed value, or without that property.
fn changed(key: &str, property: Option<(&str, &str, &str)>) -> Json {
    let mut object = json(ASSET);
    let list = object["properties"].as_array_mut().unwrap();
    list.retain(|item| item["key"] != key);
    if let Some((data_type, name, value)) = property {
        let pairs = [("key", Json::from(key)), ("dataType", Json::from(data_type))];
        let mut item = Json::from_iter(pairs);
        item[name] = json(value);
        list.push(item);
    }
    object
}

fn read(object: Json) -> Result<Asset, BadRecord> {
    let result = Json::from_iter([("assetDataObject", object)]).to_string();
    asset(&config(), &collection_id(), &result).unwrap()
}

fn text_property(key: &str, value: &str) -> Json {
    changed(key, Some(("string", "stringValue", &Json::from(value).to_string())))
}

#[test]
fn a_whole_asset() {
    let found = read(json(ASSET)).unwrap();
    assert_eq!(found.id.as_str(), "12:image:AVFg");
    assert_eq!(found.collection, collection_id());
    assert_eq!(found.name.as_deref(), Some("Herbs cover"));
    assert_eq!(found.external_id.as_deref(), Some("AVFg"));
    assert_eq!(
        (found.version.as_str(), found.revision.as_str()),
        ("3", "3|e7|2026-01-02T03:04:05Z")
    );
    assert_eq!(found.publish_from.map(show_day).as_deref(), Some("2026-02-01"));
    assert_eq!(found.publish_until.map(show_day).as_deref(), Some("2026-12-31"));
    assert_eq!(found.downloadable, Some(true));
    let file = &found.file;
    assert_eq!(file.name.as_deref(), Some("../9780306406157.jpg"));
    assert_eq!((file.bytes, file.width, file.height), (Some(123_456), Some(1600), Some(2560)));
    assert_eq!(
        (file.media_type.as_deref(), file.sha1.as_deref()),
        (Some("image/jpeg"), Some("ab12"))
    );
    assert_eq!((file.credit.as_deref(), file.copyright.as_deref()), (Some("Ann"), Some("© Ann")));
}

#[test]
fn the_document_is_plain_and_canonical() {
    let found = read(json(ASSET)).unwrap();
    let document = json(&found.document);
    assert_eq!(document.to_string(), found.document);
    assert_eq!(document["uuid"], "12:image:AVFg");
    assert_eq!(document["name"], "Herbs cover");
    assert_eq!(document["localizedTags"], json(r#"["herbs","kitchen"]"#));
    let by_culture = r#"{"de":["x"],"x-default":["herbs","cover"]}"#;
    let type_name = "localized_strings_array_model";
    let value_name = "localizedStringsArrayModelValue";
    let tags = read(changed("localizedTags", Some((type_name, value_name, by_culture)))).unwrap();
    assert_eq!(self::json(&tags.document)["localizedTags"], self::json(r#"["herbs","cover"]"#));
    assert_eq!(document["fileMetadata"]["fileName"], "../9780306406157.jpg");
    assert_eq!(document["rawData"]["isbn"], "9780306406157");
    assert_eq!(document["rawData"]["rights"]["holder"], "Ann");
    assert_eq!(document["rawData"]["stage"]["listDisplayName"], "Approved");
    assert!(document.get("description").is_none(), "absent is not null");
    assert!(!found.document.contains("Signature"), "signed addresses are left out");
    let mut shuffled = json(ASSET);
    shuffled["properties"].as_array_mut().unwrap().reverse();
    assert_eq!(read(shuffled).unwrap().document, found.document);
}

#[test]
fn raw_data_is_one_object_in_every_form() {
    let raw = |value: &str| {
        let object = changed("rawData", Some(("data_object_array", "dataObjectArrayValue", value)));
        json(&read(object).unwrap().document)["rawData"].clone()
    };
    let item = r#"{"key":"isbn","dataType":"string","stringValue":"978"}"#;
    assert_eq!(
        raw(&format!(r#"[{{"properties":[{item}]}},{{"season":"S26"}}]"#)),
        json(r#"{"isbn":"978","season":"S26"}"#)
    );
    assert_eq!(raw(&format!(r#"{{"properties":[{item}]}}"#)), json(r#"{"isbn":"978"}"#));
    assert_eq!(raw(r#"[{"a":1},{"a":2,"b":3}]"#), json(r#"{"a":1,"b":3}"#));
    assert_eq!(raw("[]"), json("{}"));
    assert_eq!(raw(r#"["x"]"#), json(r#"["x"]"#));
}

#[test]
fn one_language_is_chosen() {
    let name = |texts: &str| {
        let property = ("localized_strings_model", "localizedStringsModelValue", texts);
        read(changed("name", Some(property))).unwrap().name
    };
    let check = |texts: &str, expected: Option<&str>| {
        assert_eq!(name(texts).as_deref(), expected, "{texts}")
    };
    check(r#"{"de":"D","en":"E","x-default":"X"}"#, Some("E"));
    check(r#"{"de":"D","x-default":"X"}"#, Some("X"));
    check(r#"{"fr":"F","de":"D"}"#, Some("D"));
    check(r#"{"en":null,"fr":"F"}"#, Some("F"));
    check("{}", None);
    check(r#""plain""#, Some("plain"));
}

#[test]
fn absent_is_unknown() {
    let bare = json(
        r#"{"uuid":"1:image:x","properties":[{"key":"eTag","dataType":"string","stringValue":"e"}]}"#,
    );
    let found = read(bare).unwrap();
    assert_eq!((found.name, found.downloadable, found.publish_until), (None, None, None));
    assert_eq!(found.file, crate::model::asset::FileFacts::default());
    let unset = json(
        r#"{"uuid":"1","properties":[{"key":"eTag","stringValue":"e"},{"key":"isDownloadable","dataType":"boolean","booleanValue":null},{"key":"name"}]}"#,
    );
    assert_eq!(read(unset).unwrap().downloadable, None);
}

#[test]
fn a_version_is_found_or_the_asset_is_bad() {
    let version = |object: &str| read(json(object)).map(|asset| asset.version);
    let property = |key: &str, value: &str| format!(r#"{{"key":"{key}","stringValue":"{value}"}}"#);
    let of = |items: &[String]| format!(r#"{{"uuid":"1","properties":[{}]}}"#, items.join(","));
    let tag = property("eTag", "e7");
    let number = r#"{"key":"version","dataType":"int64","int64Value":4}"#.to_owned();
    let hash = r#"{"key":"fileMetadata","dataObjectValue":{"sha1Hash":"ab"}}"#.to_owned();
    let modified = property("modifiedAt", "2026-01-01T00:00:00Z");
    assert_eq!(version(&of(&[tag.clone(), number])).as_deref(), Ok("4"));
    assert_eq!(version(&of(&[tag, hash.clone()])).as_deref(), Ok("e7"));
    assert_eq!(version(&of(&[hash, modified.clone()])).as_deref(), Ok("ab"));
    assert_eq!(version(&of(&[modified])).as_deref(), Ok("2026-01-01T00:00:00Z"));
    let none = version(&of(&[])).unwrap_err();
    assert!(none.reason.contains("a change would not be seen"), "{}", none.reason);
}

#[test]
fn limits_in_time_are_read_or_make_the_asset_bad() {
    let day = |key: &str, value: &str| {
        let found = read(changed(key, Some(("date_time", "dateTimeValue", value))));
        found
            .map(
                |asset| if key == "publishFrom" { asset.publish_from } else { asset.publish_until },
            )
            .map(|day| day.map(show_day))
    };
    let check = |key: &str, value: &str, expected: &str| {
        assert_eq!(day(key, value), Ok(Some(expected.to_owned())), "{key} {value}");
    };
    check("publishFrom", "\"2026-05-01T00:00:00Z\"", "2026-05-01");
    check("publishFrom", "\"2026-05-01T00:00:00+02:00\"", "2026-05-01");
    check("publishFrom", "\"2026-05-01T09:00:00Z\"", "2026-05-02");
    check("publishUntil", "\"2026-05-01T09:00:00Z\"", "2026-05-01");
    check("publishUntil", "\"2026-05-01\"", "2026-05-01");
    for value in ["\"soon\"", "\"\"", "5", "\"2026-05-01T09:00:00\""] {
        let bad = day("publishUntil", value).unwrap_err();
        assert!(bad.reason.starts_with("publishUntil is "), "{value}: {}", bad.reason);
    }
}

#[test]
fn an_asset_that_makes_no_sense_is_named() {
    let check = |object: Json, id: &str, reason: &str| {
        let bad = read(object.clone()).expect_err(&object.to_string());
        assert_eq!(bad.record_id, id);
        assert!(bad.reason.contains(reason), "{:?} lacks {reason:?}", bad.reason);
    };
    let id = "12:image:AVFg";
    check(
        text_property("isDownloadable", "yes"),
        id,
        "isDownloadable is \"yes\", expected true or false",
    );
    check(text_property("fileMetadata", "x"), id, "fileMetadata is \"x\", expected an object");
    let bytes = changed(
        "fileMetadata",
        Some(("data_object", "dataObjectValue", r#"{"fileSizeInBytes":"9"}"#)),
    );
    check(bytes, id, "fileSizeInBytes is \"9\", expected a whole number");
    let long = text_property("description", &"x".repeat(TEXT_CHARS_MAX + 1));
    check(long, id, "more than 100000 characters");
    let twice = json(
        r#"{"uuid":"1","properties":[{"key":"eTag","stringValue":"a"},{"key":"eTag","stringValue":"b"}]}"#,
    );
    check(twice, "1", "eTag stands there twice");
    let two =
        json(r#"{"uuid":"1","properties":[{"key":"eTag","stringValue":"a","int32Value":1}]}"#);
    check(two, "1", "eTag has several values");
    check(json(r#"{"uuid":"1","properties":{}}"#), "1", "properties: an object stands there");
    check(json(r#"{"uuid":"1","properties":["x"]}"#), "1", "properties[0] is no object");
    check(
        json(r#"{"uuid":"1","properties":[{"stringValue":"x"}]}"#),
        "1",
        "properties[0] has no text `key`",
    );
    check(json(r#"{"properties":[]}"#), "asset 1 of the page", "no `uuid`");
    check(json(r#"{"uuid":7}"#), "asset 1 of the page", "no `uuid`");
    check(json("5"), "asset 1 of the page", "a number stands there");
}

#[test]
fn whole_results_that_cannot_be_read() {
    let read = |result: &str| asset(&config(), &collection_id(), result);
    assert!(matches!(read("{}"), Err(Fault::NotFound(_))));
    assert!(matches!(read(r#"{"assetDataObject":null}"#), Err(Fault::NotFound(_))));
    for result in ["", "[]", "<html>", "5", "{\"a\":1e400}", "'", &"[".repeat(1000)] {
        assert!(matches!(read(result), Err(Fault::Unreadable(_))), "{result}");
    }
}

#[test]
fn a_page_of_heads_shows_the_revision_of_the_details() {
    let mut light = json(ASSET);
    light["properties"].as_array_mut().unwrap().retain(|item| item["key"] != "rawData");
    let page = r#"{"assetDataObjects":[A,{"uuid":"x"},{"properties":[]}],"details":{"searchResultSetId":"rs","hasMoreResults":true,"totalResults":7,"errors":[{"errorCode":"da","errorMessage":"down"}]}}"#;
    let page = asset_page(&config(), &page.replace('A', &light.to_string())).unwrap();
    let [first, second, third] = page.assets.as_slice() else { panic!("{page:?}") };
    let first = first.as_ref().unwrap();
    let details = read(json(ASSET)).unwrap();
    assert_eq!((&first.id, &first.revision), (&details.id, &details.revision));
    assert_eq!(second.as_ref().unwrap().revision, "");
    assert_eq!(third.as_ref().unwrap_err().record_id, "asset 3 of the page");
    assert_eq!(
        (page.result_set.as_deref(), page.has_more, page.total),
        (Some("rs"), true, Some(7))
    );
    assert_eq!(page.errors, ["da, down"]);
}

#[test]
fn the_end_of_a_listing_is_never_guessed() {
    let more = |list: &str, details: &str| {
        let page = format!(r#"{{"assetDataObjects":{list},"details":{details}}}"#);
        asset_page(&config(), &page).map(|page| page.has_more)
    };
    let one = r#"[{"uuid":"1"}]"#;
    assert_eq!(more(one, r#"{"hasMoreResults":false}"#), Ok(false));
    assert_eq!(more("[]", r#"{"hasMoreResults":true}"#), Ok(true));
    assert_eq!(more(one, "{}"), Ok(true));
    assert_eq!(more("[]", "{}"), Ok(false));
    for (list, details) in [("null", "{}"), (one, "null"), ("{}", "{}"), (one, r#"{"errors":"x"}"#)]
    {
        assert!(matches!(more(list, details), Err(Fault::Unreadable(_))), "{list} {details}");
    }
}

#[test]
fn tasks_and_their_result_texts() {
    let result = |text: Json| {
        let pairs = [
            ("uuid", Json::from("t")),
            ("state", Json::from("completed")),
            ("result_string", text),
        ];
        task(Json::from_iter(pairs).to_string().as_bytes()).unwrap().result
    };
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(result(Json::from(text)).as_deref(), expected, "{text}");
    };
    check(r#"{"a":"b"}"#, Some(r#"{"a":"b"}"#));
    check(r#"'{"a":"b"}'"#, Some(r#"{"a":"b"}"#));
    check(r#""{\"a\":\"b\"}""#, Some(r#"{"a":"b"}"#));
    check(r#"'"{\"a\":\"b\"}"'"#, Some(r#"{"a":"b"}"#));
    check(r#""\"{\\\"a\\\":1}\"""#, Some(r#"{"a":1}"#));
    check(r#"{\"a\":\"it's\"}"#, Some(r#"{"a":"it's"}"#));
    check("", None);
    check("''", None);
    check("no json", Some("no json"));
    check("\"cut", Some("\"cut"));
    assert_eq!(result(json(r#"{"a":1}"#)).as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(result(Json::Null), None);
}

#[test]
fn states_of_a_task() {
    let check = |state: &str, expected: TaskState| {
        let found = task(format!(r#"{{"uuid":"t","state":"{state}"}}"#).as_bytes()).unwrap();
        assert_eq!((found.state, found.result), (expected, None));
    };
    check("created", TaskState::Created);
    check("in_progress", TaskState::InProgress);
    check("completed", TaskState::Completed);
    check("error", TaskState::Error);
    for body in [r#"{"uuid":"t","state":"lost"}"#, r#"{"state":"error"}"#, "<html>", ""] {
        assert!(matches!(task(body.as_bytes()), Err(Fault::Unreadable(_))), "{body}");
    }
    let failed = |result: Option<&str>| {
        task_words(&Task {
            uuid: "t".to_owned(),
            state: TaskState::Error,
            result: result.map(str::to_owned),
        })
    };
    assert_eq!(failed(None), "it gives no reason");
    assert_eq!(failed(Some(r#"{"error_code":"a","error_message":"b"}"#)), "a, b");
    assert_eq!(failed(Some("boom")), "boom");
}

#[test]
fn download_items_go_back_as_they_came() {
    let raw = r#"{"assetIds":[{"id":"12:image:A"},"12:image:B"],"description":{"en":"J"},"groupId":"g","itemId":"jpeg","warningToBeAccepted":"Ask Ann"}"#;
    let groups = format!(
        r#"{{"assetDownloadGroups":[{{"groupId":"files","assetDownloadItems":[{raw},{{"itemId":"x"}}]}},{{}}]}}"#
    );
    let items = download_items(&config(), &groups).unwrap();
    let [jpeg, other] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((jpeg.item_id.as_str(), jpeg.group_id.as_deref()), ("jpeg", Some("g")));
    assert_eq!(jpeg.raw, raw);
    assert_eq!(
        jpeg.assets.iter().map(|a| a.as_str()).collect::<Vec<_>>(),
        ["12:image:A", "12:image:B"]
    );
    assert_eq!(jpeg.warning.as_deref(), Some("Ask Ann"));
    assert_eq!((other.group_id.as_deref(), other.warning.as_deref()), (Some("files"), None));
    for warning in ["null", "false", "\" \""] {
        let text = format!(
            r#"{{"assetDownloadGroups":[{{"assetDownloadItems":[{{"itemId":"x","warningToBeAccepted":{warning}}}]}}]}}"#
        );
        assert_eq!(download_items(&config(), &text).unwrap()[0].warning, None, "{warning}");
    }
    for text in ["{}", r#"{"assetDownloadGroups":[{"assetDownloadItems":[{}]}]}"#, "[]"] {
        assert!(matches!(download_items(&config(), text), Err(Fault::Unreadable(_))), "{text}");
    }
}

#[test]
fn the_address_of_a_download() {
    let read = |url: &str| {
        let url = Json::from(url);
        download(&format!(
            r#"{{"assetDownloadUrl":{{"url":{url},"fileName":"a.jpg","fileSizeInBytes":9,"mediaType":"image/jpeg"}}}}"#
        ))
    };
    let found = read("https://cdn.example/a?Signature=s3cret").unwrap();
    assert_eq!((found.file_name.as_deref(), found.bytes), (Some("a.jpg"), Some(9)));
    assert!(!format!("{found:?}").contains("s3cret"));
    for url in ["", "ftp://x/a", "/a", "https://x/\n", "javascript:alert(1)", "https://x/ä"] {
        let fault = read(url).unwrap_err();
        assert!(matches!(fault, Fault::Unreadable(_)), "{url}");
    }
    assert!(matches!(download("{}"), Err(Fault::Unreadable(_))));
}

#[test]
fn collections_by_page_and_alone() {
    let text = r#"{"collections":[{"collectionId":"c1","name":"Approved","isSearchBased":false},{"collectionId":{"id":"c2"},"name":{"de":"D","en":"E"}},{"collectionId":3}],"details":{"hasMoreResults":false}}"#;
    let page = collections(&config(), text).unwrap();
    assert!(!page.has_more);
    let found: Vec<_> =
        page.collections.iter().map(|c| (c.id.as_str(), c.name.as_deref())).collect();
    assert_eq!(found, [("c1", Some("Approved")), ("c2", Some("E")), ("3", None)]);
    let one = collection(
        &config(),
        r#"{"collection":{"collectionId":"c1","name":"A","isSearchBased":true}}"#,
    )
    .unwrap();
    assert_eq!((one.id.as_str(), one.search_based), ("c1", Some(true)));
    assert!(matches!(collection(&config(), "{}"), Err(Fault::NotFound(_))));
    for text in ["{}", r#"{"collections":[{}]}"#, r#"{"collections":{}}"#, "<html>"] {
        assert!(matches!(collections(&config(), text), Err(Fault::Unreadable(_))), "{text}");
    }
}
