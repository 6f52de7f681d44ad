//! The schema, built from text: the confirmed definitions, and those of the table of unconfirmed
//! names.
//!
//! Invariant: the schema holds exactly what the texts and the code lists define, so a query with
//! an invented field fails here as it would fail there.

mod build;
mod enums;

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::dynamic::{FieldFuture, ResolverContext, Schema};

use self::build::Definitions;
use super::{
    resolve::{self, Input, Node},
    store::Store,
    unconfirmed,
};

/// The store as resolvers reach it. Requests come one at a time; the lock is never contended.
pub(super) type Shared = Arc<Mutex<Store>>;

/// Runs something with the store.
pub(super) fn with<T>(store: &Shared, act: impl FnOnce(&mut Store) -> T) -> T {
    act(&mut store.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Builds the schema over a store.
///
/// # Panics
/// If the texts of the schema contradict themselves.
pub(super) fn build(store: &Shared) -> Schema {
    let (shape, used) =
        with(store, |store| (store.settings.mutation_errors, store.used_codes.clone()));
    let mut definitions = Definitions::default();
    definitions.add(include_str!("consonance.graphql"));
    definitions.add(&unconfirmed::definitions(shape));
    let mut builder = Schema::build("Query", Some("Mutation"), None);
    for code_enum in enums::all(&used) {
        builder = builder.register(code_enum);
    }
    for scalar in enums::scalars() {
        builder = builder.register(scalar);
    }
    for object in definitions.types(store) {
        builder = builder.register(object);
    }
    match builder.finish() {
        Ok(schema) => schema,
        Err(problem) => panic!("the simulated Consonance's schema is wrong: {problem}"),
    }
}

/// What answers one field of one type.
fn resolver(
    store: Shared,
    type_name: String,
    field: String,
) -> impl for<'a> Fn(ResolverContext<'a>) -> FieldFuture<'a> + Send + Sync + 'static {
    move |context| {
        let parent = context.parent_value.downcast_ref::<Node>();
        let args = Input(Some(context.args.as_index_map()));
        let out = with(&store, |store| resolve::resolve(store, parent, &type_name, &field, &args));
        match out {
            Some(out) => FieldFuture::Value(resolve::field_value(out)),
            None => {
                let message = format!("the simulator has no answer for {type_name}.{field}");
                FieldFuture::new(async move {
                    Err::<Option<async_graphql::Value>, _>(async_graphql::Error::new(message))
                })
            }
        }
    }
}
