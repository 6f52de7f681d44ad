//! The faults by name, for `simulate --fault NAME` and for tests.

use super::{Action, Fault, Spoil, When};
use crate::http::Response;

/// A named fault: its name, what it does, how often unless told otherwise, and to what.
type Named = (&'static str, &'static str, When, fn() -> Action);

/// Every nineteenth request: often enough to be met in a short run, rare enough to get through.
const NOW_AND_THEN: When = When::Every(19);

/// Every name, with what it means.
pub const NAMES: [(&str, &str); TABLE.len()] = {
    let mut names = [("", ""); TABLE.len()];
    let mut n = 0;
    while n < TABLE.len() {
        names[n] = (TABLE[n].0, TABLE[n].1);
        n += 1;
    }
    names
};

#[rustfmt::skip]
const TABLE: [Named; 22] = [
    ("no-answer", "requests that never arrive", NOW_AND_THEN, || Action::Drop),
    ("answer-lost", "requests that are carried out and whose answer is lost", NOW_AND_THEN, || Action::LoseAnswer),
    ("error-after-effect", "500 although the request was carried out", NOW_AND_THEN, || Action::Mask(plain(500, "Internal Server Error"))),
    ("unauthorized-once", "401 for one request", When::Nth(3), || Action::Refuse(unauthorized())),
    ("unauthorized", "401 for every request", When::Every(1), || Action::Refuse(unauthorized())),
    ("forbidden", "403 for every request", When::Every(1), || Action::Refuse(Response::json(403, &serde_json::json!({"error_code": "permission_denied", "error_message": "Permission denied."})))),
    ("too-many-requests", "429 with Retry-After", NOW_AND_THEN, || Action::Refuse(with(plain(429, "Too Many Requests"), "retry-after", "1"))),
    ("too-many-requests-silent", "429 without Retry-After", NOW_AND_THEN, || Action::Refuse(plain(429, "Too Many Requests"))),
    ("server-error", "500 before anything is done", NOW_AND_THEN, || Action::Refuse(plain(500, "Internal Server Error"))),
    ("unavailable", "503 with Retry-After", NOW_AND_THEN, || Action::Refuse(with(plain(503, "Service Unavailable"), "retry-after", "1"))),
    ("bad-gateway", "502 with a page for people", NOW_AND_THEN, || Action::Refuse(Response::new(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>"))),
    ("graphql-errors", "200 with errors and no data", NOW_AND_THEN, || Action::Spoil(Spoil::GraphqlErrors)),
    ("partial-data", "200 with errors beside data that lacks a field", NOW_AND_THEN, || Action::Spoil(Spoil::PartialData)),
    ("empty-lists", "200 with empty lists where there are records", NOW_AND_THEN, || Action::Spoil(Spoil::EmptyLists)),
    ("broken-utf8", "bodies that are no UTF-8", NOW_AND_THEN, || Action::Spoil(Spoil::BrokenUtf8)),
    ("cut-body", "bodies that end half-way", NOW_AND_THEN, || Action::Spoil(Spoil::CutBody)),
    ("huge-string", "bodies with a string of 10 MB", NOW_AND_THEN, || Action::Spoil(Spoil::HugeString)),
    ("deep", "bodies 1,000 levels deep", NOW_AND_THEN, || Action::Spoil(Spoil::Deep)),
    ("reset-mid-body", "connections that end in the middle of an answer", NOW_AND_THEN, || Action::Break),
    ("late", "answers that come ten seconds late", NOW_AND_THEN, || Action::Delay(10_000)),
    ("slow", "every answer takes 300 ms more", When::Every(1), || Action::Delay(300)),
    ("redirect", "302 to an error page for people", NOW_AND_THEN, || Action::Refuse(with(plain(302, ""), "location", "/Error?errorCode=maintenance_mode"))),
];

/// The fault of that name.
pub(super) fn find(name: &str) -> Option<Fault> {
    let (_, _, when, action) = TABLE.iter().find(|named| named.0 == name)?;
    Some(Fault::new(action(), *when))
}

fn plain(status: u16, body: &str) -> Response {
    Response::new(status, "text/plain", body)
}

fn with(mut response: Response, header: &str, value: &str) -> Response {
    response.headers.push((header.to_owned(), value.to_owned()));
    response
}

fn unauthorized() -> Response {
    with(plain(401, ""), "www-authenticate", "Bearer error=\"invalid_token\"")
}
