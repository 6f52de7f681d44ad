//! Consonance's HTTP errors as faults. Its error bodies are not documented: Rails' plain text, a
//! JSON `error` or GraphQL `errors` are all repeated as its own words.

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

    fn check_words(status: u16, body: &str, expected: &str) {
        let request = Request {
            method: Method::Post,
            url: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
            response_bytes_max: 1,
            authorization: None,
        };
        let call = Call { request, connection: None, kind: "works", repeatable: true };
        let response = Response { status, headers: Vec::new(), body: body.as_bytes().to_vec() };
        assert_eq!(format!("{:?}", check(&call, &response, Instant(0))), expected, "{body}");
    }

    #[test]
    fn its_own_words_are_repeated() {
        check_words(200, "HTTP Token: Access denied.", "Ok(())");
        check_words(401, "HTTP Token: Access denied.\n", "Err(Unauthorized)");
        check_words(403, "no", "Err(Denied(\"works answered 403: no\"))");
        check_words(
            422,
            r#"{"errors":[{"message":"bad"},{"message":"worse"}]}"#,
            "Err(Refused(\"works answered 422: bad; worse\"))",
        );
        check_words(400, r#"{"error":"what?"}"#, "Err(Refused(\"works answered 400: what?\"))");
        check_words(502, "<html>oh</html>", "Err(Transient(\"works answered 502\"))");
        check_words(404, "", "Err(NotFound(\"works answered 404\"))");
        check_words(400, "[[[", "Err(Refused(\"works answered 400: [[[\"))");
    }
}
