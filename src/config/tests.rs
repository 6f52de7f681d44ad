//! What a configuration gives, and what is said about a bad one.

mod good;
mod hash;
mod mistakes;
mod pages;
mod pictures;
mod schema;
mod simulation;
mod structure;

use serde_json::{Value, json};

use super::*;

/// The smallest configuration that is accepted.
fn smallest() -> Value {
    json!({
        "consonance": {"connection": "consonance"},
        "smintio": {"portals": {
            "base-url": "https://tenant.portalsapife.smint.io",
            "portal": "6f1c2f0e-6a5c-4d38-9d0e-0d6f2f7f9b11",
            "connection": "smintio-portals",
        }},
        "source": [{"collection": "8101", "role": "front_cover", "download-item": "jpeg"}],
    })
}

/// The smallest configuration with one value put at a path (a JSON pointer).
fn with(pointer: &str, value: Value) -> Value {
    let mut config = smallest();
    put(&mut config, pointer, value);
    config
}

fn put(config: &mut Value, pointer: &str, value: Value) {
    let (path, name) = pointer.rsplit_once('/').unwrap();
    let mut table = config;
    for part in path.split('/').skip(1) {
        table = table.as_object_mut().unwrap().entry(part).or_insert_with(|| json!({}));
    }
    table.as_object_mut().unwrap().insert(name.to_owned(), value);
}

fn problems(config: &Value) -> Vec<Problem> {
    parse(&config.to_string()).err().unwrap_or_default()
}
