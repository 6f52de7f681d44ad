//! Answers of mutations: refused only where that is certain.
use super::*;

fn check(body: &str, expected: &str) {
    let found = format!("{:?}", created_resource(body.as_bytes()));
    assert!(found.starts_with(expected), "{body}: {found}, expected {expected}");
}

fn result(payload: &str) -> String {
    format!(r#"{{"data":{{"result":{payload}}}}}"#)
}

#[test]
fn accepted() {
    let made = "Ok(CreatedResource { id: Some(ResourceId(5)) })";
    check(&result(r#"{"__typename":"P","made":{"id":5},"errors":[]}"#), made);
    check(&result(r#"{"made":{"id":5},"errors":null}"#), made);
    check(&result(r#"{"made":{"id":5}}"#), made);
    check(&result(r#"{"made":null,"errors":[]}"#), "Ok(CreatedResource { id: None })");
    check(&result(r#"{"__typename":"P"}"#), "Ok(CreatedResource { id: None })");
}

#[test]
fn refused_in_each_shape() {
    let refused = |errors: &str, words: &str| {
        let body = result(&format!(r#"{{"made":null,"errors":{errors}}}"#));
        check(&body, &format!("Err(Refused({words:?}))"));
    };
    refused(r#"["must be a JPG"]"#, "must be a JPG");
    refused(r#"[{"field":"url","messages":["is odd","is late"]}]"#, "url: is odd; url: is late");
    refused(r#"[{"field":"url","message":"is odd"}]"#, "url: is odd");
    refused(r#"[{"attribute":"url","message":"is odd"}]"#, "url: is odd");
    refused(r#"[{"path":["input","url"],"message":"is odd"}]"#, "input.url: is odd");
    refused(r#"[{"code":7}]"#, "{\"code\":7}");
    refused(r#""no""#, "no");
    let named = r#"{"errors":[{"message":"denied","path":["result"]}],"data":{"result":null}}"#;
    check(named, r#"Err(Refused("denied at result"))"#);
}

#[test]
fn errors_that_name_no_place_leave_doubt_about_a_create() {
    for (errors, data, words) in [
        (r#"[{"message":"no such field"}]"#, "", "no such field"),
        (r#"[{"message":"a"},{"message":"b"}]"#, r#","data":null"#, "a; b"),
    ] {
        let body = format!(r#"{{"errors":{errors}{data}}}"#);
        check(&body, &format!("Err(Doubtful({words:?}))"));
        assert_eq!(deleted(body.as_bytes()), Err(Fault::Refused(words.to_owned())));
    }
}

#[test]
fn whatever_leaves_doubt_is_unknown() {
    let inside = r#"{"errors":[{"message":"x","path":["result","made","id"]}],"data":null}"#;
    check(inside, "Err(Unknown");
    let part = r#"{"errors":[{"message":"x"}],"data":{"result":{"made":{"id":5}}}}"#;
    check(part, "Err(Unknown");
    check(&result(r#"{"made":{"id":5},"errors":["odd"]}"#), "Err(Unknown");
    check(&result("null"), "Err(Unknown");
    check(&result("[]"), "Err(Unknown");
    check(&result(r#"{"made":{"id":"five"}}"#), "Err(Unknown");
    check(r#"{"data":{}}"#, "Err(Unknown");
    check("{}", "Err(Unknown");
    check("<html>", "Err(Unknown");
    check("", "Err(Unknown");
}

#[test]
fn deletions_and_web_links() {
    let gone = |payload: &str| deleted(result(payload).as_bytes());
    assert_eq!(gone(r#"{"__typename":"P","errors":[]}"#), Ok(()));
    assert_eq!(gone(r#"{"done":true}"#), Ok(()));
    assert!(matches!(gone(r#"{"done":false}"#), Err(Fault::Refused(_))));
    assert_eq!(gone(r#"{"done":false,"errors":["no"]}"#), Err(Fault::Refused("no".to_owned())));
    assert!(matches!(gone(r#"{"done":true,"errors":["odd"]}"#), Err(Fault::Unknown(_))));
    let link = created_web_link(result(r#"{"made":{"id":9}}"#).as_bytes());
    assert_eq!(link.map(|l| l.id.map(|i| i.0)), Ok(Some(9)));
}
