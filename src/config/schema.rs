//! The JSON Schema of the configuration, made from the table of keys that the reader uses.

use serde_json::{Map, Value, json};

use super::keys::{Key, Kind, Need, Section};
use super::scalar::LIST_TEXT_CHARS_MAX;
use super::tables::ROOT;
use crate::limits::EXPRESSION_BYTES_MAX;
use crate::vendor::profile::{Entry, Mark};

/// Scheme, host and port; what else is wrong with an address the reader says.
const BASE_URL: &str = "^https?://[^/?#@]+/?$";

/// JSON Schema 2020-12 with titles, descriptions, defaults, examples and hints for forms (`x-ui`).
pub fn schema() -> String {
    let mut root = section(&ROOT, &[]);
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    format!("{:#}", Value::Object(root))
}

fn section(section: &Section, path: &[&str]) -> Map<String, Value> {
    let mut properties = Map::new();
    for (order, key) in section.keys.iter().enumerate() {
        let value = Value::Object(property(key, order, path));
        if section.either_case && key.name.contains('-') {
            let mut other = value.clone();
            if let Some(object) = other.as_object_mut() {
                object.insert("deprecated".to_owned(), json!(true));
                object.insert("x-ui".to_owned(), json!({"widget": "hidden"}));
            }
            properties.insert(key.name.replace('-', "_"), other);
        }
        properties.insert(key.name.to_owned(), value);
    }
    let mut schema = Map::new();
    schema.insert("title".to_owned(), json!(section.title));
    schema.insert("description".to_owned(), json!(section.about));
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    require(section, &mut schema);
    schema
}

/// A key with two spellings is required in either.
fn require(section: &Section, schema: &mut Map<String, Value>) {
    let needed = section.keys.iter().filter(|key| matches!(key.need, Need::Required));
    let (double, single): (Vec<_>, Vec<_>) =
        needed.map(|key| key.name).partition(|name| section.either_case && name.contains('-'));
    if !single.is_empty() {
        schema.insert("required".to_owned(), json!(single));
    }
    if !double.is_empty() {
        let either = |name: &&str| json!({"anyOf": [{"required": [name]}, {"required": [name.replace('-', "_")]}]});
        schema.insert("allOf".to_owned(), double.iter().map(either).collect());
    }
}

fn property(key: &Key, order: usize, path: &[&str]) -> Map<String, Value> {
    let here: Vec<&str> = path.iter().copied().chain([key.name]).collect();
    let mut property = shape(key.kind, &here);
    if matches!(key.need, Need::Required) {
        not_empty(key.kind, &mut property);
    }
    property.insert("title".to_owned(), json!(title(key.name)));
    property.insert("description".to_owned(), json!(key.about));
    if let Need::Default(text) = key.need {
        property.insert("default".to_owned(), parsed(text));
    }
    if !key.example.is_empty() {
        property.insert("examples".to_owned(), json!([parsed(key.example)]));
    }
    property.insert("x-ui".to_owned(), json!({"order": order, "widget": widget(key)}));
    property
}

/// A list that must be there must hold something.
fn not_empty(kind: Kind, property: &mut Map<String, Value>) {
    let list = match kind {
        Kind::Texts(_) | Kind::Choices(_) => Some(property),
        Kind::Tables(..) => property
            .get_mut("anyOf")
            .and_then(|either| either.get_mut(0))
            .and_then(Value::as_object_mut),
        _ => None,
    };
    if let Some(list) = list {
        list.insert("minItems".to_owned(), json!(1));
    }
}

/// Defaults and examples are JSON; a test reads each of them.
fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

fn title(name: &str) -> String {
    let text = name.replace('-', " ");
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn widget(key: &Key) -> &'static str {
    match (key.name, key.kind) {
        ("collection" | "download-item", _) => "discover",
        (_, Kind::Choice(_)) => "select",
        (_, Kind::Flag) => "checkbox",
        (_, Kind::Whole(..) | Kind::Ratio) => "number",
        (_, Kind::Day) => "date",
        (_, Kind::BaseUrl | Kind::PageUrl(_)) => "url",
        (_, Kind::Connection) => "connection",
        (_, Kind::Expression) => "expression",
        (_, Kind::Texts(_) | Kind::Choices(_) | Kind::BaseUrls(_)) => "tags",
        (_, Kind::Table(_)) => "group",
        (_, Kind::Tables(..)) => "table",
        (_, Kind::Profile) => "advanced",
        _ => "text",
    }
}

fn shape(kind: Kind, path: &[&str]) -> Map<String, Value> {
    let value = match kind {
        Kind::Text(max) => json!({"type": "string", "minLength": 1, "maxLength": max}),
        Kind::Plain(max) => {
            json!({"type": "string", "pattern": format!("^[A-Za-z0-9-]{{1,{max}}}$")})
        }
        Kind::Choice(words) => json!({"enum": words}),
        Kind::Choices(words) => json!({
            "type": "array", "maxItems": words.len(), "items": {"enum": words},
        }),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Whole(min, max) => json!({"type": "integer", "minimum": min, "maximum": max}),
        Kind::Ratio => json!({"type": "number", "minimum": 0.01, "maximum": 100}),
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::BaseUrl => json!({"type": "string", "pattern": BASE_URL}),
        Kind::BaseUrls(max) => json!({
            "type": "array", "maxItems": max, "items": {"type": "string", "pattern": BASE_URL},
        }),
        Kind::PageUrl(_) => json!({"type": "string", "pattern": "^https?://"}),
        Kind::Connection => json!({"type": "string", "pattern": "^[a-z0-9-]{1,64}$"}),
        Kind::Culture => json!({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]{1,34}$"}),
        Kind::Expression => {
            json!({"type": "string", "minLength": 1, "maxLength": EXPRESSION_BYTES_MAX})
        }
        Kind::Isbn => json!({"type": "string", "minLength": 10, "maxLength": 30}),
        Kind::Texts(max) => json!({
            "type": "array", "maxItems": max,
            "items": {"type": "string", "minLength": 1, "maxLength": LIST_TEXT_CHARS_MAX},
        }),
        Kind::Table(of) => return section(of, path),
        Kind::Tables(of, max) => {
            let one = Value::Object(section(of, path));
            json!({"anyOf": [{"type": "array", "maxItems": max, "items": one}, one]})
        }
        Kind::Profile => profile(path),
    };
    value.as_object().cloned().unwrap_or_default()
}

/// The names of the wire profile at a path.
pub(super) fn profile_names(path: &[&str]) -> Vec<Entry> {
    match path {
        ["consonance", ..] => crate::consonance::Profile::default().entries(),
        ["smintio", "clapi", ..] => crate::smintio::clapi::Profile::default().entries(),
        _ => crate::smintio::portals::Profile::default().entries(),
    }
}

/// How sure a name is, in a word.
pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Confirmed => "confirmed",
        Mark::Inferred => "inferred",
        Mark::Invented => "invented",
        Mark::Unknown => "unknown",
    }
}

fn profile(path: &[&str]) -> Value {
    let mut properties = Map::new();
    for entry in profile_names(path) {
        let about = format!("{} ({})", entry.source, mark(entry.mark));
        let property = json!({
            "type": ["string", "number", "boolean"],
            "default": entry.value, "description": about,
        });
        properties.insert(entry.name.replace('-', "_"), property.clone());
        properties.insert(entry.name, property);
    }
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}
