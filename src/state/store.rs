//! Typed access to the platform's store. Every write names the version that was read; a write
//! whose outcome is unknown is settled by reading before anything goes on.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::FORMAT;
use crate::json;
use crate::limits::STATE_CONFLICTS_MAX;
use crate::order;
use crate::platform::{ConditionalPut, DeleteOutcome, Entry, Platform, PutOutcome, StateError};

/// Keys asked for at once, as wit/platform.wit promises the platform.
const KEYS_AT_ONCE: usize = 100;

/// Entries a page of a scan.
const SCAN_PAGE: u32 = 200;

/// Why the store did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateFault {
    /// The platform's store does not answer, is full, or refuses.
    Unavailable(String),
    /// Somebody else wrote the key first.
    Conflict(String),
    /// The value was written by a newer version of the connector.
    Newer(String),
    /// The value cannot be read.
    Corrupt(String),
}

/// A value with the version under which it is stored.
#[derive(Clone, Debug)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// The version.
    pub version: u64,
}

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    format: u32,
    data: T,
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

/// The bytes of a value as it is stored.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, StateFault> {
    serde_json::to_vec(&Envelope { format: FORMAT, data: value })
        .map_err(|e| StateFault::Corrupt(format!("a value cannot be written: {e}")))
}

/// The value in an entry.
pub fn decode<T: DeserializeOwned>(entry: &Entry) -> Result<Versioned<T>, StateFault> {
    match json::read::<Envelope<T>>(&entry.value) {
        Ok(found) if found.format <= FORMAT => {
            Ok(Versioned { value: found.data, version: entry.version })
        }
        Ok(found) => Err(newer(entry, found.format)),
        Err(reason) => Err(unreadable(entry, &reason)),
    }
}

/// A newer version may have written what this one cannot even read.
#[cold]
fn unreadable(entry: &Entry, reason: &str) -> StateFault {
    match json::read::<FormatOnly>(&entry.value) {
        Ok(FormatOnly { format }) if format > FORMAT => newer(entry, format),
        _ => StateFault::Corrupt(format!("{}: {reason}", entry.key)),
    }
}

#[cold]
fn newer(entry: &Entry, format: u32) -> StateFault {
    let key = &entry.key;
    StateFault::Newer(format!("{key} has format {format}, this version reads up to {FORMAT}"))
}

fn fault(error: StateError) -> StateFault {
    StateFault::Unavailable(match error {
        StateError::Unavailable(d) | StateError::OutcomeUnknown(d) => d,
        StateError::TooLarge(max) => {
            format!("a value is larger than the store takes ({max} bytes)")
        }
        StateError::Quota(d) => format!("the tenant's space is used up: {d}"),
        StateError::Denied(d) => format!("denied: {d}"),
        StateError::Other(d) => d,
    })
}

/// The value of a key.
pub fn get<T: DeserializeOwned>(
    platform: &dyn Platform,
    key: &str,
) -> Result<Option<Versioned<T>>, StateFault> {
    platform.get(key).map_err(fault)?.as_ref().map(decode).transpose()
}

/// The values of several keys, in the order asked.
pub fn get_many<T: DeserializeOwned>(
    platform: &dyn Platform,
    keys: &[String],
) -> Result<Vec<Option<Versioned<T>>>, StateFault> {
    entries(platform, keys)?.iter().map(|e| e.as_ref().map(decode).transpose()).collect()
}

/// The entries of the keys, in as many calls as it takes.
fn entries(platform: &dyn Platform, keys: &[String]) -> Result<Vec<Option<Entry>>, StateFault> {
    let mut entries = Vec::with_capacity(keys.len());
    for some in keys.chunks(KEYS_AT_ONCE) {
        entries.extend(platform.get_many(some).map_err(fault)?);
    }
    Ok(entries)
}

/// A mirror that may be absent or unreadable, with the version under which it stands.
pub type Mirrored<T> = (Option<T>, Option<u64>);

/// Like `get_many` for mirrors: a value that cannot be read counts as absent, its version kept,
/// so that it is read from the vendor again and overwritten.
pub fn get_mirrors<T: DeserializeOwned>(
    platform: &dyn Platform,
    keys: &[String],
) -> Result<Vec<Mirrored<T>>, StateFault> {
    entries(platform, keys)?
        .iter()
        .map(|entry| match entry.as_ref().map(|e| (decode(e), e.version)) {
            None => Ok((None, None)),
            Some((Ok(found), version)) => Ok((Some(found.value), Some(version))),
            Some((Err(StateFault::Corrupt(_)), version)) => Ok((None, Some(version))),
            Some((Err(other), _)) => Err(other),
        })
        .collect()
}

/// The mirror in an entry; `None` if it cannot be read, so that it counts as absent.
pub fn mirror<T: DeserializeOwned>(entry: &Entry) -> Result<Option<Versioned<T>>, StateFault> {
    match decode(entry) {
        Ok(found) => Ok(Some(found)),
        Err(StateFault::Corrupt(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Calls `each` with every entry under a prefix, in ascending order of the keys.
pub fn scan(
    platform: &dyn Platform,
    prefix: &str,
    mut each: impl FnMut(&Entry) -> Result<(), StateFault>,
) -> Result<(), StateFault> {
    let mut start: Option<String> = None;
    loop {
        let (entries, next) = platform.scan(prefix, start.as_deref(), SCAN_PAGE).map_err(fault)?;
        entries.iter().try_for_each(&mut each)?;
        match next {
            Some(next) if start.as_ref() != Some(&next) => start = Some(next),
            _ => return Ok(()),
        }
    }
}

/// One page under a prefix.
pub fn page(
    platform: &dyn Platform,
    prefix: &str,
    start: Option<&str>,
    limit: u32,
) -> Result<(Vec<Entry>, Option<String>), StateFault> {
    platform.scan(prefix, start, limit).map_err(fault)
}

/// Stores a value if the key still has the version that was read. Returns the new version.
pub fn put<T: Serialize>(
    platform: &dyn Platform,
    key: &str,
    expected: Option<u64>,
    value: &T,
) -> Result<u64, StateFault> {
    let put = ConditionalPut { key: key.to_owned(), expected, value: encode(value)? };
    put_bytes(platform, &put)
}

fn put_bytes(platform: &dyn Platform, put: &ConditionalPut) -> Result<u64, StateFault> {
    for _ in 0..STATE_CONFLICTS_MAX {
        match platform.put_if(put) {
            Ok(PutOutcome::Stored(version)) => return Ok(version),
            Ok(PutOutcome::Lost(current)) => return settled(put, current).ok_or_else(|| lost(put)),
            Err(StateError::OutcomeUnknown(_)) => {
                let current = platform.get(&put.key).map_err(fault)?;
                if current.as_ref().map(|e| e.version) != put.expected {
                    return settled(put, current).ok_or_else(|| lost(put));
                }
            }
            Err(other) => return Err(fault(other)),
        }
    }
    Err(StateFault::Unavailable(format!("the store does not say whether it wrote {}", put.key)))
}

/// The version, if the key holds exactly what we meant to write: then an earlier try of ours did.
fn settled(put: &ConditionalPut, current: Option<Entry>) -> Option<u64> {
    current.filter(|entry| entry.value == put.value).map(|entry| entry.version)
}

fn lost(put: &ConditionalPut) -> StateFault {
    StateFault::Conflict(format!("{} was changed by somebody else meanwhile", put.key))
}

/// Stores several values in order; whoever reads afterwards may see a prefix of them.
pub fn put_all(platform: &dyn Platform, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateFault> {
    let mut versions = Vec::with_capacity(puts.len());
    while let Some(rest) = puts.get(versions.len()..).filter(|rest| !rest.is_empty()) {
        match platform.apply(rest) {
            Ok(applied) if !applied.is_empty() => versions.extend(applied),
            // Lost, stopped part-way or unknown: settle the next one alone, then go on.
            Ok(_) | Err(StateError::OutcomeUnknown(_)) => {
                if let Some(next) = rest.first() {
                    versions.push(put_bytes(platform, next)?);
                }
            }
            Err(other) => return Err(fault(other)),
        }
    }
    Ok(versions)
}

/// Prepares a put for `put_all`.
pub fn prepared<T: Serialize>(
    key: String,
    expected: Option<u64>,
    value: &T,
) -> Result<ConditionalPut, StateFault> {
    Ok(ConditionalPut { key, expected, value: encode(value)? })
}

/// Deletes a key if it still has the version that was read.
pub fn delete(platform: &dyn Platform, key: &str, expected: u64) -> Result<(), StateFault> {
    for _ in 0..STATE_CONFLICTS_MAX {
        match platform.delete_if(key, expected) {
            Ok(DeleteOutcome::Deleted | DeleteOutcome::Lost(None)) => return Ok(()),
            Ok(DeleteOutcome::Lost(Some(_))) => {
                return Err(StateFault::Conflict(format!("{key} was changed by somebody else")));
            }
            Err(StateError::OutcomeUnknown(_)) => {
                if platform.get(key).map_err(fault)?.is_none() {
                    return Ok(());
                }
            }
            Err(other) => return Err(fault(other)),
        }
    }
    Err(StateFault::Unavailable(format!("the store does not say whether it deleted {key}")))
}

/// Adds index entries that are not there yet. They carry no value.
pub fn add_index(platform: &dyn Platform, keys: &[String]) -> Result<(), StateFault> {
    let put =
        |key: &String| ConditionalPut { key: key.clone(), expected: None, value: b"{}".to_vec() };
    put_absent(platform, keys.iter().map(put).collect())
}

/// Stores what is not there yet, and leaves alone what is. A key that stands there twice is once.
pub fn put_absent(
    platform: &dyn Platform,
    mut puts: Vec<ConditionalPut>,
) -> Result<(), StateFault> {
    order::sort_by(&mut puts, &|a, b| a.key.cmp(&b.key));
    puts.dedup_by(|a, b| a.key == b.key);
    let keys: Vec<String> = puts.iter().map(|put| put.key.clone()).collect();
    let there = entries(platform, &keys)?;
    let missing: Vec<ConditionalPut> =
        puts.into_iter().zip(there).filter(|(_, e)| e.is_none()).map(|(put, _)| put).collect();
    put_all(platform, &missing).map(|_| ())
}
