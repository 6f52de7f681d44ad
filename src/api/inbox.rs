//! Whatever waits for a person: the `inbox` interface.

use super::availability::NotYet;
use super::error::ApiError;
use crate::model::date::Instant;
use crate::platform::Platform;

/// A choice that resolves an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChoice {
    /// What to pass to `resolve`.
    pub id: String,
    /// What it does, in a sentence.
    pub label: String,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxItem {
    /// Its id: stable for the same record and problem.
    pub id: String,
    /// bad-record, unlinked, ambiguous, first-run, guard, withdrawal, wrong-file, adoption,
    /// mapping-changed, foreign-edit or maybe-created.
    pub kind: String,
    /// Which source record it is about.
    pub record_id: String,
    /// What happened, in a sentence a person understands.
    pub message: String,
    /// What can be done.
    pub choices: Vec<ItemChoice>,
    /// When it came up first.
    pub since: Instant,
    /// Details as JSON.
    pub details: String,
}

/// A page of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The items.
    pub items: Vec<InboxItem>,
    /// Where to go on; `None` on the last page.
    pub next: Option<String>,
}

/// A page of stored state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPage {
    /// JSON lines, without secrets.
    pub lines: Vec<String>,
    /// The key to go on at; `None` on the last page.
    pub next: Option<String>,
}

/// The open items, oldest id first.
pub fn list(
    _platform: &dyn Platform,
    _config: &str,
    _start: Option<&str>,
    _limit: u32,
) -> Result<Page, ApiError> {
    NotYet::InboxList.answer()
}

/// One item.
pub fn show(_platform: &dyn Platform, _config: &str, _id: &str) -> Result<InboxItem, ApiError> {
    NotYet::InboxShow.answer()
}

/// Answers an item. The next run acts on it.
pub fn resolve(
    _platform: &dyn Platform,
    _config: &str,
    _id: &str,
    _choice: &str,
) -> Result<(), ApiError> {
    NotYet::InboxResolve.answer()
}

/// Drops an item so that its record is looked at afresh.
pub fn replay(_platform: &dyn Platform, _config: &str, _id: &str) -> Result<(), ApiError> {
    NotYet::InboxReplay.answer()
}

/// Takes back a withdrawal: the next run creates the resource again.
pub fn undo(_platform: &dyn Platform, _config: &str, _change: &str) -> Result<(), ApiError> {
    NotYet::InboxUndo.answer()
}

/// Everything stored for a stream, one page.
pub fn state_export(
    _platform: &dyn Platform,
    _config: &str,
    _stream: &str,
    _start: Option<&str>,
    _limit: u32,
) -> Result<ExportPage, ApiError> {
    NotYet::InboxStateExport.answer()
}

/// Forgets the cursors of a stream, so that the next run reads everything again.
pub fn reset(_platform: &dyn Platform, _config: &str, _stream: &str) -> Result<(), ApiError> {
    NotYet::InboxReset.answer()
}
