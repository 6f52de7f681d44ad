//! Definitions in GraphQL's own notation become the types of a dynamic schema.

use std::collections::BTreeMap;

use async_graphql::{
    dynamic::{
        Enum, Field, InputObject, InputValue, Interface, InterfaceField, Object, Type, TypeRef,
    },
    parser::{
        parse_schema,
        types::{
            BaseType, FieldDefinition, InputValueDefinition, Type as ParsedType, TypeDefinition,
            TypeKind, TypeSystemDefinition,
        },
    },
};

use super::{Shared, resolver};

/// Definitions by name; an extension is merged into its type.
#[derive(Default)]
pub(super) struct Definitions(BTreeMap<String, Definition>);

#[derive(Default)]
struct Definition {
    kind: Kind,
    implements: Vec<String>,
    fields: Vec<FieldDefinition>,
    inputs: Vec<InputValueDefinition>,
    values: Vec<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Object,
    Interface,
    Input,
    Enum,
    /// Scalars need a check and are made by hand.
    Scalar,
}

impl Definitions {
    /// Adds a text.
    ///
    /// # Panics
    /// If it is not in GraphQL's notation; the texts are constants.
    pub(super) fn add(&mut self, text: &str) {
        let document = match parse_schema(text) {
            Ok(document) => document,
            Err(problem) => panic!("a definition of the simulated Consonance: {problem}"),
        };
        for definition in document.definitions {
            if let TypeSystemDefinition::Type(definition) = definition {
                self.merge(definition.node);
            }
        }
    }

    fn merge(&mut self, parsed: TypeDefinition) {
        let into = self.0.entry(parsed.name.node.to_string()).or_default();
        let names = |list: Vec<async_graphql::Positioned<async_graphql::Name>>| {
            list.into_iter().map(|name| name.node.to_string())
        };
        match parsed.kind {
            TypeKind::Object(object) => {
                into.kind = Kind::Object;
                into.implements.extend(names(object.implements));
                into.fields.extend(object.fields.into_iter().map(|field| field.node));
            }
            TypeKind::Interface(interface) => {
                into.kind = Kind::Interface;
                into.fields.extend(interface.fields.into_iter().map(|field| field.node));
            }
            TypeKind::InputObject(input) => {
                into.kind = Kind::Input;
                into.inputs.extend(input.fields.into_iter().map(|field| field.node));
            }
            TypeKind::Enum(values) => {
                into.kind = Kind::Enum;
                into.values
                    .extend(values.values.into_iter().map(|v| v.node.value.node.to_string()));
            }
            TypeKind::Scalar | TypeKind::Union(_) => into.kind = Kind::Scalar,
        }
    }

    /// The types, resolved over a store.
    pub(super) fn types(&self, store: &Shared) -> Vec<Type> {
        let made = self.0.iter().filter_map(|(name, definition)| match definition.kind {
            Kind::Object => Some(self.object(store, name, definition).into()),
            Kind::Interface => Some(interface(name, definition).into()),
            Kind::Input => Some(input(name, definition).into()),
            Kind::Enum => Some(Enum::new(name).items(definition.values.clone()).into()),
            Kind::Scalar => None,
        });
        made.collect()
    }

    fn object(&self, store: &Shared, name: &str, definition: &Definition) -> Object {
        let mut object = Object::new(name);
        let mut fields: Vec<&FieldDefinition> = Vec::new();
        for interface in &definition.implements {
            object = object.implement(interface);
            fields.extend(self.0.get(interface).into_iter().flat_map(|i| &i.fields));
        }
        fields.extend(&definition.fields);
        for field in fields {
            let field_name = field.name.node.to_string();
            let answer = resolver(store.clone(), name.to_owned(), field_name.clone());
            let mut made = Field::new(field_name, type_ref(&field.ty.node), answer);
            for argument in &field.arguments {
                made = made.argument(input_value(&argument.node));
            }
            object = object.field(made);
        }
        object
    }
}

fn interface(name: &str, definition: &Definition) -> Interface {
    let mut interface = Interface::new(name);
    for field in &definition.fields {
        let mut made = InterfaceField::new(field.name.node.as_str(), type_ref(&field.ty.node));
        for argument in &field.arguments {
            made = made.argument(input_value(&argument.node));
        }
        interface = interface.field(made);
    }
    interface
}

fn input(name: &str, definition: &Definition) -> InputObject {
    let fields = definition.inputs.iter().map(input_value);
    fields.fold(InputObject::new(name), InputObject::field)
}

fn input_value(definition: &InputValueDefinition) -> InputValue {
    let value = InputValue::new(definition.name.node.as_str(), type_ref(&definition.ty.node));
    match &definition.default_value {
        Some(default) => value.default_value(default.node.clone()),
        None => value,
    }
}

fn type_ref(parsed: &ParsedType) -> TypeRef {
    let base = match &parsed.base {
        BaseType::Named(name) => TypeRef::named(name.as_str()),
        BaseType::List(inner) => TypeRef::List(Box::new(type_ref(inner))),
    };
    if parsed.nullable { base } else { TypeRef::NonNull(Box::new(base)) }
}
