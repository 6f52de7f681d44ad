//! `Retry-After` in both forms of RFC 9110: seconds, or an HTTP date against a given clock.
//! Nonsense is no time, so that the caller's own back-off decides.

use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

use crate::limits;
use crate::model::date::Instant;

/// How long to wait, and what was said, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Milliseconds, if a usable time was given.
    pub ms: Option<u64>,
    /// In words.
    pub said: String,
}

/// Reads the header's value.
pub fn read(value: Option<&str>, now: Instant) -> Wait {
    let Some(text) = value.map(str::trim) else {
        return Wait { ms: None, said: "it does not say how long".to_owned() };
    };
    let asked = seconds(text).or_else(|| until(text, now));
    match asked {
        None => {
            let text = super::status::clip(text, 60);
            Wait { ms: None, said: format!("Retry-After {text:?} is no time") }
        }
        Some(0) => Wait { ms: None, said: "Retry-After has passed already".to_owned() },
        Some(ms) if ms > limits::RETRY_AFTER_MS_MAX => Wait {
            ms: Some(limits::RETRY_AFTER_MS_MAX),
            said: format!(
                "it asks for {} s, which is capped at {} s",
                ms / 1000,
                limits::RETRY_AFTER_MS_MAX / 1000
            ),
        },
        Some(ms) => Wait { ms: Some(ms), said: format!("it asks for {} s", ms.div_ceil(1000)) },
    }
}

/// Digits only: a sign, a fraction or a unit is no time. More digits than fit are simply very long.
fn seconds(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse::<u64>().map_or(u64::MAX, |s| s.saturating_mul(1000)))
}

/// Milliseconds until an HTTP date; 0 if it has passed.
fn until(text: &str, now: Instant) -> Option<u64> {
    let fixed = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let asctime = format_description!(
        "[weekday repr:short] [month repr:short] [day padding:space] [hour]:[minute]:[second] [year]"
    );
    let at = PrimitiveDateTime::parse(text, &fixed)
        .or_else(|_| PrimitiveDateTime::parse(text, &asctime))
        .ok()?;
    let at_ms = i128::from(OffsetDateTime::unix_timestamp(at.assume_utc())) * 1000;
    let wait = at_ms - i128::from(now.0);
    Some(u64::try_from(wait.max(0)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Option<&str>, expected: Option<u64>, said: &str) {
        // 1994-11-06T08:49:30Z, seven seconds before the RFC's example date.
        let wait = read(value, Instant(784_111_770_000));
        assert_eq!(wait.ms, expected, "{value:?}: {}", wait.said);
        assert!(wait.said.contains(said), "{value:?}: {:?} lacks {said:?}", wait.said);
    }

    #[test]
    fn both_forms_and_nonsense() {
        let day = limits::RETRY_AFTER_MS_MAX;
        check(None, None, "does not say");
        check(Some("120"), Some(120_000), "asks for 120 s");
        check(Some(" 3 "), Some(3_000), "asks for 3 s");
        check(Some("0"), None, "passed");
        check(Some("-5"), None, "no time");
        check(Some("1.5"), None, "no time");
        check(Some("soon"), None, "no time");
        check(Some(""), None, "no time");
        check(Some("99999999999999999999999"), Some(day), "capped at 86400 s");
        check(Some("86401"), Some(day), "asks for 86401 s");
        check(Some("Sun, 06 Nov 1994 08:49:37 GMT"), Some(7_000), "asks for 7 s");
        check(Some("Sun Nov  6 08:49:37 1994"), Some(7_000), "asks for 7 s");
        check(Some("Sun, 06 Nov 1994 08:49:30 GMT"), None, "passed");
        check(Some("Mon, 01 Jan 1990 00:00:00 GMT"), None, "passed");
        check(Some("Fri, 31 Dec 9999 23:59:59 GMT"), Some(day), "capped");
        check(Some("Sun, 06 Nov 1994"), None, "no time");
    }
}
