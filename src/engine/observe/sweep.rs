//! Lists an approval collection page by page. A listing that is too long for one call goes on in
//! the next: where it is and whom it has seen is stored when the call has to pause. What a listing
//! misses counts only if every page was whole and no page moved meanwhile.

use std::collections::BTreeSet;

use super::MIRRORS;
use super::assets::{VENDOR, good_heads, keep_page};
use crate::config::Source;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lease::Held;
use crate::engine::paging;
use crate::engine::run::{Listed, Run};
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::Fault;
use crate::limits::{LISTED_MS_MAX, PAGES_MAX, SWEEP_CHUNK, SWEEP_MS_MAX};
use crate::model::ids::{AssetId, CollectionId};
use crate::platform::{ConditionalPut, Level};
use crate::report::{Outcome, RecordState};
use crate::smintio::portals::decode::{self, AssetPage};
use crate::smintio::portals::request;
use crate::state::cursor::{SweepChunk, SweepCursor, Trouble};
use crate::state::{keys, store};

/// Times that one listing begins anew because its result set ended.
const RESTARTS_MAX: u32 = 2;

/// A listing on its way.
struct Sweep {
    /// Where it is.
    at: SweepCursor,
    /// The version under which a position is stored.
    version: Option<u64>,
    /// The members that were seen.
    members: BTreeSet<AssetId>,
    /// The same in the order in which they were seen, so that stored chunks only ever grow.
    order: Vec<AssetId>,
    /// What the pages so far could not tell.
    troubles: Vec<Trouble>,
    /// How often it began anew.
    restarts: u32,
}

impl Sweep {
    /// From the first page on, with nothing seen.
    fn restart(&mut self, size: u32) {
        self.members.clear();
        self.order.clear();
        self.troubles.clear();
        // Another name: chunks of the earlier try are not its own.
        let (sweep, began) = (format!("{}+", self.at.sweep), self.at.began);
        let chunks = self.at.chunks;
        self.at = SweepCursor { chunks, ..fresh(sweep, began, size) };
    }

    /// Takes in the members of a page; how many of them are new.
    fn see(&mut self, ids: &[AssetId]) -> usize {
        let before = self.order.len();
        for id in ids {
            if self.members.insert(id.clone()) {
                self.order.push(id.clone());
            }
        }
        self.order.len() - before
    }
}

fn fresh(sweep: String, began: u64, size: u32) -> SweepCursor {
    SweepCursor {
        sweep,
        began,
        page: 0,
        size,
        result_set: None,
        complete: true,
        last: Vec::new(),
        chunks: 0,
        ended: None,
    }
}

/// Lists a collection, from where an earlier call had to stop, and lets `confirm` look at what a
/// complete listing missed. One that was listed just before the pause is not listed again.
pub fn sweep(
    run: &mut Run,
    lease: &mut Held,
    source: &Source,
    confirm: impl FnOnce(&mut Run, &BTreeSet<AssetId>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let troubles = troubles(run);
    let mut sweep = begin(run, source)?;
    if let Some(ended) = sweep.at.ended {
        let stored = sweep.version.map(|version| (version, sweep.at.chunks));
        let listed = Listed { ended, stored, troubles: Vec::new() };
        run.listed.insert(source.collection.clone(), listed);
        return Ok(());
    }
    let goes_on = sweep.at.page > 0;
    match walk(run, lease, source, &mut sweep) {
        Ok(complete) => {
            if complete {
                confirm(run, &sweep.members)?;
            }
            forget(run, source, &sweep)?;
            sweep.troubles.append(&mut run.troubles);
        }
        Err(stop @ Stop::Paused(_)) => {
            keep(run, source, sweep)?;
            return Err(stop);
        }
        Err(stop) => return Err(stop),
    }
    // What could not be read is looked at again by the next call, unless the listing is too long for
    // that: then it is remembered, or a run would never come to its end.
    if goes_on || troubles == self::troubles(run) {
        let ended = run.platform.now().0;
        let listed = Listed { ended, stored: None, troubles: sweep.troubles };
        run.listed.insert(source.collection.clone(), listed);
    }
    Ok(())
}

fn troubles(run: &Run) -> (usize, usize, usize) {
    (run.unread.len(), run.inbox.raised(), run.inbox.kept())
}

/// At the end of a call: if it pauses, the calls that go on need not list again what it listed; if
/// not, the next run looks at everything.
pub fn end_of_call(run: &mut Run, pauses: bool) -> Result<(), Stop> {
    for (collection, listed) in std::mem::take(&mut run.listed) {
        let done = match (pauses, listed.stored) {
            (true, None) => keep_end(run, &collection, &listed),
            (false, Some((version, chunks))) => {
                let gone = store::delete(run.platform, &key(&collection), version);
                gone.map_err(Stop::from).and_then(|()| drop_chunks(run, &collection, 0..chunks))
            }
            _ => Ok(()),
        };
        match done {
            // Another flow lists it meanwhile.
            Ok(()) | Err(Stop::Conflict(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Stores that a collection was listed to its end, and what could not be read of it. The position
/// comes first here: where another flow stored one meanwhile, its chunks must stay as they are, and a
/// position whose chunks are missing only counts for nothing.
fn keep_end(run: &mut Run, collection: &str, listed: &Listed) -> Result<(), Stop> {
    run.inbox.save(run.platform)?;
    let at = fresh(run.id.clone(), listed.ended, 0);
    let (count, puts) = changed(run, collection, chunks(&at.sweep, &[], &listed.troubles))?;
    let at = SweepCursor { ended: Some(listed.ended), chunks: count, ..at };
    store::put(run.platform, &key(collection), None, &at)?;
    store::put_all(run.platform, &puts)?;
    Ok(())
}

fn walk(run: &mut Run, lease: &mut Held, source: &Source, sweep: &mut Sweep) -> Result<bool, Stop> {
    if sweep.at.page > 0 && sweep.at.result_set.is_none() {
        sweep.at.complete &= stands(run, source, &sweep.at)?;
    }
    while sweep.at.page < PAGES_MAX {
        lease.renew(run.platform)?;
        let Some(page) = read_page(run, source, sweep)? else { continue };
        let errors = page.errors.iter();
        sweep.at.complete &= page.errors.is_empty();
        run.troubles.clear();
        for error in errors {
            let fields = [("collection", source.collection.clone()), ("error", error.clone())];
            run.log(Level::Warn, "Portals lists this collection only in part", &fields);
            listed_in_part(run, source, error);
        }
        let heads = good_heads(run, source, page.assets);
        let ids: Vec<AssetId> = heads.iter().map(|head| head.id.clone()).collect();
        // Counted when it is stored: a page that did not fit into this call is read once more.
        keep_page(run, source, heads)?;
        let new = sweep.see(&ids);
        let known = sweep.members.len();
        run.platform.progress("assets", known as u64, page.total);
        if !page.has_more {
            let expected = page.total.unwrap_or(known as u64);
            return Ok(sweep.at.complete && known as u64 >= expected);
        }
        if new == 0 && sweep.at.page > 0 {
            let message = format!("{VENDOR} repeats a page of collection {}", source.collection);
            return Err(Stop::VendorUnavailable(message));
        }
        sweep.troubles.append(&mut run.troubles);
        sweep.at.page += 1;
        sweep.at.result_set = page.result_set;
        sweep.at.last = ids.into_iter().map(|id| id.0).collect();
    }
    Err(Stop::LimitReached(format!("a collection with more than {PAGES_MAX} pages")))
}

/// A run that reads only a part of the approved assets must not look like one that found nothing.
fn listed_in_part(run: &mut Run, source: &Source, error: &str) {
    let message = format!(
        "Portals lists this collection only in part ({error}): assets that it did not show stay as \
         they are; mend the source behind the portal"
    );
    let record = format!("collection:{}", source.collection);
    run.inbox.raise(Item::about(Kind::BadRecord, &record, message, error.to_owned()));
    run.troubles.push(Trouble { member: None, item: Some(record) });
}

/// The next page; `None`: the listing begins anew, with shorter pages or in a new result set.
fn read_page(run: &mut Run, source: &Source, sweep: &mut Sweep) -> Result<Option<AssetPage>, Stop> {
    let size = paging::size(run)?;
    if size != sweep.at.size {
        sweep.restart(size);
    }
    let at = (sweep.at.page, size);
    let answer = ask(run, source, at, sweep.at.result_set.as_deref())?;
    let ended = sweep.at.result_set.is_some() && sweep.restarts < RESTARTS_MAX;
    if ended && matches!(answer, Err(Fault::Refused(_) | Fault::NotFound(_))) {
        sweep.restarts += 1;
        sweep.restart(size);
        return Ok(None);
    }
    paging::taught(run, sweep.at.page, answer)
}

fn ask(
    run: &mut Run,
    source: &Source,
    at: (u32, u32),
    result_set: Option<&str>,
) -> Result<Result<AssetPage, Fault>, Stop> {
    let portals = &run.config.portals;
    let collection = CollectionId(source.collection.clone());
    let call = request::search_collection_assets(portals, &collection, at, result_set);
    Ok(tasks::one(run, call)?.and_then(|text| decode::asset_page(portals, &text)))
}

/// Whether the page before still shows what it showed: if something before it came or went, the
/// pages moved, and what they no longer show was perhaps never seen.
fn stands(run: &mut Run, source: &Source, at: &SweepCursor) -> Result<bool, Stop> {
    match ask(run, source, (at.page - 1, at.size), None)? {
        Ok(page) => {
            let shown = page.assets.into_iter().flatten().map(|head| head.id.0);
            Ok(shown.eq(at.last.iter().cloned()))
        }
        Err(fault @ Fault::Throttled { .. }) => Err(by_fault(run.platform, VENDOR, fault)),
        Err(_) => Ok(false),
    }
}

fn key(collection: &str) -> String {
    keys::cursor(MIRRORS, &format!("portals:{collection}"))
}

fn chunk_keys(collection: &str, numbers: std::ops::Range<u32>) -> Vec<String> {
    let name = |n| format!("portals:{collection}:{n:05}");
    numbers.map(|n| keys::cursor(MIRRORS, &name(n))).collect()
}

/// Where an earlier call stopped, if that still counts; else the beginning.
fn begin(run: &mut Run, source: &Source) -> Result<Sweep, Stop> {
    let (found, version) =
        store::get_mirrors::<SweepCursor>(run.platform, &[key(&source.collection)])?
            .pop()
            .unwrap_or_default();
    let now = run.platform.now().0;
    let size = paging::size(run)?;
    let chunks = found.as_ref().map_or(0, |at| at.chunks);
    let anew = SweepCursor { chunks, ..fresh(run.id.clone(), now, size) };
    let counts = |at: &SweepCursor| match at.ended {
        Some(ended) => now.saturating_sub(ended) <= LISTED_MS_MAX,
        None => at.size == size && now.saturating_sub(at.began) <= SWEEP_MS_MAX,
    };
    let (members, order) = (BTreeSet::new(), Vec::new());
    let mut sweep = Sweep { at: anew, version, members, order, troubles: Vec::new(), restarts: 0 };
    let Some(at) = found.filter(counts) else { return Ok(sweep) };
    let stored = store::get_mirrors::<SweepChunk>(
        run.platform,
        &chunk_keys(&source.collection, 0..at.chunks),
    )?;
    let (mut order, mut troubles) = (Vec::new(), Vec::new());
    for (chunk, _) in stored {
        let Some(chunk) = chunk.filter(|chunk| chunk.sweep == at.sweep) else { return Ok(sweep) };
        order.extend(chunk.members.into_iter().map(AssetId));
        troubles.extend(chunk.troubles);
    }
    sweep.at = at;
    sweep.see(&order);
    recall(run, &troubles);
    sweep.troubles = troubles;
    Ok(sweep)
}

/// What an earlier call could not read stays unread until the next listing, and its questions stay
/// open.
fn recall(run: &mut Run, troubles: &[Trouble]) {
    for trouble in troubles {
        let mut state = RecordState::Deferred;
        if let Some(item) = &trouble.item {
            run.inbox.keep(item.clone());
            state = RecordState::Inbox;
        }
        // A head without a readable id is a record of its own; a collection is none.
        let head = trouble.item.as_ref().filter(|item| item.starts_with("asset:"));
        let Some(record_id) = trouble.member.as_ref().or(head).cloned() else { continue };
        run.unread.extend(trouble.member.clone().map(AssetId));
        let why = "an earlier call of this listing could not read it".to_owned();
        run.report.outcome(Outcome { record_id, state, why, decision: None });
    }
}

/// Stores where the listing is: whom it has seen first, so that a position never stands alone.
fn keep(run: &mut Run, source: &Source, sweep: Sweep) -> Result<(), Stop> {
    if sweep.at.page == 0 {
        return Ok(());
    }
    // The position passes what could not be read only once a person can see that.
    run.inbox.save(run.platform)?;
    let members: Vec<String> = sweep.order.into_iter().map(|id| id.0).collect();
    let chunks = chunks(&sweep.at.sweep, &members, &sweep.troubles);
    let (count, puts) = changed(run, &source.collection, chunks)?;
    store::put_all(run.platform, &puts)?;
    let before = sweep.at.chunks;
    let at = SweepCursor { chunks: count, ..sweep.at };
    store::put(run.platform, &key(&source.collection), sweep.version, &at)?;
    drop_chunks(run, &source.collection, count..before)
}

/// How many chunks there are, and those of them that are not stored yet.
fn changed(
    run: &Run,
    collection: &str,
    chunks: Vec<SweepChunk>,
) -> Result<(u32, Vec<ConditionalPut>), Stop> {
    let count = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
    let names = chunk_keys(collection, 0..count);
    let there = store::get_mirrors::<SweepChunk>(run.platform, &names)?;
    let mut puts = Vec::with_capacity(chunks.len());
    for ((name, (before, version)), chunk) in names.into_iter().zip(there).zip(chunks) {
        if before.as_ref() != Some(&chunk) {
            puts.push(store::prepared(name, version, &chunk)?);
        }
    }
    Ok((count, puts))
}

/// As many troubles as members stand in a chunk at most, so that there are no more of them than a
/// listing can have heads.
fn chunks(sweep: &str, members: &[String], troubles: &[Trouble]) -> Vec<SweepChunk> {
    let count = members.len().max(troubles.len()).div_ceil(SWEEP_CHUNK);
    let (mut members, mut troubles) = (members.chunks(SWEEP_CHUNK), troubles.chunks(SWEEP_CHUNK));
    let chunk = |_| SweepChunk {
        sweep: sweep.to_owned(),
        members: members.next().unwrap_or_default().to_vec(),
        troubles: troubles.next().unwrap_or_default().to_vec(),
    };
    (0..count).map(chunk).collect()
}

/// Drops the stored position of a listing that came to its end.
fn forget(run: &Run, source: &Source, sweep: &Sweep) -> Result<(), Stop> {
    let Some(version) = sweep.version else { return Ok(()) };
    store::delete(run.platform, &key(&source.collection), version)?;
    drop_chunks(run, &source.collection, 0..sweep.at.chunks)
}

fn drop_chunks(run: &Run, collection: &str, numbers: std::ops::Range<u32>) -> Result<(), Stop> {
    let names = chunk_keys(collection, numbers);
    let there = store::get_mirrors::<SweepChunk>(run.platform, &names)?;
    for (name, (_, version)) in names.iter().zip(there) {
        if let Some(version) = version {
            store::delete(run.platform, name, version)?;
        }
    }
    Ok(())
}
