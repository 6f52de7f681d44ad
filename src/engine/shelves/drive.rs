//! Carries the changes out, many collections at once and one change of each at a time. Each is
//! stored before it is sent, and the task that does it as soon as Portals names it, so that a run
//! that ends in between goes on where it was.

use super::flight::Flight;
use super::looked::Looked;
use super::{commit, compare};
use crate::engine::budget::Budget;
use crate::engine::lease::Held;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::flows::shelf::Sharing;
use crate::limits::{LOOK_REQUESTS, OPERATIONS_AT_ONCE, TASK_MS_MAX};
use crate::model::ids::{AssetId, CollectionId};
use crate::order;
use crate::platform::{Call, Response};
use crate::report::RecordState;
use crate::smintio::portals::{decode, decode::TaskState, request};
use crate::state::shelf::{Pending, Step};

/// Brings every collection to what it shall be.
pub fn drive(
    run: &mut Run,
    lease: &mut Held,
    flights: &mut [Flight],
    looked: &mut Looked,
) -> Result<(), Stop> {
    let total = flights.len() as u64;
    let mut done = 0_usize;
    // What nobody may see any more goes first, however small the budget.
    order::sort_by_key(flights, |flight| !lessens(flight));
    while let Some(rest) = flights.get_mut(done..).filter(|rest| !rest.is_empty()) {
        // No more at once than the budget lets be looked at and changed, or no call would get by.
        let fits = run.caller.budget.of_requests(LOOK_REQUESTS).clamp(1, OPERATIONS_AT_ONCE);
        let size = fits.min(rest.len());
        let Some(chunk) = rest.get_mut(..size) else { break };
        lease.renew(run.platform)?;
        compare::look(run, chunk, looked)?;
        while round(run, lease, chunk)? {}
        done += size;
        run.platform.progress("collections", done as u64, Some(total));
    }
    Ok(())
}

fn lessens(flight: &Flight) -> bool {
    matches!(flight.next(), Some(Step::Unshare | Step::Remove { .. }))
}

/// One step of each; false: nothing is left to do.
fn round(run: &mut Run, lease: &mut Held, flights: &mut [Flight]) -> Result<bool, Stop> {
    lease.renew(run.platform)?;
    begin(run, flights)?;
    let mut calls = Vec::new();
    let mut owners = Vec::new();
    for (index, flight) in flights.iter().enumerate() {
        if let Some(call) = call(run, flight) {
            calls.push(call);
            owners.push(index);
        }
    }
    if calls.is_empty() {
        return commit::settle(run, flights).map(|()| false);
    }
    // Portals refuses to be polled faster than this.
    if flights.iter().any(polls) {
        run.caller.budget.wait(run.platform, run.config.portals.poll_ms)?;
    }
    let answers = run.portals(calls)?;
    for (index, answer) in owners.into_iter().zip(answers) {
        if let Some(flight) = flights.get_mut(index) {
            take_in(run, flight, answer)?;
        }
    }
    commit::store(run, flights)?;
    Ok(true)
}

/// Whether a task of it is to be asked after.
fn polls(flight: &Flight) -> bool {
    flight.end.is_none() && flight.shelf.pending.as_ref().is_some_and(|p| p.task.is_some())
}

/// Notes the next change of each that has none under way, as far as the budget goes: what is noted
/// is sent in this round.
fn begin(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    run.caller.budget.check_time(run.platform)?;
    let idle = |f: &&mut Flight| f.end.is_none() && f.shelf.pending.is_none();
    let now = run.platform.now().0;
    let polled = flights.iter().filter(|flight| polls(flight)).count();
    let mut steps = 0;
    for flight in flights.iter_mut().filter(idle) {
        let Some(step) = flight.next() else { continue };
        let requests = polled + steps + 1;
        let writes = run.caller.budget.operations(std::iter::repeat_n(1, steps + 1), 0);
        if writes <= steps || run.caller.budget.requests(requests) < requests {
            if polled + steps == 0 {
                return Err(Budget::used_up(run.platform));
            }
            break;
        }
        flight.shelf.pending = Some(Pending { step, task: None, at: now });
        steps += 1;
    }
    commit::store(run, flights)?;
    run.caller.budget.spend_writes(steps);
    run.report.writes += steps as u64;
    Ok(())
}

/// What to ask Portals for it now: the state of its task, or its change.
fn call(run: &Run, flight: &Flight) -> Option<Call> {
    let pending = flight.shelf.pending.as_ref().filter(|_| flight.end.is_none())?;
    let config = &run.config.portals;
    if let Some(task) = &pending.task {
        return Some(request::task(config, task));
    }
    let collection = CollectionId(flight.shelf.collection.clone().unwrap_or_default());
    let ids = |assets: &[String]| assets.iter().cloned().map(AssetId).collect::<Vec<_>>();
    Some(match &pending.step {
        Step::Create { name } => request::create_collection(config, name),
        Step::Rename { name } => request::rename_collection(config, &collection, name),
        Step::Add { assets } => request::add_assets(config, &collection, &ids(assets)),
        Step::Remove { assets } => request::remove_assets(config, &collection, &ids(assets)),
        Step::Post { text } => {
            request::post_comment(config, &collection, text, &flight.desired.marker)
        }
        Step::Edit { text } => {
            let comment = flight.shelf.card.as_ref().map_or("", |card| card.comment.as_str());
            request::edit_comment(config, &collection, comment, text)
        }
        Step::Share { until } => {
            request::create_share(config, &collection, &flight.desired.name, until)
        }
        Step::Reshare { until } => request::extend_share(config, share(flight), until),
        Step::Unshare => request::end_share(config, share(flight)),
    })
}

fn share(flight: &Flight) -> &str {
    flight.shelf.share.as_ref().map_or("", |share| share.id.as_str())
}

fn take_in(
    run: &mut Run,
    flight: &mut Flight,
    answer: Result<Response, Fault>,
) -> Result<(), Stop> {
    let Some(pending) = flight.shelf.pending.clone() else { return Ok(()) };
    let task = answer.and_then(|response| decode::task(&response.body));
    let task = match task {
        Ok(task) => task,
        Err(fault) => return failed(run, flight, &pending, fault),
    };
    match task.state {
        TaskState::Created | TaskState::InProgress => {
            let late = run.platform.now().0 > pending.at.saturating_add(TASK_MS_MAX);
            if late {
                lost(flight, &pending, "its task did not end in time");
            } else if let Some(pending) = &mut flight.shelf.pending {
                pending.task = Some(task.uuid);
            }
            Ok(())
        }
        TaskState::Completed => completed(run, flight, &pending, task.result.as_deref()),
        TaskState::Error => {
            let words = decode::task_words(&task);
            failed(run, flight, &Pending { task: None, ..pending }, Fault::Refused(words))
        }
    }
}

fn completed(
    run: &mut Run,
    flight: &mut Flight,
    pending: &Pending,
    result: Option<&str>,
) -> Result<(), Stop> {
    let config = &run.config.portals;
    let id = match (&pending.step, result) {
        (Step::Create { .. }, Some(text)) => decode::collection(config, text).map(|c| Some(c.id.0)),
        (Step::Create { .. }, None) => Err(Fault::Unreadable("no collection".to_owned())),
        (Step::Share { .. }, Some(text)) => decode::share(config, text).map(|s| Some(s.id)),
        (Step::Share { .. }, None) => Err(Fault::Unreadable("no share".to_owned())),
        (Step::Post { .. }, Some(text)) => decode::posted(config, text).map(|c| c.map(|c| c.id)),
        _ => Ok(None),
    };
    match id {
        Ok(id) => commit::done(run, flight, &pending.step, id),
        // It was done, and what it made is not told: a later run finds it by its marker.
        Err(_) => {
            lost(flight, pending, "Portals' answer does not say what it made");
            Ok(())
        }
    }
}

/// What may have happened stays pending without a task: a change that gives the same again is
/// sent again by a later run, a create is looked for by its marker first.
fn lost(flight: &mut Flight, pending: &Pending, why: &str) {
    flight.shelf.pending = Some(Pending { task: None, ..pending.clone() });
    flight.stop(RecordState::Deferred, format!("{why}: a later run looks what became of it"));
}

fn failed(run: &mut Run, flight: &mut Flight, p: &Pending, fault: Fault) -> Result<(), Stop> {
    match fault {
        // The task is not known any more, but what it did may be there.
        Fault::NotFound(_) if p.task.is_some() => lost(flight, p, "Portals forgot its task"),
        Fault::Transient(why) if p.task.is_some() => {
            flight.stop(RecordState::Deferred, format!("Portals does not answer ({why})"));
        }
        Fault::Unknown(why) | Fault::Unreadable(why) | Fault::Transient(why) => {
            lost(flight, p, &format!("Portals' answer was lost ({why})"));
        }
        Fault::Denied(why) if !matches!(p.step, Step::Create { .. }) => {
            refused(run, flight, p, &format!("the connection may not change it: {why}"));
        }
        Fault::NotFound(why) => refused(run, flight, p, &why),
        Fault::Refused(why) => refused(run, flight, p, &why),
        other => return Err(by_fault(run.platform, "Portals", other)),
    }
    Ok(())
}

/// A batch of assets that is refused may hold one bad asset: then they go one by one.
fn refused(run: &mut Run, flight: &mut Flight, pending: &Pending, why: &str) {
    flight.shelf.pending = None;
    match &pending.step {
        Step::Add { assets } if assets.len() > 1 => flight.singly = true,
        // What may not stay cannot be taken out: then nobody from outside may look in.
        Step::Remove { .. } if flight.shared().is_some() => flight.desired.share = Sharing::Closed,
        Step::Add { assets } => {
            flight.refused.extend(assets.iter().cloned());
            let asset = assets.first().map_or("", String::as_str);
            commit::complain(run, flight, &format!("Portals does not take asset {asset}: {why}"));
        }
        step => {
            let what = commit::action(step);
            commit::complain(run, flight, &format!("Portals refuses {what}: {why}"));
            flight.stop(RecordState::Inbox, why);
        }
    }
}
