//! The tenant's store in memory, as `wit/platform.wit` describes it, without faults. It refuses
//! what a real store would refuse.

use consonance_smintio::platform::{
    ConditionalPut, DeleteOutcome, Entry, PutOutcome, StateError, StoreTraits,
};
use std::collections::BTreeMap;

/// Keys, values and versions.
#[derive(Debug)]
pub struct Store {
    entries: BTreeMap<String, (Vec<u8>, u64)>,
    version: u64,
    /// What it says about itself.
    pub traits: StoreTraits,
}

impl Default for Store {
    fn default() -> Self {
        let traits = StoreTraits { conditional_writes: true, value_bytes_max: 1 << 20 };
        Self { entries: BTreeMap::new(), version: 0, traits }
    }
}

impl Store {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<Entry> {
        let (value, version) = self.entries.get(key)?;
        Some(Entry { key: key.to_owned(), value: value.clone(), version: *version })
    }

    /// At most `limit` entries whose keys start with `prefix`, from `start` on, and the key that
    /// comes next.
    pub fn scan(
        &self,
        prefix: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError> {
        if !(1..=1_000).contains(&limit) {
            return Err(StateError::Other(format!("a page of {limit} entries: 1 to 1,000")));
        }
        let from = start.filter(|start| *start > prefix).unwrap_or(prefix);
        let mut keys = self
            .entries
            .range(from.to_owned()..)
            .map(|(key, _)| key)
            .take_while(|key| key.starts_with(prefix));
        let page = keys.by_ref().take(limit as usize).filter_map(|key| self.get(key)).collect();
        Ok((page, keys.next().cloned()))
    }

    /// Puts if the key still has the expected version.
    pub fn put_if(&mut self, put: &ConditionalPut) -> Result<PutOutcome, StateError> {
        if put.key.is_empty() || put.key.len() > 512 {
            return Err(StateError::Other(format!("a key of {} bytes: 1 to 512", put.key.len())));
        }
        if put.value.len() as u64 > self.traits.value_bytes_max {
            return Err(StateError::TooLarge(self.traits.value_bytes_max));
        }
        let current = self.get(&put.key);
        if current.as_ref().map(|entry| entry.version) != put.expected {
            return Ok(PutOutcome::Lost(current));
        }
        Ok(PutOutcome::Stored(self.put(&put.key, put.value.clone())))
    }

    /// Deletes if the key still has the expected version.
    pub fn delete_if(&mut self, key: &str, expected: u64) -> DeleteOutcome {
        let current = self.get(key);
        if current.as_ref().map(|entry| entry.version) != Some(expected) {
            return DeleteOutcome::Lost(current);
        }
        self.entries.remove(key);
        DeleteOutcome::Deleted
    }

    /// Somebody else writes the same value again: only the version changes.
    pub fn touch(&mut self, key: &str) {
        if let Some(entry) = self.get(key) {
            self.put(key, entry.value);
        }
    }

    /// Writes, whatever is there.
    pub fn put(&mut self, key: &str, value: Vec<u8>) -> u64 {
        self.version += 1;
        self.entries.insert(key.to_owned(), (value, self.version));
        self.version
    }

    /// Everything that is stored.
    pub fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        self.entries.iter().map(|(key, (value, _))| (key.clone(), value.clone())).collect()
    }
}
