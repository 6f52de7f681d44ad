//! Lenient reading of what a vendor wrote. Invariant: nothing and null are *not stated*; anything
//! else that cannot be read leaves a trace that is unknown, and never reads as a known value.

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use crate::model::date::{Day, parse_day};
use crate::model::licence::Bound;

/// Longest trace of an unreadable value, in characters.
const TRACE_CHARS_MAX: usize = 100;

/// A field; null counts as absent, and hyphens as underscores.
pub(super) fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let hyphened = || object.iter().find(|(key, _)| is(key, name)).map(|(_, value)| value);
    let value = object.get(name).or_else(hyphened)?;
    (!value.is_null()).then_some(value)
}

/// Whether the key is this name, hyphens as underscores.
pub(super) fn is(key: &str, name: &str) -> bool {
    let same = |(k, n): (u8, u8)| k == n || (k == b'-' && n == b'_');
    key.len() == name.len() && key.bytes().zip(name.bytes()).all(same)
}

/// A list of keys. What is no text, or no list, becomes a key that nobody knows.
pub(super) fn keys(object: &Map<String, Value>, name: &str) -> Vec<String> {
    match field(object, name) {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(key).collect(),
        Some(other) => vec![trace(other)],
    }
}

fn key(value: &Value) -> String {
    value.as_str().map_or_else(|| trace(value), str::to_owned)
}

/// The value as JSON: a text keeps its quotes, so that it equals no key.
fn trace(value: &Value) -> String {
    value.to_string().chars().take(TRACE_CHARS_MAX).collect()
}

/// A text that is not blank.
pub(super) fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    let text = field(object, name)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A date or a stamp as its UTC day.
pub(super) fn bound(object: &Map<String, Value>, name: &str) -> Bound {
    match field(object, name) {
        None => Bound::None,
        Some(value) => value
            .as_str()
            .and_then(|text| utc_day(text.trim()))
            .map_or_else(|| Bound::Unreadable(trace(value)), Bound::Day),
    }
}

fn utc_day(text: &str) -> Option<Day> {
    let stamp = || OffsetDateTime::parse(text, &Rfc3339).ok()?.checked_to_offset(UtcOffset::UTC);
    parse_day(text).or_else(|| stamp().map(OffsetDateTime::date))
}
