//! Carries the changes out, some purchases at a time: look and decide again, store the intent, send,
//! read back, commit. What may have been sent by a dead run is waited for before it is sent again.

use super::flight::Flight;
use super::{commit, compare, desired, refused};
use crate::engine::budget::Budget;
use crate::engine::effect::flight::look_at;
use crate::engine::effect::links::{self, Ended, Titles};
use crate::engine::inbox::{Item, Kind};
use crate::engine::lease::Held;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::stock_licences::Wish;
use crate::limits::OPERATIONS_AT_ONCE;
use crate::model::date::Instant;
use crate::model::ids::PurchaseId;
use crate::order;
use crate::report::RecordState;
use crate::state::link::PlacedLink;

/// Requests of one purchase in the budget's eyes, beside its changes: its part of the read-backs.
const REQUESTS_EACH: u32 = 8;

/// Looks before what is not seen yet is left to a later run.
const LOOKS_MAX: u32 = 5;

/// Brings every purchase's links to what they shall be.
pub fn drive(run: &mut Run, lease: &mut Held, flights: &mut [Flight]) -> Result<(), Stop> {
    let mut open: Vec<&mut Flight> = flights.iter_mut().filter(|f| f.is_open()).collect();
    let total = open.len() as u64;
    let mut rest = open.as_mut_slice();
    let mut resume: Option<Instant> = None;
    while !rest.is_empty() {
        let writes = rest.iter().take(OPERATIONS_AT_ONCE).map(|flight| flight.writes());
        let fits = run.caller.budget.operations(writes, REQUESTS_EACH);
        if fits == 0 {
            return Err(too_little(run, rest));
        }
        let (chunk, later) = rest.split_at_mut(fits);
        run.caller.budget.check_time(run.platform)?;
        lease.renew(run.platform)?;
        let titles = confirm(run, chunk)?;
        let waits = carry_out(run, lease, chunk, titles)?;
        resume = [resume, waits].into_iter().flatten().min();
        rest = later;
        run.platform.progress("licences", total - rest.len() as u64, Some(total));
    }
    match resume {
        Some(instant) => Err(Stop::Paused(instant)),
        None => Ok(()),
    }
}

fn too_little(run: &Run, rest: &[&mut Flight]) -> Stop {
    let writes = rest.first().map_or(0, |flight| flight.writes());
    if run.caller.budget.never_fits(writes) {
        return Stop::LimitReached(format!(
            "the links of one purchase take {writes} writes, more than budget.max-writes allows in \
             one call"
        ));
    }
    Budget::used_up(run.platform)
}

fn look(run: &mut Run, flights: &[&mut Flight]) -> Result<Titles, Stop> {
    let works = order::set(flights.iter().flat_map(|flight| flight.works()));
    look_at(run, &works.into_iter().collect::<Vec<_>>())
}

/// Reads the titles afresh and decides again: what does not hold any more waits for the next plan.
fn confirm(run: &mut Run, flights: &mut [&mut Flight]) -> Result<Titles, Stop> {
    let titles = look(run, flights)?;
    let ids: Vec<PurchaseId> = flights.iter().map(|flight| flight.purchase.clone()).collect();
    let now = desired::again(run, &ids)?;
    for flight in flights.iter_mut() {
        let wish = now.get(&flight.purchase).map(|wished| &wished.wish);
        let holds = match wish {
            Some(Wish::Link { work, links, .. }) => {
                work.0 == flight.work
                    && flight.links.iter().all(|l| links.iter().any(|w| w.key() == l.key()))
                    && flight.old.iter().all(|l| links.iter().all(|w| w.key() != l.key()))
            }
            Some(Wish::Withdraw(_)) => flight.links.is_empty(),
            _ => false,
        };
        // A person may have put such a link there since the plan: it is theirs.
        let theirs = |link: &&PlacedLink| !flight.adopts.contains(&link.key());
        let taken = flight.links.iter().filter(theirs).any(|link| compare::is_there(&titles, link));
        let blind = flight.works().iter().any(|work| !titles.contains_key(work));
        if !holds || taken {
            flight.stop(
                RecordState::Deferred,
                "it changed while the run worked; the next run decides",
            );
        } else if blind {
            flight.stop(RecordState::Deferred, "its title cannot be read from Consonance now");
        }
    }
    Ok(titles)
}

/// Sends, reads back and commits. Gives back when to come again for what is not settled.
fn carry_out(
    run: &mut Run,
    lease: &mut Held,
    flights: &mut [&mut Flight],
    mut titles: Titles,
) -> Result<Option<Instant>, Stop> {
    let mut resume = None;
    for flight in flights.iter_mut().filter(|flight| flight.is_open()) {
        if let Some(until) = doubtful_until(run, flight, &titles) {
            flight.stop(RecordState::Deferred, "whether a link was made is not known yet");
            resume = [resume, Some(until)].into_iter().flatten().min();
        } else {
            commit::intend(run, flight, run.platform.now().0)?;
        }
    }
    for looks in 0..LOOKS_MAX {
        if looks > 0 {
            run.caller.budget.wait(run.platform, run.config.engine.processing_poll_ms)?;
        }
        lease.renew(run.platform)?;
        if send(run, flights, &titles)? || looks > 0 {
            titles = look(run, flights)?;
        }
        for flight in flights.iter_mut().filter(|flight| flight.is_open()) {
            if is_complete(flight, &titles) {
                commit::commit(run, flight, &titles)?;
            }
        }
        if !flights.iter().any(|flight| flight.is_open()) {
            break;
        }
    }
    let settle = run.config.engine.settle_ms;
    for flight in flights.iter_mut() {
        let unsure = flight.end.as_ref().is_none_or(|(state, _)| *state == RecordState::Deferred);
        if let (true, false, Some(pending)) = (unsure, flight.written, &flight.stored.pending) {
            let until = Instant(pending.at).plus_ms(settle).max(run.platform.now().plus_ms(1));
            resume = [resume, Some(until)].into_iter().flatten().min();
        }
    }
    Ok(resume)
}

/// Until when a link that a dead run may have sent can still appear; none: nothing is in doubt.
fn doubtful_until(run: &Run, flight: &Flight, titles: &Titles) -> Option<Instant> {
    let pending = flight.stored.pending.as_ref()?;
    let until = Instant(pending.at).plus_ms(run.config.engine.settle_ms);
    let unseen = pending.links.iter().any(|link| !compare::is_there(titles, link));
    (unseen && run.platform.now() < until).then_some(until)
}

fn is_complete(flight: &Flight, titles: &Titles) -> bool {
    let change = flight.change();
    let there = |link| change.made(titles, link).is_some() || flight.refused.contains(link);
    flight.links.iter().all(there) && change.is_cleared(titles)
}

/// Sends what is needed now; false: nothing is.
fn send(run: &mut Run, flights: &mut [&mut Flight], titles: &Titles) -> Result<bool, Stop> {
    let mut calls = Vec::new();
    let mut owners = Vec::new();
    for (index, flight) in flights.iter().enumerate().filter(|(_, flight)| flight.is_open()) {
        let config = &run.config.consonance;
        let made: Vec<_> = flight.linked.iter().chain(&flight.refused).cloned().collect();
        for needed in flight.change().needed(config, titles, &made) {
            calls.push(needed.call);
            owners.push((index, needed.creates));
        }
    }
    let sent = !calls.is_empty();
    for ((index, creates), answer) in owners.into_iter().zip(links::send(run, calls)?) {
        let Some(flight) = flights.get_mut(index) else { continue };
        match links::ended(run, creates.is_none(), answer)? {
            Ended::Done => flight.linked.extend(creates),
            Ended::Unknown => {
                flight.stop(RecordState::Deferred, "the answer of Consonance was lost");
            }
            Ended::Refused(words) => refuses(run, flight, creates, &words),
        }
    }
    Ok(sent)
}

fn refuses(run: &mut Run, flight: &mut Flight, creates: Option<PlacedLink>, words: &str) {
    if let Some(link) = creates {
        refused::give_up(run, flight, link, words);
        return;
    }
    let why = format!("Consonance refuses to remove a link to the purchase: {words}");
    run.inbox.raise(Item::new(Kind::BadRecord, &flight.record(), why.clone()));
    // It stays pending, and each run tries once more.
    flight.stop(RecordState::Inbox, why);
}
