//! Right before the effect: look again, judge again, get the file's address, store the intent.

use std::collections::BTreeMap;

use super::address::{self, Addressed};
use super::flight::{self, Flight, look_at};
use super::recover::Carried;
use crate::engine::plan::operation::Operation;
use crate::engine::plan::planner::Plan;
use crate::engine::plan::sketch::{self, Sketch};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::{AssetId, WorkId};
use crate::model::title::Title;
use crate::report::{Outcome, RecordState};
use crate::state::intent::{Intent, Stage};
use crate::state::keys::sha256_hex;
use crate::state::link::Placed;
use crate::state::{keys, store};

/// Makes flights of the planned operations that still hold.
pub fn prepare(
    run: &mut Run,
    plan: &Plan,
    planned: &[Sketch],
    carried: &mut Carried,
) -> Result<Vec<Flight>, Stop> {
    let works: Vec<WorkId> = planned.iter().flat_map(Sketch::works).collect();
    let titles = look_at(run, &works)?;
    let mut fresh = sketch::operations(run, plan, planned, &titles)?;
    let mut valid = Vec::with_capacity(planned.len());
    for sketch in planned {
        match fresh.remove(&sketch.asset).filter(|operation| sketch.is_of(operation)) {
            Some(operation) => valid.push(operation),
            None => {
                defer(run, &sketch.asset, "it changed while the run worked; the next run decides");
            }
        }
    }
    let mut flights = Vec::with_capacity(valid.len());
    let (copies, valid): (Vec<_>, Vec<_>) = valid.into_iter().partition(|o| o.copies.is_some());
    for operation in copies {
        match copy(&operation, &titles) {
            Some(url) => flights.extend(intend(run, &operation, Some(url), &titles, carried)?),
            None => defer(run, &operation.asset, "Consonance does not show where its copy is"),
        }
    }
    for (operation, addressed) in address::addresses(run, valid)? {
        match addressed {
            Addressed::NotNeeded => {
                flights.extend(intend(run, &operation, None, &titles, carried)?);
            }
            Addressed::At(url) => {
                flights.extend(intend(run, &operation, Some(url), &titles, carried)?);
            }
            Addressed::Wrong(why) => {
                let version = operation.desired.as_ref().map_or("", |d| d.version.as_str());
                flight::refuse(run, &operation.asset, version, &why)?;
            }
            Addressed::Later(why) => defer(run, &operation.asset, &why),
        }
    }
    Ok(flights)
}

/// Where Consonance keeps the image of which another is made.
fn copy(operation: &Operation, titles: &BTreeMap<WorkId, Title>) -> Option<String> {
    let resources = &titles.get(&operation.work)?.resources;
    resources.iter().find(|r| Some(r.id.0) == operation.copies)?.url.clone()
}

fn defer(run: &mut Run, asset: &AssetId, why: &str) {
    run.report.outcome(Outcome {
        record_id: asset.0.clone(),
        state: RecordState::Deferred,
        why: why.to_owned(),
        decision: None,
    });
}

fn intend(
    run: &mut Run,
    operation: &Operation,
    url: Option<String>,
    titles: &BTreeMap<WorkId, Title>,
    carried: &mut Carried,
) -> Result<Option<Flight>, Stop> {
    let Some(title) = titles.get(&operation.work) else {
        if operation.desired.is_some() {
            defer(run, &operation.asset, "its title cannot be read from Consonance now");
            return Ok(None);
        }
        let version = carried.remove(&operation.asset).map(|(_, version)| version);
        return store_intent(run, operation, None, Vec::new(), Vec::new(), version).map(Some);
    };
    let mut before: Vec<i64> = title.resources.iter().map(|r| r.id.0).collect();
    let mut hashes: Vec<String> = url.iter().map(|u| sha256_hex(u.as_bytes())).collect();
    let earlier = carried.remove(&operation.asset);
    if let Some((intent, _)) = &earlier {
        // What an earlier, lost request may still bring is recognised as ours.
        before.retain(|id| intent.before.contains(id));
        hashes.extend(intent.url_hashes.clone());
    }
    let version = earlier.map(|(_, version)| version);
    store_intent(run, operation, url, before, hashes, version).map(Some)
}

fn store_intent(
    run: &Run,
    operation: &Operation,
    url: Option<String>,
    before: Vec<i64>,
    url_hashes: Vec<String>,
    version: Option<u64>,
) -> Result<Flight, Stop> {
    let at = run.platform.now().0;
    let kept: Option<Placed> = if operation.create { None } else { kept(run, operation)? };
    let stage = if operation.create {
        Stage::Sending { at }
    } else {
        Stage::Replacing { placed: kept.map(Box::new), at }
    };
    let intent = Intent {
        asset: operation.asset.0.clone(),
        run_id: run.id.clone(),
        why: operation.why.clone(),
        stage,
        copies: operation.copies,
        refused: None,
        desired: operation.desired.clone(),
        old: operation.old.clone(),
        also: operation.also.clone(),
        links: operation.links.clone(),
        old_links: operation.old_links.clone(),
        before,
        url_hashes,
        unlink_previous: operation.unlink_previous,
        download_item: operation.download_item.clone(),
        fit: operation.fit,
        rests_on: operation.rests_on.clone(),
    };
    let key = keys::intent(&operation.asset);
    let version = store::put(run.platform, &key, version, &intent)?;
    Ok(Flight::new(intent, version, url))
}

/// The resource that stays where only web links change.
fn kept(run: &Run, operation: &Operation) -> Result<Option<Placed>, Stop> {
    if operation.desired.is_none() {
        return Ok(None);
    }
    let key = keys::link(&operation.asset);
    let link = store::get::<crate::state::link::Link>(run.platform, &key)?;
    Ok(link.and_then(|l| l.value.resource))
}
