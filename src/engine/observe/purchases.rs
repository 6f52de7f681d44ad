//! Purchases: the cursor feed of CLAPI-C. A page's cursor is kept only when every purchase of the
//! page is stored or in the inbox. A page that cannot be read stops the stream with an alert; the
//! flow goes on with what is known and holds back whatever depends on purchases.

use std::collections::{BTreeMap, BTreeSet};

use super::files;
use crate::config::Clapi;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lease::Held;
use crate::engine::lookup;
use crate::engine::observe::{MIRRORS, snapshots};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::limits::PAGES_MAX;
use crate::model::delivery::Delivery;
use crate::model::ids::PurchaseId;
use crate::model::licence::{Binary, Purchase};
use crate::order;
use crate::platform::{Call, Level};
use crate::smintio::clapi::{decode, request};
use crate::state::cursor::FeedCursor;
use crate::state::mirror::StoredPurchase;
use crate::state::{keys, store};

/// Whether the licences are as new as the vendor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Read to the end.
    Fresh,
    /// The feed could not be read to its end: nothing may rest on a purchase.
    Stale,
}

/// Reads the feed from the cursor to its end.
pub fn observe(run: &mut Run, lease: &mut Held) -> Result<Freshness, Stop> {
    let config = run.config;
    let Some(clapi) = &config.clapi else { return Ok(Freshness::Fresh) };
    let key = keys::cursor(MIRRORS, "clapi");
    let stored = store::get::<FeedCursor>(run.platform, &key)?;
    let mut version = stored.as_ref().map(|s| s.version);
    let mut cursor = stored.map(|s| s.value).unwrap_or_default();
    for _ in 0..PAGES_MAX {
        lease.renew(run.platform)?;
        let call = request::feed(clapi, cursor.continuation.as_deref());
        let answer =
            run.clapi(vec![call])?.pop().unwrap_or_else(|| Err(Fault::NotFound(String::new())));
        let page = match answer.and_then(|r| decode::feed(&r.body)) {
            Ok(page) => page,
            Err(Fault::Unreadable(reason)) => return Ok(stale(run, &reason)),
            Err(Fault::Refused(reason)) => return Ok(stale(run, &reason)),
            Err(fault) => return Err(by_fault(run.platform, "Smint.io (licences)", fault)),
        };
        if page.entries.is_empty() {
            ask_again(run, clapi)?;
            return Ok(Freshness::Fresh);
        }
        keep(run, clapi, page.entries)?;
        match page.cursor {
            Some(next) if cursor.continuation.as_ref() != Some(&next) => {
                cursor.continuation = Some(next);
                run.inbox.save(run.platform)?;
                version = Some(store::put(run.platform, &key, version, &cursor)?);
            }
            _ => return Ok(stale(run, "a page with purchases whose cursor does not move on")),
        }
    }
    Err(Stop::LimitReached(format!("the licence feed has more than {PAGES_MAX} pages")))
}

fn stale(run: &mut Run, reason: &str) -> Freshness {
    run.log(
        Level::Error,
        "the licence feed cannot be read; nothing that rests on a purchase is written",
        &[("reason", reason.to_owned())],
    );
    let message = format!(
        "Smint.io's licence feed cannot be read ({reason}). Purchases are known as of the last \
         run; what rests on them waits. If it stays so, ask Smint.io."
    );
    run.inbox.raise(Item::new(Kind::BadRecord, "feed:clapi", message));
    Freshness::Stale
}

fn keep(
    run: &mut Run,
    clapi: &Clapi,
    entries: Vec<Result<Delivery, crate::fault::BadRecord>>,
) -> Result<(), Stop> {
    let mut deliveries: Vec<Delivery> = Vec::with_capacity(entries.len());
    let mut unreadable = BTreeSet::new();
    for entry in entries {
        match entry {
            Ok(delivery) => {
                unreadable.remove(&delivery.purchase.id);
                deliveries.push(delivery);
            }
            Err(bad) => {
                unreadable.insert(PurchaseId(bad.record_id.clone()));
                run.inbox.raise(Item::bad_purchase(&bad.record_id, bad.reason));
            }
        }
    }
    run.report.mirrored("purchases", deliveries.len() as u64);
    let purchases = snapshots::keep(run, deliveries)?;
    for purchase in &purchases {
        run.inbox.reread(format!("purchase:{}", purchase.id));
    }
    store_all(run, clapi, purchases, &unreadable)
}

/// Asks again for files that could not be listed when their purchase was delivered.
fn ask_again(run: &mut Run, clapi: &Clapi) -> Result<(), Stop> {
    let due = files::due(run)?;
    if due.is_empty() {
        return Ok(());
    }
    let (wanted, others): (Vec<Purchase>, Vec<Purchase>) = lookup::purchases_of(run, &due)?
        .into_iter()
        .partition(|purchase| request::binaries(clapi, purchase).is_some() && is_open(purchase));
    let others: Vec<PurchaseId> = others.into_iter().map(|purchase| purchase.id).collect();
    files::forget(run, &others)?;
    store_all(run, clapi, wanted, &BTreeSet::new())
}

/// Whether the vendor lets its files be synchronised.
fn is_open(purchase: &Purchase) -> bool {
    purchase.can_be_synced == Some(true)
}

/// Stores deliveries with their files.
fn store_all(
    run: &mut Run,
    clapi: &Clapi,
    mut purchases: Vec<Purchase>,
    unreadable: &BTreeSet<PurchaseId>,
) -> Result<(), Stop> {
    let listed = add_binaries(run, clapi, &mut purchases)?;
    let keys: Vec<String> = purchases.iter().map(|p| keys::licence(&p.id)).collect();
    let old = store::get_mirrors::<StoredPurchase>(run.platform, &keys)?;
    let mut puts = Vec::new();
    let mut index = Vec::new();
    let mut latest: BTreeMap<String, (Option<u64>, StoredPurchase)> = BTreeMap::new();
    for ((purchase, key), (before, version)) in purchases.into_iter().zip(keys).zip(old) {
        index.extend(index_keys(&purchase));
        let known = latest.get(&key).map(|(_, known)| known).or(before.as_ref());
        if let Some(after) = newer(known, purchase) {
            latest.insert(key, (version, after));
        }
    }
    distrust(run, unreadable, &mut latest)?;
    for (key, (version, after)) in latest {
        puts.push(store::prepared(key, version, &after)?);
    }
    store::add_index(run.platform, &deduplicated(index))?;
    store::put_all(run.platform, &puts)?;
    files::forget(run, &listed)
}

/// A purchase whose last delivery cannot be read may have been cancelled: its state is unknown, so
/// that it clears nothing, until it is read well again.
fn distrust(
    run: &Run,
    unreadable: &BTreeSet<PurchaseId>,
    latest: &mut BTreeMap<String, (Option<u64>, StoredPurchase)>,
) -> Result<(), Stop> {
    let keys: Vec<String> = unreadable.iter().map(keys::licence).collect();
    let known = store::get_mirrors::<StoredPurchase>(run.platform, &keys)?;
    for (key, (before, version)) in keys.into_iter().zip(known) {
        let newest = latest.get(&key).map(|(_, newest)| newest).or(before.as_ref());
        let Some(mut after) = newest.cloned() else { continue };
        after.purchase.state = None;
        after.purchase.policy.state = None;
        after.purchase.can_be_synced = None;
        if before.as_ref() != Some(&after) {
            latest.insert(key, (version, after));
        }
    }
    Ok(())
}

/// What is stored after this delivery; `None`: what is known stays. One page may deliver several
/// versions of a purchase, in any order. Files that could not be listed this time are not gone.
fn newer(known: Option<&StoredPurchase>, mut purchase: Purchase) -> Option<StoredPurchase> {
    if let Some(known) = known {
        // Without a number on both sides the later delivery is the better guess: it may cancel.
        let versions = known.purchase.version.zip(purchase.version);
        if versions.is_some_and(|(known, new)| known > new) {
            return None;
        }
        if purchase.binaries.is_empty() {
            purchase.binaries.clone_from(&known.purchase.binaries);
        }
    }
    let after = StoredPurchase { purchase };
    (known != Some(&after)).then_some(after)
}

fn deduplicated(mut keys: Vec<String>) -> Vec<String> {
    order::sort_once(&mut keys);
    keys
}

/// Adds the files of each purchase, and says whose were listed. One whose files cannot be listed is
/// kept without them, so that nothing is lost; it joins by its ids only until they are.
fn add_binaries(
    run: &mut Run,
    clapi: &Clapi,
    purchases: &mut [Purchase],
) -> Result<Vec<PurchaseId>, Stop> {
    let (wanted, calls): (Vec<usize>, Vec<Call>) = purchases
        .iter()
        .enumerate()
        .filter(|(_, purchase)| is_open(purchase))
        .filter_map(|(index, purchase)| Some((index, request::binaries(clapi, purchase)?)))
        .unzip();
    let answers = run.clapi(calls)?;
    let (mut listed, mut failed) = (Vec::new(), Vec::new());
    for (index, answer) in wanted.into_iter().zip(answers) {
        let Some(purchase) = purchases.get_mut(index) else { continue };
        match answer.and_then(|r| decode::binaries(clapi, &r.body)) {
            Ok(binaries) => {
                purchase.binaries = binaries;
                listed.push(purchase.id.clone());
            }
            Err(fault @ (Fault::Throttled { .. } | Fault::Unauthorized | Fault::Denied(_))) => {
                return Err(by_fault(run.platform, "Smint.io (licences)", fault));
            }
            Err(fault) => {
                let fields = [("purchase", purchase.id.to_string()), ("reason", fault.to_string())];
                run.log(Level::Warn, "the files of a purchase cannot be listed", &fields);
                failed.push((purchase.id.clone(), fault.to_string()));
            }
        }
    }
    files::remember(run, &failed)?;
    Ok(listed)
}

fn index_keys(purchase: &Purchase) -> Vec<String> {
    let element = purchase.element.as_deref().map(keys::index::element);
    let reuse = purchase.reused.as_ref().map(keys::index::reuse);
    let files = purchase.binaries.iter().filter_map(|Binary { file_name, .. }| {
        file_name.as_deref().filter(|n| !n.is_empty()).map(keys::index::file_name)
    });
    let prefixes = element.into_iter().chain(reuse).chain(files);
    prefixes.map(|prefix| keys::index::of_purchase(&prefix, &purchase.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchase(version: i64, files: &[&str]) -> Purchase {
        let binary = |id: &&str| Binary { id: (*id).to_owned(), ..Binary::default() };
        Purchase {
            version: Some(version),
            binaries: files.iter().map(binary).collect(),
            ..Purchase::default()
        }
    }

    #[test]
    fn an_older_delivery_or_a_lost_listing_takes_nothing_away() {
        let stored = |version, files| StoredPurchase { purchase: purchase(version, files) };
        let known = stored(2, &["f"]);
        assert_eq!(newer(None, purchase(1, &[])), Some(stored(1, &[])));
        assert_eq!(newer(Some(&known), purchase(1, &["old"])), None);
        assert_eq!(newer(Some(&known), purchase(2, &["f"])), None);
        let unnumbered = Purchase { version: None, ..purchase(0, &["f"]) };
        assert!(newer(Some(&known), unnumbered).is_some());
        assert_eq!(newer(Some(&known), purchase(2, &[])), None);
        assert_eq!(newer(Some(&known), purchase(3, &[])), Some(stored(3, &["f"])));
        assert_eq!(newer(Some(&known), purchase(3, &["g"])), Some(stored(3, &["g"])));
    }
}
