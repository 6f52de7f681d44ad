//! The planner that `plan` and `run` share. With an unmoved world it gives the same operations in
//! the same order, whoever asks.

use std::collections::BTreeSet;

use super::awaited::{self, Asked};
use super::contest;
use super::covers::Covers;
use super::diff::{Basis, Diff, diff};
use super::guard::{Guarded, Known, guard};
use super::judge::{Judged, judge};
use super::operation::Operation;
use super::refused;
use super::sketch::Sketch;
use super::survey::{Subject, Survey, survey};
use crate::engine::inbox::Item;
use crate::engine::lookup;
use crate::engine::observe::purchases::Freshness;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::placement::Judgement;
use crate::model::ids::{AssetId, WorkId};
use crate::order;
use crate::report::{Outcome, RecordState};
use crate::rights::Decision;
use crate::state::flow::FlowMemory;
use crate::state::keys;
use crate::state::link::Link;

/// Assets judged at once, or all of one title: their records fit into memory many times over.
const AT_ONCE: usize = 50;

/// An asset with its judgement and what we have on a title.
#[derive(Debug)]
pub struct Standing {
    /// The asset.
    pub asset: AssetId,
    /// Whether it is a member of its approval collection.
    pub approved: bool,
    /// What shall be.
    pub judgement: Judgement,
    /// What we put there.
    pub link: Option<Link>,
    /// Where the deliveries are kept that its rights rest on.
    pub rests_on: Vec<String>,
}

/// What shall be done.
#[derive(Debug)]
pub struct Plan {
    /// The changes in brief, in order.
    pub operations: Vec<Sketch>,
    /// How many more the guard withholds.
    pub withheld: usize,
    /// What the guard shows, and what people let pass.
    pub covers: Covers,
    /// What the first pass found; the effects judge by it again.
    pub survey: Survey,
    /// Whether the licences are as new as the vendor's.
    pub freshness: Freshness,
    /// The question that must be answered before anything of this is done.
    pub awaits: Option<Item>,
}

impl Plan {
    /// Whether it shows everything that there is to do.
    pub fn is_whole(&self) -> bool {
        self.withheld == 0 && self.freshness == Freshness::Fresh
    }
}

/// Makes the plan from the mirrors, and tells the report how each record ended.
/// Assets in `waiting` have an effect on its way and are left alone.
pub fn plan(
    run: &mut Run,
    freshness: Freshness,
    memory: &FlowMemory,
    waiting: &BTreeSet<AssetId>,
) -> Result<Plan, Stop> {
    let survey = survey(run)?;
    let mut operations = Vec::new();
    let (mut done, total) = (0_u64, survey.subjects.count() as u64);
    // An edition has rivals on its own title only, so that titles can be settled one by one.
    for chunk in survey.subjects.by_title(AT_ONCE) {
        let mut standings = standings(run, &survey, &chunk, freshness)?;
        contest::settle(&mut standings, &run.inbox);
        compare(run, &survey, &standings, waiting, &mut operations)?;
        run.inbox.relieve(run.platform)?;
        done += chunk.len() as u64;
        run.platform.progress("clearing", done, Some(total));
    }
    order::sort_by_cached_key(&mut operations, |operation| keys::asset(&operation.asset));
    let known = Known {
        placed: survey.placed,
        first_run_done: memory.completed,
        mapping_changed: memory.completed && is_changed(run, memory),
        now: run.platform.now().0,
    };
    let mut covers = Covers::load(run.platform, &run.inbox)?;
    let Guarded { passed, withheld, questions } = guard(operations, &known, &mut covers);
    for question in questions {
        run.inbox.raise(question);
    }
    for operation in &withheld {
        note(run, &operation.asset, RecordState::Inbox, "withheld by the guard", None);
    }
    let Asked { passed, later, awaits } = awaited::ask(run, memory, passed, &mut covers);
    for operation in &later {
        let why = "it came after the plan that was accepted; a later run decides about it";
        note(run, &operation.asset, RecordState::Deferred, why, None);
    }
    let withheld = withheld.len();
    Ok(Plan { operations: passed, withheld, covers, survey, freshness, awaits })
}

/// Compares what shall be with what is there, and keeps what has to be done.
fn compare(
    run: &mut Run,
    survey: &Survey,
    standings: &[Standing],
    waiting: &BTreeSet<AssetId>,
    operations: &mut Vec<Sketch>,
) -> Result<(), Stop> {
    let works: Vec<WorkId> = standings.iter().filter_map(work_of).collect();
    let titles = lookup::titles(run, &works)?;
    for standing in standings {
        if waiting.contains(&standing.asset) {
            // Unless a person was asked about that change: then it waits for the answer.
            if run.report.state(standing.asset.as_str()) != Some(RecordState::Inbox) {
                let why = "a change of it is on its way to Consonance";
                note(run, &standing.asset, RecordState::Deferred, why, None);
            }
            continue;
        }
        let basis = Basis {
            title: work_of(standing).and_then(|work| titles.get(&work)),
            ours: &survey.ours,
            inbox: &run.inbox,
            withdrawal: run.config.engine.withdrawal,
        };
        let outcome = diff(standing, &basis);
        // How it looks now is not known: it may come off, and nothing else.
        let goes = matches!(&outcome, Diff::Write(operation) if operation.is_withdrawal());
        if goes || !run.unread.contains(&standing.asset) {
            operations.extend(settled(run, standing, outcome).map(|made| Sketch::of(&made)));
        }
    }
    Ok(())
}

/// The assets of some titles with their judgements.
pub fn standings(
    run: &Run,
    survey: &Survey,
    subjects: &[Subject],
    freshness: Freshness,
) -> Result<Vec<Standing>, Stop> {
    let judged = judge(run, survey, subjects, freshness)?.into_iter();
    Ok(judged.map(Standing::from).collect())
}

impl From<Judged> for Standing {
    fn from(judged: Judged) -> Self {
        Self {
            asset: judged.stored.asset.id,
            approved: judged.stored.approved,
            judgement: judged.assessment.judgement,
            link: judged.link.map(|(link, _)| link),
            rests_on: judged.rests_on,
        }
    }
}

/// The work that matters for an asset: where it shall be, else where it is.
pub fn work_of(standing: &Standing) -> Option<WorkId> {
    match &standing.judgement {
        Judgement::Place(placement) => Some(placement.work),
        _ => standing.link.as_ref().map(|link| WorkId(link.work)),
    }
}

/// Tells the report how the record ended; gives back what still has to be done.
fn settled(run: &mut Run, standing: &Standing, outcome: Diff) -> Option<Operation> {
    let asset = &standing.asset;
    let refused = match &standing.judgement {
        Judgement::Place(placement) => refused::question(asset, &placement.refused),
        _ => None,
    };
    if let Some(item) = &refused {
        run.inbox.raise(item.clone());
    }
    match outcome {
        Diff::Write(operation) => return Some(*operation),
        Diff::Agreed if refused.is_some() => {
            let why = refused.map(|item| item.message).unwrap_or_default();
            note(run, asset, RecordState::Inbox, &why, None);
        }
        Diff::Agreed => run.report.record(asset.as_str(), RecordState::Unchanged),
        Diff::Ask(item) => {
            note(run, asset, RecordState::Inbox, &item.message.clone(), None);
            run.inbox.raise(item);
        }
        Diff::NotWanted(why) if standing.approved => {
            let decision = match &standing.judgement {
                Judgement::Withdraw { decision, .. } => decision.clone(),
                _ => None,
            };
            note(run, asset, RecordState::Skipped, &why, decision);
        }
        Diff::NotWanted(_) => {}
        Diff::Left(why) => left(run, standing, &why),
    }
    None
}

fn left(run: &mut Run, standing: &Standing, why: &str) {
    let asset = standing.asset.as_str();
    let Judgement::Hold { state, kind, why: reason, facts, choices } = &standing.judgement else {
        note(run, &standing.asset, RecordState::Skipped, why, None);
        return;
    };
    note(run, &standing.asset, *state, why, None);
    if *state == RecordState::Inbox {
        let facts = facts.clone().unwrap_or_else(|| reason.clone());
        let item = Item::about(*kind, asset, reason.clone(), facts);
        run.inbox.raise(item.with_choices(choices.clone()));
    }
}

fn note(run: &mut Run, asset: &AssetId, state: RecordState, why: &str, decision: Option<Decision>) {
    run.report.outcome(Outcome {
        record_id: asset.0.clone(),
        state,
        why: why.to_owned(),
        decision,
    });
}

fn is_changed(run: &Run, memory: &FlowMemory) -> bool {
    memory.mapping_hash.as_ref().is_some_and(|old| *old != run.config.mapping_hash)
}
