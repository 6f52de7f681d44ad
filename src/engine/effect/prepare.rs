//! Right before the effect: look again, judge again, get the file's address, store the intent.

use std::collections::BTreeMap;

use super::address::{self, Addressed};
use super::flight::{self, Flight, look_at};
use super::recover::Carried;
use crate::engine::plan::contest;
use crate::engine::plan::diff::{Basis, Diff, diff};
use crate::engine::plan::judge::{Judged, judge};
use crate::engine::plan::operation::Operation;
use crate::engine::plan::planner::{Plan, Standing};
use crate::engine::plan::survey::Subject;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::placement::{Judgement, Loss};
use crate::model::ids::{AssetId, WorkId};
use crate::model::title::Title;
use crate::report::{Outcome, RecordState};
use crate::state::intent::{Intent, Stage};
use crate::state::keys::sha256_hex;
use crate::state::link::Placed;
use crate::state::{keys, store};

/// Makes flights of the operations that still hold.
pub fn prepare(
    run: &mut Run,
    plan: &Plan,
    operations: &[Operation],
    carried: &mut Carried,
) -> Result<Vec<Flight>, Stop> {
    let works: Vec<WorkId> = operations.iter().flat_map(works_of).collect();
    let titles = look_at(run, &works)?;
    let mut fresh = judged_again(run, plan, operations)?;
    let mut valid = Vec::with_capacity(operations.len());
    for operation in operations {
        let judged = fresh.remove(&operation.asset);
        match judged.and_then(|judged| still_holds(run, plan, operation, judged, &titles)) {
            Some(operation) => valid.push(operation),
            None => defer(run, operation, "it changed while the run worked; the next run decides"),
        }
    }
    let mut flights = Vec::with_capacity(valid.len());
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
            Addressed::Later(why) => defer(run, &operation, &why),
        }
    }
    Ok(flights)
}

fn works_of(operation: &Operation) -> impl Iterator<Item = WorkId> {
    let old = operation.old.as_ref().map(|o| WorkId(o.asked.work));
    std::iter::once(operation.work).chain(old.filter(|w| *w != operation.work))
}

fn defer(run: &mut Run, operation: &Operation, why: &str) {
    run.report.outcome(Outcome {
        record_id: operation.asset.0.clone(),
        state: RecordState::Deferred,
        why: why.to_owned(),
        decision: None,
    });
}

/// The assets of the operations, judged by the fresh look.
fn judged_again(
    run: &Run,
    plan: &Plan,
    operations: &[Operation],
) -> Result<BTreeMap<AssetId, Judged>, Stop> {
    let subjects: Vec<Subject> =
        operations.iter().filter_map(|o| plan.survey.subject(&o.asset)).cloned().collect();
    let judged = judge(run, &plan.survey, &subjects, plan.freshness)?;
    Ok(judged.into_iter().map(|j| (j.stored.asset.id.clone(), j)).collect())
}

/// The operation as the fresh look gives it, if it is still the one that was planned.
fn still_holds(
    run: &Run,
    plan: &Plan,
    planned: &Operation,
    judged: Judged,
    titles: &BTreeMap<WorkId, Title>,
) -> Option<Operation> {
    let mut standing = Standing::from(judged);
    narrow_to_plan(&mut standing, planned);
    let basis = Basis {
        title: titles.get(&planned.work),
        ours: &plan.survey.ours,
        inbox: &run.inbox,
        withdrawal: run.config.engine.withdrawal,
    };
    match diff(&standing, &basis) {
        Diff::Write(now) if now.desired == planned.desired && now.old == planned.old => Some(*now),
        _ => None,
    }
}

/// A contest over an edition was settled in the plan; the fresh judgement knows nothing of it.
fn narrow_to_plan(standing: &mut Standing, planned: &Operation) {
    if planned.desired.is_none() && contest::is_lost(&planned.why) {
        let why = planned.why.clone();
        standing.judgement = Judgement::Withdraw { why, certain: true, decision: None };
        return;
    }
    let (Judgement::Place(placement), Some(wanted)) = (&mut standing.judgement, &planned.desired)
    else {
        return;
    };
    if placement.role.is_exclusive() {
        for product in placement.appearance.products.clone() {
            if !wanted.products.contains(&product) {
                placement.miss(product, "another image is there".to_owned(), Loss::Chosen);
            }
        }
    }
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
            defer(run, operation, "its title cannot be read from Consonance now");
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
        desired: operation.desired.clone(),
        old: operation.old.clone(),
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
