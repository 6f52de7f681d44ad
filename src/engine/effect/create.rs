//! Sends the creates of a chunk. What is refused ends; what may have happened waits for a look.

use super::flight::{Flight, refuse};
use crate::consonance::{decode, request, request::NewResource};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::model::ids::{ProductId, WorkId};
use crate::platform::Response;
use crate::report::RecordState;
use crate::state::intent::Stage;

/// Sends every flight that has an address.
pub fn send(run: &mut Run, flights: Vec<Flight>) -> Result<Vec<Flight>, Stop> {
    let (mut ready, mut others): (Vec<_>, Vec<_>) =
        flights.into_iter().partition(|flight| flight.url.is_some());
    let config = run.config;
    let calls = ready
        .iter_mut()
        .filter_map(|flight| Some(request::create_resource(&config.consonance, &new(flight)?)))
        .collect::<Vec<_>>();
    if calls.is_empty() {
        return Ok(others);
    }
    let count = calls.len();
    run.caller.budget.spend_writes(count);
    let answers = run.consonance(calls)?;
    run.report.writes += count as u64;
    run.report.at_least_once += count as u64;
    let mut stop = None;
    for (mut flight, answer) in ready.into_iter().zip(answers) {
        match settled(run, &mut flight, answer)? {
            Ended::Flies => others.push(flight),
            Ended::Gone => {}
            Ended::Stops(reason) => stop = Some(reason),
        }
    }
    match stop {
        Some(reason) => Err(reason),
        None => Ok(others),
    }
}

fn new(flight: &mut Flight) -> Option<NewResource> {
    let url = flight.url.take()?;
    let wanted = flight.intent.desired.as_ref()?;
    Some(NewResource {
        work: WorkId(wanted.work),
        products: wanted.products.iter().map(|id| ProductId(*id)).collect(),
        variant: wanted.variant.clone(),
        image_remote_url: url,
        caption: wanted.caption.clone(),
        copyright: wanted.copyright.clone(),
        required_credit: wanted.required_credit.clone(),
        unlink_previous: flight.intent.unlink_previous,
    })
}

enum Ended {
    Flies,
    Gone,
    Stops(Stop),
}

fn settled(
    run: &mut Run,
    flight: &mut Flight,
    answer: Result<Response, Fault>,
) -> Result<Ended, Stop> {
    let created = answer.and_then(|response| decode::created_resource(&response.body));
    match created {
        Ok(created) => match created.id {
            Some(id) => {
                let at = run.platform.now().0;
                flight.advance(run, Stage::Created { id: id.0, at })?;
                Ok(Ended::Flies)
            }
            // Done, but Consonance does not say under which id: found by reading, as after a loss.
            None => Ok(unsettled(flight)),
        },
        Err(Fault::Unknown(_)) => Ok(unsettled(flight)),
        Err(Fault::Doubtful(words)) => {
            flight.intent.refused = Some(words);
            flight.advance(run, flight.intent.stage.clone())?;
            Ok(unsettled(flight))
        }
        Err(Fault::Refused(words)) => {
            end_refused(run, flight, &words)?;
            Ok(Ended::Gone)
        }
        // Surely not done: the next run makes it again.
        Err(fault @ Fault::Transient(_)) => {
            flight.drop_intent(run, RecordState::Deferred, &format!("Consonance: {fault}"))?;
            Ok(Ended::Gone)
        }
        Err(fault) => {
            flight.drop_intent(run, RecordState::Deferred, &format!("Consonance: {fault}"))?;
            Ok(Ended::Stops(by_fault(run.platform, "Consonance", fault)))
        }
    }
}

/// Consonance refused it, and it is not there.
pub fn end_refused(run: &mut Run, flight: &Flight, words: &str) -> Result<(), Stop> {
    let why = format!("Consonance refuses the image: {words}");
    refuse(run, &flight.asset(), &flight.intent.file(), &why)?;
    flight.drop_intent(run, RecordState::Inbox, &why)
}

fn unsettled(flight: &mut Flight) -> Ended {
    flight.unsettled = true;
    Ended::Flies
}
