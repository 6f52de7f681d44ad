//! What our collections in Portals shall be, from the mirrors: the same survey and the same
//! judgements as flow 1, so that nothing is in a kit that may not be on the title.

use std::collections::{BTreeMap, BTreeSet};

use super::wanted::{Shelves, Wanted};
use crate::engine::lookup;
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::contest;
use crate::engine::plan::judge::{Judged, judge, work_of};
use crate::engine::plan::planner::Standing;
use crate::engine::plan::survey::{Subject, Survey, survey};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::exchange;
use crate::flows::kit::{self, Member};
use crate::flows::placement::Judgement;
use crate::flows::shelf::{Desired, Sharing};
use crate::flows::tags::{self, Tags};
use crate::linking::Linked;
use crate::linking::expression::{self, Expression};
use crate::model::date::Day;
use crate::model::ids::WorkId;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::order;
use crate::rights::{Decision, Verdict};
use crate::state::mirror::StoredTitle;
use crate::state::store;

/// Assets judged and titles read at once.
const AT_ONCE: usize = 50;

/// The group of assets whose title is not decided.
pub const NOWHERE: WorkId = WorkId(0);

/// What is known of the assets of one title.
#[derive(Debug, Default)]
pub struct Group {
    /// Approved assets that the rules link to it.
    pub linked: BTreeSet<String>,
    /// Those that may be used.
    pub members: Vec<Member>,
    /// Those of which nothing is decided now: whatever is there stays.
    pub held: BTreeSet<String>,
    /// Why those of a role may not be used.
    pub others: BTreeMap<Role, String>,
}

/// The collections of a flow.
pub fn wanted(run: &mut Run, freshness: Freshness) -> Result<Wanted, Stop> {
    match run.report.flow.as_str() {
        kit::FLOW => kits(run, freshness),
        tags::FLOW => all_tags(run, freshness),
        _ => cards(run, freshness),
    }
}

/// The assets of some titles, whole ones.
pub type Groups = BTreeMap<WorkId, Group>;

fn hold(held: &mut BTreeSet<String>, groups: &Groups) {
    held.extend(groups.values().flat_map(|group| group.held.iter().cloned()));
}

/// Calls `each` with the assets of every title that has any, some titles at a time: those of all
/// titles would not fit into memory.
pub fn each_groups(
    run: &mut Run,
    freshness: Freshness,
    mut each: impl FnMut(&mut Run, &Groups) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let survey = survey(run)?;
    for chunk in survey.subjects.by_title(AT_ONCE) {
        let groups = groups(run, &survey, &chunk, freshness)?;
        each(run, &groups)?;
    }
    Ok(())
}

fn groups(
    run: &Run,
    survey: &Survey,
    chunk: &[Subject],
    freshness: Freshness,
) -> Result<Groups, Stop> {
    let subjects = order::map(chunk.iter().map(|s| (&s.asset, s)));
    let mut groups = Groups::new();
    let mut standings = Vec::with_capacity(chunk.len());
    let mut facts = BTreeMap::new();
    for judged in judge(run, survey, chunk, freshness)? {
        let asset = judged.stored.asset.id.0.clone();
        let subject = subjects.get(&judged.stored.asset.id);
        let work = subject.and_then(|subject| work_of(subject));
        if let Some(work) = work.filter(|_| judged.stored.approved) {
            groups.entry(work).or_default().linked.insert(asset.clone());
            facts.insert(asset, (work, Facts::of(run, &judged)));
        } else if work.is_none() && judged.stored.approved && subject.is_some_and(is_undecided) {
            groups.entry(NOWHERE).or_default().held.insert(asset);
        }
        standings.push(Standing::from(judged));
    }
    contest::settle(&mut standings, &run.inbox);
    for standing in standings {
        let Some((work, facts)) = facts.remove(standing.asset.as_str()) else { continue };
        sort_in(groups.entry(work).or_default(), standing, facts, freshness);
    }
    Ok(groups)
}

/// Whether it names a title, only not one that is known for certain.
fn is_undecided(subject: &&Subject) -> bool {
    !matches!(subject.linked, Linked::Nothing)
}

/// What a manifest says of an asset beside its placement.
struct Facts {
    role: Option<Role>,
    sha1: Option<String>,
    /// Whether kits take it.
    belongs: bool,
    decisions: Vec<(i64, Decision)>,
}

impl Facts {
    fn of(run: &Run, judged: &Judged) -> Self {
        let asset = &judged.stored.asset;
        let config = run.config;
        let source = config.sources.iter().find(|s| s.collection == asset.collection.as_str());
        let decisions = judged.assessment.decisions.iter();
        Self {
            role: config.rules.role(asset, source.and_then(|s| s.role)),
            sha1: asset.file.sha1.clone(),
            belongs: belongs(config.kit.asset_when.as_ref(), &asset.document),
            decisions: decisions.map(|(product, d)| (product.0, d.clone())).collect(),
        }
    }

    /// The worst verdict on the products, and the first day on which one ends.
    fn member(&self, standing: &Standing) -> Option<Member> {
        let Judgement::Place(placement) = &standing.judgement else { return None };
        let products = placement.appearance.products.clone();
        let on = || self.decisions.iter().filter(|(id, _)| products.contains(id)).map(|(_, d)| d);
        Some(Member {
            asset: standing.asset.0.clone(),
            role: placement.role,
            version: placement.appearance.version.clone(),
            sha1: self.sha1.clone(),
            verdict: on().map(|d| d.verdict).max()?.as_str(),
            until: on().filter_map(|d| d.until).min(),
            products,
        })
    }

    /// Whether no edition of it is cleared, as far as that was asked.
    fn is_uncleared(&self) -> bool {
        let mut asked = self.decisions.iter().map(|(_, decision)| decision.verdict);
        !self.decisions.is_empty() && !asked.any(Verdict::is_cleared)
    }
}

/// A condition that does not work on an asset does not hold.
fn belongs(when: Option<&Expression>, document: &str) -> bool {
    when.is_none_or(|when| when.holds(&expression::document(document)).unwrap_or(false))
}

fn sort_in(group: &mut Group, standing: Standing, facts: Facts, freshness: Freshness) {
    let asset = standing.asset.0.clone();
    let why = match &standing.judgement {
        Judgement::Place(_) if facts.belongs => {
            group.members.extend(facts.member(&standing));
            return;
        }
        Judgement::Place(_) => "kit.asset-when leaves it out",
        Judgement::Withdraw { why, certain, .. } => {
            let in_part = facts.decisions.iter().any(|(_, decision)| decision.verdict.is_cleared());
            if !certain && (in_part || freshness != Freshness::Fresh) {
                group.held.insert(asset);
            }
            why
        }
        Judgement::Hold { why, .. } => {
            // Trouble with its file does not keep what is cleared nowhere.
            if !facts.is_uncleared() || freshness != Freshness::Fresh {
                group.held.insert(asset);
            }
            why
        }
    };
    if let Some(role) = facts.role {
        group.others.entry(role).or_insert_with(|| why.to_owned());
    }
}

/// The titles to which assets are linked.
fn titles_with_assets(run: &Run, groups: &Groups) -> Result<BTreeMap<WorkId, Title>, Stop> {
    let linked = groups.iter().filter(|(_, group)| !group.linked.is_empty());
    lookup::titles(run, &linked.map(|(work, _)| *work).collect::<Vec<_>>())
}

/// A card for every title to which an asset is linked.
fn cards(run: &mut Run, freshness: Freshness) -> Result<Wanted, Stop> {
    let (mut works, mut held) = (BTreeMap::new(), BTreeSet::new());
    each_groups(run, freshness, |_, groups| {
        hold(&mut held, groups);
        let linked = groups.iter().filter(|(_, group)| !group.linked.is_empty());
        works.extend(linked.map(|(work, _)| (exchange::marker(*work), *work)));
        Ok(())
    })?;
    Ok(Wanted { shelves: Shelves::Cards(works), held })
}

/// A kit for every title inside its launch window.
fn kits(run: &mut Run, freshness: Freshness) -> Result<Wanted, Stop> {
    let mut kits = BTreeMap::new();
    let held = each_kit(run, freshness, |run, title, closes, group| {
        let kit = kit::kit(&run.config.kit, title, &group.members, &group.others);
        let percent = kit.complete_percent;
        let desired = Desired {
            members: Some(kit.members),
            manifest: Some(kit.manifest),
            share: kit::sharing(&run.config.kit, closes, &group.members),
            why: format!("the title is in its launch window; the kit is {percent} % complete")
                .into(),
            ..exchange::shelf(run.config, title)
        };
        kits.insert(desired.marker.clone(), desired);
    })?;
    Ok(Wanted { shelves: Shelves::Kits(kits), held })
}

/// Calls `each` with every title inside its launch window, the day on which that closes, and the
/// title's assets. Gives back the assets that stay where they are.
pub fn each_kit(
    run: &mut Run,
    freshness: Freshness,
    mut each: impl FnMut(&Run, &Title, Day, &Group),
) -> Result<BTreeSet<String>, Stop> {
    let (mut held, mut with_assets) = (BTreeSet::new(), BTreeSet::new());
    each_groups(run, freshness, |run, groups| {
        hold(&mut held, groups);
        // Also those that are outside their windows or cannot be read: another flow may read them
        // anew before the titles without assets are looked at.
        with_assets.extend(groups.keys().copied());
        for (work, title) in titles_with_assets(run, groups)? {
            if let (Some(closes), Some(group)) = (open_until(run, &title), groups.get(&work)) {
                each(run, &title, closes, group);
            }
        }
        Ok(())
    })?;
    let none = Group::default();
    each_title(run, |title| {
        let without = !with_assets.contains(&title.id);
        if let Some(closes) = open_until(run, title).filter(|_| without) {
            each(run, title, closes, &none);
        }
    })?;
    Ok(held)
}

/// When the launch window of a title closes that is open today.
fn open_until(run: &Run, title: &Title) -> Option<Day> {
    let (opens, closes) = kit::window(&run.config.kit, title)?;
    (opens..=closes).contains(&run.today).then_some(closes)
}

fn all_tags(run: &mut Run, freshness: Freshness) -> Result<Wanted, Stop> {
    let (mut tags, mut held) = (Tags::default(), BTreeSet::new());
    each_groups(run, freshness, |run, groups| {
        hold(&mut held, groups);
        for (work, title) in titles_with_assets(run, groups)? {
            if let Some(group) = groups.get(&work) {
                tags.tag(run.config, &title, &group.linked);
            }
        }
        Ok(())
    })?;
    Ok(Wanted { shelves: Shelves::Tags(tags), held })
}

/// Calls `each` with every title that is not gone.
fn each_title(run: &Run, mut each: impl FnMut(&Title)) -> Result<(), Stop> {
    store::scan(run.platform, "title/", |entry| {
        if let Some(stored) = store::mirror::<StoredTitle>(entry)?.filter(|s| !s.value.gone) {
            each(&stored.value.title);
        }
        Ok(())
    })?;
    Ok(())
}

/// A kit whose window is over is kept, but not for outsiders.
pub fn closed(marker: &str, old_name: &str) -> Desired {
    Desired {
        members: None,
        share: Sharing::Closed,
        why: "its launch window is over".into(),
        ..emptied(marker, old_name)
    }
}

/// A collection of ours of which nothing is wanted any more keeps no member of ours.
pub fn emptied(marker: &str, old_name: &str) -> Desired {
    Desired {
        marker: marker.to_owned(),
        name: old_name.to_owned(),
        work: 0,
        title: old_name.to_owned(),
        members: Some(BTreeSet::new()),
        card: None,
        manifest: None,
        share: Sharing::Untouched,
        create: false,
        why: "no asset carries it any more".into(),
    }
}
