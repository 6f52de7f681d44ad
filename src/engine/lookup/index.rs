//! The stored indexes in brief, read once for a whole plan: most keys of most assets lead nowhere,
//! and the store is not asked about those. An entry is a hint all the same, here as in the store:
//! what it points at is checked against the record itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::WorkId;
use crate::platform::Entry;
use crate::state::store;

use super::HITS_MAX;

/// Where all indexes stand.
const ALL: &str = "index/";

/// Entries a page: they are small.
const PAGE: u32 = 1_000;

/// Which keys lead anywhere. 16 bytes an entry, so that a large catalogue fits.
#[derive(Debug, Default)]
pub struct Index {
    /// What an entry stands under, and its number where it is a work; ascending.
    entries: Vec<(u64, Option<WorkId>)>,
}

impl Index {
    /// All of it.
    pub fn read(run: &Run) -> Result<Self, Stop> {
        let mut index = Self::default();
        let mut start: Option<String> = None;
        loop {
            let (page, next) = store::page(run.platform, ALL, start.as_deref(), PAGE)?;
            index.add(&page);
            match next {
                Some(next) if start.as_ref() != Some(&next) => start = Some(next),
                _ => break,
            }
        }
        index.entries.sort_unstable();
        Ok(index)
    }

    /// Only what stands under these keys of `keys::index`, where few are of interest.
    pub fn read_only(run: &Run, prefixes: impl Iterator<Item = String>) -> Result<Self, Stop> {
        let mut index = Self::default();
        for prefix in prefixes {
            index.add(&store::page(run.platform, &prefix, None, HITS_MAX as u32)?.0);
        }
        index.entries.sort_unstable();
        index.entries.dedup();
        Ok(index)
    }

    fn add(&mut self, page: &[Entry]) {
        self.entries.extend(page.iter().filter_map(|entry| {
            let (prefix, end) = entry.key.rsplit_once('/')?;
            Some((hash(prefix), end.parse().ok().map(WorkId)))
        }));
    }

    /// Works under a key of `keys::index`; beyond a few of them it is ambiguous anyway.
    pub fn works(&self, prefix: &str) -> impl Iterator<Item = WorkId> {
        self.under(prefix).iter().filter_map(|(_, work)| *work).take(HITS_MAX)
    }

    /// Whether anything stands under a key of `keys::index`.
    pub fn leads_anywhere(&self, prefix: &str) -> bool {
        !self.under(prefix).is_empty()
    }

    fn under(&self, prefix: &str) -> &[(u64, Option<WorkId>)] {
        let wanted = hash(prefix.trim_end_matches('/'));
        let from = self.entries.partition_point(|(found, _)| *found < wanted);
        let to = self.entries.partition_point(|(found, _)| *found <= wanted);
        self.entries.get(from..to).unwrap_or_default()
    }
}

/// Two keys with one hash only mean that a record is read for nothing.
fn hash(prefix: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    prefix.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_to_its_own_works_only() {
        let keys = [
            "index/isbn/9780306406157/000000000012",
            "index/isbn/9780306406157/000000000007",
            "index/isbn/9780306406158/000000000008",
            "index/element/e1/p-1",
        ];
        let entry = |key: &&str| Entry { key: (*key).to_owned(), value: Vec::new(), version: 1 };
        let mut index = Index::default();
        index.add(&keys.iter().map(entry).collect::<Vec<_>>());
        index.entries.sort_unstable();
        let works = |prefix| index.works(prefix).map(|work| work.0).collect::<Vec<_>>();
        assert_eq!(works("index/isbn/9780306406157/"), [7, 12]);
        assert_eq!(works("index/isbn/9780306406158/"), [8]);
        assert!(works("index/isbn/978030640615/").is_empty());
        assert!(index.leads_anywhere("index/element/e1/"));
        assert!(!index.leads_anywhere("index/element/e/"));
    }
}
