//! Approved assets: the members of each approval collection, and the details of those that are new
//! or changed. An asset has left only when a complete sweep misses it and a direct read answers.

use std::collections::BTreeSet;

use super::sweep;
use crate::config::Source;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lease::Held;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::{BadRecord, Fault};
use crate::model::asset::Asset;
use crate::model::ids::{AssetId, CollectionId};
use crate::platform::Level;
use crate::report::{Outcome, RecordState};
use crate::smintio::portals::{decode, decode::AssetHead, request};
use crate::state::cursor::Trouble;
use crate::state::mirror::StoredAsset;
use crate::state::{keys, store};

/// The vendor, as people know it.
pub const VENDOR: &str = "Smint.io Portals";

/// Requests that one asset's details need: a background task and its polls.
const REQUESTS_EACH: u32 = 6;

/// Assets in a row whose details fail before it is the vendor that counts as failing.
const FAILURES_IN_A_ROW_MAX: u32 = 4;

/// Reads every approval collection.
pub fn observe(run: &mut Run, lease: &mut Held) -> Result<(), Stop> {
    let config = run.config;
    for source in &config.sources {
        sweep::sweep(run, lease, source, |run, seen| confirm_left(run, source, seen))?;
    }
    Ok(())
}

/// The heads that can be read; the others go to the inbox.
pub fn good_heads(
    run: &mut Run,
    source: &Source,
    assets: Vec<Result<AssetHead, BadRecord>>,
) -> Vec<AssetHead> {
    let mut heads = Vec::with_capacity(assets.len());
    for asset in assets {
        match asset {
            Ok(head) => heads.push(head),
            Err(bad) => {
                spoilt(run, &format!("{}:{}", source.collection, bad.record_id), bad.reason)
            }
        }
    }
    heads
}

/// A record that cannot be read: counted once, for a person to look at.
fn spoilt(run: &mut Run, record: &str, reason: String) {
    let record_id = format!("asset:{record}");
    run.troubles.push(Trouble { member: None, item: Some(record_id.clone()) });
    run.inbox.raise(Item::new(Kind::BadRecord, &record_id, reason.clone()));
    run.report.outcome(Outcome {
        record_id,
        state: RecordState::Inbox,
        why: reason,
        decision: None,
    });
}

/// Reads the details of what is new or changed on a page, and stores them.
pub fn keep_page(run: &mut Run, source: &Source, heads: Vec<AssetHead>) -> Result<(), Stop> {
    let keys: Vec<String> = heads.iter().map(|h| keys::asset(&h.id)).collect();
    let old = store::get_mirrors::<StoredAsset>(run.platform, &keys)?;
    let mut changed = Vec::new();
    let mut puts = Vec::new();
    for ((head, key), (before, version)) in heads.into_iter().zip(keys).zip(old) {
        let known = before.filter(|b| {
            !head.revision.is_empty()
                && b.asset.revision == head.revision
                && b.asset.collection.as_str() == source.collection
        });
        match known {
            Some(known) if known.approved => {}
            Some(known) => {
                let back = StoredAsset { approved: true, ..known };
                puts.push(store::prepared(key, version, &back)?);
            }
            None => changed.push((head, key, version)),
        }
    }
    store::put_all(run.platform, &puts)?;
    while !changed.is_empty() {
        // No more at once than the budget carries, and stored at once: a small budget reads the
        // rest of the page with its next call.
        let fits = run.caller.budget.of_requests(REQUESTS_EACH).max(1);
        let later = changed.split_off(fits.min(changed.len()));
        keep_details(run, source, changed)?;
        changed = later;
    }
    Ok(())
}

/// Reads and stores the details of some assets.
fn keep_details(
    run: &mut Run,
    source: &Source,
    changed: Vec<(AssetHead, String, Option<u64>)>,
) -> Result<(), Stop> {
    let mut puts = Vec::new();
    let heads: Vec<AssetHead> = changed.iter().map(|(head, _, _)| head.clone()).collect();
    let found = read_details(run, source, &heads)?;
    for ((AssetHead { id, .. }, key, version), details) in changed.into_iter().zip(found) {
        match details {
            Ok(asset) => {
                run.report.mirrored("assets", 1);
                puts.push(store::prepared(key, version, &StoredAsset { asset, approved: true })?);
            }
            Err(Unread::Bad(reason)) => unread(run, &id, RecordState::Inbox, reason),
            Err(Unread::Later(reason)) => unread(run, &id, RecordState::Deferred, reason),
        }
    }
    store::put_all(run.platform, &puts)?;
    Ok(())
}

/// A member whose details are not known: what is there of it stays.
fn unread(run: &mut Run, id: &AssetId, state: RecordState, why: String) {
    let record_id = id.0.clone();
    let item = (state == RecordState::Inbox).then(|| format!("asset:{record_id}"));
    if let Some(item) = &item {
        run.inbox.raise(Item::new(Kind::BadRecord, item, why.clone()));
    }
    run.troubles.push(Trouble { member: Some(record_id.clone()), item });
    run.unread.insert(id.clone());
    run.report.outcome(Outcome { record_id, state, why, decision: None });
}

/// Why the details of an asset are not known.
enum Unread {
    /// They cannot be read: a person looks at it.
    Bad(String),
    /// Portals failed on them now.
    Later(String),
}

/// The details of several assets. One that fails is a bad record; many in a row are a vendor
/// that is down.
fn read_details(
    run: &mut Run,
    source: &Source,
    heads: &[AssetHead],
) -> Result<Vec<Result<Asset, Unread>>, Stop> {
    let config = run.config;
    let collection = CollectionId(source.collection.clone());
    // Without a revision nobody can say which state an answer tells of: each run asks anew.
    let run_id = run.id.clone();
    let mark = |head: &'_ AssetHead| {
        if head.revision.is_empty() { run_id.clone() } else { head.revision.clone() }
    };
    let marks: Vec<String> = heads.iter().map(mark).collect();
    let calls = heads.iter().map(|head| request::asset(&config.portals, &head.id));
    let calls = calls.zip(marks.iter().map(String::as_str)).collect();
    let mut found = Vec::with_capacity(heads.len());
    for result in tasks::resumed(run, calls)? {
        if !matches!(result, Err(Fault::Transient(_))) {
            run.failures_in_a_row = 0;
        }
        found.push(match result {
            Ok(text) => read_asset(run, &collection, &text).map_err(Unread::Bad),
            Err(Fault::Refused(d) | Fault::NotFound(d)) => {
                Err(Unread::Bad(format!("Portals lists this asset but does not show it: {d}")))
            }
            Err(Fault::Unreadable(d)) => {
                Err(Unread::Bad(format!("Portals' answer cannot be read: {d}")))
            }
            Err(Fault::Transient(d)) if run.failures_in_a_row < FAILURES_IN_A_ROW_MAX => {
                run.failures_in_a_row += 1;
                Err(Unread::Later(format!("Portals fails on its details: {d}")))
            }
            Err(fault) => return Err(by_fault(run.platform, VENDOR, fault)),
        });
    }
    Ok(found)
}

fn read_asset(run: &Run, collection: &CollectionId, text: &str) -> Result<Asset, String> {
    match decode::asset(&run.config.portals, collection, text) {
        Ok(Ok(asset)) => Ok(asset),
        Ok(Err(bad)) => Err(bad.reason),
        Err(fault) => Err(format!("Portals: {fault}")),
    }
}

/// Assets that were members and are not listed any more: each is looked at directly.
fn confirm_left(run: &mut Run, source: &Source, seen: &BTreeSet<AssetId>) -> Result<(), Stop> {
    let mut missing = Vec::new();
    let mut members = 0_usize;
    store::scan(run.platform, "asset/", |entry| {
        let Some(stored) = store::mirror::<StoredAsset>(entry)? else { return Ok(()) };
        if stored.value.approved && stored.value.asset.collection.as_str() == source.collection {
            members += 1;
            if !seen.contains(&stored.value.asset.id) {
                missing.push((entry.key.clone(), stored.version, stored.value));
            }
        }
        Ok(())
    })?;
    if missing.len() == members && members > 1 {
        run.log(
            Level::Error,
            "an approval collection is suddenly empty; nothing is taken as withdrawn",
            &[("collection", source.collection.clone()), ("known", members.to_string())],
        );
        let message = format!(
            "collection {} is suddenly empty, where {members} assets were approved: nothing is \
             taken as withdrawn. If that is meant, take the source out of the configuration; else \
             mend the collection in Portals",
            source.collection
        );
        let record = format!("collection:{}", source.collection);
        run.inbox.raise(Item::about(Kind::BadRecord, &record, message, members.to_string()));
        return Ok(());
    }
    while !missing.is_empty() {
        let fits = run.caller.budget.of_requests(REQUESTS_EACH).max(1);
        let later = missing.split_off(fits.min(missing.len()));
        look_at_missing(run, missing)?;
        missing = later;
    }
    Ok(())
}

/// Looks at assets that a complete listing missed, and stores what that says at once.
fn look_at_missing(run: &mut Run, missing: Vec<(String, u64, StoredAsset)>) -> Result<(), Stop> {
    let config = run.config;
    let calls =
        missing.iter().map(|(_, _, s)| request::asset(&config.portals, &s.asset.id)).collect();
    let mut puts = Vec::new();
    for ((key, version, stored), answer) in missing.into_iter().zip(tasks::all(run, calls)?) {
        // Readable or surely gone: either way Portals knows what it says. Anything else: unknown.
        if matches!(answer, Ok(_) | Err(Fault::NotFound(_))) {
            puts.push(store::prepared(
                key,
                Some(version),
                &StoredAsset { approved: false, ..stored },
            )?);
        }
    }
    store::put_all(run.platform, &puts)?;
    Ok(())
}
