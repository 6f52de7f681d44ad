//! What our collections in Portals shall be, from the mirrors: the same survey and the same
//! judgements as flow 1, so that nothing is in a kit that may not be on the title.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::lookup;
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::contest;
use crate::engine::plan::judge::{Judged, judge, work_of};
use crate::engine::plan::planner::Standing;
use crate::engine::plan::survey::{Survey, survey};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::exchange;
use crate::flows::kit::{self, Member};
use crate::flows::placement::Judgement;
use crate::flows::shelf::{Desired, Sharing};
use crate::flows::tags::{self, Tags};
use crate::linking::Linked;
use crate::linking::expression::{self, Expression};
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

/// What shall be.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The collections, by marker.
    pub shelves: Vec<Desired>,
    /// Assets that stay where they are.
    pub held: BTreeSet<String>,
}

/// The collections of a flow.
pub fn wanted(run: &mut Run, freshness: Freshness) -> Result<Wanted, Stop> {
    let groups = groups(run, freshness)?;
    let held = order::set(groups.values().flat_map(|group| group.held.iter().cloned()));
    let mut shelves = match run.report.flow.as_str() {
        kit::FLOW => kits(run, &groups)?,
        tags::FLOW => all_tags(run, &groups)?,
        _ => cards(run, &groups)?,
    };
    order::sort_by(&mut shelves, &|a, b| a.marker.cmp(&b.marker));
    Ok(Wanted { shelves, held })
}

/// The assets of every title.
pub fn groups(run: &mut Run, freshness: Freshness) -> Result<BTreeMap<WorkId, Group>, Stop> {
    let survey = survey(run)?;
    let mut groups: BTreeMap<WorkId, Group> = BTreeMap::new();
    for chunk in survey.by_title(AT_ONCE) {
        let mut standings = Vec::with_capacity(chunk.len());
        let mut facts = BTreeMap::new();
        for judged in judge(run, &survey, &chunk, freshness)? {
            let asset = judged.stored.asset.id.0.clone();
            let work = survey.subject(&judged.stored.asset.id).and_then(work_of);
            if let Some(work) = work.filter(|_| judged.stored.approved) {
                groups.entry(work).or_default().linked.insert(asset.clone());
                facts.insert(asset, (work, Facts::of(run, &judged)));
            }
            if work.is_none() && judged.stored.approved && is_undecided(&survey, &judged) {
                groups.entry(NOWHERE).or_default().held.insert(judged.stored.asset.id.0.clone());
            }
            standings.push(Standing::from(judged));
        }
        contest::settle(&mut standings, &run.inbox);
        for standing in standings {
            let Some((work, facts)) = facts.remove(standing.asset.as_str()) else { continue };
            sort_in(groups.entry(work).or_default(), standing, facts, freshness);
        }
    }
    Ok(groups)
}

/// Whether it names a title, only not one that is known for certain.
fn is_undecided(survey: &Survey, judged: &Judged) -> bool {
    let subject = survey.subject(&judged.stored.asset.id);
    subject.is_some_and(|subject| !matches!(subject.linked, Linked::Nothing))
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

/// A card for every title to which an asset is linked.
fn cards(run: &Run, groups: &BTreeMap<WorkId, Group>) -> Result<Vec<Desired>, Stop> {
    let works: Vec<WorkId> = groups
        .iter()
        .filter(|(_, group)| !group.linked.is_empty())
        .map(|(work, _)| *work)
        .collect();
    let mut shelves = Vec::with_capacity(works.len());
    for some in works.chunks(AT_ONCE) {
        let titles = lookup::titles(run, some)?;
        shelves.extend(titles.values().map(|title| exchange::shelf(run.config, title)));
    }
    Ok(shelves)
}

/// A kit for every title inside its launch window.
fn kits(run: &Run, groups: &BTreeMap<WorkId, Group>) -> Result<Vec<Desired>, Stop> {
    let none = Group::default();
    let mut shelves = Vec::new();
    each_title(run, |title| {
        let Some((opens, closes)) = kit::window(&run.config.kit, title) else { return };
        if (opens..=closes).contains(&run.today) {
            let group = groups.get(&title.id).unwrap_or(&none);
            let kit = kit::kit(&run.config.kit, title, &group.members, &group.others);
            shelves.push(Desired {
                members: Some(kit.members),
                manifest: Some(kit.manifest),
                share: kit::sharing(&run.config.kit, closes, &group.members),
                why: format!(
                    "the title is in its launch window; the kit is {} % complete",
                    kit.complete_percent
                ),
                ..exchange::shelf(run.config, title)
            });
        }
    })?;
    Ok(shelves)
}

fn all_tags(run: &Run, groups: &BTreeMap<WorkId, Group>) -> Result<Vec<Desired>, Stop> {
    let mut tags = Tags::default();
    let works: Vec<WorkId> = groups.keys().copied().collect();
    for some in works.chunks(AT_ONCE) {
        for (work, title) in lookup::titles(run, some)? {
            if let Some(group) = groups.get(&work).filter(|group| !group.linked.is_empty()) {
                tags.tag(run.config, &title, &group.linked);
            }
        }
    }
    Ok(tags.finish())
}

/// Calls `each` with every title that is not gone.
pub fn each_title(run: &Run, mut each: impl FnMut(&Title)) -> Result<(), Stop> {
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
        why: "its launch window is over".to_owned(),
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
        why: "no asset carries it any more".to_owned(),
    }
}
