//! Judges surveyed assets with the records they rest on, a few at a time.

use std::collections::BTreeMap;

use crate::flows::approved_assets::{self, Observed};
use crate::flows::placement::{Assessment, Judgement};
use crate::linking::Linked;
use crate::model::date::Instant;
use crate::model::ids::{PurchaseId, WorkId};
use crate::model::licence::Purchase;
use crate::model::title::Title;
use crate::order;
use crate::state::intent::COPY;
use crate::state::link::Link;
use crate::state::mirror::StoredAsset;
use crate::state::refusal::{Refusal, RefusedLink};
use crate::state::{keys, store};

use super::refused;
use super::survey::{Subject, Survey};
use super::undone;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lookup;
use crate::engine::observe::purchases::Freshness;
use crate::engine::run::Run;
use crate::engine::stop::Stop;

/// Purchases read at once: a store takes at least so many keys.
const PURCHASES_AT_ONCE: usize = 100;

/// One asset, judged.
#[derive(Debug)]
pub struct Judged {
    /// The asset and where it was found.
    pub stored: StoredAsset,
    /// The judgement.
    pub assessment: Assessment,
    /// The title that the rules lead to, if it is known.
    pub title: Option<Title>,
    /// Our link, with its version.
    pub link: Option<(Link, u64)>,
    /// Where the deliveries are kept that its purchases are from.
    pub rests_on: Vec<String>,
}

/// Judges the subjects. One whose mirror vanished meanwhile is left out.
pub fn judge(
    run: &Run,
    survey: &Survey,
    subjects: &[Subject],
    freshness: Freshness,
) -> Result<Vec<Judged>, Stop> {
    let asset_keys: Vec<String> = subjects.iter().map(|s| keys::asset(&s.asset)).collect();
    let link_keys: Vec<String> = subjects.iter().map(|s| keys::link(&s.asset)).collect();
    let works: Vec<WorkId> = subjects.iter().filter_map(work_of).collect();
    let assets = store::get_mirrors::<StoredAsset>(run.platform, &asset_keys)?;
    let links = store::get_many::<Link>(run.platform, &link_keys)?;
    let refusals = refusals(run, subjects)?;
    let titles = lookup::titles(run, &works)?;
    let known = purchases(run, subjects)?;
    let mut judged = Vec::with_capacity(subjects.len());
    for (((subject, (stored, _)), link), refusal) in
        subjects.iter().zip(assets).zip(links).zip(refusals)
    {
        let Some(stored) = stored else { continue };
        let (refusal, links) = refusal;
        let copy_refused = refusal.as_ref().is_some_and(|r| r.version.starts_with(COPY));
        let refused = refusal.filter(|r| r.version == stored.asset.version);
        let title = work_of(subject).and_then(|work| titles.get(&work));
        let purchases: Vec<Purchase> =
            subject.purchases.iter().filter_map(|id| known.get(id)).cloned().collect();
        let mut assessment = approved_assets::assess(&Observed {
            config: run.config,
            asset: &stored.asset,
            approved: stored.approved,
            source: run
                .config
                .sources
                .iter()
                .find(|s| s.collection == stored.asset.collection.as_str()),
            linked: &subject.linked,
            title,
            purchases: &purchases,
            declared: &survey.declared,
            overrides: survey.overrides(&stored.asset.id),
            refused: refused.as_ref(),
            licences_fresh: freshness == Freshness::Fresh,
            copies_elsewhere: title
                .map_or(Some(0), |t| survey.copies_elsewhere(&subject.purchases, t.id)),
            ours: link.as_ref().and_then(|l| l.value.resource.as_ref()),
            rest: link.as_ref().and_then(|l| l.value.rest.as_ref()),
            placed_on: link.as_ref().and_then(|l| l.value.first_placed).map(|at| Instant(at).day()),
            today: run.today,
        });
        if let Judgement::Place(placement) = &mut assessment.judgement {
            placement.copy_refused = copy_refused;
        }
        let ours = link.as_ref().map(|l| &l.value);
        undone::apply(&mut assessment, ours);
        let id = &stored.asset.id;
        refused::leave_out(&mut assessment.judgement, id, links, ours, &run.inbox);
        judged.push(Judged {
            stored,
            assessment,
            title: title.cloned(),
            link: link.map(|l| (l.value, l.version)),
            rests_on: purchases.iter().filter_map(|p| p.snapshot.clone()).collect(),
        });
    }
    Ok(judged)
}

/// The purchases that cover any of the subjects, read together.
fn purchases(run: &Run, subjects: &[Subject]) -> Result<BTreeMap<PurchaseId, Purchase>, Stop> {
    let ids = order::set(subjects.iter().flat_map(|s| &s.purchases));
    let ids: Vec<PurchaseId> = ids.into_iter().cloned().collect();
    let mut known = BTreeMap::new();
    for some in ids.chunks(PURCHASES_AT_ONCE) {
        known.extend(lookup::purchases_of(run, some)?.into_iter().map(|p| (p.id.clone(), p)));
    }
    Ok(known)
}

/// A file that was refused before, unless a person asked to try again, and refused links.
type Refused = (Option<Refusal>, Vec<RefusedLink>);

/// What was refused before.
fn refusals(run: &Run, subjects: &[Subject]) -> Result<Vec<Refused>, Stop> {
    let keys: Vec<String> = subjects.iter().map(|s| keys::refusal(&s.asset)).collect();
    let found = store::get_many::<Refusal>(run.platform, &keys)?;
    let open = |(subject, refusal): (&Subject, Option<store::Versioned<Refusal>>)| {
        let mut refusal = refusal.map(|r| r.value).unwrap_or_default();
        let links = std::mem::take(&mut refusal.links);
        let record = subject.asset.as_str();
        let item = Item::about(Kind::WrongFile, record, String::new(), refusal.run_id.clone());
        let counts = refusal.is_final && run.inbox.decision(&item) != Some("retry");
        (counts.then_some(refusal), links)
    };
    Ok(subjects.iter().zip(found).map(open).collect())
}

/// The work that a subject is linked to.
pub fn work_of(subject: &Subject) -> Option<WorkId> {
    match &subject.linked {
        Linked::Title { work, .. } => Some(*work),
        _ => None,
    }
}
