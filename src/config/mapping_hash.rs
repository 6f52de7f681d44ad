//! The hash of the mapping: two configurations with the same hash send the same asset to the same
//! place with the same texts. Attachments are left out, because each concerns one asset only and
//! must not ask for the whole catalogue again.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::keys::{Key, Kind, Section};
use super::read::{Checked, Fields};
use super::tables::ROOT;
use crate::model::date::show_day;

/// SHA-256 (hex) over every key of the mapping, defaults filled in, in canonical form.
pub(super) fn of(root: &Fields) -> String {
    let mapping = Value::Object(pick(root, &ROOT));
    Sha256::digest(mapping.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn pick(fields: &Fields, section: &Section) -> Map<String, Value> {
    let mut picked = Map::new();
    for key in section.keys {
        let value = match fields.value(key.name) {
            Some(value) if key.maps => plain(value),
            Some(Checked::Table(inner)) => inner_of(key, inner),
            _ => Value::Null,
        };
        if !value.is_null() {
            picked.insert(key.name.to_owned(), value);
        }
    }
    picked
}

fn inner_of(key: &Key, inner: &Fields) -> Value {
    let Kind::Table(section) = key.kind else { return Value::Null };
    let picked = pick(inner, section);
    if picked.is_empty() { Value::Null } else { Value::Object(picked) }
}

fn plain(value: &Checked) -> Value {
    match value {
        Checked::Text(text) => Value::from(text.as_str()),
        Checked::Flag(flag) => Value::from(*flag),
        Checked::Whole(whole) => Value::from(*whole),
        Checked::Day(day) => Value::from(show_day(*day)),
        Checked::Expression(expression) => Value::from(expression.as_str()),
        Checked::Texts(texts) => texts.iter().map(String::as_str).collect(),
        Checked::Table(fields) => whole(fields),
        Checked::Tables(tables) => tables.iter().map(whole).collect(),
        Checked::Pairs(pairs) => object(pairs.iter().map(|(n, v)| (n.clone(), v.as_str().into()))),
    }
}

fn whole(fields: &Fields) -> Value {
    object(fields.values().map(|(name, value)| (name.to_owned(), plain(value))))
}

fn object(pairs: impl Iterator<Item = (String, Value)>) -> Value {
    let mut object = Map::new();
    object.extend(pairs);
    Value::Object(object)
}
