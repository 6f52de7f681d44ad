//! Flow 6: links of purchases on their titles. One order, as everywhere: lease, observe, compare,
//! guard, intend, effect, read back, commit. What a dead run left on its way stands in the record
//! itself and is taken up by the next comparison.

pub mod commit;
pub mod compare;
pub mod desired;
pub mod drive;
pub mod flight;
pub mod questions;
mod refused;
mod together;

use super::budget::{Allowance, Budget};
use super::lease::Held;
use super::names;
use super::observe::observe;
use super::observe::purchases::Freshness;
use super::plan::change::Page;
use super::run::Run;
use super::stop::Stop;
use super::stream::{self, Ended, finish, leased, load_memory, save};
use crate::config::Config;
use crate::consonance::Write;
use crate::flows::stock_licences::FLOW;
use crate::platform::Platform;
use crate::report::RecordState;
use crate::state::flow::FlowMemory;
use flight::Flight;

/// Runs the flow.
pub fn run(platform: &dyn Platform, config: &Config, allowance: Allowance) -> Ended {
    let mut run = Run::begin(platform, config, FLOW, Budget::start(platform, allowance));
    let end = leased(&mut run, |run, lease| {
        let memory = load_memory(run)?;
        let mut flights = planned(run, lease, &memory.0, true)?;
        if let Some(item) = questions::awaits(run, &memory.0, &flights) {
            flights.iter_mut().filter(|f| f.is_open()).for_each(Flight::defer);
            flights.iter().for_each(|flight| commit::report(run, flight));
            return Err(stream::await_answer(run, item));
        }
        if flights.iter().any(Flight::is_open) {
            names::prove(run, [Write::CreateWebLink, Write::DeleteWebLink])?;
        }
        let hash = Some(run.config.mapping_hash.clone());
        let after = FlowMemory { accepted: true, mapping_hash: hash, ..memory.0.clone() };
        let memory = save(run, memory, after)?;
        let ended = drive::drive(run, lease, &mut flights);
        flights.iter().for_each(|flight| commit::report(run, flight));
        run.inbox.store(run.platform, ended.is_ok())?;
        ended?;
        let after = FlowMemory { completed: true, ..memory.0.clone() };
        save(run, memory, after).map(|_| ())
    });
    finish(run, end)
}

/// What `run` would do now. Writes nothing at any vendor.
pub fn plan(
    platform: &dyn Platform,
    config: &Config,
    allowance: Allowance,
    fresh: bool,
    page: &mut Page,
) -> Ended {
    let mut run = Run::begin(platform, config, FLOW, Budget::start(platform, allowance));
    run.inbox.look_only();
    let end = leased(&mut run, |run, lease| {
        let (memory, _) = load_memory(run)?;
        let flights = planned(run, lease, &memory, fresh)?;
        for flight in &flights {
            if flight.is_open() {
                let changes = || Ok::<_, Stop>(questions::changes(flight));
                page.add(&flight.record(), flight.writes(), changes)?;
                run.report.record(&flight.record(), RecordState::Written);
            } else {
                commit::report(run, flight);
            }
        }
        if let Some(item) = questions::awaits(run, &memory, &flights) {
            run.inbox.raise(item);
        }
        run.inbox.store(run.platform, fresh)
    });
    finish(run, end)
}

fn planned(
    run: &mut Run,
    lease: &mut Held,
    memory: &FlowMemory,
    fresh: bool,
) -> Result<Vec<Flight>, Stop> {
    if run.config.clapi.is_none() {
        let why = "smintio.clapi is not configured: without the licence feed there are no \
                   purchases";
        return Err(Stop::Denied(why.to_owned()));
    }
    let freshness = if fresh { observe(run, lease)? } else { Freshness::Fresh };
    let mut compared = compare::compare(run, freshness)?;
    questions::guard(run, memory, &mut compared);
    Ok(compared.flights)
}
