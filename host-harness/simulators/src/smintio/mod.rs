//! Smint.io (identity, CLAPI-C, Portals, files) as a deterministic core.
//!
//! `Smintio` takes a request and an instant and answers; nothing else moves it but the hands of
//! `hands`, which do what people do in the real product. Reading order: `settings`, `store`,
//! `identity`, `clapi`, `portals`, `files`. What no source confirms stands in `unconfirmed`.

mod clapi;
mod counters;
mod files;
mod hands;
mod identity;
mod portals;
mod push;
mod pusher;
mod refusal;
mod settings;
pub(crate) mod sha1;
mod signer;
mod store;
pub mod unconfirmed;

#[cfg(test)]
mod tests;

pub use counters::Counters;
pub use hands::MetadataChange;
pub use push::{Channel, Outbox, PushManner};
pub use settings::{FeedManner, Paging, ServiceMode, Settings, TokenMode};
pub use store::Comment;

use crate::http::{Fetch, InstantMs, Request, Response, Vendor};
use crate::world::seed::World;
use refusal::{Refusal, answer};
use serde_json::Value;
use std::collections::BTreeSet;
use unconfirmed::{PAYLOAD_PATH, SHARE_LINK_PATH};

/// The tenant.
pub struct Smintio {
    settings: Settings,
    signer: signer::Signer,
    store: store::Store,
    identity: identity::Identity,
    portal: portals::Portal,
    files: files::Files,
    counters: Counters,
    service: ServiceMode,
    /// Purchases whose binaries answer 424.
    broken_binaries: BTreeSet<String>,
    /// The feed's last page, for a feed that repeats pages.
    feed_before: Option<Value>,
    /// When a feed that grows began to.
    grows_from: Option<InstantMs>,
    /// Connections to the notification channel so far.
    listeners: u64,
}

impl Smintio {
    /// A tenant with a world's contents.
    pub fn new(world: &World, settings: Settings) -> Self {
        let mut server = Self {
            signer: signer::Signer::new(settings.seed, &settings.client_secret),
            store: store::Store::new(world, settings.redeliver),
            identity: identity::Identity::new(settings.token_mode),
            portal: portals::Portal::new(&settings),
            files: files::Files::default(),
            counters: Counters::default(),
            service: settings.service,
            broken_binaries: BTreeSet::new(),
            feed_before: None,
            grows_from: None,
            listeners: 0,
            settings,
        };
        for asset in server.settings.denied_assets.clone() {
            server.set_denied(&asset, true);
        }
        if server.settings.collections_read_only {
            server.store.collections.iter_mut().flatten().for_each(|c| c.read_only = true);
        }
        server
    }

    /// What was asked so far.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    fn route(&mut self, now: InstantMs, request: &Request) -> Response {
        if request.origin == self.settings.files_origin && request.path().starts_with("/files/") {
            return files::handle(self, now, request);
        }
        if request.origin != self.settings.api_origin {
            self.counters.count("other");
            let message = format!("There is no tenant at {}", request.origin);
            return Refusal::new(404, "tenant_not_found", message).response();
        }
        match self.service {
            ServiceMode::Normal => {}
            ServiceMode::Maintenance => return self.redirect("/Error?errorCode=maintenance_mode"),
            ServiceMode::TenantSelector => return self.redirect("/TenantSelector"),
        }
        match (request.method.as_str(), request.path()) {
            ("GET", "/.well-known/openid-configuration") => {
                self.counters.count("identity.discovery");
                identity::discovery(&self.settings)
            }
            ("GET", "/.well-known/openid-configuration/jwks") => {
                self.counters.count("identity.jwks");
                answer(&serde_json::json!({"keys": []}))
            }
            ("GET", "/connect/authorize") => {
                self.counters.count("identity.authorize");
                identity::authorize(self, now, request)
            }
            ("GET", "/connect/userinfo") => {
                self.counters.count("identity.userinfo");
                identity::user_info(self, now, request)
            }
            ("POST", "/connect/token") => {
                self.counters.count("identity.token");
                identity::token(self, now, request)
            }
            ("POST", pusher::PATH) => pusher::handle(self, now, request),
            ("GET", PAYLOAD_PATH) => portals::payload(self, now, request),
            ("GET", path) if path.starts_with(SHARE_LINK_PATH) => {
                portals::open_share(self, now, path)
            }
            (_, path) if path.starts_with(clapi::BASE) => clapi::handle(self, now, request),
            (_, path) if path.starts_with(portals::BASE) => portals::handle(self, now, request),
            _ => nothing_here(self, request),
        }
    }

    fn redirect(&mut self, to: &str) -> Response {
        self.counters.count("other");
        let headers = vec![("location".to_owned(), to.to_owned())];
        Response { status: 302, headers, body: Vec::new() }
    }
}

impl Vendor for Smintio {
    fn handle(&mut self, now: InstantMs, request: &Request) -> Response {
        self.grows_from.get_or_insert(now);
        let response = self.route(now, request);
        self.counters.answered(response.status);
        response
    }

    fn fetches(&mut self, _now: InstantMs) -> Vec<Fetch> {
        Vec::new()
    }

    fn fetched(&mut self, _now: InstantMs, _job: u64, _answer: Option<Response>) {}
}

fn nothing_here(server: &mut Smintio, request: &Request) -> Response {
    server.counters.count("other");
    Refusal::not_found("resource", request.path()).response()
}

fn finish(body: Result<Value, Refusal>) -> Response {
    match body {
        Ok(body) => answer(&body),
        Err(refusal) => refusal.response(),
    }
}
