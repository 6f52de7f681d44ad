//! Context cards before we write them. Where the profile names a method that lists comments, a
//! person's edit is seen and a lost answer is found; without one neither can be, so a card whose
//! answer was lost asks a person, and the next change replaces what a person wrote.

use super::compare::{ask, item};
use super::flight::Flight;
use crate::engine::inbox::Kind;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::card::SIGNATURE;
use crate::model::ids::CollectionId;
use crate::report::RecordState;
use crate::smintio::portals::decode::Comment;
use crate::smintio::portals::{decode, request};
use crate::state::shelf::{Card, Step};

/// Looks at the cards that would be written.
pub fn look(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    for flight in flights.iter_mut().filter(|flight| flight.end.is_none()) {
        let lost = lost(flight);
        if lost.is_none() && !writes(flight) {
            continue;
        }
        match (comments(run, flight)?, lost) {
            (Some(comments), Some(text)) => find(run, flight, &comments, text),
            (Some(comments), None) => edited(run, flight, &comments),
            (None, Some(text)) => unknown(run, flight, text),
            (None, None) => {
                let unknown_id = flight.shelf.card.as_ref().is_some_and(|c| c.comment.is_empty());
                if let Some(text) = flight.desired.card.clone().filter(|_| unknown_id) {
                    unknown(run, flight, text);
                }
            }
        }
    }
    Ok(())
}

/// The text of a card whose answer was lost.
fn lost(flight: &Flight) -> Option<String> {
    let pending = flight.shelf.pending.as_ref().filter(|p| p.task.is_none())?;
    match &pending.step {
        Step::Post { text } => Some(text.clone()),
        _ => None,
    }
}

/// Whether its card would be written.
pub fn writes(flight: &Flight) -> bool {
    let text = flight.desired.card.as_ref();
    let card = flight.shelf.card.as_ref().map(|card| &card.text);
    flight.shelf.collection.is_some() && text.is_some() && text != card
}

fn comments(run: &mut Run, flight: &Flight) -> Result<Option<Vec<Comment>>, Stop> {
    let id = flight.shelf.collection.clone().unwrap_or_default();
    let Some(call) = request::comments(&run.config.portals, &CollectionId(id)) else {
        return Ok(None);
    };
    match tasks::one(run, call)?.and_then(|text| decode::comments(&run.config.portals, &text)) {
        Ok(comments) => Ok(Some(comments)),
        Err(Fault::NotFound(_)) => Ok(Some(Vec::new())),
        Err(fault) => Err(by_fault(run.platform, "Portals", fault)),
    }
}

fn is_ours(comment: &Comment, marker: &str) -> bool {
    let last = comment.text.as_deref().and_then(|text| text.trim_end().lines().last());
    last.is_some_and(|line| line.starts_with(SIGNATURE) && line.ends_with(&format!("· {marker}")))
}

/// Whether the lost card is there.
fn find(run: &Run, flight: &mut Flight, comments: &[Comment], text: String) {
    let marker = flight.desired.marker.clone();
    if let Some(found) = comments.iter().find(|comment| is_ours(comment, &marker)) {
        flight.shelf.card = Some(Card { comment: found.id.clone(), text });
        flight.shelf.pending = None;
        return;
    }
    let at = flight.shelf.pending.as_ref().map_or(0, |pending| pending.at);
    if run.platform.now().0 >= at.saturating_add(run.config.engine.settle_ms) {
        flight.shelf.pending = None;
    } else {
        let why = "whether Portals posted its card is not known yet: a later run looks again";
        flight.stop(RecordState::Deferred, why);
    }
}

/// A card that a person changed or deleted is left alone until somebody says otherwise.
fn edited(run: &mut Run, flight: &mut Flight, comments: &[Comment]) {
    let marker = flight.desired.marker.clone();
    let Some(card) = flight.shelf.card.clone() else {
        // The collection was adopted with its card.
        if let Some(found) = comments.iter().find(|comment| is_ours(comment, &marker)) {
            let text = found.text.clone().unwrap_or_default();
            flight.shelf.card = Some(Card { comment: found.id.clone(), text });
        }
        return;
    };
    let theirs = comments.iter().find(|comment| comment.id == card.comment);
    let shown = theirs.map(|comment| comment.text.clone().unwrap_or_default());
    if shown.as_deref().map(str::trim_end) == Some(card.text.trim_end()) {
        return;
    }
    let what = if shown.is_some() { "changed" } else { "deleted" };
    let why = format!("somebody {what} the context card, and the title changed since");
    let facts = format!("{} {}", shown.as_deref().unwrap_or("deleted"), card.comment);
    let question = item(flight, Kind::CardEdited, why.clone(), facts.clone());
    match run.inbox.decision(&question) {
        Some("restore") if shown.is_none() => flight.shelf.card = None,
        Some("restore") => {}
        Some(_) => flight.keeps_card = true,
        None => {
            flight.keeps_card = true;
            ask(run, flight, Kind::CardEdited, why, facts);
        }
    }
}

fn unknown(run: &mut Run, flight: &mut Flight, text: String) {
    let why = "whether Portals posted the context card is not known, and it cannot be listed";
    let question = item(flight, Kind::CardUnknown, why.to_owned(), text.clone());
    match run.inbox.decision(&question) {
        Some("post") => {
            flight.shelf.pending = None;
            flight.shelf.card = None;
        }
        Some(_) => {
            flight.shelf.pending = None;
            flight.shelf.card = Some(Card { comment: String::new(), text });
        }
        None => {
            run.inbox.raise(question);
            flight.stop(RecordState::Inbox, why);
        }
    }
}
