//! A store in memory, for tests and for calls that need no tenant.
//!
//! Invariant: it behaves like the durable store in everything but durability; one table of tests
//! runs over both.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    ConditionalPut, DeleteOutcome, Entry, Error, Page, PutOutcome, Store, check_count, check_key,
    check_put, page_of,
};

/// Entries in memory.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Inner>);

#[derive(Clone, Debug, Default)]
struct Inner {
    entries: BTreeMap<String, (u64, Vec<u8>)>,
    last_version: u64,
}

impl Inner {
    fn entry(&self, key: &str) -> Option<Entry> {
        let (version, value) = self.entries.get(key)?;
        Some(Entry { key: key.to_owned(), value: value.clone(), version: *version })
    }

    fn version(&self, key: &str) -> Option<u64> {
        self.entries.get(key).map(|(version, _)| *version)
    }

    fn put(&mut self, put: &ConditionalPut) -> u64 {
        self.last_version += 1;
        self.entries.insert(put.key.clone(), (self.last_version, put.value.clone()));
        self.last_version
    }
}

impl MemoryStore {
    /// A store that holds the same and goes its own way from here.
    pub fn copy(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }

    // A panic of another holder cannot leave a half-made change: each is one insert.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<Entry>, Error> {
        check_key(key)?;
        Ok(self.lock().entry(key))
    }

    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, Error> {
        check_count(keys.len())?;
        keys.iter().try_for_each(|key| check_key(key))?;
        let inner = self.lock();
        Ok(keys.iter().map(|key| inner.entry(key)).collect())
    }

    fn scan(&self, prefix: &str, start: Option<&str>, limit: u32) -> Result<Page, Error> {
        let inner = self.lock();
        let from = Bound::Included(start.map_or(prefix, |start| start.max(prefix)));
        let entries = inner
            .entries
            .range::<str, _>((from, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(prefix))
            .filter_map(|(key, _)| inner.entry(key))
            .map(Ok);
        page_of(entries, limit)
    }

    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, Error> {
        check_put(put)?;
        let mut inner = self.lock();
        if inner.version(&put.key) != put.expected {
            return Ok(PutOutcome::Lost(inner.entry(&put.key)));
        }
        Ok(PutOutcome::Stored(inner.put(put)))
    }

    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, Error> {
        check_key(key)?;
        let mut inner = self.lock();
        if inner.version(key) != Some(expected) {
            return Ok(DeleteOutcome::Lost(inner.entry(key)));
        }
        inner.entries.remove(key);
        Ok(DeleteOutcome::Deleted)
    }

    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, Error> {
        check_count(puts.len())?;
        puts.iter().try_for_each(check_put)?;
        let mut inner = self.lock();
        let mut versions = Vec::with_capacity(puts.len());
        for put in puts {
            if inner.version(&put.key) != put.expected {
                break;
            }
            versions.push(inner.put(put));
        }
        Ok(versions)
    }
}
