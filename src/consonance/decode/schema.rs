//! The answer to an introspection, as far as the profile needs it.

use std::collections::{BTreeMap, BTreeSet};

use super::{said, wire};
use crate::fault::Fault;
use crate::order;

/// What the live schema shows. A type that is not in it does not exist there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The mutations by name.
    pub mutations: BTreeMap<String, MutationShape>,
    /// The types asked for, by name.
    pub types: BTreeMap<String, TypeShape>,
}

/// A mutation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MutationShape {
    /// The type of each argument, without list and non-null.
    pub arguments: BTreeMap<String, String>,
    /// The type of its answer.
    pub payload: String,
}

/// A type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeShape {
    /// Fields of an object.
    pub fields: BTreeMap<String, FieldShape>,
    /// Members of an input.
    pub inputs: BTreeMap<String, InputShape>,
    /// Values of an enum.
    pub values: BTreeSet<String>,
}

/// A field of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldShape {
    /// Whether it must be asked for without a selection.
    pub leaf: bool,
}

/// A member of an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputShape {
    /// Whether it must be given.
    pub required: bool,
}

/// Decodes an introspection. One with errors proves nothing.
pub fn schema(body: &[u8]) -> Result<Schema, Fault> {
    let envelope = wire::envelope(body)?;
    if let Some(words) = said(&envelope) {
        return Err(Fault::Refused(format!("it does not show its schema: {words}")));
    }
    let data = envelope
        .data
        .ok_or_else(|| Fault::Unreadable("no data in the answer to an introspection".to_owned()))?;
    let mut schema = Schema::default();
    for (alias, json) in data {
        if json.is_null() {
            continue;
        }
        if alias == "mutations" {
            schema.mutations = mutations(wire::part(&alias, json)?);
        } else {
            let found: wire::Type = wire::part(&alias, json)?;
            schema.types.insert(found.name.clone().unwrap_or_default(), type_shape(found));
        }
    }
    Ok(schema)
}

fn mutations(root: wire::MutationRoot) -> BTreeMap<String, MutationShape> {
    let fields = root.mutation_type.and_then(|t| t.fields).unwrap_or_default();
    order::map(fields.into_iter().map(|field| {
        let arguments = field.args.unwrap_or_default().into_iter();
        let arguments = order::map(arguments.map(|a| (a.name, a.reference.named().1)));
        (field.name, MutationShape { arguments, payload: field.reference.named().1 })
    }))
}

fn type_shape(found: wire::Type) -> TypeShape {
    let fields = found.fields.unwrap_or_default().into_iter();
    let inputs = found.input_fields.unwrap_or_default().into_iter();
    let values = found.enum_values.unwrap_or_default().into_iter();
    TypeShape {
        fields: order::map(fields.map(|f| {
            let leaf = matches!(f.reference.named().0.as_str(), "SCALAR" | "ENUM");
            (f.name, FieldShape { leaf })
        })),
        inputs: order::map(inputs.map(|i| {
            let required = i.reference.kind == "NON_NULL" && i.default_value.is_none();
            (i.name, InputShape { required })
        })),
        values: order::set(values.map(|v| v.name)),
    }
}
