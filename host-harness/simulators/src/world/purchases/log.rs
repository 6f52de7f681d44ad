//! The change log of CLAPI-C in its order: first a page of purchases that never got anywhere, then
//! each purchase, then what changed later. A reuse comes right before its original, on one page.

use super::{Stock, document};
use crate::world::seed::PurchaseSeed;
use serde_json::json;

/// The largest page; the first one holds nothing that may be synchronised.
const LARGEST_PAGE: usize = 50;
/// Pages of every even size keep a pair together that starts at an even place.
const PAIR: usize = 2;

/// Collects the entries.
pub struct Log {
    entries: Vec<PurchaseSeed>,
    single: Option<PurchaseSeed>,
    changes: Vec<PurchaseSeed>,
}

impl Log {
    /// Starts with purchases that failed, for the sake of their page.
    pub fn new(stock: &Stock, titles: usize) -> Self {
        let count = if titles < 100 { 10 } else { LARGEST_PAGE };
        let failed = |n: usize| {
            let mut seed = document::make(stock, 60_001 + n as i64, "plain");
            let state = ["error", "downloading", "purchase_phase_1", "finalizing"][n % 4];
            seed.document["state"] = json!(state);
            seed.document["can_be_synced"] = json!(false);
            seed.binaries.clear();
            seed
        };
        Self { entries: (0..count).map(failed).collect(), single: None, changes: Vec::new() }
    }

    /// Adds the first version of a purchase.
    pub fn add(&mut self, seed: PurchaseSeed) {
        match self.single.take() {
            None => self.single = Some(seed),
            Some(first) => self.entries.extend([first, seed]),
        }
    }

    /// Adds two that belong on one page, in this order.
    pub fn add_pair(&mut self, first: PurchaseSeed, second: PurchaseSeed) {
        debug_assert!(self.entries.len().is_multiple_of(PAIR));
        self.entries.extend([first, second]);
    }

    /// Adds a later version.
    pub fn change(&mut self, seed: PurchaseSeed) {
        self.changes.push(seed);
    }

    /// The log, oldest first.
    pub fn finish(mut self) -> Vec<PurchaseSeed> {
        self.entries.extend(self.single);
        self.entries.extend(self.changes);
        self.entries
    }
}
