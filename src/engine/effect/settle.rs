//! Is the new image good? Consonance works on it for a while; then its type, pixels and editions
//! are verified. A bad one is deleted again, and the old one stays.

use std::collections::BTreeMap;

use super::flight::{self, Flight, failed, refuse};
use super::replace::{Deletion, delete};
use crate::engine::plan::diff::shown;
use crate::engine::plan::past::remembered;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::fit;
use crate::model::ids::{ResourceId, WorkId};
use crate::model::title::{Resource, Title};
use crate::report::RecordState;
use crate::state::intent::Stage;
use crate::state::keys::sha256_hex;
use crate::state::link::{Past, Placed};

/// Looks of one run before an image counts as stuck.
const LOOKS_MIN: u32 = 4;

/// What a look at a created image says.
enum Look {
    Failed(String),
    Working,
    Good(Box<Placed>),
    Bad(String),
    Missing,
}

/// Moves every created flight on, as far as one look allows. Gives back those still flying.
pub fn settle(
    run: &mut Run,
    flights: Vec<Flight>,
    titles: &BTreeMap<WorkId, Title>,
) -> Result<Vec<Flight>, Stop> {
    let mut flying = Vec::with_capacity(flights.len());
    for mut flight in flights {
        let Stage::Created { id, at } = flight.intent.stage else {
            flying.push(flight);
            continue;
        };
        let work = flight.intent.desired.as_ref().map(|d| WorkId(d.work));
        let Some(title) = work.and_then(|work| titles.get(&work)) else {
            // Looking again at once would find the same, until the budget is used up.
            flight.unsettled = true;
            flying.push(flight);
            continue;
        };
        doubles(run, &flight, title, id)?;
        flight.looks += 1;
        let look = look(run, &flight, title, id, at);
        let is_failure = matches!(look, Look::Failed(_));
        match look {
            Look::Working => flying.push(flight),
            Look::Good(placed) => {
                flight.advance(run, Stage::Replacing { placed: Some(placed), at })?;
                flying.push(flight);
            }
            Look::Failed(why) | Look::Bad(why) => match delete(run, ResourceId(id))? {
                Deletion::Gone => {
                    // The mirror must not go on showing it, as somebody else's.
                    flight::look(run, std::slice::from_ref(&flight))?;
                    if is_failure {
                        again(run, &flight, &why)?;
                    } else {
                        reject(run, &flight, &why)?;
                    }
                }
                Deletion::Unknown => {
                    flight.unsettled = true;
                    flying.push(flight);
                }
                Deletion::Refused(words) => {
                    flight.refused_deletion(run, id, &words);
                    flying.push(flight);
                }
            },
            Look::Missing => {
                let why = "the image vanished from Consonance before it was processed";
                flight.drop_intent(run, RecordState::Deferred, why)?;
            }
        }
    }
    Ok(flying)
}

/// Consonance failed on it: the next run looks at the file itself before it tries again.
fn again(run: &mut Run, flight: &Flight, why: &str) -> Result<(), Stop> {
    let why = format!("{why}; it was removed again");
    let file = flight.intent.file();
    let state = match failed(run, &flight.asset(), &file, &why)? {
        true => RecordState::Deferred,
        false => RecordState::Inbox,
    };
    flight.drop_intent(run, state, &why)
}

fn reject(run: &mut Run, flight: &Flight, why: &str) -> Result<(), Stop> {
    let why = format!("Consonance took the image and it is not good: {why}. It was removed again");
    refuse(run, &flight.asset(), &flight.intent.file(), &why)?;
    flight.drop_intent(run, RecordState::Inbox, &why)
}

fn look(run: &Run, flight: &Flight, title: &Title, id: i64, at: u64) -> Look {
    let waited = run.platform.now().0.saturating_sub(at);
    let engine = &run.config.engine;
    let Some(resource) = title.resources.iter().find(|r| r.id.0 == id) else {
        // A read right after a write may be older than the write.
        return if waited > engine.settle_ms { Look::Missing } else { Look::Working };
    };
    // After a long pause of ours the clock alone proves nothing: it must be seen at work, too.
    if resource.processing && (waited <= engine.processing_ms_max || flight.looks < LOOKS_MIN) {
        return Look::Working;
    }
    if resource.processing {
        return Look::Bad(format!("it was not processed within {} s", waited / 1_000));
    }
    if resource.url.is_none() {
        let words = resource.job_status.as_deref().unwrap_or("no reason given");
        return Look::Failed(format!("Consonance could not process the image ({words})"));
    }
    match problem(flight, resource) {
        Some(why) => Look::Bad(why),
        None => Look::Good(Box::new(Placed {
            id,
            asked: flight.intent.desired.clone().unwrap_or_default(),
            shown: shown(resource),
            at: run.platform.now().0,
            past: past(flight),
        })),
    }
}

/// What the image that it replaces showed, remembered with the new one.
fn past(flight: &Flight) -> Vec<Past> {
    let both = flight.intent.old.as_ref().zip(flight.intent.desired.as_ref());
    both.map_or_else(Vec::new, |(old, new)| remembered(old, new))
}

fn problem(flight: &Flight, resource: &Resource) -> Option<String> {
    if resource.media_type.as_deref().is_some_and(|t| t != fit::JPEG && t != "image/jpg") {
        return Some(format!("it is {:?}, not a JPEG", resource.media_type));
    }
    let wanted = flight.intent.desired.as_ref()?;
    let products: Vec<i64> = resource.products.iter().map(|p| p.0).collect();
    if products != wanted.products {
        return Some(format!("it is on products {products:?}, expected {:?}", wanted.products));
    }
    let height = resource.height?;
    // Rounded: the ratio is, so that 600 x 1,400 pixels come out as 599.9994.
    let width = resource.aspect_ratio?.millionths.checked_mul(height)?.checked_add(500_000)?;
    let width = width / 1_000_000;
    fit::pixel_problem(flight.intent.fit, width, height)
}

/// A request that was sent twice may have made two: the lowest id stays.
fn doubles(run: &mut Run, flight: &Flight, title: &Title, id: i64) -> Result<(), Stop> {
    let ours = |r: &&Resource| {
        let remote = r.remote_url.as_deref().map(|url| sha256_hex(url.as_bytes()));
        r.id.0 != id
            && !flight.intent.before.contains(&r.id.0)
            && remote.is_some_and(|hash| flight.intent.url_hashes.contains(&hash))
    };
    for double in title.resources.iter().filter(ours) {
        delete(run, double.id)?;
    }
    Ok(())
}
