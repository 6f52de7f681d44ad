//! Whatever waits for a person: the `inbox` interface.

mod retract;
mod undo;

pub use undo::undo;

use serde_json::{Value, json};

use super::audit::audit;
use super::convert;
use super::error::{ApiError, Problem};
use super::flows::FLOWS;
use super::input::page_limit;
use crate::engine::inbox::{answers, is_lasting};
use crate::engine::observe::MIRRORS;
use crate::engine::stop::Stop;
use crate::model::date::Instant;
use crate::platform::Platform;
use crate::state::inbox::{Decision, Item};
use crate::state::keys;
use crate::state::store::{self, StateFault, Versioned};

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
    /// mapping-changed, foreign-edit, maybe-created, collection-gone, collection-doubled,
    /// collection-renamed, card-edited, card-unknown, share-uncleared or share-foreign.
    pub kind: String,
    /// Which source record it is about.
    pub record_id: String,
    /// What happened, in a sentence a person understands.
    pub message: String,
    /// What can be done.
    pub choices: Vec<ItemChoice>,
    /// What was answered, until a run begins.
    pub answer: Option<String>,
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

/// Items or lines a page.
const PAGE_MAX: u32 = 1_000;

fn state(fault: StateFault) -> ApiError {
    Stop::from(fault).into()
}

/// The open items, oldest id first, and those whose answer waits for the next run.
pub fn list(
    platform: &dyn Platform,
    config: &str,
    start: Option<&str>,
    limit: u32,
) -> Result<Page, ApiError> {
    convert::config(config)?;
    page_limit(limit, PAGE_MAX)?;
    let (entries, next) = store::page(platform, "inbox/", start, limit).map_err(state)?;
    let items = entries
        .iter()
        .map(|entry| Ok(store::decode::<Item>(entry)?.value))
        .collect::<Result<Vec<Item>, StateFault>>()
        .map_err(state)?;
    let keys: Vec<String> = items.iter().map(|item| keys::decision(&item.id)).collect();
    let decisions = store::get_many::<Decision>(platform, &keys).map_err(state)?;
    let items = items.into_iter().zip(decisions);
    let items = items.map(|(item, decision)| shown(item, decision.map(|found| found.value)));
    Ok(Page { items: items.collect(), next })
}

/// An item with what was answered to it.
fn shown(item: Item, decision: Option<Decision>) -> InboxItem {
    let answer = decision.filter(|decision| answers(decision, &item)).map(|found| found.choice);
    InboxItem { answer, ..item.into() }
}

impl From<Item> for InboxItem {
    fn from(item: Item) -> Self {
        let choices = item.choices.into_iter().map(|(id, label)| ItemChoice { id, label });
        Self {
            answer: None,
            id: item.id,
            kind: item.kind,
            record_id: item.record_id,
            message: item.message,
            choices: choices.collect(),
            since: Instant(item.since),
            details: json!({ "facts": item.facts }).to_string(),
        }
    }
}

fn find(platform: &dyn Platform, id: &str) -> Result<Versioned<Item>, ApiError> {
    if let Some(found) = store::get::<Item>(platform, &keys::inbox(id)).map_err(state)? {
        return Ok(found);
    }
    let decided = store::get::<Decision>(platform, &keys::decision(id)).map_err(state)?;
    Err(ApiError::NotFound(match decided.map(|found| found.value.choice) {
        Some(choice) => format!(
            "{id:?} is not open any more: a run has taken up the answer `{choice}`, or its question \
             went away; `inbox replay` drops the answer, and the next run asks again where there \
             still is a question"
        ),
        None => format!("there is no open inbox item {id:?}: `inbox list` shows them"),
    }))
}

/// One item.
pub fn show(platform: &dyn Platform, config: &str, id: &str) -> Result<InboxItem, ApiError> {
    convert::config(config)?;
    let item = find(platform, id)?.value;
    let decision = store::get::<Decision>(platform, &keys::decision(id)).map_err(state)?;
    Ok(shown(item, decision.map(|found| found.value)))
}

/// Answers an item. The next run acts on it; until one begins, another answer takes its place.
pub fn resolve(
    platform: &dyn Platform,
    config: &str,
    id: &str,
    choice: &str,
) -> Result<(), ApiError> {
    convert::config(config)?;
    let item = find(platform, id)?;
    if !item.value.choices.iter().any(|(known, _)| known == choice) {
        let known: Vec<&str> = item.value.choices.iter().map(|(id, _)| id.as_str()).collect();
        return Err(ApiError::InputInvalid(vec![Problem::new(
            "choice",
            choice,
            &format!("one of {}", known.join(", ")),
            "choose what the item offers",
        )]));
    }
    let decision = Decision {
        item: id.to_owned(),
        choice: choice.to_owned(),
        facts: item.value.facts.clone(),
        at: platform.now().0,
    };
    let key = keys::decision(id);
    let before = store::get::<Decision>(platform, &key).map_err(state)?;
    let earlier = before.as_ref().map(|b| &b.value).filter(|b| answers(b, &item.value));
    match earlier {
        Some(earlier) if earlier.choice == choice => return Ok(()),
        Some(earlier) => corrected(platform, &item.value, &earlier.choice, choice)?,
        None => {}
    }
    store::put(platform, &key, before.map(|b| b.version), &decision).map_err(state)?;
    // A run that took the item up meanwhile may have acted on what was there before.
    match store::put(platform, &keys::inbox(id), Some(item.version), &item.value) {
        Ok(_) => Ok(()),
        Err(StateFault::Conflict(_)) => Err(ApiError::Conflict(format!(
            "a run looked at {id} at the same moment, and may not have seen this answer: see \
             `inbox list` and `inbox changes`"
        ))),
        Err(other) => Err(state(other)),
    }
}

/// Writes down that an answer was changed before anything was done on it.
fn corrected(
    platform: &dyn Platform,
    item: &Item,
    earlier: &str,
    choice: &str,
) -> Result<(), ApiError> {
    let why = format!("the answer to {} is `{choice}` now, and was `{earlier}`", item.id);
    let document = json!({ "item": item, "before": earlier, "after": choice });
    audit(platform, "correct-answer", &item.record_id, why, document)
}

/// Drops an item and what was decided on it, so that its record is looked at afresh. What the answer
/// let pass and no run has carried out yet waits again.
pub fn replay(platform: &dyn Platform, config: &str, id: &str) -> Result<(), ApiError> {
    convert::config(config)?;
    let decided = store::get::<Decision>(platform, &keys::decision(id)).map_err(state)?;
    let open = store::get::<Item>(platform, &keys::inbox(id)).map_err(state)?;
    if decided.is_none() && open.is_none() {
        find(platform, id)?;
    }
    retract::retract(platform, id).map_err(state)?;
    if let Some(decision) = decided {
        store::delete(platform, &keys::decision(id), decision.version).map_err(state)?;
    }
    match open {
        Some(item) if !is_lasting(&item.value) => {
            store::delete(platform, &keys::inbox(id), item.version).map_err(state)
        }
        _ => Ok(()),
    }
}

fn known_stream(stream: &str) -> Result<(), ApiError> {
    if stream == MIRRORS || FLOWS.iter().any(|flow| flow.slug == stream) {
        return Ok(());
    }
    Err(ApiError::InputInvalid(vec![Problem::new(
        "stream",
        stream,
        "`mirrors`, or the slug of a flow such as approved-assets",
        "name one of these",
    )]))
}

/// Everything stored, one page. The mirrors are shared by the flows, so every stream shows them.
pub fn state_export(
    platform: &dyn Platform,
    config: &str,
    stream: &str,
    start: Option<&str>,
    limit: u32,
) -> Result<ExportPage, ApiError> {
    convert::config(config)?;
    known_stream(stream)?;
    page_limit(limit, PAGE_MAX)?;
    let (entries, next) = store::page(platform, "", start, limit).map_err(state)?;
    let lines = entries
        .iter()
        .map(|entry| {
            let value: Value = crate::json::read(&entry.value).unwrap_or_default();
            json!({ "key": entry.key, "value": value }).to_string()
        })
        .collect();
    Ok(ExportPage { lines, next })
}

/// Forgets how far the mirrors were read, on which every flow rests, so that the next run reads
/// everything again.
pub fn reset(platform: &dyn Platform, config: &str, stream: &str) -> Result<(), ApiError> {
    convert::config(config)?;
    known_stream(stream)?;
    if FLOWS.iter().any(|flow| flow.slug == stream && !flow.available) {
        return Err(ApiError::NotYetAvailable(format!("flow {stream}")));
    }
    let mut cursors = Vec::new();
    for stream in [stream, MIRRORS] {
        store::scan(platform, &format!("cursor/{stream}/"), |entry| {
            cursors.push((entry.key.clone(), entry.version));
            Ok(())
        })
        .map_err(state)?;
    }
    cursors.dedup();
    for (key, version) in cursors {
        store::delete(platform, &key, version).map_err(state)?;
    }
    Ok(())
}
