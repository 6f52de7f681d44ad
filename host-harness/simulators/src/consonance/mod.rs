//! Consonance as a deterministic core: GraphQL over the works of a world, and the image store.
//!
//! The path of a request: `transport` (key, body) -> `schema` (validation, built from
//! `schema/consonance.graphql` and the table in `unconfirmed`) -> `resolve` (a field's value) ->
//! `store` (the records and their rules). `images` serves what was processed; `person` changes
//! things as people would; `inspect` lets tests look.
//!
//! Invariant: everything follows from the world, the settings and the requests in their order.

mod codes;
mod images;
mod inspect;
mod person;
mod resolve;
mod rest;
mod schema;
mod settings;
mod store;
#[cfg(test)]
mod tests;
mod transport;
mod unconfirmed;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use async_graphql::dynamic::Schema;

pub use self::{
    inspect::{OtherClient, ResourceView, WorkView},
    person::{NoSuchRecord, Person},
    settings::{ChangedSince, Decode, MutationErrors, RewriteRemoteUrl, Settings},
    store::{Counts, LinkParent, WebLink},
    unconfirmed::{Mark, Unconfirmed, unconfirmed},
};
use self::{
    schema::{Shared, with},
    store::Store,
};
use crate::{
    http::{Fetch, InstantMs, Request, Response, Vendor},
    world::seed::World,
};

/// The simulated vendor.
pub struct Consonance {
    store: Shared,
    schema: Schema,
}

impl Consonance {
    /// The vendor on the day the world is made.
    ///
    /// # Panics
    /// If the world holds an id twice, or one that is no GraphQL `Int`.
    pub fn new(world: &World, settings: Settings) -> Self {
        let store = Arc::new(Mutex::new(Store::new(world, settings)));
        let schema = schema::build(&store);
        Self { store, schema }
    }

    /// Lets a person of the main client act at an instant.
    pub fn act<T>(&mut self, now: InstantMs, act: impl FnOnce(&mut Person<'_>) -> T) -> T {
        with(&self.store, |store| {
            store.now = now;
            act(&mut Person { store })
        })
    }

    /// Changes how the vendor behaves from now on. The schema stays, and with it the shape of
    /// mutation errors.
    pub fn adjust(&mut self, adjust: impl FnOnce(&mut Settings)) {
        with(&self.store, |store| {
            let shape = store.settings.mutation_errors;
            adjust(&mut store.settings);
            store.settings.mutation_errors = shape;
        });
    }

    /// The main client's works, ascending by id.
    pub fn works(&self) -> Vec<WorkView> {
        with(&self.store, |store| inspect::works(store))
    }

    /// The main client's supporting resources, ascending by id.
    pub fn resources(&self) -> Vec<ResourceView> {
        with(&self.store, |store| inspect::resources(store))
    }

    /// The processed image of a resource.
    pub fn image(&self, resource_id: i64) -> Option<Vec<u8>> {
        with(&self.store, |store| Some(store.resources.get(&resource_id)?.image()?.bytes()))
    }

    /// All web links, ascending by id.
    pub fn web_links(&self) -> Vec<WebLink> {
        with(&self.store, |store| store.links.values().cloned().collect())
    }

    /// The main client's supporting resources that people made, not the API.
    pub fn foreign_ids(&self) -> BTreeSet<i64> {
        with(&self.store, |store| inspect::foreign_ids(store))
    }

    /// What belongs to the other client.
    pub fn other_client(&self) -> OtherClient {
        with(&self.store, |store| inspect::other_client(store))
    }

    /// What was asked so far.
    pub fn counts(&self) -> Counts {
        with(&self.store, |store| store.counts.clone())
    }

    /// The schema in GraphQL's notation.
    pub fn sdl(&self) -> String {
        self.schema.sdl()
    }
}

impl Vendor for Consonance {
    fn handle(&mut self, now: InstantMs, request: &Request) -> Response {
        let api = request.path() == "/graphql";
        let known = with(&self.store, |store| {
            store.now = now;
            store.serial += 1;
            if !api && request.origin == store.settings.images_origin {
                return Err(images::handle(store, request));
            }
            let rest = rest::is_rest(request);
            if !rest && (!api || request.method != "POST") {
                return Err(transport::not_found());
            }
            let Some(client) = transport::client(store, request) else {
                store.counts.unauthorized += 1;
                return Err(transport::unauthorized());
            };
            store.caller = client;
            if rest {
                store.counts.rest_requests += 1;
                return Err(rest::handle(store, request));
            }
            store.counts.graphql_requests += 1;
            Ok(())
        });
        match known {
            Ok(()) => transport::execute(&self.schema, request),
            Err(response) => response,
        }
    }

    fn fetches(&mut self, now: InstantMs) -> Vec<Fetch> {
        with(&self.store, |store| store.due_fetches(now))
    }

    fn fetched(&mut self, now: InstantMs, job: u64, answer: Option<Response>) {
        with(&self.store, |store| {
            store.now = now;
            store.take_fetched(job, answer);
        });
    }
}
