//! Consonance's own names: manners that no source decides between, and what goes wrong.

use super::{Does, Mode, Side};
use crate::consonance::{ChangedSince, MutationErrors, RewriteRemoteUrl, Settings};
use crate::faults::{Action, Fault, Spoil, When};
use crate::http::Response;

const fn manner(name: &'static str, what: &'static str, how: fn(&mut Settings)) -> Mode {
    Mode { name, what, side: Side::Consonance, does: Does::Consonance(how) }
}

const fn fault(name: &'static str, what: &'static str, how: fn() -> Fault) -> Mode {
    Mode { name, what, side: Side::Consonance, does: Does::Fault(how) }
}

#[rustfmt::skip]
pub(super) const TABLE: &[Mode] = &[
    manner("remote-url-rewritten", "imageRemoteUrl shows an address of Consonance's own", |s| s.rewrite_remote_url = RewriteRemoteUrl::Rewritten),
    manner("remote-url-absent", "imageRemoteUrl is null afterwards", |s| s.rewrite_remote_url = RewriteRemoteUrl::Absent),
    manner("pages-of-seven", "root lists end after seven records", |s| s.page_cap = Some(7)),
    manner("changes-exact", "changedSince reports no more than what changed", |s| s.changed_since = ChangedSince::Exact),
    manner("images-at-once", "images are processed at once", |s| s.processing_reads = 0),
    manner("images-slow", "images say isProcessing for ten reads", |s| s.processing_reads = 10),
    manner("images-late", "remote images are fetched after five seconds", |s| s.fetch_delay_ms = 5_000),
    manner("images-never", "remote images are never fetched", |s| s.fetch_delay_ms = u64::MAX),
    manner("upload-brief", "a presigned upload address is good for one second", |s| s.presigned_url_ms = 1_000),
    manner("errors-by-field", "payload errors are {field, messages}", |s| s.mutation_errors = MutationErrors::FieldMessages),
    manner("errors-by-attribute", "payload errors are {attribute, message}", |s| s.mutation_errors = MutationErrors::AttributeMessage),
    manner("mutations-refused", "every mutation answers with a payload error", |s| s.refuse_every = 1),
    manner("mutations-refused-at-times", "every third mutation answers with a payload error", |s| s.refuse_every = 3),
    fault("mutation-errors-after-effect", "every third mutation is carried out and answers with errors and no data", || {
        Fault::new(Action::Spoil(Spoil::GraphqlErrors), When::Every(3)).containing("mutation")
    }),
    fault("mutation-answer-lost", "every second mutation is carried out and its answer lost", || {
        Fault::new(Action::LoseAnswer, When::Every(2)).containing("mutation")
    }),
    fault("api-key-refused", "401 for every request to the API", || {
        Fault::new(Action::Refuse(refused()), When::Every(1)).on("POST", "/graphql")
    }),
];

fn refused() -> Response {
    let mut response = Response::new(401, "text/plain", "HTTP Token: Access denied.\n");
    let challenge = ("www-authenticate".to_owned(), "Token realm=\"Application\"".to_owned());
    response.headers.push(challenge);
    response
}
