//! What a run that died, or an answer that was lost, left behind. Each intent is finished or
//! disproved before anything new is planned for its asset.

use std::collections::{BTreeMap, BTreeSet};

use super::create;
use super::drive::{self, Patience};
use super::flight::{Flight, look};
use super::orphans;
use super::replace::delete;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lease::Held;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::{AssetId, WorkId};
use crate::model::title::{Resource, Title};
use crate::report::{Outcome, RecordState};
use crate::state::intent::{Intent, Stage};
use crate::state::keys::sha256_hex;
use crate::state::link::{Appearance, Link};
use crate::state::store;

/// Intents whose create surely is not there yet, with their versions: a new plan for the asset
/// takes them over, so that a very late effect is still recognised.
pub type Carried = BTreeMap<AssetId, (Intent, u64)>;

/// What recovery leaves to the run.
pub struct Recovered {
    /// To be taken over by new plans.
    pub carried: Carried,
    /// Still waiting for Consonance: their assets are not planned.
    pub waiting: Vec<Flight>,
}

/// Flights recovered at once.
const AT_ONCE: usize = 25;

/// Finishes or disproves every stored intent.
pub fn recover(run: &mut Run, lease: &mut Held) -> Result<Recovered, Stop> {
    let mut flights = Vec::new();
    store::scan(run.platform, "intent/", |entry| {
        let stored = store::decode::<Intent>(entry)?;
        let (intent, version) = (stored.value, stored.version);
        flights.push(Flight::new(intent, version, None));
        Ok(())
    })?;
    let mut flights = orphans::end(run, flights)?;
    let mut taken = taken(run, &flights)?;
    let mut recovered = Recovered { carried: Carried::new(), waiting: Vec::new() };
    while !flights.is_empty() {
        let chunk = flights.split_off(flights.len().saturating_sub(AT_ONCE));
        let titles = look(run, &chunk)?;
        let mut known = Vec::new();
        for flight in chunk {
            match identify(run, flight, &titles, &taken)? {
                Identified::Flies(flight) => {
                    taken.extend(flight.intent.created());
                    known.push(flight);
                }
                Identified::Waits(flight) => recovered.waiting.push(flight),
                Identified::Absent(flight) if flight.intent.refused.is_some() => {
                    let words = flight.intent.refused.clone().unwrap_or_default();
                    create::end_refused(run, &flight, &words)?;
                }
                Identified::Absent(flight) => {
                    recovered.carried.insert(flight.asset(), (flight.intent, flight.version));
                }
            }
        }
        recovered.waiting.extend(drive::drive(run, lease, known, Patience::Short)?);
    }
    for flight in &mut recovered.waiting {
        flight.unsettled = matches!(flight.intent.stage, Stage::Sending { .. });
    }
    Ok(recovered)
}

/// Ends the carried intents that no plan took over: their creates are not there.
pub fn forget(run: &Run, carried: Carried) -> Result<(), Stop> {
    for (asset, (_, version)) in carried {
        store::delete(run.platform, &crate::state::keys::intent(&asset), version)?;
    }
    Ok(())
}

/// Images that are known to be other assets': one that merely looks alike is not adopted twice.
fn taken(run: &Run, flights: &[Flight]) -> Result<BTreeSet<i64>, Stop> {
    let mut taken = BTreeSet::new();
    taken.extend(flights.iter().filter_map(|f| f.intent.created()));
    if flights.iter().any(|f| matches!(f.intent.stage, Stage::Sending { .. })) {
        store::scan(run.platform, "link/", |entry| {
            let link = store::decode::<Link>(entry)?.value;
            taken.extend(link.resource.into_iter().chain(link.rest).map(|placed| placed.id));
            Ok(())
        })?;
    }
    Ok(taken)
}

enum Identified {
    Flies(Flight),
    Waits(Flight),
    Absent(Flight),
}

fn identify(
    run: &mut Run,
    mut flight: Flight,
    titles: &BTreeMap<WorkId, Title>,
    taken: &BTreeSet<i64>,
) -> Result<Identified, Stop> {
    let Stage::Sending { at } = flight.intent.stage else {
        return Ok(Identified::Flies(flight));
    };
    let wanted = flight.intent.desired.clone().unwrap_or_default();
    let Some(title) = titles.get(&WorkId(wanted.work)) else {
        return Ok(Identified::Waits(flight));
    };
    let new: Vec<&Resource> =
        title.resources.iter().filter(|r| !flight.intent.before.contains(&r.id.0)).collect();
    let by_hash: Vec<i64> =
        new.iter().filter(|r| is_ours(&flight.intent, r)).map(|r| r.id.0).collect();
    let alike: Vec<i64> = new
        .iter()
        .filter(|r| !taken.contains(&r.id.0) && resembles(&wanted, r))
        .map(|r| r.id.0)
        .collect();
    let settled = run.platform.now().0 >= at.saturating_add(run.config.engine.settle_ms);
    match (by_hash.iter().min(), alike.as_slice()) {
        (Some(first), _) => adopt(run, flight, *first, &by_hash, at),
        // Consonance says that it did not make it, so one that looks alike may be a person's.
        (None, [_, ..]) if flight.intent.refused.is_some() => {
            maybe_created(run, &flight, &alike);
            flight.asks = true;
            Ok(Identified::Waits(flight))
        }
        (None, [one]) => adopt(run, flight, *one, &[], at),
        (None, [_, _, ..]) => {
            maybe_created(run, &flight, &alike);
            flight.asks = true;
            Ok(Identified::Waits(flight))
        }
        (None, []) if settled => Ok(Identified::Absent(flight)),
        (None, []) => Ok(Identified::Waits(flight)),
    }
}

fn adopt(
    run: &mut Run,
    mut flight: Flight,
    id: i64,
    all: &[i64],
    at: u64,
) -> Result<Identified, Stop> {
    for double in all.iter().filter(|other| **other != id) {
        delete(run, crate::model::ids::ResourceId(*double))?;
    }
    flight.advance(run, Stage::Created { id, at })?;
    Ok(Identified::Flies(flight))
}

fn is_ours(intent: &Intent, resource: &Resource) -> bool {
    let hash = resource.remote_url.as_deref().map(|url| sha256_hex(url.as_bytes()));
    hash.is_some_and(|hash| intent.url_hashes.contains(&hash))
}

/// Equal in everything that we sent: for a vendor that rewrites or hides the address.
fn resembles(wanted: &Appearance, resource: &Resource) -> bool {
    let products: Vec<i64> = resource.products.iter().map(|p| p.0).collect();
    products == wanted.products
        && resource.variant == wanted.variant
        && resource.caption == wanted.caption
        && resource.copyright == wanted.copyright
        && resource.required_credit == wanted.required_credit
}

fn maybe_created(run: &mut Run, flight: &Flight, alike: &[i64]) {
    let why = format!(
        "whether a create was carried out is not known, and new images in Consonance look like it \
         (resources {alike:?}): delete those that should not be there, then run again"
    );
    let record = flight.intent.asset.clone();
    run.inbox.raise(Item::new(Kind::MaybeCreated, &record, why.clone()));
    run.report.outcome(Outcome {
        record_id: record,
        state: RecordState::Inbox,
        why,
        decision: None,
    });
}
