//! One work is the base of every case; each row changes one place of the answer and says what
//! must come of it.

use super::*;
use crate::consonance::Profile;
use crate::limits::TEXT_CHARS_MAX;
use crate::model::date::show_day;
use crate::model::ids::{ResourceId, WebLinkId};
use crate::model::title::Ratio;

const WORK: &str = include_str!("../../../tests/cases/decode/consonance-work.json");

fn config() -> Consonance {
    Consonance {
        base_url: String::new(),
        connection: String::new(),
        profile: Profile::default(),
        overlap_days: 1,
        full_sweep_days: 7,
    }
}

/// An answer about works 7 and 8; `change` may alter the whole of it.
fn answer(change: impl FnOnce(&mut Json)) -> Vec<u8> {
    let work: Json = serde_json::from_str(WORK).unwrap();
    let mut other = work.clone();
    other["id"] = Json::from(8);
    let data = Json::from_iter([("w7", work), ("w8", other)]);
    let mut answer = Json::from_iter([("data", data)]);
    change(&mut answer);
    answer.to_string().into_bytes()
}

/// What became of work 7; work 8 must be found, whatever happened to its neighbour.
fn seventh(change: impl FnOnce(&mut Json)) -> Lookup<Title> {
    let found = works(&config(), &answer(change), &[WorkId(7), WorkId(8)]).unwrap();
    let [(WorkId(7), seventh), (WorkId(8), Lookup::Found(_))] = <[_; 2]>::try_from(found).unwrap()
    else {
        panic!("work 8 was spoilt by its neighbour");
    };
    seventh
}

fn found(change: impl FnOnce(&mut Json)) -> Title {
    match seventh(change) {
        Lookup::Found(title) => *title,
        other => panic!("{other:?}"),
    }
}

fn at(pointer: &str, value: &str) -> impl FnOnce(&mut Json) {
    let (pointer, value) = (format!("/data/w7{pointer}"), value.to_owned());
    move |answer| *answer.pointer_mut(&pointer).unwrap() = serde_json::from_str(&value).unwrap()
}

fn without(pointer: &str, key: &str) -> impl FnOnce(&mut Json) {
    let (pointer, key) = (format!("/data/w7{pointer}"), key.to_owned());
    move |answer| {
        let object = answer.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
        assert!(object.remove(&key).is_some(), "{key} was not there");
    }
}

fn errors(list: &str) -> impl FnOnce(&mut Json) {
    let list: Json = serde_json::from_str(list).unwrap();
    move |answer| answer["errors"] = list
}

#[test]
fn a_whole_title() {
    let title = found(|_| ());
    assert_eq!((title.id, title.title.as_str()), (WorkId(7), "Herbs & Spices"));
    let publication = &title.publication;
    assert_eq!((publication.imprint_id, title.contributors[0].id), (Some(4), Some(31)));
    assert_eq!(publication.bisacs, ["CKB055000", "NAT026000"]);
    assert_eq!(publication.season.as_deref(), Some("Spring 2026"));
    let texts: Vec<String> = publication.texts_from.iter().map(|day| show_day(*day)).collect();
    assert_eq!(texts, ["2026-02-01", "2026-04-15"]);
    assert_eq!(title.imprint.as_deref(), Some("Acme Press"));
    let names: Vec<_> = title.contributors.iter().map(|c| (c.name.as_str(), &*c.role)).collect();
    assert_eq!(names, [("Ann Author", "A01"), ("Bob Drawer", "A12")]);
    assert_eq!(title.products.iter().map(|p| p.id.0).collect::<Vec<_>>(), [71, 72]);
    let [print, ebook] = title.products.as_slice() else { panic!() };
    assert_eq!(print.isbn.map(|i| i.to_string()).as_deref(), Some("9780306406157"));
    assert_eq!((print.form.as_deref(), print.status.as_deref()), (Some("BB"), Some("04")));
    let days = title.products.iter().map(|p| p.publication_date.map(crate::model::date::show_day));
    let days: Vec<_> = days.collect();
    assert_eq!(days, [Some("2026-05-01".to_owned()), Some("2026-06-01".to_owned())]);
    assert!(print.territory.known.contains("GB") && !print.territory.unknown_rest);
    assert_eq!(print.web_links.iter().map(|l| l.id).collect::<Vec<_>>(), [WebLinkId(3)]);
    assert_eq!((ebook.isbn, ebook.territory.known.len()), (None, 248));
    assert_eq!(title.runs[0].quantities[0].ordered, 3000);
    assert_eq!(title.runs[0].quantities[0].received, None);
    let image = &title.resources[0];
    assert_eq!((image.id, image.variant.as_deref()), (ResourceId(501), Some("FRONT_COVER")));
    assert_eq!(image.products, [ProductId(71), ProductId(72)]);
    assert_eq!(image.aspect_ratio, Some(Ratio { millionths: 653_100 }));
    assert_eq!((image.audience.as_deref(), image.processing), (Some("00"), false));
    assert_eq!(title.notes, Vec::<String>::new());
}

#[test]
fn null_is_empty() {
    let cases = [
        ("/title", "title"),
        ("/subtitle", "subtitle"),
        ("/inHouseWorkReference", "in-house reference"),
        ("/imprint", "imprint"),
        ("/season", "season"),
        ("/bisacs", "subjects"),
        ("/marketingTexts", "texts"),
        ("/contributions", "contributors"),
        ("/products", "products"),
        ("/productionRuns", "runs"),
        ("/supportingResources", "resources"),
    ];
    for (pointer, what) in cases {
        let title = found(at(pointer, "null"));
        let empty = match what {
            "title" => title.title.is_empty(),
            "subtitle" => title.subtitle.is_none(),
            "in-house reference" => title.in_house_reference.is_none(),
            "imprint" => title.imprint.is_none(),
            "season" => title.publication.season.is_none(),
            "subjects" => title.publication.bisacs.is_empty(),
            "texts" => title.publication.texts_from.is_empty(),
            "contributors" => title.contributors.is_empty(),
            "products" => title.products.is_empty(),
            "runs" => title.runs.is_empty(),
            _ => title.resources.is_empty(),
        };
        assert!(empty, "{what}");
    }
    let product = |pointer: &str| found(at(pointer, "null")).products.remove(0);
    assert_eq!(product("/products/1/isbn").isbn, None);
    assert_eq!(product("/products/1/isbn/isbn13").isbn, None);
    assert_eq!(product("/products/1/onixPublishingStatusCode").status, None);
    assert_eq!(product("/products/1/publicationDate").publication_date, None);
    assert!(product("/products/1/forSaleCountryCodes").territory.known.is_empty());
    let image = found(at("/supportingResources/1/variant", "null")).resources.remove(0);
    assert_eq!(image.variant, None);
}

#[test]
fn what_was_asked_for_and_is_missing_is_unreadable_never_empty() {
    let cases = [
        ("", "title"),
        ("", "products"),
        ("", "supportingResources"),
        ("/imprint", "name"),
        ("", "marketingTier"),
        ("/marketingTexts/0", "fromDate"),
        ("/contributions/0", "sequenceNumber"),
        ("/products/0", "isbn"),
        ("/products/0", "plannedPublicationDate"),
        ("/products/0", "isForSaleWorldwide"),
        ("/products/1/webLinks/0", "role"),
        ("/productionRuns/0/quantities/0", "receivedQuantity"),
        ("/supportingResources/1", "productIds"),
        ("/supportingResources/1", "isProcessing"),
        ("/supportingResources/1", "variant"),
        ("/supportingResources/1", "audience"),
    ];
    for (pointer, key) in cases {
        let Lookup::Unreadable(bad) = seventh(without(pointer, key)) else {
            panic!("{pointer} without {key} was read");
        };
        assert_eq!(bad.record_id, "work 7");
        let named = bad.reason.contains(key)
            || (key == "variant" && bad.reason.contains("resourceVariant"))
            || (key == "audience" && bad.reason.contains("onixContentAudienceCode"));
        assert!(named, "{key}: {}", bad.reason);
    }
}

#[test]
fn a_name_that_is_not_asked_for_may_be_missing() {
    let mut config = config();
    config.profile.set("resource-variant", "").unwrap();
    let body = answer(without("/supportingResources/1", "variant"));
    let found = works(&config, &body, &[WorkId(7)]).unwrap();
    let (_, Lookup::Found(title)) = &found[0] else { panic!("{found:?}") };
    assert_eq!(title.resources[0].variant, None);
}

#[test]
fn a_record_that_makes_no_sense_is_unreadable_with_a_reason() {
    let cases = [
        ("/title", "5", "title: invalid type: integer `5`, expected a string"),
        ("/products", "{}", "products: invalid type: map"),
        ("/products/1/id", "null", "products[1].id"),
        ("/products/1/id", "\"71\"", "products[1].id: invalid type: string"),
        ("/products/1/id", "72", "product 72 stands there twice"),
        ("/products/1/publicationDate", "\"2026-02-30\"", "product 71: publicationDate is"),
        ("/products/1/publicationDate", "\"Spring\"", "expected a date such as"),
        ("/products/1/isForSaleWorldwide", "\"yes\"", "products[1].isForSaleWorldwide"),
        ("/productionRuns/0/quantities/0/quantity", "null", "no quantity"),
        ("/supportingResources/1/isProcessing", "null", "isProcessing"),
        ("/supportingResources/1/fileSize", "99999999999999999999", "fileSize"),
        ("/supportingResources/1/productIds", "[null]", "productIds[0]"),
        ("/id", "9", "work 9 came in its place"),
        ("", "[]", "invalid"),
        ("", "\"gone\"", "invalid"),
    ];
    for (pointer, value, reason) in cases {
        let Lookup::Unreadable(bad) = seventh(at(pointer, value)) else {
            panic!("{pointer} = {value} was read");
        };
        assert!(bad.reason.contains(reason), "{pointer} = {value}: {:?}", bad.reason);
    }
}

#[test]
fn unknown_codes_are_kept_as_they_come() {
    let title = found(at("/products/1/onix21ProductFormCode", "\"ZZ9\""));
    assert_eq!(title.products[0].form.as_deref(), Some("ZZ9"));
    let title = found(at("/products/1/onixPublishingStatusCode", "\"_99\""));
    assert_eq!(title.products[0].status.as_deref(), Some("99"));
    let title = found(at("/products/1/onixPublishingStatusCode", "\"_NEW\""));
    assert_eq!(title.products[0].status.as_deref(), Some("_NEW"));
    let title = found(at("/supportingResources/1/variant", "\"HOLOGRAM\""));
    assert_eq!(title.resources[0].variant.as_deref(), Some("HOLOGRAM"));
}

#[test]
fn a_harmless_fault_is_a_note() {
    let note = |pointer: &str, value: &str, expected: &str| {
        let title = found(at(pointer, value));
        assert_eq!(title.notes.len(), 1, "{:?}", title.notes);
        assert!(title.notes[0].contains(expected), "{:?} lacks {expected:?}", title.notes[0]);
        title
    };
    let isbn = "/products/1/isbn/isbn13";
    let why = "product 71: ISBN 9780306406158 has a check digit that does not fit";
    let title = note(isbn, "\"9780306406158\"", why);
    assert_eq!((title.products[0].id, title.products[0].isbn), (ProductId(71), None));
    note(isbn, "\"9790060115615\"", "outside 978");
    note(isbn, "\"No ISBN\"", "the character 'N'");
    assert!(found(at(isbn, "\" \"")).notes.is_empty());
    let title =
        note("/products/1/forSaleCountryCodes", "[\"GB\",\"XK\"]", "names XK, no ISO 3166-1");
    assert!(title.products[0].territory.unknown_rest);
    let title = note("/productionRuns/0/quantities/0/productId", "null", "3000 copies names no");
    assert!(title.runs[0].quantities.is_empty());
}

#[test]
fn ratios_are_finite() {
    let ratio = |value: &str| {
        found(at("/supportingResources/1/aspectRatio", value)).resources.remove(0).aspect_ratio
    };
    assert_eq!(ratio("1"), Some(Ratio { millionths: 1_000_000 }));
    for value in ["null", "0.0", "-1.5", "1e300", "1e-300"] {
        assert_eq!(ratio(value), None, "{value}");
    }
}

#[test]
fn not_found_and_errors() {
    assert_eq!(seventh(at("", "null")), Lookup::NotFound);
    let poisoned = |list: &str, reason: &str| {
        let Lookup::Unreadable(bad) = seventh(errors(list)) else { panic!("{list} was ignored") };
        assert!(bad.reason.contains(reason), "{}", bad.reason);
    };
    poisoned(r#"[{"message":"boom","path":["w7"]}]"#, "boom at w7");
    poisoned(r#"[{"message":"boom","path":["w7","products",0,"isbn"]}]"#, "w7.products.0.isbn");
    poisoned(r#"[{"path":["w7","title"]}]"#, "without a message");
    let null_with_error = |answer: &mut Json| {
        answer["data"]["w7"] = Json::Null;
        errors(r#"[{"message":"boom","path":["w7"]}]"#)(answer);
    };
    assert!(matches!(seventh(null_with_error), Lookup::Unreadable(_)));
    let absent = |answer: &mut Json| {
        answer["data"].as_object_mut().unwrap().remove("w7");
    };
    assert!(matches!(seventh(absent), Lookup::Unreadable(_)));
    for none in ["[]", "null"] {
        assert!(matches!(seventh(errors(none)), Lookup::Found(_)), "{none}");
    }
}

#[test]
fn an_error_without_a_place_makes_everything_unknown() {
    let cases = [
        r#"[{"message":"boom"}]"#,
        r#"[{"message":"boom","path":null}]"#,
        r#"[{"message":"boom","path":[]}]"#,
        r#"[{"message":"boom","path":["query","work","nosuchfield"]}]"#,
        r#"[{"message":"boom","path":["w9"]}]"#,
        r#"[{"message":"x","path":["w7"]},{"message":"boom"}]"#,
        r#"[{}]"#,
    ];
    for list in cases {
        let all = works(&config(), &answer(errors(list)), &[WorkId(7), WorkId(8)]);
        assert!(matches!(&all, Err(Fault::Unreadable(_))), "{list}: {all:?}");
    }
    for body in [&b"{}"[..], b"{\"data\":null}", b"[]", b"<html>", b"", b"{\"data\":[]}"] {
        let all = works(&config(), body, &[WorkId(7)]);
        assert!(matches!(&all, Err(Fault::Unreadable(_))), "{all:?}");
    }
    let many = works(&config(), &answer(errors("\"boom\"")), &[WorkId(7)]);
    assert!(matches!(many, Err(Fault::Unreadable(_))));
}

#[test]
fn hostile_bodies_never_panic() {
    let whole = answer(|_| ());
    for end in 0..whole.len() {
        assert!(works(&config(), &whole[..end], &[WorkId(7)]).is_err(), "cut at {end}");
    }
    let deep = format!("{{\"data\":{}1{}}}", "[".repeat(1000), "]".repeat(1000));
    let bodies = [deep, "{\"data\":{\"w7\":1e400}}".to_owned(), "{\"a\":\"\\ud800\"}".to_owned()];
    for body in bodies {
        let found = works(&config(), body.as_bytes(), &[WorkId(7)]);
        assert!(matches!(found, Err(Fault::Unreadable(_))), "{found:?}");
    }
    let long = format!("\"{}\"", "x".repeat(TEXT_CHARS_MAX + 1));
    let Lookup::Unreadable(bad) = seventh(at("/supportingResources/1/caption", &long)) else {
        panic!("a long text was kept");
    };
    assert!(bad.reason.contains("caption") && bad.reason.len() < 200, "{}", bad.reason);
    let name = "\"../../\\u0000\\u202e.jpg\"";
    let title = found(at("/supportingResources/1/filename", name));
    assert_eq!(title.resources[0].file_name.as_deref(), Some("../../\0\u{202e}.jpg"));
}

#[test]
fn a_light_read_back() {
    let body = answer(|_| ());
    let found = resources(&config(), &body, &[WorkId(7), WorkId(8)]).unwrap();
    let (WorkId(7), Lookup::Found(images)) = &found[0] else { panic!("{found:?}") };
    assert_eq!(images.resources.iter().map(|r| r.id.0).collect::<Vec<_>>(), [501, 502]);
    let links = &images.web_links[&ProductId(71)];
    assert_eq!((links[0].role.as_str(), links[0].note.as_str()), ("Image rights", ""));
    assert!(images.web_links[&ProductId(72)].is_empty());
}

#[test]
fn listings_of_ids() {
    let check = |body: &str, expected: Result<(&[i64], bool), &str>| {
        let found = work_ids(body.as_bytes()).map_err(|fault| fault.to_string());
        match (&found, expected) {
            (Ok(page), Ok((ids, ascending))) => {
                assert_eq!(page.ids, ids.iter().copied().map(WorkId).collect::<Vec<_>>());
                assert_eq!(page.ascending, ascending, "{body}");
            }
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{reason:?}"),
            _ => panic!("{body}: {found:?}"),
        }
    };
    check(r#"{"data":{"works":[]}}"#, Ok((&[], true)));
    check(r#"{"data":{"works":[{"id":3},{"id":9}]}}"#, Ok((&[3, 9], true)));
    check(r#"{"data":{"works":[{"id":9},{"id":3}]}}"#, Ok((&[9, 3], false)));
    check(r#"{"data":{"works":[{"id":3},{"id":3}]}}"#, Ok((&[3, 3], false)));
    check(r#"{"data":{"works":null}}"#, Err("null"));
    check(r#"{"data":{}}"#, Err("no `works`"));
    check(r#"{"data":{"works":[{"id":null}]}}"#, Err("works: [0].id"));
    check(r#"{"data":{"works":[null]}}"#, Err("works: [0]"));
    let both = r#"{"data":{"works":[{"id":3}]},"errors":[{"message":"b","path":["works",1]}]}"#;
    check(both, Err("with errors: b at works.1"));
    check("<p>", Err("HTML"));
}
