//! Reads single values: texts, words, numbers, days, addresses, expressions.

use serde_json::Value;

use super::address;
use super::keys::{Key, Kind};
use super::problems::{Problems, shorten};
use super::read::{Checked, expected, type_name, wrong_type};
use crate::linking::expression::Expression;
use crate::model::date::parse_day;
use crate::model::isbn::Isbn13;

/// A text in a list; the vendors' keys have some tens of characters.
pub(super) const LIST_TEXT_CHARS_MAX: usize = 500;

/// Reads a value that is no table and no list.
pub(super) fn read(value: &Value, key: &Key, at: &str, problems: &mut Problems) -> Option<Checked> {
    match (key.kind, value) {
        (Kind::Flag, Value::Bool(flag)) => Some(Checked::Flag(*flag)),
        (Kind::Whole(min, max), Value::Number(number)) => {
            let whole = number.as_i64().filter(|whole| (min..=max).contains(whole));
            if whole.is_none() {
                let fix = "Choose a number in that range.";
                problems.add(at, number.to_string(), expected(key), fix);
            }
            whole.map(Checked::Whole)
        }
        (Kind::Ratio, Value::Number(number)) => {
            let thousandths = number.as_f64().and_then(thousandths);
            if thousandths.is_none() {
                let fix = "Write height over width, such as 1.5.";
                problems.add(at, number.to_string(), expected(key), fix);
            }
            thousandths.map(Checked::Whole)
        }
        (Kind::Flag | Kind::Whole(..) | Kind::Ratio, other) => {
            wrong_type(key, other, at, problems);
            None
        }
        (Kind::Text(max), value) => text(value, max, at, problems).map(Checked::Text),
        (_, Value::String(text)) => written(text.trim(), key, at, problems),
        (_, other) => {
            wrong_type(key, other, at, problems);
            None
        }
    }
}

fn thousandths(ratio: f64) -> Option<i64> {
    // The range leaves no doubt about the conversion.
    (0.01..=100.0).contains(&ratio).then(|| (ratio * 1000.0).round() as i64)
}

/// Reads an address in a list. It is not shown: a password may stand in it.
pub(super) fn base_url(value: &Value, at: &str, problems: &mut Problems) -> Option<String> {
    let text = text(value, LIST_TEXT_CHARS_MAX, at, problems)?;
    let fix = "Write scheme, host and port only, such as https://files.example";
    let expected = "an https address of scheme, host and port";
    address::base(text.trim()).map_err(|found| problems.add(at, found, expected, fix)).ok()
}

/// Reads a text that is not blank.
pub(super) fn text(
    value: &Value,
    chars_max: usize,
    at: &str,
    problems: &mut Problems,
) -> Option<String> {
    let Value::String(text) = value else {
        let fix = "Write it in quotes.";
        problems.add(at, type_name(value), format!("a text of 1 to {chars_max} characters"), fix);
        return None;
    };
    let text = text.trim();
    let count = text.chars().count();
    if (1..=chars_max).contains(&count) && !text.chars().any(char::is_control) {
        return Some(text.to_owned());
    }
    let (found, fix) = match count {
        0 => ("an empty text".to_owned(), "Fill it in, or remove the key."),
        _ if count > chars_max => (format!("{count} characters"), "Shorten it."),
        _ => ("a text with a control character".to_owned(), "Remove the line break or tab."),
    };
    problems.add(at, found, format!("a text of 1 to {chars_max} characters"), fix);
    None
}

/// Reads a text with a form.
fn written(text: &str, key: &Key, at: &str, problems: &mut Problems) -> Option<Checked> {
    let read = match key.kind {
        Kind::Choice(words) => {
            if !words.contains(&text) {
                problems.unknown_word(at, text, words);
                return None;
            }
            Ok(Checked::Text(text.to_owned()))
        }
        Kind::Day => parse_day(text).map(Checked::Day).ok_or_else(|| quoted(text)),
        Kind::BaseUrl => address::base(text).map(Checked::Text),
        Kind::PageUrl(names) => address::page(text, names).map(Checked::Text),
        Kind::Connection if is_connection(text) => Ok(Checked::Text(text.to_owned())),
        Kind::Plain(max) if is_plain(text, max) => Ok(Checked::Text(text.to_owned())),
        Kind::Culture if is_culture(text) => Ok(Checked::Text(text.to_owned())),
        Kind::Expression => Expression::parse(text).map(Checked::Expression),
        Kind::Isbn => Isbn13::parse(text)
            .map(|isbn| Checked::Text(isbn.to_string()))
            .map_err(|error| format!("{}, which has {error}", quoted(text))),
        // Not shown: a connection is where people paste the secret itself.
        Kind::Connection => Err("a text of another form (not shown)".to_owned()),
        _ => Err(quoted(text)),
    };
    read.map_err(|found| problems.add(at, found, expected(key), fix(key))).ok()
}

fn quoted(text: &str) -> String {
    format!("{:?}", shorten(text))
}

fn fix(key: &Key) -> String {
    let advice = match key.kind {
        Kind::BaseUrl => {
            "Write scheme, host and port only; http is for simulators on this machine."
        }
        Kind::PageUrl(_) => "Copy the page's address and put the placeholder where its id stands.",
        Kind::Connection => "Write the name under which the platform knows the credential.",
        Kind::Expression => "See docs/MAPPING.md for the language and its functions.",
        Kind::Isbn => "Copy the ISBN from the title.",
        _ => "Correct it.",
    };
    match key.example {
        "" => advice.to_owned(),
        example => format!("{advice} Example: {example}"),
    }
}

fn is_connection(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_plain(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_culture(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
}
