//! Smint.io's HTTP errors as faults, with `error_code` and `error_message` as its own words.
//! Maintenance shows as a redirect of every path, never as 503.

use super::wire;
use crate::fault::Fault;
use crate::model::date::Instant;
use crate::platform::{Call, Response};
use crate::vendor::status;

/// Sorts an answer by its status; the body is only read for the vendor's words.
pub fn check(call: &Call, response: &Response, now: Instant) -> Result<(), Fault> {
    let words = if response.status < 400 { None } else { wire::words(&response.body) };
    status::check(call, response, now, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{Method, Request};

    fn check_words(status: u16, headers: &[(&str, &str)], body: &str, expected: &str) {
        let request = Request {
            method: Method::Get,
            url: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
            response_bytes_max: 1,
            authorization: None,
        };
        let call = Call { request, connection: None, kind: "feed", repeatable: true };
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let response = Response { status, headers, body: body.as_bytes().to_vec() };
        assert_eq!(format!("{:?}", check(&call, &response, Instant(0))), expected, "{body}");
    }

    #[test]
    fn its_own_words_are_repeated() {
        let body = r#"{"error_code":"continuation_uuid_invalid","error_message":"The continuation UUID is invalid","error_details":{"uuid":"7"}}"#;
        let refused =
            "feed answered 400: continuation_uuid_invalid, The continuation UUID is invalid";
        check_words(400, &[], body, &format!("Err(Refused({refused:?}))"));
        check_words(
            403,
            &[],
            r#"{"error_code":"permission_denied"}"#,
            "Err(Denied(\"feed answered 403: permission_denied\"))",
        );
        check_words(
            424,
            &[],
            r#"{"error_code":"cloud_storage_file_not_found"}"#,
            "Err(Refused(\"feed answered 424: cloud_storage_file_not_found\"))",
        );
        check_words(
            401,
            &[("www-authenticate", "Bearer error=\"invalid_token\"")],
            "",
            "Err(Unauthorized)",
        );
        check_words(502, &[], "<html>", "Err(Transient(\"feed answered 502\"))");
        check_words(500, &[], r#"{"error_code":5}"#, "Err(Transient(\"feed answered 500\"))");
        let said = "Err(Throttled { wait_ms: Some(2000), detail: \"feed answered 429; it asks for 2 s\" })";
        check_words(429, &[("retry-after", "2")], "", said);
        let to = [("location", "/Error?errorCode=maintenance_mode")];
        let said = "Err(Transient(\"feed answered 302: it is being maintained (/Error)\"))";
        check_words(302, &to, body, said);
    }
}
