//! HTTP statuses as faults. A write whose outcome is not certain is `Unknown`, never `Transient`:
//! the connector reads before it writes again.

use super::retry_after;
use crate::fault::Fault;
use crate::model::date::Instant;
use crate::platform::{Call, Response};

/// Sorts an answer by its status. `words` is what the vendor's error body says, if it says
/// anything.
pub fn check(
    call: &Call,
    response: &Response,
    now: Instant,
    words: Option<String>,
) -> Result<(), Fault> {
    let detail = describe(call, response.status, words);
    let fault = match response.status {
        200..=299 => return Ok(()),
        300..=399 => redirect(detail, response),
        401 => Fault::Unauthorized,
        403 => Fault::Denied(detail),
        404 | 410 => Fault::NotFound(detail),
        429 => throttled(detail, response, now),
        // A gateway also says 503 when it gave up waiting; only one with a time is a decision.
        503 if call.repeatable || response.header("retry-after").is_some() => {
            throttled(detail, response, now)
        }
        425 => Fault::Transient(detail),
        501 | 505 => Fault::Refused(detail),
        408 | 500..=599 if call.repeatable => Fault::Transient(detail),
        408 | 500..=599 => Fault::Unknown(detail),
        400..=499 => Fault::Refused(detail),
        _ => Fault::Unreadable(detail),
    };
    Err(fault)
}

fn describe(call: &Call, status: u16, words: Option<String>) -> String {
    match words {
        Some(words) => format!("{} answered {status}: {}", call.kind, clip(&words, 500)),
        None => format!("{} answered {status}", call.kind),
    }
}

fn throttled(detail: String, response: &Response, now: Instant) -> Fault {
    let wait = retry_after::read(response.header("retry-after"), now);
    Fault::Throttled { wait_ms: wait.ms, detail: format!("{detail}; {}", wait.said) }
}

/// Redirects are never followed: they would carry the credential elsewhere. The query of the
/// target is not repeated, it may hold a secret.
fn redirect(detail: String, response: &Response) -> Fault {
    let target = response.header("location").unwrap_or("nowhere");
    let page = clip(target.split(['?', '#']).next().unwrap_or_default(), 200);
    if target.to_ascii_lowercase().contains("maintenance") {
        return Fault::Transient(format!("{detail}: it is being maintained ({page})"));
    }
    Fault::Unreadable(format!(
        "{detail}: a redirect to {page}, which is not followed; check the base address and tenant"
    ))
}

/// At most so many characters on one line, without control characters.
pub fn clip(text: &str, chars_max: usize) -> String {
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let clipped: String = line.clone().take(chars_max).collect();
    let clipped = clipped.trim();
    if line.count() > chars_max { format!("{clipped}…") } else { clipped.to_owned() }
}

#[cfg(test)]
mod tests;
