//! A listing of collections across the pauses of a run.
//!
//! Invariant: what we made or renamed since a listing began counts as we made it; and a listing is
//! not trusted where only a new one can tell what became of a lost create.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Listed, Listing, Purpose};
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::shelves::known::Briefs;
use crate::engine::stop::Stop;
use crate::limits::{COLLECTIONS_LISTED_MS_MAX, SWEEP_CHUNK};
use crate::state::cursor::{ListingChunk, ListingCursor};
use crate::state::{keys, store};

fn fresh(
    run: &mut Run,
    name: &'static str,
    version: Option<u64>,
    chunks: u32,
) -> Result<Listing, Stop> {
    let at = ListingCursor {
        listing: run.id.clone(),
        began: run.platform.now().0,
        page: Some(0),
        size: paging::size(run)?,
        last: Vec::new(),
        chunks,
        shown: false,
    };
    let (by_marker, by_id) = (BTreeMap::new(), BTreeMap::new());
    Ok(Listing { name, at, version, is_stored: false, by_marker, by_id })
}

/// A new one in the place of one whose pages moved.
pub fn anew(run: &mut Run, old: &Listing) -> Result<Listing, Stop> {
    let mut listing = fresh(run, old.name, old.version, old.at.chunks)?;
    // Another name: chunks of the earlier try are not its own.
    listing.at.listing.push('+');
    Ok(listing)
}

/// Where an earlier call stopped, if that still counts; else the beginning.
pub fn begin(run: &mut Run, known: &Briefs, purpose: Purpose) -> Result<Listing, Stop> {
    let name = purpose.name();
    let stored = store::get_mirrors::<ListingCursor>(run.platform, &[key(run, name)])?.pop();
    let (found, version) = stored.unwrap_or_default();
    let listing = fresh(run, name, version, found.as_ref().map_or(0, |at| at.chunks))?;
    let now = run.platform.now().0;
    let counts = |at: &ListingCursor| {
        let is_new = now.saturating_sub(at.began) <= COLLECTIONS_LISTED_MS_MAX;
        let same_pages = at.page.is_none() || at.size == listing.at.size;
        let is_over = at.shown && purpose == Purpose::Plan { is_first: true };
        is_new && same_pages && !is_over && !known.values().any(|brief| brief.is_lost_create)
    };
    let Some(at) = found.filter(counts) else { return Ok(listing) };
    let stored =
        store::get_mirrors::<ListingChunk>(run.platform, &chunk_keys(run, name, 0..at.chunks))?;
    let mut listed = BTreeMap::new();
    for (chunk, _) in stored {
        let Some(chunk) = chunk.filter(|c| c.listing == at.listing) else { return Ok(listing) };
        listed.extend(chunk.collections);
    }
    for brief in known.values() {
        let named = brief.named.as_ref().filter(|(named, _)| *named >= at.began);
        if let (Some(id), Some((_, name))) = (&brief.collection, named) {
            listed.insert(id.to_string(), name.to_string());
        }
    }
    let is_stored = at.page.is_none();
    let mut listing = Listing { at, is_stored, ..listing };
    for (id, name) in listed {
        listing.add(Listed { id, name });
    }
    Ok(listing)
}

/// Stores it: what it listed first, so that a position never stands alone.
pub fn keep(run: &Run, listing: Listing) -> Result<(), Stop> {
    if listing.is_stored || listing.at.page == Some(0) {
        return Ok(());
    }
    let listed: Vec<Rc<Listed>> = listing.by_id.into_values().collect();
    let chunks: Vec<&[Rc<Listed>]> = listed.chunks(SWEEP_CHUNK).collect();
    let count = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
    let names = chunk_keys(run, listing.name, 0..count);
    let there = store::get_mirrors::<ListingChunk>(run.platform, &names)?;
    let mut puts = Vec::with_capacity(chunks.len());
    for ((name, (before, version)), collections) in names.into_iter().zip(there).zip(chunks) {
        let pair = |listed: &Rc<Listed>| (listed.id.clone(), listed.name.clone());
        let collections = collections.iter().map(pair).collect();
        let chunk = ListingChunk { listing: listing.at.listing.clone(), collections };
        if before.as_ref() != Some(&chunk) {
            puts.push(store::prepared(name, version, &chunk)?);
        }
    }
    store::put_all(run.platform, &puts)?;
    let before = listing.at.chunks;
    let at = ListingCursor { chunks: count, ..listing.at };
    store::put(run.platform, &key(run, listing.name), listing.version, &at)?;
    drop_chunks(run, listing.name, count..before)
}

/// Drops what is stored: the next run lists everything.
pub fn forget(run: &Run, listing: &Listing) -> Result<(), Stop> {
    let Some(version) = listing.version else { return Ok(()) };
    store::delete(run.platform, &key(run, listing.name), version)?;
    drop_chunks(run, listing.name, 0..listing.at.chunks)
}

fn drop_chunks(run: &Run, name: &str, numbers: std::ops::Range<u32>) -> Result<(), Stop> {
    let names = chunk_keys(run, name, numbers);
    let there = store::get_mirrors::<ListingChunk>(run.platform, &names)?;
    for (name, (_, version)) in names.iter().zip(there) {
        if let Some(version) = version {
            store::delete(run.platform, name, version)?;
        }
    }
    Ok(())
}

fn key(run: &Run, name: &str) -> String {
    keys::cursor(&run.report.flow, name)
}

fn chunk_keys(run: &Run, name: &str, numbers: std::ops::Range<u32>) -> Vec<String> {
    let flow = &run.report.flow;
    numbers.map(|n| keys::cursor(flow, &format!("{name}:{n:05}"))).collect()
}
