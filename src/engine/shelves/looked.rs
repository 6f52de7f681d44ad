//! Which collections were looked into, across the pauses of a run or of a plan. A look that found
//! what was known is not repeated by the calls that go on; the next run looks at everything.

use std::collections::BTreeMap;

use super::flight::Flight;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::{LOOKED_MS_MAX, SWEEP_CHUNK};
use crate::order;
use crate::state::looked::{LookedAt, LookedChunk};
use crate::state::{keys, store};

/// Characters of a hash that tells two states of a collection apart.
const BASIS_CHARS: usize = 16;

/// What was looked into.
#[derive(Debug)]
pub struct Looked {
    /// What stands before the numbers of its chunks.
    prefix: String,
    began: u64,
    shown: bool,
    shelves: BTreeMap<String, LookedAt>,
    /// The versions of the chunks that are stored.
    stored: BTreeMap<String, u64>,
}

impl Looked {
    /// What earlier calls of a run looked into, if that still counts.
    pub fn of_run(run: &Run) -> Result<Self, Stop> {
        Self::load(run, "looked:", |_| true)
    }

    /// What earlier calls of a plan looked into. A first page begins anew after one that was shown.
    pub fn of_plan(run: &Run, is_first: bool) -> Result<Self, Stop> {
        Self::load(run, "plan-looked:", |chunk| !(is_first && chunk.shown))
    }

    fn load(run: &Run, name: &str, counts: impl Fn(&LookedChunk) -> bool) -> Result<Self, Stop> {
        let prefix = keys::cursor(&run.report.flow, name);
        let now = run.platform.now().0;
        let (mut stored, mut chunks) = (BTreeMap::new(), Vec::new());
        store::scan(run.platform, &prefix, |entry| {
            stored.insert(entry.key.clone(), entry.version);
            chunks.extend(store::mirror::<LookedChunk>(entry)?.map(|chunk| chunk.value));
            Ok(())
        })?;
        chunks.retain(|c| counts(c) && now.saturating_sub(c.began) <= LOOKED_MS_MAX);
        let began = chunks.iter().map(|chunk| chunk.began).min().unwrap_or(now);
        let shown = chunks.iter().any(|chunk| chunk.shown);
        let all = chunks.into_iter().flat_map(|chunk| chunk.shelves);
        let shelves = order::map(all.map(|at| (at.marker.clone(), at)));
        Ok(Self { prefix, began, shown, shelves, stored })
    }

    /// How many changes a collection needs, if it was looked into as it is.
    pub fn changes(&self, flight: &Flight) -> Option<usize> {
        let at = self.shelves.get(&flight.desired.marker)?;
        (at.basis == basis(flight)).then_some(at.changes)
    }

    /// Notes a look at what had this basis.
    pub fn note(&mut self, flight: &Flight, basis: String, changes: usize) {
        let marker = flight.desired.marker.clone();
        self.shelves.insert(marker.clone(), LookedAt { marker, basis, changes });
    }

    /// At the end of a call: if it pauses, the calls that go on need not look again.
    pub fn end_of_call(self, run: &Run, pauses: bool) -> Result<(), Stop> {
        if pauses { self.keep(run) } else { self.forget(run) }
    }

    /// At the end of a page of a plan, which may have been the last one.
    pub fn end_of_page(mut self, run: &Run, goes_on: bool, is_shown: bool) -> Result<(), Stop> {
        self.shown |= is_shown;
        self.end_of_call(run, goes_on)
    }

    fn keep(mut self, run: &Run) -> Result<(), Stop> {
        let all: Vec<LookedAt> = std::mem::take(&mut self.shelves).into_values().collect();
        let mut puts = Vec::new();
        for (number, shelves) in all.chunks(SWEEP_CHUNK).enumerate() {
            let key = format!("{}{number:05}", self.prefix);
            let version = self.stored.remove(&key);
            let (began, shown) = (self.began, self.shown);
            puts.push(store::prepared(
                key,
                version,
                &LookedChunk { began, shown, shelves: shelves.to_vec() },
            )?);
        }
        store::put_all(run.platform, &puts)?;
        self.forget(run)
    }

    /// Drops what is stored.
    fn forget(self, run: &Run) -> Result<(), Stop> {
        for (key, version) in self.stored {
            store::delete(run.platform, &key, version)?;
        }
        Ok(())
    }
}

/// Tells apart what a collection is and what it shall be.
pub fn basis(flight: &Flight) -> String {
    let text = format!("{:?} {:?}", flight.desired, flight.shelf);
    keys::sha256_hex(text.as_bytes()).chars().take(BASIS_CHARS).collect()
}
