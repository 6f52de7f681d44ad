//! Typed values: `{dataType, <type>Value}` as in `IValueForJson`, and data objects as lists of
//! keyed ones. What is not set is absent, never null.

use serde_json::{Map, Value, json};

/// Properties of a data object in their order.
#[derive(Default)]
pub struct Properties(Vec<Value>);

impl Properties {
    /// A text.
    pub fn string(self, key: &str, text: Option<&str>) -> Self {
        self.put(key, "string", "stringValue", text.map(|t| json!(t)))
    }

    /// Texts by culture.
    pub fn localized(self, key: &str, texts: &[(String, String)]) -> Self {
        let map: Map<String, Value> =
            texts.iter().map(|(culture, text)| (culture.clone(), json!(text))).collect();
        let value = (!map.is_empty()).then_some(Value::Object(map));
        self.put(key, "localized_strings_model", "localizedStringsModelValue", value)
    }

    /// One text as `x-default`.
    pub fn localized_default(self, key: &str, text: Option<&str>) -> Self {
        let texts: Vec<(String, String)> =
            text.iter().map(|t| ("x-default".to_owned(), (*t).to_owned())).collect();
        self.localized(key, &texts)
    }

    /// Lists of texts as `x-default`.
    pub fn localized_array(self, key: &str, texts: &[String]) -> Self {
        let value = (!texts.is_empty()).then(|| json!({"x-default": texts}));
        self.put(key, "localized_strings_array_model", "localizedStringsArrayModelValue", value)
    }

    /// A whole number.
    pub fn int64(self, key: &str, number: Option<i64>) -> Self {
        self.put(key, "int64", "int64Value", number.map(|n| json!(n)))
    }

    /// A smaller whole number.
    pub fn int32(self, key: &str, number: Option<u32>) -> Self {
        self.put(key, "int32", "int32Value", number.map(|n| json!(n)))
    }

    /// A truth value.
    pub fn boolean(self, key: &str, value: Option<bool>) -> Self {
        self.put(key, "boolean", "booleanValue", value.map(|v| json!(v)))
    }

    /// An instant.
    pub fn date_time(self, key: &str, text: Option<&str>) -> Self {
        self.put(key, "date_time", "dateTimeValue", text.map(|t| json!(t)))
    }

    /// A member of an enumeration.
    pub fn enumeration(self, key: &str, id: &str, label: &str) -> Self {
        let value = json!({"id": id, "listDisplayName": {"x-default": label}});
        self.put(key, "enumeration", "enumerationValue", Some(value))
    }

    /// A nested data object; absent if it would be empty.
    pub fn object(self, key: &str, object: Properties) -> Self {
        let value = (!object.0.is_empty()).then(|| object.into_object());
        self.put(key, "data_object", "dataObjectValue", value)
    }

    /// A list of nested data objects; absent if there is none.
    pub fn objects(self, key: &str, objects: Vec<Properties>) -> Self {
        let objects: Vec<Value> = objects.into_iter().map(Properties::into_object).collect();
        let value = (!objects.is_empty()).then_some(Value::Array(objects));
        self.put(key, "data_object_array", "dataObjectArrayValue", value)
    }

    /// A value whose type follows from what it is.
    pub fn any(self, key: &str, value: &Value) -> Self {
        match value {
            Value::Null => self,
            Value::Bool(v) => self.boolean(key, Some(*v)),
            Value::String(text) => self.string(key, Some(text)),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => self.int64(key, Some(whole)),
                None => self.put(key, "decimal", "decimalValue", Some(value.clone())),
            },
            Value::Object(fields) if is_localized(fields) => {
                let model = Some(value.clone());
                self.put(key, "localized_strings_model", "localizedStringsModelValue", model)
            }
            Value::Object(fields) => self.object(key, Self::of(fields)),
            Value::Array(items) if items.iter().all(Value::is_object) && !items.is_empty() => {
                let objects = items.iter().filter_map(Value::as_object).map(Self::of);
                self.objects(key, objects.collect())
            }
            Value::Array(_) => {
                self.put(key, "string_array", "stringArrayValue", Some(value.clone()))
            }
        }
    }

    /// The properties of a plain object.
    pub fn of(fields: &Map<String, Value>) -> Self {
        fields.iter().fold(Self::default(), |all, (key, value)| all.any(key, value))
    }

    /// `{properties: [...]}`.
    pub fn into_object(self) -> Value {
        json!({"properties": self.0})
    }

    fn put(mut self, key: &str, data_type: &str, field: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            let mut item = json!({"key": key, "dataType": data_type});
            item[field] = value;
            self.0.push(item);
        }
        self
    }
}

fn is_localized(fields: &Map<String, Value>) -> bool {
    fields.contains_key("x-default") && fields.values().all(Value::is_string)
}
