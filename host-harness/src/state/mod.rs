//! The tenant's durable store: what every implementation promises.
//!
//! Invariant: each successful write is one durable commit, and each write of a key gives it a
//! version that no key of this store ever had before, deletions included.

pub mod durable;
pub mod memory;

pub use crate::bindings::consonance_smintio::connector::state::{
    Capabilities, ConditionalPut, DeleteOutcome, Entry, Error, Page, PutOutcome,
};

/// The longest key in bytes.
pub const KEY_BYTES_MAX: usize = 512;
/// The largest value in bytes: a state record, never a file.
pub const VALUE_BYTES_MAX: usize = 4 << 20;
/// The most entries of one page of a scan, and of one `get-many` or `apply`.
pub const ENTRIES_MAX: usize = 1_000;
/// A scan's page ends early beyond this many bytes of values, so that a page of large records
/// cannot fill the guest's memory.
pub const PAGE_BYTES_MAX: usize = 8 << 20;

/// One tenant's flat key space. Calls block; the platform runs them on its blocking threads.
pub trait Store: Send + Sync {
    /// The entry of a key.
    fn get(&self, key: &str) -> Result<Option<Entry>, Error>;
    /// The entries of several keys, in the order asked.
    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, Error>;
    /// One page of the entries whose keys start with `prefix`, in ascending byte order.
    fn scan(&self, prefix: &str, start: Option<&str>, limit: u32) -> Result<Page, Error>;
    /// Stores the value if the key still has the expected version.
    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, Error>;
    /// Deletes the key if it still has the expected version.
    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, Error>;
    /// Conditional puts in order, stopping at the first that is lost; one commit for all.
    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, Error>;

    /// What this store can do.
    fn traits(&self) -> Capabilities {
        Capabilities { conditional_writes: true, value_bytes_max: VALUE_BYTES_MAX as u64 }
    }
}

/// Refuses a key that no implementation has to take.
fn check_key(key: &str) -> Result<(), Error> {
    if key.is_empty() || key.len() > KEY_BYTES_MAX {
        let found = key.len();
        return Err(Error::Other(format!("a key has 1 to {KEY_BYTES_MAX} bytes, not {found}")));
    }
    Ok(())
}

/// Refuses a put that no implementation has to take.
fn check_put(put: &ConditionalPut) -> Result<(), Error> {
    check_key(&put.key)?;
    if put.value.len() > VALUE_BYTES_MAX {
        return Err(Error::TooLarge(VALUE_BYTES_MAX as u64));
    }
    Ok(())
}

/// Refuses lists that are longer than a page.
fn check_count(count: usize) -> Result<(), Error> {
    if count > ENTRIES_MAX {
        return Err(Error::Other(format!("at most {ENTRIES_MAX} entries a call, not {count}")));
    }
    Ok(())
}

/// The number of entries that a page of a scan may hold.
fn page_limit(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(ENTRIES_MAX).clamp(1, ENTRIES_MAX)
}

/// Collects one page from entries in order. `next` is the first key that did not fit.
fn page_of(entries: impl Iterator<Item = Result<Entry, Error>>, limit: u32) -> Result<Page, Error> {
    let mut page = Page { entries: Vec::new(), next: None };
    let mut bytes = 0;
    for entry in entries {
        let entry = entry?;
        let full = page.entries.len() == page_limit(limit)
            || (bytes > 0 && bytes + entry.value.len() > PAGE_BYTES_MAX);
        if full {
            page.next = Some(entry.key);
            break;
        }
        bytes += entry.value.len();
        page.entries.push(entry);
    }
    Ok(page)
}

#[cfg(test)]
mod tests;
