//! Flow 7 by a custom data adapter: each asset is told its title's context. One order: lease,
//! observe, compare with what was sent last, guard, note that it is not known now, send, note. The
//! adapter takes the same context twice as once.

mod refused;
mod send;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::budget::{Allowance, Budget};
use super::inbox::{Item, Kind};
use super::lease::Held;
use super::lookup;
use super::observe::observe;
use super::observe::purchases::Freshness;
use super::plan::change::{Change, Page};
use super::run::Run;
use super::shelves::desired;
use super::stop::Stop;
use super::stream::{self, Ended, Memory, finish, leased, load_memory, save};
use crate::config::Config;
use crate::flows::context::{NOTHING, context};
use crate::model::ids::WorkId;
use crate::model::title::Title;
use crate::order;
use crate::platform::Platform;
use crate::report::RecordState;
use crate::report::words::counted;
use crate::state::context::SentContext;
use crate::state::flow::FlowMemory;
use crate::state::keys::sha256_hex;
use crate::state::store;

/// Contexts that are taken away without a question: so many, or 2 % of all.
const EMPTIED_FREE: usize = 5;

/// An asset that is to be told something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The asset.
    pub asset: String,
    /// The work it is about; 0: none any more.
    pub work: i64,
    /// The title, for people.
    pub title: String,
    /// The context, as JSON.
    pub text: String,
    /// The version of what was noted last.
    pub version: Option<u64>,
}

/// Whether this tenant's portal has such an adapter.
pub fn is_configured(config: &Config) -> bool {
    !config.portals.profile.title_context_interface.is_empty()
}

/// Runs the flow.
pub fn run(platform: &dyn Platform, config: &Config, flow: &str, allowance: Allowance) -> Ended {
    let mut run = Run::begin(platform, config, flow, Budget::start(platform, allowance));
    let end = leased(&mut run, |run, lease| {
        let memory = load_memory(run)?;
        let tellings = planned(run, lease, true)?;
        if let Some(item) = awaits(run, &memory.0, &tellings) {
            return Err(await_answer(run, item, &tellings));
        }
        let memory = accept(run, memory)?;
        let ended = send::send(run, lease, &tellings);
        run.inbox.store(run.platform, ended.is_ok())?;
        ended?;
        let after = FlowMemory { completed: true, ..memory.0.clone() };
        save(run, memory, after).map(|_| ())
    });
    finish(run, end)
}

/// What `run` would send now.
pub fn plan(
    platform: &dyn Platform,
    config: &Config,
    flow: &str,
    allowance: Allowance,
    fresh: bool,
    page: &mut Page,
) -> Ended {
    let mut run = Run::begin(platform, config, flow, Budget::start(platform, allowance));
    run.inbox.look_only();
    let end = leased(&mut run, |run, lease| {
        let (memory, _) = load_memory(run)?;
        let tellings = planned(run, lease, fresh)?;
        for telling in &tellings {
            run.report.record(&telling.asset, RecordState::Written);
            page.add(&telling.asset, 1, || Ok::<_, Stop>(vec![change(telling)]))?;
        }
        if let Some(item) = awaits(run, &memory, &tellings) {
            run.inbox.raise(item);
        }
        run.inbox.store(run.platform, fresh)
    });
    finish(run, end)
}

fn planned(run: &mut Run, lease: &mut Held, fresh: bool) -> Result<Vec<Telling>, Stop> {
    let freshness = if fresh { observe(run, lease)? } else { Freshness::Fresh };
    let mut sent = BTreeMap::new();
    store::scan(run.platform, "context/", |entry| {
        let found = store::decode::<SentContext>(entry)?;
        sent.insert(found.value.asset.clone(), (found.value, found.version));
        Ok(())
    })?;
    let known = sent.len();
    let mut tellings = wanted(run, freshness, &mut sent)?;
    let empty = sha256_hex(NOTHING.as_bytes());
    let mut emptied = Vec::new();
    for (asset, (told, version)) in sent {
        if told.sha256 != empty && !refused::is_given_up(run, Some(&told), &empty) {
            emptied.push(nothing(asset, version));
        }
    }
    tellings.extend(guard(run, emptied, known));
    order::sort_by(&mut tellings, &|a, b| a.asset.cmp(&b.asset));
    Ok(tellings)
}

/// What each linked asset is to be told, where it was not told so. Takes out of `sent` what stays.
fn wanted(
    run: &mut Run,
    freshness: Freshness,
    sent: &mut BTreeMap<String, (SentContext, u64)>,
) -> Result<Vec<Telling>, Stop> {
    let mut tellings = Vec::new();
    desired::each_groups(run, freshness, |run, groups| {
        let works: Vec<WorkId> = groups.keys().copied().collect();
        let titles = lookup::titles(run, &works)?;
        for (work, group) in groups {
            // Where it belongs is not decided, or its title cannot be read now: what was told stays.
            match titles.get(work) {
                None => group.held.iter().chain(&group.linked).for_each(|asset| {
                    sent.remove(asset);
                }),
                Some(title) => tell(run, title, &group.linked, sent, &mut tellings),
            }
        }
        Ok(())
    })?;
    Ok(tellings)
}

/// Adds what these assets of a title were not told yet.
fn tell(
    run: &mut Run,
    title: &Title,
    assets: &BTreeSet<String>,
    sent: &mut BTreeMap<String, (SentContext, u64)>,
    tellings: &mut Vec<Telling>,
) {
    let text = context(run.config, title);
    let sha256 = sha256_hex(text.as_bytes());
    for asset in assets {
        let before = sent.remove(asset);
        let told = before.as_ref().map(|(told, _)| told);
        if told.is_some_and(|told| told.sha256 == sha256) {
            run.report.record(asset, RecordState::Unchanged);
        } else if !refused::is_given_up(run, told, &sha256) {
            tellings.push(Telling {
                asset: asset.clone(),
                work: title.id.0,
                title: title.title.clone(),
                text: text.clone(),
                version: before.map(|(_, version)| version),
            });
        }
    }
}

fn nothing(asset: String, version: u64) -> Telling {
    let text = NOTHING.to_owned();
    Telling { asset, work: 0, title: String::new(), text, version: Some(version) }
}

/// Withholds what takes the context from more assets than is usual.
fn guard(run: &mut Run, emptied: Vec<Telling>, known: usize) -> Vec<Telling> {
    let count = emptied.len();
    if count <= EMPTIED_FREE.max(known / 50) {
        return emptied;
    }
    let flow = run.report.flow.clone();
    let message = format!(
        "{flow} would take the context from {count} of {known} assets: look at them with `plan`, \
         then accept"
    );
    let facts = sha256_hex(emptied.iter().map(|t| t.asset.as_str()).collect::<String>().as_bytes());
    let item = Item::about(Kind::Guard, &format!("{flow}:contexts"), message, facts);
    if run.inbox.decision(&item) == Some("accept") {
        return emptied;
    }
    run.inbox.raise(item);
    for telling in &emptied {
        run.report.record(&telling.asset, RecordState::Inbox);
    }
    Vec::new()
}

fn awaits(run: &Run, memory: &FlowMemory, tellings: &[Telling]) -> Option<Item> {
    let counts = || format!("the context of {}", counted(tellings.len(), "asset"));
    let changes = tellings.iter().map(|t| format!("{} {}", t.asset, sha256_hex(t.text.as_bytes())));
    stream::first_or_changed(run, memory, counts, changes)
}

fn accept(run: &Run, memory: Memory) -> Result<Memory, Stop> {
    let mapping_hash = Some(run.config.mapping_hash.clone());
    let after = FlowMemory { accepted: true, mapping_hash, ..memory.0.clone() };
    save(run, memory, after)
}

fn await_answer(run: &mut Run, item: Item, tellings: &[Telling]) -> Stop {
    for telling in tellings {
        run.report.record(&telling.asset, RecordState::Deferred);
    }
    let id = item.id.clone();
    run.inbox.raise(item);
    match run.inbox.store(run.platform, true) {
        Ok(()) => Stop::Awaiting(id),
        Err(stop) => stop,
    }
}

fn change(telling: &Telling) -> Change {
    let effect = json!({ "asset": telling.asset, "context": telling.text });
    let identity = format!("{} set-title-context {effect}", telling.asset);
    Change {
        id: sha256_hex(identity.as_bytes()).chars().take(16).collect(),
        action: send::ACTION,
        title: telling.title.clone(),
        work: telling.work,
        products: Vec::new(),
        asset: telling.asset.clone(),
        why: why(telling).to_owned(),
        effect,
    }
}

fn why(telling: &Telling) -> &'static str {
    if telling.work == 0 {
        "it is linked to no title any more"
    } else {
        "what its title says of it is new"
    }
}
