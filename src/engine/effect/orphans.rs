//! Intents for a title that a full sweep found gone: Consonance deleted with it whatever of them
//! was there, so they end instead of waiting for ever.

use super::flight::Flight;
use crate::engine::lookup;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::WorkId;
use crate::order;
use crate::report::RecordState;

/// Ends the flights to titles that are gone; gives back the others.
pub fn end(run: &mut Run, flights: Vec<Flight>) -> Result<Vec<Flight>, Stop> {
    let works = order::set(flights.iter().filter_map(destination));
    let works: Vec<WorkId> = works.into_iter().collect();
    let gone = order::set(lookup::gone(run, &works)?.into_iter().map(|t| t.id));
    let (orphans, flying): (Vec<_>, Vec<_>) = flights
        .into_iter()
        .partition(|flight| destination(flight).is_some_and(|work| gone.contains(&work)));
    for orphan in orphans {
        let why = "its title was deleted in Consonance while the image was on its way";
        orphan.drop_intent(run, RecordState::Deferred, why)?;
    }
    Ok(flying)
}

fn destination(flight: &Flight) -> Option<WorkId> {
    flight.intent.desired.as_ref().map(|desired| WorkId(desired.work))
}
