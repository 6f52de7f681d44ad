//! What a plan keeps of an operation, so that the plan of a large catalogue fits into memory: as
//! much as the guard, the counts and the budget ask about. The operation itself is made again from
//! the mirrors, a few at a time, right before it is shown or carried out.

use std::collections::BTreeMap;

use super::contest;
use super::covers::short;
use super::diff::{Basis, Diff, diff};
use super::operation::Operation;
use super::past::{changed, swings};
use super::planner::{Plan, standings, work_of};
use crate::engine::lookup;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::{AssetId, WorkId};
use crate::model::title::Title;
use crate::order;

/// An operation in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// The asset.
    pub asset: AssetId,
    /// The work that it is about.
    pub work: WorkId,
    /// The work that our old image of it is on, if that is another one.
    pub old_work: Option<WorkId>,
    /// What becomes of the image.
    pub image: Image,
    /// Whether something of ours goes from a title or from some of its editions.
    pub takes_away: bool,
    /// How many changes it makes at most.
    pub writes: u16,
    /// Whether what it takes away goes because the rights got worse.
    pub by_rights: bool,
    /// Whether it brings back what was there before the last change.
    pub swings: bool,
    /// The fields in which a replacement differs from what it replaces.
    pub fields: Vec<&'static str>,
    /// Why it takes something away.
    pub why: Option<Box<str>>,
    /// What the change is, whenever it is planned: a hash of what shall be there and what goes.
    pub id: String,
}

/// What becomes of an image of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Image {
    /// It is put where none of ours was.
    New,
    /// An older one is made again for other editions.
    Copied,
    /// It comes in the place of an old one.
    Replaced,
    /// It goes.
    Withdrawn,
    /// Only its web links change.
    Stays,
}

impl Sketch {
    /// The operation in brief.
    pub fn of(operation: &Operation) -> Self {
        let image = match (operation.create, &operation.old) {
            (true, None) if operation.copies.is_some() => Image::Copied,
            (true, None) => Image::New,
            (true, Some(_)) => Image::Replaced,
            (false, _) if operation.is_withdrawal() => Image::Withdrawn,
            (false, _) => Image::Stays,
        };
        let old = operation.old.as_ref().map(|old| WorkId(old.asked.work));
        Self {
            asset: operation.asset.clone(),
            work: operation.work,
            old_work: old.filter(|work| *work != operation.work),
            image,
            takes_away: operation.takes_away(),
            writes: u16::try_from(operation.writes()).unwrap_or(u16::MAX),
            by_rights: operation.by_rights,
            swings: swings(operation),
            fields: fields(operation),
            why: operation.takes_away().then(|| operation.why.as_str().into()),
            id: id(operation),
        }
    }

    /// Whether the operation is the one that was planned.
    pub fn is_of(&self, operation: &Operation) -> bool {
        self.id == id(operation)
    }

    /// The works that it touches.
    pub fn works(&self) -> impl Iterator<Item = WorkId> {
        std::iter::once(self.work).chain(self.old_work)
    }
}

fn id(operation: &Operation) -> String {
    let old: Vec<i64> = operation.old.iter().chain(&operation.also).map(|old| old.id).collect();
    let desired = serde_json::to_string(&operation.desired).unwrap_or_default();
    short(&format!("{} {} {old:?} {desired}", operation.asset, operation.work))
}

fn fields(operation: &Operation) -> Vec<&'static str> {
    let (Some(old), Some(desired)) = (&operation.old, &operation.desired) else {
        return Vec::new();
    };
    changed(&old.asked, desired).into_iter().map(|(field, _, _)| field).collect()
}

/// The operations of these sketches, made again with these titles. One that would not be made any
/// more is absent; one that changed is given as it is now.
pub fn operations(
    run: &Run,
    plan: &Plan,
    sketches: &[Sketch],
    titles: &BTreeMap<WorkId, Title>,
) -> Result<BTreeMap<AssetId, Operation>, Stop> {
    let survey = &plan.survey;
    let wanted = order::set(sketches.iter().map(|sketch| &sketch.asset));
    // Whether an image gets its editions depends on all that claim them.
    let subjects = survey.with_rivals(wanted.iter().copied());
    let mut standings = standings(run, survey, &subjects, plan.freshness)?;
    contest::settle(&mut standings, &run.inbox);
    let mut made = BTreeMap::new();
    for standing in standings.iter().filter(|standing| wanted.contains(&standing.asset)) {
        let basis = Basis {
            title: work_of(standing).and_then(|work| titles.get(&work)),
            ours: &survey.ours,
            inbox: &run.inbox,
            withdrawal: run.config.engine.withdrawal,
        };
        if let Diff::Write(operation) = diff(standing, &basis) {
            made.insert(standing.asset.clone(), *operation);
        }
    }
    Ok(made)
}

/// The operation of one sketch, as the mirrors give it.
pub fn operation(run: &Run, plan: &Plan, sketch: &Sketch) -> Result<Option<Operation>, Stop> {
    let titles = lookup::titles(run, &sketch.works().collect::<Vec<_>>())?;
    Ok(operations(run, plan, std::slice::from_ref(sketch), &titles)?.remove(&sketch.asset))
}
