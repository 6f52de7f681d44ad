//! Requests as text. What is not a name of the profile goes as a variable, never into the query.

use super::*;
use crate::model::date::parse_day;

fn config() -> Consonance {
    Consonance {
        base_url: "https://acme.consonance.app".to_owned(),
        connection: "consonance".to_owned(),
        profile: Profile::default(),
        overlap_days: 1,
        full_sweep_days: 7,
    }
}

fn body(call: &Call) -> Json {
    serde_json::from_slice(&call.request.body).unwrap()
}

fn query(call: &Call) -> String {
    body(call)["query"].as_str().unwrap().to_owned()
}

fn input(call: &Call) -> Json {
    body(call)["variables"]["input"].clone()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

fn new_resource() -> NewResource {
    NewResource {
        work: WorkId(7),
        products: vec![ProductId(71), ProductId(72)],
        variant: Some("FRONT_COVER".to_owned()),
        image_remote_url: "https://cdn.example/a.jpg?sig=\"x\"".to_owned(),
        caption: None,
        copyright: Some("© \"Ann\" } mutation {\n".to_owned()),
        required_credit: None,
        unlink_previous: false,
    }
}

#[test]
fn every_call_goes_to_the_same_place_and_only_reads_are_repeatable() {
    let config = config();
    let link = NewWebLink {
        product: ProductId(1),
        work: WorkId(2),
        link: String::new(),
        role: String::new(),
        note: String::new(),
    };
    let calls = [
        (work_ids(&config, None, None), true),
        (works(&config, &[WorkId(1)]), true),
        (resources(&config, &[WorkId(1)]), true),
        (introspect(&config), true),
        (create_resource(&config, &new_resource()), false),
        (delete_resource(&config, ResourceId(1)), false),
        (create_web_link(&config, &link), false),
        (delete_web_link(&config, WebLinkId(1)), false),
    ];
    for (call, repeatable) in calls {
        assert_eq!(call.request.url, "https://acme.consonance.app/graphql");
        assert_eq!(call.request.method, Method::Post);
        assert_eq!(call.connection.as_deref(), Some("consonance"), "{}", call.kind);
        assert_eq!(call.repeatable, repeatable, "{}", call.kind);
        let text = query(&call);
        assert_eq!(text.starts_with("query"), repeatable, "{text}");
        let count = |c: char| text.chars().filter(|x| *x == c).count();
        assert_eq!((count('{'), count('(')), (count('}'), count(')')), "{text}");
    }
}

#[test]
fn ids_first() {
    let ask = |after: Option<i64>, day: Option<&str>| {
        query(&work_ids(&config(), after.map(WorkId), day.and_then(parse_day)))
    };
    assert_eq!(ask(None, None), "query { works { id } }");
    assert_eq!(ask(Some(9), None), "query { works(workSearch: {after: 9}) { id } }");
    assert_eq!(
        ask(Some(9), Some("2026-04-30")),
        "query { works(workSearch: {after: 9, changedSince: \"2026-04-30\"}) { id } }"
    );
}

#[test]
fn works_are_aliased() {
    let text = query(&works(&config(), &[WorkId(12), WorkId(3)]));
    assert!(text.contains("w12: work(workSearch: {idEq: 12}) { ...W } w3: work("), "{text}");
    assert!(text.contains("variant: resourceVariant audience: onixContentAudienceCode"), "{text}");
    assert!(!text.contains("width"), "{text}");
    let mut config = config();
    config.profile.set("resource-width", "width").unwrap();
    config.profile.set("resource-variant", "").unwrap();
    let text = query(&resources(&config, &[WorkId(12)]));
    assert!(text.contains("width: width") && !text.contains("variant"), "{text}");
    assert!(!text.contains("isbn") && text.contains("webLinks { id link role note }"), "{text}");
}

#[test]
fn a_new_image_carries_what_is_given_and_nothing_else() {
    let call = create_resource(&config(), &new_resource());
    assert_eq!(
        query(&call),
        "mutation($input: CreateSupportingResourceInput!) { result: \
         createSupportingResource(input: $input) { __typename made: supportingResource { id } \
         errors: errors } }"
    );
    let expected = r#"{"workId":7,"productIds":[71,72],"resourceVariant":"FRONT_COVER",
        "imageRemoteUrl":"https://cdn.example/a.jpg?sig=\"x\"","status":"APPROVED",
        "copyright":"© \"Ann\" } mutation {\n"}"#;
    assert_eq!(input(&call), json(expected));
    let mut config = config();
    config.profile.set("new-resource-status", "").unwrap();
    config.profile.set("errors-selection", "field messages").unwrap();
    config.profile.set("created-resource-field", "").unwrap();
    let promotional = NewResource { variant: None, unlink_previous: true, ..new_resource() };
    let call = create_resource(&config, &promotional);
    let text = query(&call);
    assert!(text.contains("{ __typename errors: errors { field messages } }"), "{text}");
    let input = input(&call);
    assert_eq!(input["unlinkPrevious"], Json::from(true));
    assert_eq!(input.get("status"), None);
    assert_eq!(input.get("resourceVariant"), None);
}

#[test]
fn deletions_and_web_links_follow_the_profile() {
    let mut config = config();
    let call = delete_resource(&config, ResourceId(5));
    assert_eq!(input(&call), json(r#"{"id":5}"#));
    assert!(query(&call).contains("deleteSupportingResource(input: $input) { __typename errors"));
    assert_eq!(input(&delete_web_link(&config, WebLinkId(6))), json(r#"{"id":6}"#));
    let link = NewWebLink {
        product: ProductId(71),
        work: WorkId(7),
        link: "https://acme.smint.io/a".to_owned(),
        role: "Image rights".to_owned(),
        note: "\"n\"".to_owned(),
    };
    let expected =
        r#"{"productId":71,"link":"https://acme.smint.io/a","role":"Image rights","note":"\"n\""}"#;
    assert_eq!(input(&create_web_link(&config, &link)), json(expected));
    config.profile.set("web-link-work", "workId").unwrap();
    config.profile.set("web-link-product", "").unwrap();
    config.profile.set("web-link-note", "").unwrap();
    config.profile.set("delete-success-field", "success").unwrap();
    let expected = r#"{"workId":7,"link":"https://acme.smint.io/a","role":"Image rights"}"#;
    assert_eq!(input(&create_web_link(&config, &link)), json(expected));
    assert!(query(&delete_web_link(&config, WebLinkId(6))).contains("done: success"));
}

#[test]
fn the_schema_is_asked_about_the_profiles_types() {
    let mut config = config();
    config.profile.set("delete-web-link-input", "Other").unwrap();
    let text = query(&introspect(&config));
    assert!(text.contains("__type(name: \"Other\")"), "{text}");
    assert!(text.contains("__type(name: \"SupportingResourceVariant\")"), "{text}");
}
