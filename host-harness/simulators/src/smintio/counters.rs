//! What was asked of this server, for tests and for the table of the demo.

use std::collections::BTreeMap;

/// Counts since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Requests by kind: `identity.token`, `clapi.feed`, `portals.getAssetAsync`, `portals.poll`,
    /// `files.asset`, `files.binary`, `other`, ...
    pub requests: BTreeMap<String, u64>,
    /// Requests that were answered with 4xx or 5xx, by kind.
    pub refused: BTreeMap<String, u64>,
    /// Polls answered 429 because they came too soon.
    pub polls_refused: u64,
    /// Download links handed out.
    pub downloads_handed_out: u64,
    /// Files or ranges of files served.
    pub files_served: u64,
    /// The kind of the request in hand.
    current: String,
}

impl Counters {
    /// Counts a request.
    pub(super) fn count(&mut self, kind: &str) {
        *self.requests.entry(kind.to_owned()).or_default() += 1;
        kind.clone_into(&mut self.current);
    }

    /// Notes how the request in hand was answered.
    pub(super) fn answered(&mut self, status: u16) {
        if status >= 400 && !self.current.is_empty() {
            *self.refused.entry(std::mem::take(&mut self.current)).or_default() += 1;
        }
        self.current.clear();
    }

    /// Requests of a kind.
    pub fn of(&self, kind: &str) -> u64 {
        self.requests.get(kind).copied().unwrap_or_default()
    }
}
