//! Arguments as the resolvers read them. The library has validated types already; a single value
//! stands for a list of one, as GraphQL says.

use async_graphql::{Name, Value, indexmap::IndexMap};
use time::{Date, macros::format_description};

/// The arguments of a field, or an input object.
#[derive(Clone, Copy)]
pub(in crate::consonance) struct Input<'a>(
    pub(in crate::consonance) Option<&'a IndexMap<Name, Value>>,
);

impl<'a> Input<'a> {
    /// The member as given, null included.
    fn given(&self, name: &str) -> Option<&'a Value> {
        self.0.and_then(|map| map.get(name))
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.given(name).filter(|value| !matches!(value, Value::Null))
    }

    /// A member that may be given as null: `Some(None)` empties a field.
    pub(super) fn patch<T>(
        &self,
        name: &str,
        read: impl Fn(&Self, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        self.given(name).map(|_| read(self, name))
    }

    /// An input object; an absent one is empty.
    pub(super) fn object(&self, name: &str) -> Input<'a> {
        match self.value(name) {
            Some(Value::Object(map)) => Input(Some(map)),
            _ => Input(None),
        }
    }

    /// Whether anything is given.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none_or(|map| map.values().all(|value| matches!(value, Value::Null)))
    }

    /// An `Int`.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(int)
    }

    /// A `String`, an enum value, or any scalar in text form.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.value(name).and_then(text)
    }

    /// A `Boolean`.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name) {
            Some(Value::Boolean(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// An `ISO8601Date`.
    pub(super) fn date(&self, name: &str) -> Option<Date> {
        self.text(name).as_deref().and_then(parse_date)
    }

    /// A list of `Int`.
    pub(super) fn ints(&self, name: &str) -> Option<Vec<i64>> {
        self.value(name).map(|value| list(value, int))
    }

    /// A list of `String` or enum values.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<String>> {
        self.value(name).map(|value| list(value, text))
    }
}

fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Enum(name) => Some(name.to_string()),
        _ => None,
    }
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    match value {
        Value::List(items) => items.iter().filter_map(read).collect(),
        single => read(single).into_iter().collect(),
    }
}

/// A date in the one form that the API takes.
pub(in crate::consonance) fn parse_date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}
