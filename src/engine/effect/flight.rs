//! An intent on its way, with the version under which it is stored.

use std::collections::BTreeMap;

use crate::consonance::decode::Lookup;
use crate::engine::inbox::{Item, Kind, again};
use crate::engine::lookup;
use crate::engine::observe::{titles, works};
use crate::engine::plan::refused;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::{AssetId, WorkId};
use crate::model::title::Title;
use crate::order;
use crate::report::{Outcome, RecordState};
use crate::state::intent::{Intent, Stage};
use crate::state::link::PlacedLink;
use crate::state::refusal::{Refusal, RefusedLink};
use crate::state::{keys, store};

/// An intent on its way.
#[derive(Clone, Debug)]
pub struct Flight {
    /// The intent as it is stored.
    pub intent: Intent,
    /// Its version.
    pub version: u64,
    /// The signed address to send, while there is one. Never stored.
    pub url: Option<String>,
    /// The answer to something that it sent was lost: it is read later, not now.
    pub unsettled: bool,
    /// A person must decide before it goes on, so coming back soon makes no sense.
    pub asks: bool,
    /// How often this run has looked at its image.
    pub looks: u32,
    /// The web links that this run made.
    pub linked: Vec<PlacedLink>,
}

impl Flight {
    /// An intent as it is stored, on its way in this run.
    pub fn new(intent: Intent, version: u64, url: Option<String>) -> Self {
        let linked = Vec::new();
        Self { intent, version, url, unsettled: false, asks: false, looks: 0, linked }
    }

    /// The asset.
    pub fn asset(&self) -> AssetId {
        AssetId(self.intent.asset.clone())
    }

    /// The works it touches.
    pub fn works(&self) -> impl Iterator<Item = WorkId> {
        let new = self.intent.desired.as_ref().map(|d| d.work);
        let old = self.intent.old.iter().chain(&self.intent.also).map(|o| o.asked.work);
        let all = order::set(new.into_iter().chain(old));
        all.into_iter().map(WorkId)
    }

    /// Moves it to its next stage, durably.
    pub fn advance(&mut self, run: &Run, stage: Stage) -> Result<(), Stop> {
        let intent = Intent { stage, ..self.intent.clone() };
        let key = keys::intent(&self.asset());
        self.version = store::put(run.platform, &key, Some(self.version), &intent)?;
        self.intent = intent;
        Ok(())
    }

    /// Leaves it to a person: Consonance does not let us delete what must go.
    pub fn refused_deletion(&mut self, run: &mut Run, id: i64, words: &str) {
        self.unsettled = true;
        self.asks = true;
        let why = format!(
            "Consonance refuses to delete our image {id} ({words}): delete it there by hand, or \
             let the connector's key do it. Each run tries once more"
        );
        run.inbox.raise(Item::new(Kind::BadRecord, &self.intent.asset, why.clone()));
        run.report.outcome(Outcome {
            record_id: self.intent.asset.clone(),
            state: RecordState::Inbox,
            why,
            decision: None,
        });
    }

    /// Ends it without a commit: nothing of it is there.
    pub fn drop_intent(&self, run: &mut Run, state: RecordState, why: &str) -> Result<(), Stop> {
        store::delete(run.platform, &keys::intent(&self.asset()), self.version)?;
        run.report.outcome(Outcome {
            record_id: self.intent.asset.clone(),
            state,
            why: why.to_owned(),
            decision: None,
        });
        Ok(())
    }
}

/// Remembers that this version of the file is wrong, and asks a person. Stored before anything
/// else is forgotten, so that a killed run does not try it again.
pub fn refuse(run: &mut Run, asset: &AssetId, version: &str, why: &str) -> Result<(), Stop> {
    remember(run, asset, version, why, true)?;
    let record = asset.as_str();
    let item = Item::about(Kind::WrongFile, record, why.to_owned(), run.id.clone());
    run.inbox.raise(item.with_choices(again()));
    run.report.outcome(Outcome {
        record_id: record.to_owned(),
        state: RecordState::Inbox,
        why: why.to_owned(),
        decision: None,
    });
    Ok(())
}

/// Remembers that Consonance failed on this version of the file.
fn remember(
    run: &Run,
    asset: &AssetId,
    version: &str,
    why: &str,
    is_final: bool,
) -> Result<(), Stop> {
    let key = keys::refusal(asset);
    let before = store::get::<Refusal>(run.platform, &key)?;
    let same = before.as_ref().map(|b| &b.value).filter(|b| b.version == version);
    let links = before.as_ref().map(|b| b.value.links.clone()).unwrap_or_default();
    let refusal = Refusal {
        version: version.to_owned(),
        is_final,
        failures: same.map_or(0, |b| b.failures).saturating_add(1),
        why: why.to_owned(),
        run_id: run.id.clone(),
        links,
    };
    store::put(run.platform, &key, before.map(|b| b.version), &refusal)?;
    Ok(())
}

/// Remembers that Consonance refuses a link of the flight, so that no later run tries it again by
/// itself, and asks a person.
pub fn refuse_link(
    run: &mut Run,
    flight: &Flight,
    link: &PlacedLink,
    words: &str,
) -> Result<(), Stop> {
    let key = keys::refusal(&flight.asset());
    let before = store::get::<Refusal>(run.platform, &key)?;
    let version = before.as_ref().map(|b| b.version);
    let mut refusal = before.map(|b| b.value).unwrap_or_default();
    // What is not wanted any more need not be remembered.
    refusal.links.retain(|r| r.link != *link && flight.intent.links.contains(&r.link));
    let (link, why) = (PlacedLink { id: None, ..link.clone() }, words.to_owned());
    refusal.links.push(RefusedLink { link, why, run_id: run.id.clone() });
    store::put(run.platform, &key, version, &refusal)?;
    if let Some(item) = refused::question(&flight.asset(), &refusal.links) {
        run.report.outcome(Outcome {
            record_id: flight.intent.asset.clone(),
            state: RecordState::Inbox,
            why: item.message.clone(),
            decision: None,
        });
        run.inbox.raise(item);
    }
    Ok(())
}

/// Tries of one file that Consonance may fail on before a person is asked.
const FAILURES_MAX: u32 = 5;

/// Remembers that Consonance failed on this version of the file. It is tried again, but not for
/// ever; false: a person is asked now.
pub fn failed(run: &mut Run, asset: &AssetId, version: &str, why: &str) -> Result<bool, Stop> {
    let before = store::get::<Refusal>(run.platform, &keys::refusal(asset))?.map(|b| b.value);
    let same = before.filter(|b| b.version == version && !b.is_final);
    if same.is_some_and(|b| b.failures.saturating_add(1) >= FAILURES_MAX) {
        refuse(run, asset, version, why)?;
        return Ok(false);
    }
    remember(run, asset, version, why, false)?;
    run.failed.insert(asset.clone());
    Ok(true)
}

/// Reads the works that the flights touch afresh, and keeps them in the mirror.
pub fn look(run: &mut Run, flights: &[Flight]) -> Result<BTreeMap<WorkId, Title>, Stop> {
    let ids = order::set(flights.iter().flat_map(Flight::works));
    look_at(run, &ids.into_iter().collect::<Vec<_>>())
}

/// Reads these works afresh, and keeps them in the mirror. One that cannot be read is left out:
/// whoever needs it waits.
pub fn look_at(run: &mut Run, ids: &[WorkId]) -> Result<BTreeMap<WorkId, Title>, Stop> {
    let found = works::read(run, ids)?;
    let absent: Vec<WorkId> = found
        .iter()
        .filter(|(_, lookup)| matches!(lookup, Lookup::NotFound))
        .map(|(id, _)| *id)
        .collect();
    let mut titles = order::map(found.iter().filter_map(|(id, lookup)| match lookup {
        Lookup::Found(title) => Some((*id, (**title).clone())),
        _ => None,
    }));
    titles.extend(lookup::gone(run, &absent)?.into_iter().map(|t| (t.id, emptied(t))));
    titles::keep(run, found, titles::Absent::Unknown)?;
    Ok(titles)
}

/// A title that is surely gone carries nothing any more.
fn emptied(title: Title) -> Title {
    Title { resources: Vec::new(), products: Vec::new(), ..title }
}
