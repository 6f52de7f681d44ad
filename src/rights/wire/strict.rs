//! Strict reading of what people here wrote: every problem is listed, with its place and what to
//! do about it. Invariant: a field that is not known is a problem, never ignored.

use serde_json::{Map, Value};

use crate::config::Problem;
use crate::model::date::{Day, parse_day};

/// An object that is read strictly.
pub(super) struct Section<'a> {
    path: String,
    object: &'a Map<String, Value>,
    pub problems: Vec<Problem>,
}

impl<'a> Section<'a> {
    /// Reads an object with these fields.
    pub fn new(path: &str, object: &'a Map<String, Value>, known: &[&str]) -> Self {
        let mut section = Self { path: path.to_owned(), object, problems: Vec::new() };
        let stranger = |key: &&String| !known.iter().any(|name| super::lenient::is(key, name));
        for key in object.keys().filter(stranger) {
            let expected = format!("one of {}", known.join(", "));
            section.add(key, "a field that is not known", &expected, "Correct its spelling.");
        }
        section
    }

    /// Adds a problem with a field.
    pub fn add(&mut self, field: &str, found: &str, expected: &str, fix: &str) {
        let path =
            if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) };
        self.problems.push(problem(&path, found, expected, fix));
    }

    /// A field; null counts as absent.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        super::lenient::field(self.object, name)
    }

    /// The field as what `read` makes of it; absent is `None`, unreadable a problem.
    pub fn optional<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(name)?;
        let result = read(value);
        if result.is_none() {
            self.add(name, &found(value), expected, "Write it in this form.");
        }
        result
    }

    /// As `optional`, and absent is a problem too.
    pub fn required<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        if self.get(name).is_none() {
            self.add(name, "nothing", expected, "Add it.");
        }
        self.optional(name, expected, read)
    }

    /// A day.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        self.optional(name, A_DAY, day)
    }
}

/// How a day is described.
pub(super) const A_DAY: &str = "a day as \"2027-03-04\"";

/// A day as `YYYY-MM-DD`.
pub(super) fn day(value: &Value) -> Option<Day> {
    value.as_str().and_then(parse_day)
}

/// A problem.
pub(super) fn problem(path: &str, found: &str, expected: &str, fix: &str) -> Problem {
    let [path, found, expected, fix] = [path, found, expected, fix].map(str::to_owned);
    Problem { path, found, expected, fix }
}

/// A value as it may stand in a problem.
pub(super) fn found(value: &Value) -> String {
    const CHARS_MAX: usize = 80;
    value.to_string().chars().take(CHARS_MAX).collect()
}
