//! CLAPI-C: vocabularies, the licence feed, binaries. Read only: there is no call that writes,
//! acknowledges or deletes, and such paths are not found.

mod binaries;
mod feed;
mod vocabulary;
mod vocabulary_keys;

pub use feed::visible;

use super::Smintio;
use super::identity;
use super::refusal::Refusal;
use super::unconfirmed::{BINARIES_PATH, FEED_PATH, VOCABULARY_PATH};
use crate::http::{InstantMs, Request, Response};
use crate::paths;

/// Every path of CLAPI-C begins so.
pub const BASE: &str = "/consumer/v1/";

/// Answers a call below `BASE`.
pub fn handle(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    let path = request.path();
    let binaries = paths::fit(BINARIES_PATH, path);
    let kind = match (path, &binaries) {
        _ if request.method != "GET" => "",
        (VOCABULARY_PATH, _) => "clapi.vocabulary",
        (FEED_PATH, _) => "clapi.feed",
        (_, Some(_)) => "clapi.binaries",
        _ => "",
    };
    if kind.is_empty() {
        return super::nothing_here(server, request);
    }
    server.counters.count(kind);
    if let Err(refused) = identity::authorise(server, now, request, &["smintio.full"]) {
        return refused;
    }
    let body = match (kind, binaries.as_deref()) {
        ("clapi.vocabulary", _) => Ok(vocabulary::document()),
        ("clapi.feed", _) => feed::page(server, now, &paths::pairs(request.query())),
        (_, Some([cart, lpt])) => binaries::list(server, now, cart, lpt),
        _ => Err(Refusal::not_found("resource", path)),
    };
    super::finish(body)
}
