//! TOML as JSON.
//!
//! Invariant: nothing is lost; dates and times become text, as ISO 8601 writes them.

use serde_json::{Map, Number, Value};

/// A TOML table as a JSON object.
pub fn to_json(table: toml::Table) -> Value {
    let members = table.into_iter().map(|(key, value)| (key, value_to_json(value)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn value_to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        // JSON has no infinity and no not-a-number; the component then says that a number was
        // expected.
        toml::Value::Float(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(items) => items.into_iter().map(value_to_json).collect(),
        toml::Value::Table(table) => to_json(table),
    }
}
