//! Reads a JSON value against the table of keys. One wrong value hides no other: each key is read
//! for itself, what is good is kept and what is bad becomes a problem with its path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::keys::{Key, Kind, Need, Section};
use super::problems::{Problems, looks_secret, shorten};
use super::scalar;
use crate::linking::expression::Expression;
use crate::model::date::Day;

/// A value that fits its key.
#[derive(Debug)]
pub(super) enum Checked {
    /// Text of any kind.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A whole number; a ratio in thousandths.
    Whole(i64),
    /// A day.
    Day(Day),
    /// An expression.
    Expression(Expression),
    /// Texts.
    Texts(Vec<String>),
    /// A table.
    Table(Fields),
    /// Tables.
    Tables(Vec<Fields>),
    /// Names and values of a wire profile.
    Pairs(Vec<(String, String)>),
}

/// The good values of a table; defaults are filled in.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Where the table stands.
    pub path: String,
    values: BTreeMap<&'static str, Checked>,
    /// The keys that somebody wrote, well or badly: what is wrong with those is listed already.
    written: BTreeSet<&'static str>,
}

/// Reads a table.
pub(super) fn section(
    value: &Map<String, Value>,
    section: &'static Section,
    path: &str,
    problems: &mut Problems,
) -> Fields {
    let mut given: BTreeMap<&'static str, &Value> = BTreeMap::new();
    let mut misspelled = BTreeSet::new();
    for (name, value) in value {
        let at = join(path, name);
        match find(section, name) {
            Some(key) if given.contains_key(key.name) => {
                problems.add(&at, "a key that is there twice", "one spelling", "Remove one.");
            }
            Some(key) => drop(given.insert(key.name, value)),
            None => misspelled.extend(problems.unknown_key(&at, name, section)),
        }
    }
    given.retain(|_, value| !value.is_null());
    let mut fields = Fields { path: path.to_owned(), ..Fields::default() };
    fields.written.extend(given.keys().copied().chain(misspelled));
    for key in section.keys {
        let at = join(path, key.name);
        let checked = match given.get(key.name) {
            Some(value) => checked(value, key, &at, problems),
            None if fields.written.contains(key.name) => None,
            None => absent(key, &at, problems),
        };
        if let Some(checked) = checked {
            fields.values.insert(key.name, checked);
        }
    }
    fields
}

fn find(section: &Section, name: &str) -> Option<&'static Key> {
    let keys = section.keys.iter();
    let mut found = keys.filter(|key| {
        key.name == name || (section.either_case && key.name == name.replace('_', "-"))
    });
    found.next()
}

fn join(path: &str, name: &str) -> String {
    let name = shorten(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

fn absent(key: &'static Key, at: &str, problems: &mut Problems) -> Option<Checked> {
    match key.need {
        Need::Optional => None,
        Need::Default(json) => {
            serde_json::from_str(json).ok().and_then(|value| checked(&value, key, at, problems))
        }
        Need::Required => {
            let example = if key.example.is_empty() {
                String::new()
            } else {
                format!(" Example: {}", key.example)
            };
            problems.add(
                at,
                "nothing",
                expected(key),
                format!("Add it: {}{example}", lower_first(key.about)),
            );
            None
        }
    }
}

/// As part of a sentence.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let second_is_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// Reads the value of a key.
pub(super) fn checked(
    value: &Value,
    key: &'static Key,
    at: &str,
    problems: &mut Problems,
) -> Option<Checked> {
    match (key.kind, value) {
        (Kind::Table(of), Value::Object(object)) => {
            Some(Checked::Table(section(object, of, at, problems)))
        }
        (Kind::Tables(of, _), Value::Object(object)) => {
            Some(Checked::Tables(vec![section(object, of, at, problems)]))
        }
        (Kind::Tables(of, max), Value::Array(items)) => tables(items, of, max, key, at, problems),
        (Kind::Texts(max) | Kind::BaseUrls(max), Value::Array(items)) => {
            texts(items, max, key, at, problems)
        }
        (Kind::Choices(words), Value::Array(items)) => texts(items, words.len(), key, at, problems)
            .and_then(|all| known(all, words, at, problems)),
        (Kind::Profile, Value::Object(object)) => Some(profile(object, at, problems)),
        (
            Kind::Table(_)
            | Kind::Tables(..)
            | Kind::Texts(_)
            | Kind::Choices(_)
            | Kind::BaseUrls(_)
            | Kind::Profile,
            other,
        ) => {
            wrong_type(key, other, at, problems);
            None
        }
        (_, value) => scalar::read(value, key, at, problems),
    }
}

/// Adds the problem of a wrong type. The value itself is not shown.
pub(super) fn wrong_type(key: &Key, value: &Value, at: &str, problems: &mut Problems) {
    let fix = if key.example.is_empty() {
        "Correct it.".to_owned()
    } else {
        format!("Correct it. Example: {}", key.example)
    };
    problems.add(at, type_name(value), expected(key), fix);
}

/// What a value is, for a person.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

/// What a key expects, for a person.
pub(super) fn expected(key: &Key) -> String {
    match key.kind {
        Kind::Text(max) => format!("a text of 1 to {max} characters"),
        Kind::Plain(max) => format!("1 to {max} letters, digits and hyphens"),
        Kind::Choice(words) => format!("one of {}", words.join(", ")),
        Kind::Choices(words) => format!("a list of any of {}", words.join(", ")),
        Kind::Flag => "true or false".to_owned(),
        Kind::Whole(min, max) => format!("a whole number from {min} to {max}"),
        Kind::Ratio => "a number from 0.01 to 100".to_owned(),
        Kind::Day => "a day as YYYY-MM-DD".to_owned(),
        Kind::BaseUrl => "an https address of scheme, host and port".to_owned(),
        Kind::PageUrl(names) => format!("an https address with {}", names.join(", ")),
        Kind::Connection => "1 to 64 lower-case letters, digits and hyphens".to_owned(),
        Kind::Culture => "a culture such as en or en-GB".to_owned(),
        Kind::Expression => "a JMESPath expression".to_owned(),
        Kind::Isbn => "an ISBN with a fitting check digit".to_owned(),
        Kind::Texts(max) => format!("a list of at most {max} texts"),
        Kind::BaseUrls(max) => {
            format!("a list of at most {max} https addresses of scheme, host and port")
        }
        Kind::Table(_) => "a table".to_owned(),
        Kind::Tables(_, max) => format!("a list of at most {max} tables"),
        Kind::Profile => "a table of names and their values".to_owned(),
    }
}

fn tables(
    items: &[Value],
    of: &'static Section,
    max: usize,
    key: &'static Key,
    at: &str,
    problems: &mut Problems,
) -> Option<Checked> {
    let least = usize::from(matches!(key.need, Need::Required));
    if !(least..=max).contains(&items.len()) {
        problems.add(
            at,
            format!("{} tables", items.len()),
            format!("{least} to {max} tables"),
            if items.is_empty() { "Add one." } else { "Shorten the list." },
        );
        return None;
    }
    let mut read = Vec::with_capacity(items.len());
    for (number, item) in items.iter().enumerate() {
        let at = format!("{at}[{number}]");
        match item {
            Value::Object(object) => read.push(section(object, of, &at, problems)),
            other => problems.add(&at, type_name(other), "a table", "Write a table here."),
        }
    }
    Some(Checked::Tables(read))
}

fn texts(
    items: &[Value],
    max: usize,
    key: &'static Key,
    at: &str,
    problems: &mut Problems,
) -> Option<Checked> {
    let least = usize::from(matches!(key.need, Need::Required));
    if !(least..=max).contains(&items.len()) {
        problems.add(
            at,
            format!("{} texts", items.len()),
            format!("{least} to {max} texts"),
            if items.is_empty() { "Add one." } else { "Shorten the list." },
        );
        return None;
    }
    let mut read = Vec::with_capacity(items.len());
    for (number, item) in items.iter().enumerate() {
        let at = format!("{at}[{number}]");
        let text = match key.kind {
            Kind::BaseUrls(_) => scalar::base_url(item, &at, problems),
            _ => scalar::text(item, scalar::LIST_TEXT_CHARS_MAX, &at, problems),
        };
        read.extend(text);
    }
    Some(Checked::Texts(read))
}

/// The texts, if all of them are among the words.
fn known(
    all: Checked,
    words: &'static [&'static str],
    at: &str,
    problems: &mut Problems,
) -> Option<Checked> {
    let Checked::Texts(texts) = &all else { return None };
    let mut good = true;
    for (number, text) in texts.iter().enumerate() {
        if !words.contains(&text.as_str()) {
            problems.unknown_word(&format!("{at}[{number}]"), text, words);
            good = false;
        }
    }
    good.then_some(all)
}

fn profile(object: &Map<String, Value>, at: &str, problems: &mut Problems) -> Checked {
    let mut pairs = Vec::new();
    for (name, value) in object {
        let at = join(at, name);
        let text = match value {
            Value::String(text) if text.chars().count() <= scalar::LIST_TEXT_CHARS_MAX => {
                text.clone()
            }
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            _ if looks_secret(name) => {
                problems.secret(&at);
                continue;
            }
            other => {
                problems.add(
                    &at,
                    type_name(other),
                    format!("a text of at most {} characters", scalar::LIST_TEXT_CHARS_MAX),
                    "Write the name as the vendor spells it.",
                );
                continue;
            }
        };
        pairs.push((name.clone(), text));
    }
    Checked::Pairs(pairs)
}

/// The good value of a key, if it is there and of this kind.
macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $variant:ident, $type:ty) => {
        $(#[$doc])*
        pub(super) fn $name(&self, name: &str) -> Option<&$type> {
            match self.values.get(name) {
                Some(Checked::$variant(value)) => Some(value),
                _ => None,
            }
        }
    };
}

impl Fields {
    getter!(
        /// Its text.
        text, Text, String
    );
    getter!(
        /// Its table.
        table, Table, Fields
    );
    getter!(
        /// Its expression.
        expression, Expression, Expression
    );
    getter!(
        /// Its number.
        whole, Whole, i64
    );
    getter!(
        /// Its flag.
        flag, Flag, bool
    );
    getter!(
        /// Its day.
        day, Day, Day
    );

    /// Its texts; none if it is not there.
    pub(super) fn texts(&self, name: &str) -> &[String] {
        match self.values.get(name) {
            Some(Checked::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Its tables; none if it is not there.
    pub(super) fn tables(&self, name: &str) -> &[Fields] {
        match self.values.get(name) {
            Some(Checked::Tables(tables)) => tables,
            _ => &[],
        }
    }

    /// Its names and values; none if it is not there.
    pub(super) fn pairs(&self, name: &str) -> &[(String, String)] {
        match self.values.get(name) {
            Some(Checked::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    /// Its text, owned; empty if it was bad, which is a problem already.
    pub(super) fn owned(&self, name: &str) -> String {
        self.text(name).cloned().unwrap_or_default()
    }

    /// Whether somebody wrote this key, well or badly.
    pub(super) fn wrote(&self, name: &str) -> bool {
        self.written.contains(name)
    }

    /// How many of its keys somebody wrote.
    pub(super) fn wrote_count(&self) -> usize {
        self.written.len()
    }

    /// Where a key of it stands.
    pub(super) fn at(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// What stands at a key.
    pub(super) fn value(&self, name: &str) -> Option<&Checked> {
        self.values.get(name)
    }

    /// Every key with a good value, by name.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &Checked)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }
}
