//! Titles: ids first, then the works behind them. What `changedSince` over-reports costs a read
//! and nothing else; what it misses is found by the periodic full sweep, but for
//! renamed imprints, which each run looks for.

use std::collections::BTreeSet;

use crate::consonance::decode::Lookup;
use crate::consonance::{decode, request};
use crate::engine::inbox::{Item, Kind};
use crate::engine::lease::Held;
use crate::engine::observe::MIRRORS;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::limits::PAGES_MAX;
use crate::linking::normalise_reference;
use crate::model::ids::WorkId;
use crate::model::title::Title;
use crate::order;
use crate::platform::Level;
use crate::state::cursor::{Reading, TitleCursor};
use crate::state::inbox as stored_inbox;
use crate::state::mirror::StoredTitle;
use crate::state::{keys, store};

use super::imprints::Imprints;
use super::works;

/// Works handled between two moves of the cursor.
const WORKS_AT_ONCE: usize = 100;

/// The source's name in its cursor.
const SOURCE: &str = "consonance";

/// Reads every title that changed since the last run.
pub fn observe(run: &mut Run, lease: &mut Held) -> Result<(), Stop> {
    let key = keys::cursor(MIRRORS, SOURCE);
    let stored = store::get::<TitleCursor>(run.platform, &key)?;
    let (mut cursor, mut version) = match stored {
        Some(found) => (found.value, Some(found.version)),
        None => (TitleCursor::default(), None),
    };
    let mut reading = cursor.reading.take().unwrap_or_else(|| begin(run, &cursor));
    let mut seen = BTreeSet::new();
    let mut imprints = Imprints::new(std::mem::take(&mut cursor.imprints));
    let known = if reading.full { known(run)? } else { Vec::new() };
    loop {
        let ids = next_ids(run, &cursor, &reading)?;
        let Some(last) = ids.last().copied() else { break };
        for batch in ids.chunks(WORKS_AT_ONCE) {
            lease.renew(run.platform)?;
            read_batch(run, batch, &mut imprints)?;
            run.report.mirrored("titles", batch.len() as u64);
            seen.extend(batch.iter().copied());
            let until = batch.last().map_or(reading.after, |id| id.0);
            let skipped = |id: &WorkId| id.0 > reading.after && id.0 < until;
            confirm_gone(run, &known, |id| skipped(id) && !batch.contains(id))?;
            reading.after = until;
            cursor.reading = Some(reading.clone());
            cursor.imprints.clone_from(&imprints.known);
            run.inbox.save(run.platform)?;
            version = Some(store::put(run.platform, &key, version, &cursor)?);
            run.platform.progress(
                "titles",
                seen.len() as u64,
                Some(ids.len().max(seen.len()) as u64),
            );
        }
        if reading.after != last.0 || seen.len() > PAGES_MAX as usize * WORKS_AT_ONCE {
            return Err(Stop::LimitReached("more works than this version reads".to_owned()));
        }
    }
    read_bad_again(run, &seen, &mut imprints)?;
    if reading.after == 0 && !known.is_empty() {
        return Err(listed_nothing(run, known.len()));
    }
    confirm_gone(run, &known, |id| id.0 > reading.after)?;
    read_renamed(run, lease, &mut imprints)?;
    run.inbox.save(run.platform)?;
    cursor = TitleCursor {
        watermark: Some(reading.began_on),
        swept_on: if reading.full { Some(reading.began_on) } else { cursor.swept_on },
        reading: None,
        imprints: imprints.settled(),
    };
    store::put(run.platform, &key, version, &cursor)?;
    Ok(())
}

fn begin(run: &Run, cursor: &TitleCursor) -> Reading {
    let days = i64::from(run.config.consonance.full_sweep_days);
    let due = cursor.swept_on.is_none_or(|day| (run.today - day).whole_days() >= days);
    Reading { after: 0, began_on: run.today, full: due || cursor.watermark.is_none() }
}

/// The next ids, ascending. An answer that is not ascending is taken as the whole set.
fn next_ids(run: &mut Run, cursor: &TitleCursor, reading: &Reading) -> Result<Vec<WorkId>, Stop> {
    let overlap = time::Duration::days(i64::from(run.config.consonance.overlap_days));
    let since = cursor.watermark.filter(|_| !reading.full).map(|day| day.saturating_sub(overlap));
    let after = (reading.after > 0).then_some(WorkId(reading.after));
    let call = request::work_ids(&run.config.consonance, after, since);
    let answer = run.consonance_one(call)?.and_then(|r| decode::work_ids(&r.body));
    let found = answer.map_err(|fault| by_fault(run.platform, "Consonance", fault))?;
    let mut ids: Vec<WorkId> = found.ids.into_iter().filter(|id| id.0 > reading.after).collect();
    order::sort_once(&mut ids);
    Ok(ids)
}

fn read_batch(run: &mut Run, ids: &[WorkId], imprints: &mut Imprints) -> Result<(), Stop> {
    let works = works::read(run, ids)?;
    imprints.see(&works);
    keep(run, works, Absent::Unknown)
}

/// The titles of imprints that were renamed. A run that ends in between goes on with those that
/// still show the old name.
fn read_renamed(run: &mut Run, lease: &mut Held, imprints: &mut Imprints) -> Result<(), Stop> {
    let (read, stale) = imprints.look(run)?;
    keep(run, read, Absent::Unknown)?;
    for batch in stale.chunks(WORKS_AT_ONCE) {
        lease.renew(run.platform)?;
        read_batch(run, batch, imprints)?;
        run.report.mirrored("titles", batch.len() as u64);
    }
    Ok(())
}

/// What it means that a lookup finds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nothing, by itself: what is known stays.
    Unknown,
    /// A full sweep missed it too: it is gone.
    Gone,
}

/// Stores what was read: found titles, with their index entries; titles that are no more.
pub fn keep(
    run: &mut Run,
    works: Vec<(WorkId, Lookup<Title>)>,
    absent: Absent,
) -> Result<(), Stop> {
    let keys: Vec<String> = works.iter().map(|(id, _)| keys::title(*id)).collect();
    let old = store::get_mirrors::<StoredTitle>(run.platform, &keys)?;
    let mut puts = Vec::new();
    let mut index = Vec::new();
    for (((id, lookup), key), (before, version)) in works.into_iter().zip(keys).zip(old) {
        let after = match lookup {
            Lookup::Found(title) => {
                run.inbox.reread(format!("title:{id}"));
                notes(run, &title);
                StoredTitle { title: without_addresses(*title), gone: false }
            }
            Lookup::NotFound => match before.clone() {
                Some(known) if absent == Absent::Gone => StoredTitle { gone: true, ..known },
                _ => continue,
            },
            Lookup::Unreadable(bad) => {
                // The decoder's name for it is for people; this one is how it is read again.
                run.inbox.raise(Item::new(Kind::BadRecord, &format!("title:{id}"), bad.reason));
                continue;
            }
        };
        if before.as_ref() != Some(&after) {
            index.extend(index_keys(id, &after.title));
            puts.push(store::prepared(key, version, &after)?);
        }
    }
    // The index first: a title without its index entries would stay unfindable.
    store::add_index(run.platform, &index)?;
    store::put_all(run.platform, &puts)?;
    Ok(())
}

/// An image's address of origin may be a signed one, which is a credential: it is never stored.
fn without_addresses(mut title: Title) -> Title {
    for resource in &mut title.resources {
        resource.remote_url = None;
    }
    title
}

fn notes(run: &mut Run, title: &Title) {
    if !title.notes.is_empty() {
        let record = format!("title:{}", title.id);
        run.inbox.raise(Item::new(Kind::BadRecord, &record, title.notes.join("; ")));
    }
}

fn index_keys(id: WorkId, title: &Title) -> Vec<String> {
    let isbns = title.products.iter().filter_map(|p| p.isbn).map(keys::index::isbn);
    let reference = title.in_house_reference.as_deref().map(normalise_reference);
    let reference = reference.filter(|r| !r.is_empty()).map(|r| keys::index::reference(&r));
    isbns.chain(reference).map(|prefix| keys::index::of_work(&prefix, id)).collect()
}

/// Titles that could not be read before and that no change brought back by itself.
fn read_bad_again(
    run: &mut Run,
    seen: &BTreeSet<WorkId>,
    imprints: &mut Imprints,
) -> Result<(), Stop> {
    let mut bad = Vec::new();
    store::scan(run.platform, "inbox/bad-record:title:", |entry| {
        let item = store::decode::<stored_inbox::Item>(entry)?.value;
        let id = item.record_id.strip_prefix("title:").and_then(|id| id.parse().ok());
        bad.extend(id.map(WorkId).filter(|id| !seen.contains(id)));
        Ok(())
    })?;
    for batch in bad.chunks(WORKS_AT_ONCE) {
        read_batch(run, batch, imprints)?;
    }
    Ok(())
}

/// The works that are known and not gone, ascending.
fn known(run: &Run) -> Result<Vec<WorkId>, Stop> {
    let mut known = Vec::new();
    store::scan(run.platform, "title/", |entry| {
        let stored = store::mirror::<StoredTitle>(entry)?.map(|found| found.value);
        known.extend(stored.filter(|s| !s.gone).map(|s| s.title.id));
        Ok(())
    })?;
    order::sort(&mut known);
    Ok(known)
}

/// In a full sweep: looks directly at every known work that the listing passed over.
fn confirm_gone(
    run: &mut Run,
    known: &[WorkId],
    is_passed_over: impl Fn(&WorkId) -> bool,
) -> Result<(), Stop> {
    let missing: Vec<WorkId> = known.iter().copied().filter(is_passed_over).collect();
    for batch in missing.chunks(WORKS_AT_ONCE) {
        let works = works::read(run, batch)?;
        keep(run, works, Absent::Gone)?;
    }
    Ok(())
}

fn listed_nothing(run: &Run, known: usize) -> Stop {
    run.log(
        Level::Error,
        "Consonance listed no work at all; nothing is taken as deleted",
        &[("known", known.to_string())],
    );
    Stop::VendorUnavailable(format!(
        "Consonance listed no work, where {known} are known; nothing was changed"
    ))
}
