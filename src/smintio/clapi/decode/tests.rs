//! One purchase is the base of every case; each row changes one place and says what comes of it.

use super::*;
use crate::limits::TEXT_CHARS_MAX;
use crate::model::date::show_day;
use crate::model::delivery::{Editorial, Label, LicenceText, TermLabel};
use crate::smintio::clapi::Profile;

const PURCHASE: &str = include_str!("../../../../tests/cases/decode/clapi-purchase.json");

fn config(wrapper: &str) -> Clapi {
    let mut profile = Profile::default();
    profile.set("binaries-wrapper", wrapper).unwrap();
    Clapi { base_url: String::new(), connection: String::new(), profile, content_page: None }
}

fn first(change: impl FnOnce(&mut Json)) -> Result<Purchase, BadRecord> {
    delivered(change).map(|delivery| delivery.purchase)
}

/// A page of two purchases, of which `change` may alter the first. The second must always come.
fn delivered(change: impl FnOnce(&mut Json)) -> Result<Delivery, BadRecord> {
    let second: Json = serde_json::from_str(PURCHASE).unwrap();
    let mut first = second.clone();
    change(&mut first);
    let page = Json::from_iter([
        ("count", Json::from(2)),
        ("license_purchase_transactions", Json::from(vec![first, second])),
        ("continuation_uuid", Json::from("79468")),
    ]);
    let page = feed(page.to_string().as_bytes()).unwrap();
    assert_eq!(page.cursor.as_deref(), Some("79468"));
    let [first, second] = <[_; 2]>::try_from(page.entries).unwrap();
    assert!(second.is_ok(), "{second:?} was spoilt by its neighbour");
    first
}

fn at(pointer: &str, value: &str) -> impl FnOnce(&mut Json) {
    let value = serde_json::from_str(value).unwrap();
    move |purchase| *purchase.pointer_mut(pointer).unwrap() = value
}

fn without(key: &str) -> impl FnOnce(&mut Json) {
    move |purchase| assert!(purchase.as_object_mut().unwrap().remove(key).is_some(), "{key}")
}

#[test]
fn a_whole_purchase() {
    let found = first(|_| ()).unwrap();
    assert_eq!((found.id.as_str(), found.version), ("79468", Some(4)));
    assert_eq!((found.cart.as_deref(), found.reused.as_ref()), (Some("3525"), None));
    assert_eq!((found.state.as_deref(), found.can_be_synced), (Some("completed"), Some(true)));
    assert_eq!(found.element.as_deref(), Some("2:0:61019726"));
    assert_eq!(found.provider.as_deref(), Some("adobestock"));
    assert_eq!(found.licence_kind.as_deref(), Some("image_standard"));
    assert_eq!(found.name.as_deref(), Some("A rat"));
    assert_eq!(found.project_names, ["Testprojekt 9780306406157", "Test project"]);
    assert_eq!(found.board_names, ["Cart"]);
    assert_eq!(found.copyright.as_deref(), Some("Ann / www.adobestock.com"));
    let policy = &found.policy;
    assert_eq!(policy.state, found.state);
    assert_eq!((policy.max_reuses, policy.current_reuses), (Some(5), Some(1)));
    assert_eq!(policy.licensee.as_deref(), Some("Acme Press Ltd"));
    assert_eq!(policy.release.model.as_deref(), Some("released"));
    assert!(policy.unread_licence_text);
    assert_eq!(policy.terms.len(), 1, "the offering's terms are not the purchase's");
    let term = &policy.terms[0];
    assert_eq!(term.usages.allowed, ["publishing_editorial_book"]);
    assert_eq!(term.geographies.restricted, ["asia_china"]);
    assert_eq!(term.usage_limits, ["quantity_up_to_10000_total_circulation"]);
    assert_eq!(term.is_editorial_use, Some(false));
    assert_eq!(term.valid_until, Bound::None);
    let Bound::Day(from) = term.valid_from else { panic!("{:?}", term.valid_from) };
    assert_eq!(show_day(from), "2019-07-02", "23:18 at -02:00 is the next day in UTC");
}

#[test]
fn personal_data_stays_behind() {
    let kept = format!("{:?}", delivered(|_| ()).unwrap());
    for personal in ["Jane", "b999a063", "jane@example.com", "+43", "Some Street"] {
        assert!(PURCHASE.contains(personal), "the case has {personal}");
        assert!(!kept.contains(personal), "{personal}: {kept}");
    }
}

#[test]
fn absent_and_null_are_unknown() {
    for key in ["state", "can_be_synced", "version", "cart_purchase_transaction_uuid"] {
        let absent = first(without(key)).unwrap();
        let null = first(|p| p[key] = Json::Null).unwrap();
        assert_eq!(absent, null, "{key}");
        let unknown = match key {
            "state" => absent.state.is_none() && absent.policy.state.is_none(),
            "can_be_synced" => absent.can_be_synced.is_none(),
            "version" => absent.version.is_none(),
            _ => absent.cart.is_none(),
        };
        assert!(unknown, "{key}");
    }
    let bare = first(|p| *p = Json::from_iter([("uuid", "1")])).unwrap();
    let expected = Purchase { id: PurchaseId::from("1"), ..Purchase::default() };
    assert_eq!(bare, expected);
    let no_limits = first(at("/license_download_constraints", "{}")).unwrap();
    assert_eq!(no_limits.policy.max_reuses, None);
    let editorial = first(|p| p["license_terms"][0]["is_editorial_use"] = Json::Null).unwrap();
    assert_eq!(editorial.policy.terms[0].is_editorial_use, None);
}

#[test]
fn a_cancelled_purchase_is_seen_whatever_may_be_synchronised() {
    let cancelled = first(|p| {
        p["state"] = Json::from("cancelled");
        p["can_be_synced"] = Json::from(false);
    });
    let cancelled = cancelled.unwrap();
    assert_eq!(cancelled.policy.state.as_deref(), Some("cancelled"));
    assert_eq!(cancelled.can_be_synced, Some(false));
}

#[test]
fn unknown_words_are_kept() {
    let state = first(at("/state", "\"melted\"")).unwrap();
    assert_eq!(state.state.as_deref(), Some("melted"));
    let usage = first(at("/license_terms/0/allowed_usages", "[\"holograms_any\"]")).unwrap();
    assert_eq!(usage.policy.terms[0].usages.allowed, ["holograms_any"]);
}

#[test]
fn dates_in_every_form() {
    let until = |value: &str| {
        let bound = |p: &mut Json| {
            p["license_terms"][0]["valid_until"] = serde_json::from_str(value).unwrap()
        };
        first(bound).unwrap().policy.terms.remove(0).valid_until
    };
    let day = |text: &str| Bound::Day(crate::model::date::parse_day(text).unwrap());
    assert_eq!(until("null"), Bound::None);
    assert_eq!(until("\"2027-01-01T00:30:00+01:00\""), day("2026-12-31"));
    assert_eq!(until("\"2027-01-01\""), day("2027-01-01"));
    let nested = r#"{"dateTime":{"date":{"year":2027,"month":1,"day":1},"time":{"hour":1,"minute":0,"second":0,"nano":0}},"offset":{"totalSeconds":7200}}"#;
    assert_eq!(until(nested), day("2026-12-31"));
    assert_eq!(until("\"for ever\""), Bound::Unreadable("for ever".to_owned()));
    assert_eq!(until("\"\""), Bound::Unreadable(String::new()));
    assert_eq!(until("4102444800"), Bound::Unreadable("4102444800".to_owned()));
    assert_eq!(until("{}"), Bound::Unreadable("{}".to_owned()));
}

#[test]
fn licence_text_is_looked_for_in_both_places() {
    let unread = |change: fn(&mut Json)| first(change).unwrap().policy.unread_licence_text;
    assert!(unread(|_| ()));
    assert!(!unread(|p| p["license_text"] = Json::Null));
    assert!(unread(|p| p["license_text"]["effective_text"][0]["value"] = Json::from(" \n")));
    assert!(!unread(|p| {
        p["license_text"]["effective_text"][0]["value"] = Json::from(" \n");
        p["license_text"]["effective_text"][1]["value"] = Json::from("");
    }));
    assert!(!unread(|p| p["license_text"]["effective_text"] = Json::Null));
    assert!(unread(|p| {
        p["offering"]["license_text"] = p["license_text"].take();
    }));
}

#[test]
fn a_bad_purchase_is_named_and_its_neighbours_come() {
    let cases = [
        ("/state", "5", "79468", "state: invalid type: integer `5`"),
        ("/can_be_synced", "\"yes\"", "79468", "can_be_synced: invalid type"),
        ("/license_terms", "{}", "79468", "license_terms: invalid type"),
        (
            "/license_terms/0/allowed_usages",
            "[null]",
            "79468",
            "license_terms[0].allowed_usages[0]",
        ),
        ("/project_name", "\"P\"", "79468", "project_name"),
        ("/version", "1.5", "79468", "version"),
        ("/uuid", "null", "entry 1 of the page", "uuid"),
        ("", "null", "entry 1 of the page", "invalid type: null"),
        ("", "\"x\"", "entry 1 of the page", "invalid type: string"),
    ];
    for (pointer, value, id, reason) in cases {
        let Err(bad) = first(at(pointer, value)) else { panic!("{pointer} = {value} was read") };
        assert_eq!(bad.record_id, id, "{pointer}");
        assert!(bad.reason.contains(reason), "{pointer}: {:?} lacks {reason:?}", bad.reason);
    }
    let long = format!("\"{}\"", "x".repeat(TEXT_CHARS_MAX + 1));
    let bad = first(at("/license_text/effective_text/0/value", &long)).unwrap_err();
    assert!(bad.reason.contains("license_text.effective_text.[0].value"), "{}", bad.reason);
}

#[test]
fn pages_and_cursors() {
    let check = |body: &str, expected: Result<(usize, Option<&str>), &str>| {
        let found = feed(body.as_bytes()).map_err(|fault| fault.to_string());
        match (&found, expected) {
            (Ok(page), Ok((entries, cursor))) => {
                assert_eq!((page.entries.len(), page.cursor.as_deref()), (entries, cursor));
            }
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{reason:?}"),
            _ => panic!("{body}: {found:?}"),
        }
    };
    let list = r#""license_purchase_transactions""#;
    check(&format!(r#"{{"count":0,{list}:[],"continuation_uuid":"9"}}"#), Ok((0, Some("9"))));
    check(&format!(r#"{{"count":0,{list}:[]}}"#), Ok((0, None)));
    check(r#"{"count":0}"#, Ok((0, None)));
    check(&format!(r#"{{{list}:[{{"uuid":"1"}}],"continuation_uuid":9}}"#), Ok((1, Some("9"))));
    check(&format!(r#"{{{list}:[{{}}],"continuation_uuid":""}}"#), Ok((1, None)));
    check(r#"{"count":3,"continuation_uuid":"9"}"#, Err("no `license_purchase_transactions`"));
    check(r#"{"continuation_uuid":"9"}"#, Err("no `license_purchase_transactions`"));
    check(&format!(r#"{{{list}:[],"continuation_uuid":{{}}}}"#), Err("neither a text nor"));
    check(&format!(r#"{{{list}:{{}}}}"#), Err("license_purchase_transactions"));
    check("[]", Err("cannot be read"));
    check("<html>", Err("HTML"));
    check("", Err("empty body"));
    check(&format!("{{{list}:{}", "[".repeat(500)), Err("deeper"));
    check(r#"{"count":1e400}"#, Err("no JSON"));
}

#[test]
fn files_of_a_purchase() {
    let body = r#"[{"uuid":"b1","version":2,"recommended_file_name":"../\u0000.jpg","download_url":"https://s3.example/x?sig=secret"},{"uuid":"b2"}]"#;
    let found = binaries(&config(""), body.as_bytes()).unwrap();
    assert_eq!(found[0].id, "b1");
    assert_eq!((found[0].version, found[0].file_name.as_deref()), (Some(2), Some("../\0.jpg")));
    assert_eq!(found[1], Binary { id: "b2".to_owned(), ..Binary::default() });
    assert!(!format!("{found:?}").contains("secret"));
    let wrapped = format!(r#"{{"binaries":{body}}}"#);
    assert_eq!(binaries(&config("binaries"), wrapped.as_bytes()).unwrap(), found);
    for (wrapper, body) in [("", wrapped.as_str()), ("binaries", body), ("", "[{}]"), ("", "")] {
        let found = binaries(&config(wrapper), body.as_bytes());
        assert!(matches!(found, Err(Fault::Unreadable(_))), "{wrapper:?} {body}: {found:?}");
    }
}

/// Every field of the vendor's licence model, name by name, as the delivery keeps it.
#[test]
fn what_a_licence_says_is_kept_in_every_language() {
    let details = delivered(|_| ()).unwrap().details;
    let say = |labels: &[Label]| {
        let each =
            labels.iter().map(|l| format!("{}={}", l.culture.as_deref().unwrap_or("?"), l.text));
        each.collect::<Vec<_>>().join("; ")
    };
    assert_eq!(details.licence_type.as_deref(), Some("royalty_free"));
    assert_eq!(details.content_type.as_deref(), Some("image"));
    assert_eq!(details.content_category.as_deref(), Some("Creative_NEW"), "verbatim");
    assert_eq!(details.licensee.as_deref(), Some("11"));
    assert_eq!((details.restrictive, details.is_ai), (Some(true), Some(false)));
    assert_eq!(details.has_options, Some(false));
    assert_eq!(
        details.editorial,
        Editorial {
            content_use: Some(true),
            content: Some(false),
            offer_use: Some(false),
            offer: None
        }
    );
    let limits = &details.limits;
    assert_eq!((limits.max_downloads, limits.max_users), (Some(3), Some(0)));
    assert_eq!((limits.current_downloads, limits.current_users), (Some(0), Some(2)));
    assert_eq!(details.terms[0].sequence, Some(1));
    assert_eq!(say(&details.terms[0].names), "en=Standard; de=Standardlizenz");
    assert_eq!(say(&details.names), "de=Eine Ratte; en=A rat");
    assert_eq!(
        say(&details.project_names),
        "de=Testprojekt 9780306406157; en=Test project; zh=Test project"
    );
    assert_eq!(say(&details.board_names), "en=Cart");
    assert_eq!(say(&details.copyright), "en=Ann / www.adobestock.com");
    assert_eq!(say(&details.licence_text.texts), "en=NUR DEMO; de=Nur fÃ¼r <b>Demo</b>");
    assert_eq!(details.licence_text.is_safe_html, Some(false));
    assert_eq!(details.offered_text, LicenceText::default());
    assert_eq!(say(&details.licence_pages), "en=https://stock.example/terms", "no query");
    assert_eq!(say(&details.release.allowed_use), "en=Any cover");
    assert_eq!(say(&details.release.release), "en=On file");
    assert_eq!(say(&details.release.constraints), "en=No tobacco");
    assert_eq!(details.stamps.purchased.as_deref(), Some("2019-07-01T05:18:51.397267+00:00"));
    assert_eq!(details.stamps.completed, None);
    assert_eq!(details.stamps.updated.as_deref(), Some("2019-07-01T05:19:12.486834+00:00"));
}

#[test]
fn a_detail_of_a_wrong_type_is_unknown_and_spoils_nothing() {
    let whole = delivered(|_| ()).unwrap();
    let nonsense = delivered(|p| {
        p["current_users"] = Json::from("many");
        p["has_potentially_restrictive_license_terms"] = Json::from("no");
        p["offering"]["license_urls"] = Json::from(5);
        p["license_terms"][0]["name"] = Json::from("Standard");
        p["license_terms"][0]["sequence_number"] = Json::from(1.5);
    });
    let nonsense = nonsense.unwrap();
    assert_eq!(nonsense.purchase, whole.purchase);
    assert_eq!(nonsense.details.restrictive, None, "unknown, not false");
    assert_eq!(nonsense.details.limits.current_users, None);
    assert_eq!(nonsense.details.terms, [TermLabel::default()]);
    assert!(nonsense.details.licence_pages.is_empty());
}
