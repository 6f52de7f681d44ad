//! Shares before we write them. A kit is open to outsiders only while everything in it is cleared.
//! A share of ours whose answer was lost is found by the marker in its name; one that nobody of us
//! began is a person's, whatever it is called.

use std::collections::BTreeSet;

use super::compare::{ask, item};
use super::flight::Flight;
use crate::engine::inbox::Kind;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::shelf::{Sharing, marker};
use crate::limits::PAGES_MAX;
use crate::model::date::{parse_day, show_day};
use crate::report::RecordState;
use crate::smintio::portals::{decode, request};
use crate::state::shelf::{Share, Step};

/// Characters of a day, at the beginning of an instant.
const DAY_CHARS: usize = 10;

/// Whether outsiders may look into it, as far as is known without a look.
pub fn opens(flight: &Flight) -> bool {
    matches!(flight.desired.share, Sharing::Open { .. })
}

/// Closes a kit that holds what is not cleared. An asset of ours of which nothing is decided now
/// lets an open kit be open, and opens none.
pub fn strangers(run: &mut Run, flight: &mut Flight, theirs: &BTreeSet<String>) {
    let Sharing::Open { cleared, .. } = &flight.desired.share else { return };
    let uncleared: Vec<String> = theirs.difference(cleared).cloned().collect();
    let kept = |asset: &String| {
        let members = flight.desired.members.as_ref();
        flight.shelf.ours.contains(asset) && members.is_some_and(|m| m.contains(asset))
    };
    // What we are about to take out is gone before the kit is opened.
    let leaves = |asset: &&String| flight.shelf.ours.contains(*asset) && !kept(asset);
    let strange: Vec<&str> = uncleared
        .iter()
        .filter(|asset| !kept(asset) && !leaves(asset))
        .map(String::as_str)
        .collect();
    if !strange.is_empty() {
        let why = format!(
            "the kit holds {}, not cleared for this title, so outsiders may not see it: take it \
             out, or link and clear it",
            strange.join(", ")
        );
        let facts = strange.join(" ");
        flight.desired.share = Sharing::Closed;
        ask(run, flight, Kind::ShareUncleared, why, facts);
    } else if uncleared.iter().any(kept) {
        flight.desired.share = no_longer(flight);
    }
}

/// While nothing is decided of something in it, a kit is not opened, and not for longer.
fn no_longer(flight: &Flight) -> Sharing {
    let until = flight.shared().and_then(|share| parse_day(&share.until));
    match (&flight.desired.share, until) {
        (Sharing::Open { until, cleared }, Some(now)) => {
            Sharing::Open { until: now.min(*until), cleared: cleared.clone() }
        }
        _ => Sharing::Untouched,
    }
}

/// Looks what became of shares without an answer.
pub fn find_lost(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    for flight in flights.iter_mut().filter(|flight| flight.end.is_none()) {
        match lost(flight) {
            Some(Step::Share { .. }) => {
                let found = find(run, &flight.desired.marker)?;
                take(run, flight, &found);
            }
            Some(Step::Reshare { until }) => {
                let until = until.clone();
                moved_by_us(run, flight, until)?;
            }
            Some(Step::Unshare) => ended_by_us(run, flight)?,
            _ => {}
        }
    }
    Ok(())
}

/// Looks for the shares that would be made by the marker in their names, and for those that would be
/// changed or ended by their ids: one that is gone for certain was ended by a person.
pub fn look(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    for flight in flights.iter_mut().filter(|flight| writes(flight)) {
        let Some(share) = flight.shelf.share.clone() else {
            let found = find(run, &flight.desired.marker)?;
            theirs(run, flight, &found);
            continue;
        };
        match seen(run, &flight.desired.marker, &share.id)? {
            Seen::Gone => flight.shelf.share = Some(Share { id: String::new(), ..share }),
            Seen::Ends(day) => notice(flight, share, day),
            Seen::Unknown => {}
        }
    }
    Ok(())
}

/// Notices another end than ours: an earlier one is a person's, and stays.
fn notice(flight: &mut Flight, share: Share, day: String) {
    let limit = flight.shelf.ends_by.take();
    flight.shelf.ends_by = match limit {
        _ if day < share.until => Some(day.clone()),
        limit => limit.filter(|limit| day <= *limit),
    };
    flight.shelf.share = Some(Share { until: day, ..share });
}

/// What Portals says of a share.
enum Seen {
    /// There is no such share.
    Gone,
    /// It ends with this day.
    Ends(String),
    /// It does not say.
    Unknown,
}

/// A share counts as gone only if it is not listed either: the read may not work as we believe, and
/// a share that is open must not be taken for one that somebody ended.
fn seen(run: &mut Run, marker: &str, id: &str) -> Result<Seen, Stop> {
    let call = request::share(&run.config.portals, id);
    let answer = tasks::one(run, call)?;
    Ok(match answer.and_then(|text| decode::share(&run.config.portals, &text)) {
        Ok(share) => last_day(&share).map_or(Seen::Unknown, Seen::Ends),
        Err(Fault::NotFound(_)) if find(run, marker)?.iter().all(|s| s.id != id) => Seen::Gone,
        Err(_) => Seen::Unknown,
    })
}

fn last_day(share: &decode::Share) -> Option<String> {
    let day: String = share.expires.chars().take(DAY_CHARS).collect();
    parse_day(&day).is_some().then_some(day)
}

/// Another end of ours whose answer was lost: if it is there, we wrote it. If not, it is written
/// again where it still shall be.
fn moved_by_us(run: &mut Run, flight: &mut Flight, until: String) -> Result<(), Stop> {
    let share = flight.shelf.share.clone().unwrap_or_default();
    match seen(run, &flight.desired.marker, &share.id)? {
        Seen::Gone => flight.shelf.share = Some(Share { id: String::new(), ..share }),
        Seen::Ends(day) if day == until => flight.shelf.share = Some(Share { until, ..share }),
        _ => {}
    }
    flight.shelf.pending = None;
    Ok(())
}

/// An end of ours whose answer was lost: if the share is gone, we ended it.
fn ended_by_us(run: &mut Run, flight: &mut Flight) -> Result<(), Stop> {
    let share = flight.shelf.share.clone().unwrap_or_default();
    if matches!(seen(run, &flight.desired.marker, &share.id)?, Seen::Gone) {
        flight.shelf.share = None;
        flight.shelf.pending = None;
    }
    Ok(())
}

fn lost(flight: &Flight) -> Option<&Step> {
    let pending = flight.shelf.pending.as_ref().filter(|pending| pending.task.is_none());
    pending.map(|pending| &pending.step)
}

fn writes(flight: &Flight) -> bool {
    let is_share =
        |step: &Step| matches!(step, Step::Share { .. } | Step::Reshare { .. } | Step::Unshare);
    let open = flight.end.is_none() && flight.shelf.pending.is_none();
    // Whether a person who gave it an earlier end has moved that again is seen only by a look.
    let limited = flight.shelf.ends_by.is_some() && flight.shared().is_some() && opens(flight);
    let writes = || limited || flight.all().iter().any(is_share);
    open && flight.shelf.collection.is_some() && writes()
}

/// The shares that carry the marker.
fn find(run: &mut Run, wanted: &str) -> Result<Vec<decode::Share>, Stop> {
    let mut found = Vec::new();
    for page in 0..PAGES_MAX {
        let call = request::shares_search(&run.config.portals, wanted, page);
        let answer = tasks::one(run, call)?;
        let answer = answer.and_then(|text| decode::shares(&run.config.portals, &text));
        let listed = answer.map_err(|fault| by_fault(run.platform, "Portals", fault))?;
        let is_empty = listed.shares.is_empty();
        found.extend(listed.shares.into_iter().filter(|s| marker(&s.name) == Some(wanted)));
        if !listed.has_more || is_empty {
            return Ok(found);
        }
    }
    Err(Stop::LimitReached(format!("Portals lists more than {PAGES_MAX} pages of shares")))
}

/// Shares under our name that we did not make: they are a person's until that person says otherwise.
/// One that has ended is nobody's concern.
fn theirs(run: &mut Run, flight: &mut Flight, found: &[decode::Share]) {
    let today = show_day(run.today);
    let is_open = |share: &&decode::Share| last_day(share).is_none_or(|day| day >= today);
    let open: Vec<&decode::Share> = found.iter().filter(is_open).collect();
    if open.is_empty() {
        // A link that a person let end is not made again.
        if flight.shelf.ends_by.as_ref().is_some_and(|day| *day < today) {
            flight.desired.share = Sharing::Untouched;
        }
        return;
    }
    let ids: Vec<&str> = open.iter().map(|share| share.id.as_str()).collect();
    let why = format!(
        "Portals has a share under the kit's name that is not ours ({}): until you say what it is, \
         the kit is not shared",
        ids.join(", ")
    );
    let mut item = item(flight, Kind::ShareForeign, why, ids.join(" "));
    let leave = Kind::ShareForeign.choices().iter().filter(|(id, _)| *id != ADOPT);
    if open.len() > 1 {
        item = item.with_choices(leave.map(|(id, l)| ((*id).into(), (*l).into())).collect());
    }
    match (run.inbox.decision(&item), open.as_slice()) {
        (Some(ADOPT), [one]) => {
            let until = one.expires.chars().take(DAY_CHARS).collect();
            flight.shelf.share = Some(Share { id: one.id.clone(), until });
            return;
        }
        (Some(_), _) => {}
        (None, _) => {
            flight.asks = true;
            run.inbox.raise(item);
        }
    }
    flight.desired.share = Sharing::Untouched;
}

/// The answer by which a person's share becomes ours.
const ADOPT: &str = "adopt";

/// Exactly one share with our marker is the one that we began; several are a question.
fn take(run: &mut Run, flight: &mut Flight, found: &[decode::Share]) {
    match found {
        [one] => {
            let until = one.expires.chars().take(DAY_CHARS).collect();
            flight.shelf.share = Some(Share { id: one.id.clone(), until });
            flight.shelf.pending = None;
        }
        [] => {
            let at = flight.shelf.pending.as_ref().map_or(0, |pending| pending.at);
            if run.platform.now().0 >= at.saturating_add(run.config.engine.settle_ms) {
                flight.shelf.pending = None;
            } else {
                let why = "whether Portals shared it is not known yet: a later run looks again";
                flight.stop(RecordState::Deferred, why);
            }
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|share| share.id.as_str()).collect();
            let why = format!(
                "{} shares in Portals end in {} ({}): end all but one",
                ids.len(),
                flight.desired.marker,
                ids.join(", ")
            );
            ask(run, flight, Kind::CollectionDoubled, why.clone(), ids.join(" "));
            flight.desired.share = Sharing::Untouched;
            flight.stop(RecordState::Inbox, why);
        }
    }
}
