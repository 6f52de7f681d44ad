//! One table of the file, read key by key.
//!
//! Invariant: reading never stops at a problem; each key is taken once, and what is left over at
//! the end is a problem too, because a misspelt key must not be ignored in silence.

use std::time::Duration;

use toml::Value;

use super::Problem;

/// A table with its path and the list that problems go to.
pub struct Section<'p> {
    path: String,
    table: toml::Table,
    problems: &'p mut Vec<Problem>,
}

impl<'p> Section<'p> {
    /// A table from a value; anything else is a problem and reads as empty.
    pub fn new(path: &str, value: Option<Value>, problems: &'p mut Vec<Problem>) -> Self {
        let table = match value {
            None => toml::Table::new(),
            Some(Value::Table(table)) => table,
            Some(other) => {
                let found = describe(&other);
                problems.push(problem(path, &found, "a table", "write it as a table"));
                toml::Table::new()
            }
        };
        Self { path: path.to_owned(), table, problems }
    }

    /// The path of a key; of the table itself for the empty key.
    pub fn path_of(&self, key: &str) -> String {
        if key.is_empty() { self.path.clone() } else { format!("{}.{key}", self.path) }
    }

    /// Notes a problem with a key.
    pub fn problem(&mut self, key: &str, found: &str, expected: &str, fix: &str) {
        let path = self.path_of(key);
        self.problems.push(problem(&path, found, expected, fix));
    }

    /// Takes over problems that were found elsewhere.
    pub fn extend(&mut self, found: Vec<Problem>) {
        self.problems.extend(found);
    }

    /// Notes that a key must be there.
    pub fn missing(&mut self, key: &str, expected: &str) {
        self.problem(key, "nothing", expected, "add it");
    }

    /// The raw value of a key.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.table.remove(key)
    }

    /// A table inside this one.
    pub fn section(&mut self, key: &str) -> Section<'_> {
        let value = self.take(key);
        Section::new(&self.path_of(key), value, self.problems)
    }

    /// The tables inside this one by name.
    pub fn sections(&mut self, mut read: impl FnMut(String, Section<'_>)) {
        for (key, value) in std::mem::take(&mut self.table) {
            let path = self.path_of(&key);
            read(key, Section::new(&path, Some(value), self.problems));
        }
    }

    /// A text.
    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            Value::String(_) => {
                self.problem(key, "an empty text", "a text", "write it or take the key away");
                None
            }
            other => {
                self.problem(key, &describe(&other), "a text", "put it in quotes");
                None
            }
        }
    }

    /// A text that must be there.
    pub fn needed_text(&mut self, key: &str, expected: &str) -> Option<String> {
        if !self.table.contains_key(key) {
            self.missing(key, expected);
            return None;
        }
        self.text(key)
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let expected = format!("one of {}", known.join(", "));
            self.problem(key, &format!("`{text}`"), &expected, "use one of these words");
        }
        found
    }

    /// True or false.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        match self.take(key)? {
            Value::Boolean(flag) => Some(flag),
            other => {
                self.problem(key, &describe(&other), "true or false", "write it without quotes");
                None
            }
        }
    }

    /// A whole number within bounds.
    pub fn number(&mut self, key: &str, least: u32, most: u32) -> Option<u32> {
        let value = self.take(key)?;
        let number = value.as_integer().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => Some(number),
            None => {
                let expected = format!("a whole number from {least} to {most}");
                self.problem(key, &describe(&value), &expected, "choose a number within these");
                None
            }
        }
    }

    /// A duration such as `500ms`, `30s`, `10m` or `2h`, within bounds.
    pub fn duration(&mut self, key: &str, least: Duration, most: Duration) -> Option<Duration> {
        let value = self.take(key)?;
        let duration = value.as_str().and_then(|text| parse_duration(text).ok());
        match duration.filter(|duration| (least..=most).contains(duration)) {
            Some(duration) => Some(duration),
            None => {
                let expected = format!("a duration from {least:?} to {most:?}, such as \"30s\"");
                self.problem(key, &describe(&value), &expected, "write a number and ms, s, m or h");
                None
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.take(key)?;
        let found = value.as_array().and_then(|items| {
            items.iter().map(|item| item.as_str().map(ToOwned::to_owned)).collect()
        });
        if found.is_none() {
            self.problem(key, &describe(&value), "a list of texts", "write it as [\"a\", \"b\"]");
        }
        found
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(mut self, known: &[&str]) {
        let expected = format!("one of {}", known.join(", "));
        let left: Vec<String> = self.table.keys().cloned().collect();
        for key in left {
            let fix = "correct the spelling or take the key away";
            self.problem(&key, "an unknown key", &expected, fix);
        }
    }
}

/// One problem.
pub fn problem(path: &str, found: &str, expected: &str, fix: &str) -> Problem {
    Problem {
        path: path.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
        fix: fix.to_owned(),
    }
}

/// What stands there, without its value: a misplaced secret must not be printed.
pub fn describe(value: &Value) -> String {
    match value {
        Value::String(_) => "a text".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(moment) => moment.to_string(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Table(_) => "a table".to_owned(),
    }
}

/// Reads a duration of a number and a unit.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let expected = || format!("`{text}` is no duration: write a number and ms, s, m, h or d");
    let number: u64 = number.parse().map_err(|_| expected())?;
    let millis = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(expected()),
    };
    number.checked_mul(millis).map(Duration::from_millis).ok_or_else(expected)
}
