//! From a field of the schema to its value.
//!
//! Invariants: a resolver sees only the caller's records; it never fails, so a field is either
//! answered or null (faults are put on the wire by the tests, not here); a mutation is counted
//! whether it is refused or not.

mod input;
mod mutation;
mod people;
mod product;
mod resource;
mod root;
mod work;

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Name, Value, dynamic::FieldValue};

pub(super) use self::{
    input::{Input, parse_date},
    resource::remote_url,
};
use super::{codes, store::Store};

/// What a value in the graph stands for.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Work(i64),
    Product(i64),
    Resource(i64),
    Link(i64),
    Text(i64),
    Person(i64),
    /// A work, and the place among its contributors.
    Contribution(i64, usize),
    /// A work, and the place among its runs.
    Run(i64, usize),
    /// A record of plain fields.
    Record(Arc<BTreeMap<&'static str, Out>>),
}

/// A field's value.
#[derive(Clone, Debug)]
pub(super) enum Out {
    Leaf(Value),
    Node(Node),
    /// A node behind an interface: its concrete type.
    Typed(&'static str, Node),
    List(Vec<Out>),
}

pub(super) const NULL: Out = Out::Leaf(Value::Null);

/// A scalar or a list of scalars.
fn leaf(value: impl Into<Value>) -> Out {
    Out::Leaf(value.into())
}

/// An enum value.
fn enum_leaf(value: &str) -> Out {
    Out::Leaf(Value::Enum(Name::new(value)))
}

/// A code as its enum value.
fn code_leaf(code: Option<&str>) -> Out {
    code.and_then(codes::enum_value).map_or(NULL, |value| enum_leaf(&value))
}

/// A code as an `ONIXCode`.
fn onix_code(list: &codes::CodeList, code: Option<&str>) -> Out {
    let Some(code) = code else { return NULL };
    record([
        ("code", leaf(code)),
        ("value", leaf(code)),
        ("description", leaf(list.label(code))),
        ("notes", NULL),
        ("isDeprecated", leaf(false)),
    ])
}

/// A record of plain fields.
fn record<const N: usize>(fields: [(&'static str, Out); N]) -> Out {
    Out::Node(plain(fields))
}

fn plain<const N: usize>(fields: [(&'static str, Out); N]) -> Node {
    Node::Record(Arc::new(BTreeMap::from(fields)))
}

/// A list of nodes.
fn nodes<T>(items: impl IntoIterator<Item = T>, node: impl Fn(T) -> Node) -> Out {
    Out::List(items.into_iter().map(|item| Out::Node(node(item))).collect())
}

/// The value of a field of a node; of a root field if there is no node. `None`: nobody answers
/// for this field, which a test of the whole schema would show.
pub(super) fn resolve(
    store: &mut Store,
    node: Option<&Node>,
    type_name: &str,
    field: &str,
    args: &Input<'_>,
) -> Option<Out> {
    match node {
        None if type_name == "Mutation" => mutation::resolve(store, field, args),
        None => root::resolve(store, field, args),
        Some(Node::Work(id)) => work::resolve(store, *id, field, args),
        Some(Node::Product(id)) => product::resolve(store, *id, field, args),
        Some(Node::Resource(id)) => resource::resolve(store, *id, field),
        Some(Node::Link(id)) => resource::link(store, *id, field),
        Some(Node::Text(id)) => resource::text(store, *id, field, args),
        Some(Node::Person(id)) => people::person(store, *id, field),
        Some(Node::Contribution(work, at)) => people::contribution(store, *work, *at, field),
        Some(Node::Run(work, at)) => work::run(store, *work, *at, field),
        Some(Node::Record(fields)) => fields.get(field).cloned(),
    }
}

/// As the GraphQL library takes it; `None` is null.
pub(super) fn field_value(out: Out) -> Option<FieldValue<'static>> {
    match out {
        Out::Leaf(Value::Null) => None,
        Out::Leaf(value) => Some(FieldValue::value(value)),
        Out::Node(node) => Some(FieldValue::owned_any(node)),
        Out::Typed(name, node) => Some(FieldValue::owned_any(node).with_type(name)),
        Out::List(items) => {
            Some(FieldValue::list(items.into_iter().filter_map(field_value).collect::<Vec<_>>()))
        }
    }
}
