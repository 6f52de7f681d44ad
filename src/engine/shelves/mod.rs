//! The flows towards Smint.io: collections of ours in Portals, with their members and context
//! cards. One order for all: lease, observe, wanted, listing, compare, guard, drive.

pub mod cards;
pub mod commit;
pub mod compare;
pub mod desired;
pub mod drive;
pub mod flight;
pub mod known;
pub mod listing;
pub mod members;
pub mod questions;
pub mod shares;

use super::budget::{Allowance, Budget};
use super::lease::Held;
use super::observe::observe;
use super::observe::purchases::Freshness;
use super::plan::change::Page;
use super::run::Run;
use super::stop::Stop;
use super::stream::{self, Ended, finish, leased, load_memory, save};
use crate::config::Config;
use crate::flows::{exchange, kit, tags};
use crate::platform::Platform;
use crate::report::RecordState;
use flight::Flight;
use listing::Listing;

/// The flows that this engine runs.
pub const FLOWS: [&str; 3] = [exchange::FLOW, kit::FLOW, tags::FLOW];

/// Runs a flow.
pub fn run(platform: &dyn Platform, config: &Config, flow: &str, allowance: Allowance) -> Ended {
    let mut run = Run::begin(platform, config, flow, Budget::start(platform, allowance));
    let end = leased(&mut run, |run, lease| {
        let memory = load_memory(run)?;
        let freshness = observe(run, lease)?;
        let (mut flights, listing) = planned(run, lease, freshness)?;
        questions::guard(run, &mut flights);
        if let Some(item) = questions::awaits(run, &memory.0, &flights) {
            return Err(await_answer(run, item, &flights));
        }
        questions::prove_names(run, &flights)?;
        let memory = questions::accept(run, memory)?;
        let ended = drive::drive(run, lease, &mut flights);
        for flight in flights.iter().filter(|flight| ended.is_err() || flight.end.is_some()) {
            commit::report(run, flight);
        }
        listing.end_of_call(run, matches!(ended, Err(Stop::Paused(_))))?;
        run.inbox.store(run.platform, ended.is_ok())?;
        ended?;
        let after = crate::state::flow::FlowMemory { completed: true, ..memory.0.clone() };
        save(run, memory, after).map(|_| ())
    });
    finish(run, end)
}

/// What `run` would do now. Writes nothing at any vendor.
pub fn plan(
    platform: &dyn Platform,
    config: &Config,
    flow: &str,
    allowance: Allowance,
    fresh: bool,
    page: &mut Page,
) -> Ended {
    let mut run = Run::begin(platform, config, flow, Budget::start(platform, allowance));
    run.inbox.look_only();
    let end = leased(&mut run, |run, lease| {
        let (memory, _) = load_memory(run)?;
        if fresh {
            page.freshness = observe(run, lease)?;
        }
        let (mut flights, listing) = planned(run, lease, page.freshness)?;
        // As `run` asks, before it looks closer.
        questions::guard(run, &mut flights);
        let item = questions::awaits(run, &memory, &flights);
        if let Err(stop) = compare::look(run, &mut flights) {
            listing.end_of_call(run, matches!(stop, Stop::Paused(_)))?;
            return Err(stop);
        }
        for flight in &mut flights {
            let changes = questions::changes(flight);
            flight.changed = !changes.is_empty();
            page.add(&flight.desired.marker, changes.len(), || Ok::<_, Stop>(changes))?;
            commit::report(run, flight);
        }
        if let Some(item) = item {
            run.inbox.raise(item);
        }
        run.inbox.store(run.platform, fresh)
    });
    finish(run, end)
}

/// The collections on their way, and the listing on which that rests.
fn planned(
    run: &mut Run,
    lease: &mut Held,
    freshness: Freshness,
) -> Result<(Vec<Flight>, Listing), Stop> {
    let wanted = desired::wanted(run, freshness)?;
    let known = known::briefs(run)?;
    let listing = listing::read(run, lease, &known)?;
    match compare::compare(run, wanted, &known, &listing) {
        Ok(flights) => Ok((flights, listing)),
        Err(stop) => {
            listing.end_of_call(run, matches!(stop, Stop::Paused(_)))?;
            Err(stop)
        }
    }
}

fn await_answer(run: &mut Run, item: super::inbox::Item, flights: &[Flight]) -> Stop {
    for flight in flights {
        run.report.record(&compare::record(&flight.desired), RecordState::Deferred);
    }
    stream::await_answer(run, item)
}
