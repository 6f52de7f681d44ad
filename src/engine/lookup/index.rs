//! The stored indexes in brief, read once for a whole plan: most keys of most assets lead nowhere,
//! and the store is not asked about those. An entry is a hint all the same, here as in the store:
//! what it points at is checked against the record itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::WorkId;
use crate::order;
use crate::platform::Entry;
use crate::state::{keys, store};

use super::HITS_MAX;

/// Where all indexes stand.
const ALL: &str = "index/";

/// Entries a page: they are small.
const PAGE: u32 = 1_000;

/// Which keys lead anywhere: 16 bytes an entry, so that a large catalogue fits. Ascending.
#[derive(Debug, Default)]
pub struct Index {
    /// What the entry of a work stands under.
    works: Vec<(u64, WorkId)>,
    /// What the entries of purchases stand under.
    purchases: Vec<u64>,
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
        Ok(index.sorted())
    }

    /// Only what stands under these keys of `keys::index`, where few are of interest.
    pub fn read_only(run: &Run, prefixes: impl Iterator<Item = String>) -> Result<Self, Stop> {
        let mut index = Self::default();
        for prefix in prefixes {
            index.add(&store::page(run.platform, &prefix, None, HITS_MAX as u32)?.0);
        }
        Ok(index.sorted())
    }

    fn add(&mut self, page: &[Entry]) {
        for (prefix, end) in page.iter().filter_map(|entry| entry.key.rsplit_once('/')) {
            if keys::index::is_of_works(prefix) {
                self.works.extend(end.parse().ok().map(|work| (hash(prefix), WorkId(work))));
            } else {
                self.purchases.push(hash(prefix));
            }
        }
    }

    fn sorted(mut self) -> Self {
        order::sort_once(&mut self.works);
        order::sort_once(&mut self.purchases);
        self
    }

    /// Works under a key of `keys::index`; beyond a few of them it is ambiguous anyway.
    pub fn works(&self, prefix: &str) -> impl Iterator<Item = WorkId> {
        let wanted = hash(prefix.trim_end_matches('/'));
        let from = self.works.partition_point(|(found, _)| *found < wanted);
        let behind = self.works.get(from..).unwrap_or_default().iter();
        behind.take_while(move |(found, _)| *found == wanted).map(|(_, work)| *work).take(HITS_MAX)
    }

    /// Whether a purchase stands under a key of `keys::index`.
    pub fn has_purchases(&self, prefix: &str) -> bool {
        self.purchases.binary_search(&hash(prefix.trim_end_matches('/'))).is_ok()
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
        let stored = [
            "index/isbn/9780306406157/000000000012",
            "index/isbn/9780306406157/000000000007",
            "index/isbn/9780306406158/000000000008",
            "index/element/e1/p-1",
            "index/file/a.jpg/4711",
        ];
        let entry = |key: &&str| Entry { key: (*key).to_owned(), value: Vec::new(), version: 1 };
        let mut index = Index::default();
        index.add(&stored.iter().map(entry).collect::<Vec<_>>());
        let index = index.sorted();
        let works = |prefix| index.works(prefix).map(|work| work.0).collect::<Vec<_>>();
        assert_eq!(works("index/isbn/9780306406157/"), [7, 12]);
        assert_eq!(works("index/isbn/9780306406158/"), [8]);
        assert!(works("index/isbn/978030640615/").is_empty());
        assert!(index.has_purchases("index/element/e1/"));
        assert!(index.has_purchases("index/file/a.jpg/"), "a purchase's id may be a number");
        assert!(!index.has_purchases("index/element/e/"));
    }
}
