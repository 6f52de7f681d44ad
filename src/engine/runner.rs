//! One run, one plan: the order in which it is safe.

use std::collections::BTreeSet;

use super::budget::{Allowance, Budget};
use super::effect::{execute, recover};
use super::inbox::{Item, Kind};
use super::lease::Held;
use super::names;
use super::observe::observe;
use super::plan::change::{Page, changes};
use super::plan::guard;
use super::plan::planner::{self, Plan};
use super::plan::sketch;
use super::run::Run;
use super::stop::Stop;
pub use super::stream::Ended;
use super::stream::{self, Memory, finish, leased, load_memory, save};
use crate::config::Config;
use crate::consonance::Write;
use crate::flows::approved_assets::FLOW;
use crate::model::ids::AssetId;
use crate::model::role::Role;
use crate::order;
use crate::platform::Platform;
use crate::report::RecordState;
use crate::report::fingerprint::Fingerprint;
use crate::state::flow::FlowMemory;
use crate::state::store;

/// Runs flow 1.
pub fn run(platform: &dyn Platform, config: &Config, allowance: Allowance) -> Ended {
    let mut run = Run::begin(platform, config, FLOW, Budget::start(platform, allowance));
    let end = leased(&mut run, |run, lease| {
        let memory = load_memory(run)?;
        let recovered = recover::recover(run, lease)?;
        let waiting =
            order::set(recovered.waiting.iter().map(super::effect::flight::Flight::asset));
        let freshness = observe(run, lease)?;
        let plan = planner::plan(run, freshness, &memory.0, &waiting)?;
        plan.covers.store(run.platform)?;
        if let Some(item) = &plan.awaits {
            return Err(await_answer(run, item.clone(), &plan));
        }
        if !plan.operations.is_empty() {
            let roles = Role::ALL.into_iter().map(Write::CreateResource);
            let others = [Write::DeleteResource, Write::CreateWebLink, Write::DeleteWebLink];
            names::prove(run, roles.chain(others))?;
        }
        let memory = accept(run, memory, &plan)?;
        let planned = order::set(plan.operations.iter().map(|o| Fingerprint::of(o.asset.as_str())));
        let covers = plan.covers.clone();
        let ended = apply(run, lease, plan, &planned, recovered);
        run.inbox.store(run.platform, ended.is_ok())?;
        ended?;
        // Before what was let pass goes: else a death between the two would leave a first run that is
        // not over and asks about nothing, so that whatever is new would pass.
        complete(run, memory, &planned)?;
        Ok(covers.ended().store(run.platform)?)
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
        if fresh {
            page.freshness = observe(run, lease)?;
        } else {
            run.unread = unread(run)?;
        }
        let plan = planner::plan(run, page.freshness, &memory, &pending(run)?)?;
        plan.covers.store(run.platform)?;
        for operation in &plan.operations {
            run.report.record(operation.asset.as_str(), RecordState::Written);
            page.add(operation.asset.as_str(), usize::from(operation.writes), || {
                let made = sketch::operation(run, &plan, operation)?;
                Ok::<_, Stop>(made.map_or_else(Vec::new, |made| changes(&made)))
            })?;
        }
        if let Some(item) = plan.awaits {
            run.inbox.raise(item);
        }
        // What only an observation raises is still open on the later pages.
        run.inbox.store(run.platform, fresh)
    });
    finish(run, end)
}

fn apply(
    run: &mut Run,
    lease: &mut Held,
    plan: Plan,
    planned: &BTreeSet<Fingerprint>,
    recovered: recover::Recovered,
) -> Result<(), Stop> {
    let mut carried = recovered.carried;
    let is_planned = |asset: &AssetId| planned.contains(&Fingerprint::of(asset.as_str()));
    let unwanted = order::map(carried.extract_if(.., |asset, _| !is_planned(asset)));
    recover::forget(run, unwanted)?;
    execute::execute(run, lease, plan, carried, recovered.waiting)
}

/// A plan from which something is withheld does not show what a changed mapping would do: the
/// question stays open.
fn accept(run: &Run, memory: Memory, plan: &Plan) -> Result<Memory, Stop> {
    let hash = match &memory.0.mapping_hash {
        Some(old) if !plan.is_whole() => old.clone(),
        _ => run.config.mapping_hash.clone(),
    };
    let after = FlowMemory { accepted: true, mapping_hash: Some(hash), ..memory.0.clone() };
    save(run, memory, after)
}

/// A first run that left much of its plan for later is not over: the guard must not take the rest
/// for a surprise. A few that always have to wait do not keep it open.
fn complete(run: &Run, memory: Memory, planned: &BTreeSet<Fingerprint>) -> Result<(), Stop> {
    let waits = |of: &&Fingerprint| run.report.state_of(**of) == Some(RecordState::Deferred);
    if planned.iter().filter(waits).count() > guard::creates_free(planned.len()) {
        return Ok(());
    }
    let after = FlowMemory { completed: true, ..memory.0.clone() };
    save(run, memory, after).map(|_| ())
}

fn await_answer(run: &mut Run, item: Item, plan: &Plan) -> Stop {
    for operation in &plan.operations {
        run.report.record(operation.asset.as_str(), RecordState::Deferred);
    }
    stream::await_answer(run, item)
}

fn pending(run: &Run) -> Result<BTreeSet<AssetId>, Stop> {
    let mut pending = BTreeSet::new();
    store::scan(run.platform, "intent/", |entry| {
        let intent = store::decode::<crate::state::intent::Intent>(entry)?.value;
        pending.insert(AssetId(intent.asset));
        Ok(())
    })?;
    Ok(pending)
}

/// The assets that the observation of an earlier page could not read.
fn unread(run: &Run) -> Result<BTreeSet<AssetId>, Stop> {
    let mut unread = BTreeSet::new();
    store::scan(run.platform, "inbox/", |entry| {
        let item = store::decode::<crate::state::inbox::Item>(entry)?.value;
        if item.kind == Kind::BadRecord.as_str()
            && let Some(asset) = item.record_id.strip_prefix("asset:")
        {
            unread.insert(AssetId(asset.to_owned()));
        }
        Ok(())
    })?;
    Ok(unread)
}
