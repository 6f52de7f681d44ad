//! One request on its way out: egress rules, credentials, faults, the vendor, the answer.

use super::Inner;
use super::credentials::MARK;
use super::trace::fnv;
use super::vendors::split;
use consonance_smintio::platform::{ExchangeError, Method, Request, Response};
use simulators::http;

/// The status by which a vendor says that it acted, or not, and that its answer never came: no
/// answer has it on the wire.
const SWALLOWED: u16 = 0;

/// Sends one request.
pub fn send(inner: &mut Inner, request: &Request) -> Result<Response, ExchangeError> {
    let result = admit(inner, request).and_then(|sent| travel(inner, &sent));
    let result = result.and_then(|answer| {
        if answer.body.len() > request.response_bytes_max {
            return Err(ExchangeError::TooLarge);
        }
        Ok(Response { status: answer.status, headers: answer.headers, body: answer.body })
    });
    let outcome = match &result {
        Ok(answer) => format!("{} {:016x}", answer.status, fnv(0, &answer.body)),
        Err(error) => format!("{error:?}"),
    };
    let body = fnv(0, &request.body);
    let line = format!("{:?} {} {body:016x} -> {outcome}", request.method, request.url);
    inner.trace.note(line);
    result
}

/// The request with its credential, or why it may not leave.
fn admit(inner: &Inner, request: &Request) -> Result<http::Request, ExchangeError> {
    let denied = |what: String| Err(ExchangeError::Denied(what));
    let Some((origin, target)) = split(&request.url) else {
        return denied(format!("{} is no absolute address", request.url));
    };
    if !inner.vendors.is_known(&origin) {
        return denied(format!("{origin} is not on the allow list"));
    }
    let body = String::from_utf8_lossy(&request.body);
    let leaks = request.headers.iter().any(|(name, value)| {
        let reserved = ["authorization", "host"].iter().any(|own| name.eq_ignore_ascii_case(own));
        reserved || value.contains(MARK)
    });
    if leaks || request.url.contains(MARK) || body.contains(MARK) {
        return denied("a credential outside the authorization header".to_owned());
    }
    let mut headers: Vec<(String, String)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .collect();
    if let Some(header) = &request.authorization {
        let value = inner.credentials.reveal(header, &origin).map_err(ExchangeError::Denied)?;
        headers.push(("authorization".to_owned(), value));
    }
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let method = method.to_owned();
    Ok(http::Request { method, origin, target, headers, body: request.body.clone() })
}

/// To the vendor and back, if nothing happens on the way.
fn travel(inner: &mut Inner, request: &http::Request) -> Result<http::Response, ExchangeError> {
    let options = inner.options;
    let chance = &mut inner.fault_rng;
    if chance.hit(options.connect_failed) {
        return Err(ExchangeError::NotSent("connection-refused".to_owned()));
    }
    if chance.hit(options.request_lost) {
        return Err(ExchangeError::Lost("connection-terminated".to_owned()));
    }
    if chance.hit(options.throttled) {
        return Ok(throttled(inner));
    }
    if chance.hit(options.server_error) {
        let status = if chance.below(2) == 0 { 500 } else { 503 };
        return Ok(http::Response::new(status, "text/html", "<h1>Sorry</h1>"));
    }
    let Some(answer) = inner.vendors.send(inner.clock.true_ms, request) else {
        return Err(ExchangeError::NotSent("connection-refused".to_owned()));
    };
    if answer.status == SWALLOWED {
        return Err(ExchangeError::Lost("connection-terminated".to_owned()));
    }
    let chance = &mut inner.fault_rng;
    if chance.hit(options.answer_lost) {
        return match chance.below(4) {
            0 => Ok(http::Response::new(504, "text/html", "<h1>Gateway Timeout</h1>")),
            _ => Err(ExchangeError::Lost("connection-read-timeout".to_owned())),
        };
    }
    Ok(answer)
}

/// 429, and how long to wait: said in every way that vendors say it, or not.
fn throttled(inner: &mut Inner) -> http::Response {
    let seconds = 1 + inner.fault_rng.below(30);
    let wait = match inner.fault_rng.below(8) {
        0 => None,
        1 => Some("0".to_owned()),
        2 => Some("-5".to_owned()),
        3 => Some("soon".to_owned()),
        4 => Some(http_date(inner.clock.true_ms / 1_000 + seconds)),
        5 => Some((seconds * 120).to_string()),
        _ => Some(seconds.to_string()),
    };
    let mut answer = http::Response::new(429, "text/plain", "Too Many Requests");
    answer.headers.extend(wait.map(|wait| ("retry-after".to_owned(), wait)));
    answer
}

/// An instant as HTTP writes it (RFC 9110, 5.6.7).
fn http_date(unix_s: u64) -> String {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let at = time::OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(unix_s.cast_signed());
    at.format(&format).unwrap_or_default()
}
