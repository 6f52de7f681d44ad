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
pub mod looked;
pub mod members;
pub mod plan;
pub mod questions;
pub mod renames;
pub mod shares;
pub mod wanted;

use super::budget::{Allowance, Budget};
use super::lease::Held;
use super::observe::observe;
use super::observe::purchases::Freshness;
use super::run::Run;
use super::stop::Stop;
use super::stream::{self, Ended, finish, leased, load_memory, save};
use crate::config::Config;
use crate::flows::{exchange, kit, tags};
use crate::platform::Platform;
use crate::report::RecordState;
use compare::Compared;
use flight::Flight;
use listing::{Listing, Purpose};
use looked::Looked;
pub use plan::plan;

/// The flows that this engine runs.
pub const FLOWS: [&str; 3] = [exchange::FLOW, kit::FLOW, tags::FLOW];

/// Runs a flow.
pub fn run(platform: &dyn Platform, config: &Config, flow: &str, allowance: Allowance) -> Ended {
    let mut run = Run::begin(platform, config, flow, Budget::start(platform, allowance));
    let end = leased(&mut run, |run, lease| {
        let memory = load_memory(run)?;
        let freshness = observe(run, lease)?;
        let (mut compared, listing) = planned(run, lease, freshness, Purpose::Run)?;
        questions::guard(run, &mut compared);
        let mut flights = compared.flights;
        if let Some(item) = questions::awaits(run, &memory.0, &flights) {
            return Err(await_answer(run, item, &flights));
        }
        questions::prove_names(run, &flights)?;
        let memory = questions::accept(run, memory)?;
        let mut looked = Looked::of_run(run)?;
        let ended = drive::drive(run, lease, &mut flights, &mut looked);
        for flight in flights.iter().filter(|flight| ended.is_err() || flight.end.is_some()) {
            commit::report(run, flight);
        }
        let pauses = matches!(ended, Err(Stop::Paused(_)));
        run.inbox.store(run.platform, ended.is_ok())?;
        listing.end_of_call(run, pauses)?;
        looked.end_of_call(run, pauses)?;
        ended?;
        let after = crate::state::flow::FlowMemory { completed: true, ..memory.0.clone() };
        save(run, memory, after).map(|_| ())
    });
    finish(run, end)
}

/// The collections on their way, and the listing on which that rests.
fn planned(
    run: &mut Run,
    lease: &mut Held,
    freshness: Freshness,
    purpose: Purpose,
) -> Result<(Compared, Listing), Stop> {
    let wanted = desired::wanted(run, freshness)?;
    let known = known::briefs(run)?;
    let listing = listing::read(run, lease, &known, purpose)?;
    match compare::compare(run, wanted, &known, &listing) {
        Ok(compared) => Ok((compared, listing)),
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
