//! What a run of these flows would do, page by page. How many changes each collection needs is
//! found out once, over as many calls as it takes; the later pages only look again into those that
//! they show.

use super::commit;
use super::compare;
use super::flight::Flight;
use super::listing::Purpose;
use super::looked::{self, Looked};
use super::{planned, questions, renames};
use crate::config::Config;
use crate::engine::budget::{Allowance, Budget};
use crate::engine::lease::Held;
use crate::engine::observe::observe;
use crate::engine::plan::change::Page;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::engine::stream::{Ended, finish, leased, load_memory};
use crate::platform::Platform;

/// How often people are told how far it is.
const TOLD_EVERY: u64 = 50;

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
        let purpose = Purpose::Plan { is_first: fresh };
        let (mut compared, listing) = planned(run, lease, page.freshness, purpose)?;
        // As `run` asks, before it looks closer.
        questions::guard(run, &mut compared);
        let mut flights = compared.flights;
        let item = questions::awaits(run, &memory, &flights);
        let mut looked = Looked::of_plan(run, fresh)?;
        let told = tell(run, lease, &mut flights, &mut looked, page);
        let is_shown = told.is_ok();
        let goes_on = match &told {
            Ok(()) => page.end() < page.total,
            Err(stop) => matches!(stop, Stop::Paused(_)),
        };
        listing.end_of_page(run, goes_on, is_shown)?;
        looked.end_of_page(run, goes_on, is_shown)?;
        told?;
        if let Some(item) = item {
            run.inbox.raise(item);
        }
        run.inbox.store(run.platform, fresh)
    });
    finish(run, end)
}

/// Fills the page. What fits into the call is a page, however long it should be.
fn tell(
    run: &mut Run,
    lease: &mut Held,
    flights: &mut [Flight],
    looked: &mut Looked,
    page: &mut Page,
) -> Result<(), Stop> {
    let known: Vec<Option<usize>> = flights.iter().map(|flight| looked.changes(flight)).collect();
    let (mut done, total) = (0_u64, flights.len() as u64);
    for (flight, known) in flights.iter_mut().zip(&known) {
        if known.is_none() {
            lease.renew(run.platform)?;
            look(run, flight, looked)?;
        }
        done += 1;
        if done.is_multiple_of(TOLD_EVERY) {
            run.platform.progress("collections", done, Some(total));
        }
    }
    for (flight, known) in flights.iter_mut().zip(known) {
        let mut count = known;
        if known.is_some_and(|count| page.shows(count)) {
            lease.renew(run.platform)?;
            match look(run, flight, looked) {
                Ok(()) => count = None,
                Err(Stop::Paused(_)) if page.close() => {}
                Err(stop) => return Err(stop),
            }
        }
        add(run, flight, count, page)?;
    }
    Ok(())
}

fn look(run: &mut Run, flight: &mut Flight, looked: &mut Looked) -> Result<(), Stop> {
    let basis = looked::basis(flight);
    renames::look(run, std::slice::from_mut(flight))?;
    compare::closer(run, flight)?;
    // A question is asked again by each page.
    if flight.end.is_none() && !flight.asks {
        looked.note(flight, basis, flight.all().len());
    }
    Ok(())
}

/// `known`: how many changes it needs, where it was not looked into for this page.
fn add(
    run: &mut Run,
    flight: &mut Flight,
    known: Option<usize>,
    page: &mut Page,
) -> Result<(), Stop> {
    let changes = if known.is_none() { questions::changes(flight) } else { Vec::new() };
    let count = known.unwrap_or(changes.len());
    if known == Some(0) {
        flight.rest();
    }
    flight.changed = count > 0;
    page.add(&flight.desired.marker, count, || Ok::<_, Stop>(changes))?;
    commit::report(run, flight);
    Ok(())
}
