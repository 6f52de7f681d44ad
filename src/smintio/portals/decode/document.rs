//! An asset's bag of properties as one plain JSON object: keyed by name, nested bags flattened,
//! texts with translations resolved to one language, absent values left out.

use crate::config::Portals;
use crate::vendor::wire::{Json, Object};

/// The object of an asset, or of any object in it.
pub fn document(config: &Portals, bag: Json) -> Result<Object, String> {
    Reader { config }.bag(bag)
}

struct Reader<'a> {
    config: &'a Portals,
}

impl Reader<'_> {
    /// An object: its own fields, and its properties by key.
    fn bag(&self, json: Json) -> Result<Object, String> {
        let Json::Object(mut fields) = json else {
            return Err(format!("{} stands there, expected an object", kind(&json)));
        };
        let properties = fields.remove(&self.config.profile.properties);
        let mut object = Object::new();
        for (key, value) in fields {
            self.insert(&mut object, key, value, false)?;
        }
        match properties {
            None | Some(Json::Null) => {}
            Some(Json::Array(items)) => self.properties(&mut object, items)?,
            Some(other) => {
                let name = &self.config.profile.properties;
                return Err(format!("{name}: {} stands there, expected a list", kind(&other)));
            }
        }
        Ok(object)
    }

    fn properties(&self, object: &mut Object, items: Vec<Json>) -> Result<(), String> {
        let names = &self.config.profile;
        for (i, item) in items.into_iter().enumerate() {
            let Json::Object(mut item) = item else {
                return Err(format!("{}[{i}] is no object", names.properties));
            };
            let Some(Json::String(key)) = item.remove(&names.property_key) else {
                let name = &names.property_key;
                return Err(format!("{}[{i}] has no text `{name}`", names.properties));
            };
            let data_type = item.remove(&names.property_type);
            let localised = data_type.as_ref().and_then(Json::as_str).is_some_and(|text| {
                text.to_ascii_lowercase().contains(&names.localised_type.to_ascii_lowercase())
            });
            let suffix = names.property_value_suffix.as_str();
            let mut values =
                item.into_iter().filter(|(name, v)| name.ends_with(suffix) && !v.is_null());
            let Some((_, value)) = values.next() else { continue };
            if values.next().is_some() {
                return Err(format!("the property {key} has several values"));
            }
            self.insert(object, key, value, localised)?;
        }
        Ok(())
    }

    fn insert(
        &self,
        object: &mut Object,
        key: String,
        value: Json,
        localised: bool,
    ) -> Result<(), String> {
        let plain = self.plain(value, localised).map_err(|e| format!("{key}: {e}"))?;
        if plain.is_null() {
            return Ok(());
        }
        match object.get(&key) {
            Some(same) if *same != plain => Err(format!("the property {key} stands there twice")),
            _ => {
                object.insert(key, plain);
                Ok(())
            }
        }
    }

    /// A value without bags and translations.
    fn plain(&self, value: Json, localised: bool) -> Result<Json, String> {
        match value {
            Json::Object(texts) if localised || texts.contains_key("x-default") => {
                Ok(preferred(self.config, &texts).unwrap_or(Json::Null))
            }
            Json::Object(_) => self.bag(value).map(Json::Object),
            Json::Array(items) => {
                let items = items.into_iter().map(|item| self.plain(item, localised));
                items.collect::<Result<Vec<_>, _>>().map(Json::Array)
            }
            scalar => Ok(scalar),
        }
    }
}

/// The text (or list of texts) of the exact culture, then `x-default`, then the first in order of
/// the keys.
pub fn preferred(config: &Portals, texts: &Object) -> Option<Json> {
    let there = |text: &&Json| text.is_string() || text.is_array();
    let exact = texts.get(&config.culture).filter(there);
    let fallback = exact.or_else(|| texts.get("x-default").filter(there));
    fallback.or_else(|| texts.values().find(there)).cloned()
}

/// What stands there, for a person.
fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
