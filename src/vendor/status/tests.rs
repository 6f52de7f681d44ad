//! One table: status, repeatable, headers -> fault.

use super::*;
use crate::platform::{Method, Request};

fn call(repeatable: bool) -> Call {
    let request = Request {
        method: Method::Post,
        url: "https://vendor.example/x".to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        response_bytes_max: 1,
        authorization: None,
    };
    Call { request, connection: None, kind: "works", repeatable }
}

fn verdict(status: u16, repeatable: bool, headers: &[(&str, &str)]) -> String {
    let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let response = Response { status, headers, body: Vec::new() };
    match check(&call(repeatable), &response, Instant(0), Some("sorry\nno".to_owned())) {
        Ok(()) => "ok".to_owned(),
        Err(fault) => format!("{fault:?}"),
    }
}

fn table(repeatable: bool, rows: &[(u16, &str)]) {
    for (status, expected) in rows {
        let found = verdict(*status, repeatable, &[]);
        assert!(found.starts_with(expected), "{status}: {found}, expected {expected}");
    }
}

#[test]
fn reads() {
    table(
        true,
        &[
            (200, "ok"),
            (204, "ok"),
            (100, "Unreadable"),
            (302, "Unreadable"),
            (400, "Refused(\"works answered 400: sorry no\")"),
            (401, "Unauthorized"),
            (403, "Denied(\"works answered 403: sorry no\")"),
            (404, "NotFound"),
            (408, "Transient"),
            (409, "Refused"),
            (413, "Refused"),
            (424, "Refused"),
            (425, "Transient"),
            (429, "Throttled { wait_ms: None"),
            (500, "Transient"),
            (501, "Refused"),
            (502, "Transient"),
            (503, "Throttled { wait_ms: None"),
            (504, "Transient"),
            (520, "Transient"),
            (999, "Unreadable"),
        ],
    );
}

#[test]
fn a_write_with_an_uncertain_outcome_is_unknown() {
    let rows = [(408, "Unknown"), (500, "Unknown"), (502, "Unknown"), (504, "Unknown")];
    table(false, &rows);
    table(false, &[(503, "Unknown"), (425, "Transient"), (429, "Throttled"), (400, "Refused")]);
    let told = verdict(503, false, &[("retry-after", "7")]);
    assert!(told.starts_with("Throttled { wait_ms: Some(7000)"), "{told}");
}

#[test]
fn redirects_are_explained_and_their_query_is_not_repeated() {
    let page = [("location", "/Error?errorCode=maintenance_mode")];
    let found = verdict(302, true, &page);
    assert!(found.starts_with("Transient") && found.contains("maintained (/Error)"), "{found}");
    let found = verdict(302, true, &[("location", "https://x.example/login?token=s3cret")]);
    assert!(found.starts_with("Unreadable") && found.contains("x.example/login"), "{found}");
    assert!(!found.contains("s3cret"), "{found}");
}

#[test]
fn clips_on_characters() {
    assert_eq!(clip("ä\u{0}b\u{1b}[31mc", 4), "ä b…");
    assert_eq!(clip(" ok ", 10), "ok");
}
