//! The one parameter of a method: a JSON array that holds one string of escaped JSON, or nothing.
//! Names are found whatever their case, as the platform does.

use super::super::refusal::Refusal;
use serde_json::Value;

/// The fields of a parameter object.
#[derive(Clone, Debug, Default)]
pub struct Params {
    value: Value,
    /// As it came, names included.
    original: Value,
}

impl Params {
    /// Reads a request's body.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        let outer: Value =
            serde_json::from_slice(body).map_err(|_| Refusal::argument("The body is not JSON"))?;
        let Some(items) = outer.as_array() else {
            return Err(Refusal::argument("The body must be an array of escaped JSON strings"));
        };
        match items.as_slice() {
            [] => Ok(Self::default()),
            [Value::String(text)] => {
                let inner: Value = serde_json::from_str(text)
                    .map_err(|_| Refusal::argument("The parameter string is not JSON"))?;
                Self::of(inner)
            }
            [_] => Err(Refusal::argument("The parameter must be a string of escaped JSON")),
            _ => Err(Refusal::argument("A method takes one parameter object")),
        }
    }

    /// Wraps a parameter object.
    pub fn of(mut value: Value) -> Result<Self, Refusal> {
        if !value.is_object() {
            return Err(Refusal::argument("The parameter must be an object"));
        }
        let original = value.clone();
        fold_names(&mut value);
        Ok(Self { value, original })
    }

    /// A field, absent if null.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.value.get(name.to_ascii_lowercase()).filter(|v| !v.is_null())
    }

    /// A field as it came, whatever the case of its name; the names inside it are untouched.
    pub fn verbatim(&self, name: &str) -> Option<&Value> {
        let fields = self.original.as_object()?;
        fields.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// A text, absent if empty.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|t| !t.is_empty())),
            Some(_) => Err(Refusal::argument(format!("`{name}` must be a string"))),
        }
    }

    /// A text that must be there.
    pub fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name)?.ok_or_else(|| missing(name))
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let found = self.get(name);
        match found.map(Value::as_i64) {
            None => Ok(None),
            Some(Some(number)) => Ok(Some(number)),
            Some(None) => Err(Refusal::argument(format!("`{name}` must be a whole number"))),
        }
    }

    /// `{id}` of an identifier.
    pub fn id(&self, name: &str) -> Result<&str, Refusal> {
        identifier(self.get(name).ok_or_else(|| missing(name))?)
    }

    /// The ids of an array of identifiers; empty if absent.
    pub fn ids(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items.iter().map(identifier).collect(),
            Some(_) => Err(Refusal::argument(format!("`{name}` must be an array"))),
        }
    }

    /// The ids of an array that must not be empty.
    pub fn some_ids(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        let ids = self.ids(name)?;
        if ids.is_empty() { Err(missing(name)) } else { Ok(ids) }
    }
}

fn identifier(value: &Value) -> Result<&str, Refusal> {
    value
        .get("id")
        .and_then(Value::as_str)
        .ok_or_else(|| Refusal::argument("An identifier must be an object with `id`"))
}

fn missing(name: &str) -> Refusal {
    Refusal::new(400, "argument_missing", format!("`{name}` is missing"))
}

/// Lower-cases every field name, at every depth; values stay.
fn fold_names(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(name, mut field)| {
                    fold_names(&mut field);
                    (name.to_ascii_lowercase(), field)
                })
                .collect();
        }
        Value::Array(items) => items.iter_mut().for_each(fold_names),
        _ => {}
    }
}
