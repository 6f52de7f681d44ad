//! Drives flights through their stages, whatever stage they are in: fresh ones and those of a run
//! that died.

use super::flight::{Flight, look};
use super::{commit, create, links, replace, settle};
use crate::engine::lease::Held;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::date::Instant;
use crate::state::intent::Stage;

/// How long to stay with flights that Consonance still works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// A few looks; the others wait until the end of the run.
    Short,
    /// Until each is good, bad or out of time.
    Long,
}

/// Looks before a chunk lets its slow images wait.
const SHORT_LOOKS: u32 = 5;

/// Drives the flights as far as possible. Gives back those that must wait.
pub fn drive(
    run: &mut Run,
    lease: &mut Held,
    flights: Vec<Flight>,
    patience: Patience,
) -> Result<Vec<Flight>, Stop> {
    if flights.is_empty() {
        return Ok(flights);
    }
    lease.renew(run.platform)?;
    let mut flying = create::send(run, flights)?;
    let mut looks = 0;
    loop {
        let (doubtful, rest): (Vec<_>, Vec<_>) = flying.into_iter().partition(|f| f.unsettled);
        let mut set_aside = doubtful;
        if rest.is_empty() {
            return Ok(set_aside);
        }
        lease.renew(run.platform)?;
        flying = advance(run, rest)?;
        looks += 1;
        if flying.is_empty() || (patience == Patience::Short && looks >= SHORT_LOOKS) {
            set_aside.extend(flying);
            return Ok(set_aside);
        }
        if flying.iter().all(|f| f.unsettled) {
            set_aside.extend(flying);
            return Ok(set_aside);
        }
        run.caller.budget.wait(run.platform, run.config.engine.processing_poll_ms)?;
        flying.extend(set_aside);
    }
}

/// One look, and everything that it allows.
fn advance(run: &mut Run, flights: Vec<Flight>) -> Result<Vec<Flight>, Stop> {
    let titles = look(run, &flights)?;
    let flights = settle::settle(run, flights, &titles)?;
    let (mut ready, working): (Vec<_>, Vec<_>) = flights
        .into_iter()
        .partition(|f| matches!(f.intent.stage, Stage::Replacing { .. }) && !f.unsettled);
    if ready.is_empty() {
        return Ok(working);
    }
    for flight in &mut ready {
        // Nothing can be deleted or committed on a title that cannot be read now.
        let is_blind = flight.works().any(|work| !titles.contains_key(&work));
        flight.unsettled = is_blind;
    }
    replace::replace(run, &mut ready, &titles)?;
    links::bring_in_line(run, &mut ready, &titles)?;
    let (doubtful, done): (Vec<_>, Vec<_>) = ready.into_iter().partition(|f| f.unsettled);
    let titles = look(run, &done)?;
    let mut flying = commit::commit(run, done, &titles)?;
    flying.extend(doubtful);
    flying.extend(working);
    Ok(flying)
}

/// When a flight that waits should be looked at again.
pub fn resume_at(run: &Run, flight: &Flight) -> Instant {
    let engine = &run.config.engine;
    let now = run.platform.now();
    match flight.intent.stage {
        Stage::Sending { at } => Instant(at).plus_ms(engine.settle_ms).max(now),
        _ if flight.unsettled => now.plus_ms(engine.settle_ms.min(engine.processing_poll_ms * 10)),
        _ => now.plus_ms(engine.processing_poll_ms),
    }
}
