//! Result sets of sources that page by cursor. Every page has an id of its own, so a repeated
//! request repeats the page; an id ends some minutes after it was last used.

use super::super::refusal::Refusal;
use super::super::signer::Signer;
use crate::http::InstantMs;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sets kept at most; the oldest goes first.
const MAX: usize = 256;

/// The open result sets.
#[derive(Default)]
pub struct ResultSets {
    made: u64,
    sets: BTreeMap<u64, ResultSet>,
}

struct ResultSet {
    /// What was searched, so that a set is not continued by another search.
    search: String,
    numbers: Arc<[usize]>,
    used: InstantMs,
}

/// Where a search goes on.
pub struct Place {
    /// The set.
    pub set: u64,
    /// The whole result.
    pub numbers: Arc<[usize]>,
    /// The first one of the page.
    pub offset: usize,
}

impl ResultSets {
    /// Opens a set.
    pub fn open(&mut self, now: InstantMs, search: &str, numbers: Vec<usize>) -> Place {
        self.made += 1;
        let numbers: Arc<[usize]> = numbers.into();
        let set = ResultSet { search: search.to_owned(), numbers: Arc::clone(&numbers), used: now };
        self.sets.insert(self.made, set);
        if self.sets.len() > MAX {
            self.sets.pop_first();
        }
        Place { set: self.made, numbers, offset: 0 }
    }

    /// Goes on in a set.
    pub fn resume(
        &mut self,
        signer: &Signer,
        now: InstantMs,
        lifetime_ms: u64,
        search: &str,
        id: &str,
    ) -> Result<Place, Refusal> {
        let invalid = || {
            Refusal::new(400, "scroll_uuid_invalid", "The search result set is invalid or expired")
        };
        let (set, offset) = read(signer, id).ok_or_else(invalid)?;
        let found = self.sets.get_mut(&set).filter(|s| s.search == search);
        let found = found.filter(|s| now < s.used + lifetime_ms).ok_or_else(invalid)?;
        found.used = now;
        Ok(Place { set, numbers: Arc::clone(&found.numbers), offset })
    }
}

/// The id of the page that begins at `offset`.
pub fn id(signer: &Signer, set: u64, offset: usize) -> String {
    let head = format!("{set:x}-{offset:x}");
    let signature = signer.sign(&["result set", &head]);
    format!("{head}-{signature}")
}

fn read(signer: &Signer, text: &str) -> Option<(u64, usize)> {
    let (head, signature) = text.rsplit_once('-')?;
    let (set, offset) = head.split_once('-')?;
    if signer.sign(&["result set", head]) != signature {
        return None;
    }
    Some((u64::from_str_radix(set, 16).ok()?, usize::from_str_radix(offset, 16).ok()?))
}
