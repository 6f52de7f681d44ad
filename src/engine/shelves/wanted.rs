//! The collections that shall be, in brief: each is made whole when it is compared, because those of
//! a large catalogue would not fit into memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::lookup;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::exchange;
use crate::flows::shelf::Desired;
use crate::flows::tags::Tags;
use crate::model::ids::WorkId;

/// Collections made at once: so many, or as many as have so many members together.
const AT_ONCE: usize = 100;
const MEMBERS_AT_ONCE: usize = 2_000;

/// What shall be.
#[derive(Debug)]
pub struct Wanted {
    /// The collections.
    pub shelves: Shelves,
    /// Assets that stay where they are.
    pub held: BTreeSet<String>,
}

/// Collections in the order of their markers, as far as they were not taken yet.
#[derive(Debug)]
pub enum Shelves {
    /// Cards of these titles.
    Cards(BTreeMap<String, WorkId>),
    /// Launch kits, by marker: those inside their windows.
    Kits(BTreeMap<String, Desired>),
    /// Tags.
    Tags(Tags),
}

impl Shelves {
    /// Whether there is one with this marker.
    pub fn holds(&self, marker: &str) -> bool {
        match self {
            Self::Cards(works) => works.contains_key(marker),
            Self::Kits(kits) => kits.contains_key(marker),
            Self::Tags(tags) => tags.holds(marker),
        }
    }

    /// The next ones; `None`: there are no more.
    pub fn some(&mut self, run: &Run) -> Result<Option<Vec<Desired>>, Stop> {
        let mut some = Vec::new();
        match self {
            Self::Cards(works) => loop {
                let next: Vec<WorkId> = std::iter::from_fn(|| works.pop_first())
                    .take(AT_ONCE)
                    .map(|(_, work)| work)
                    .collect();
                let titles = lookup::titles(run, &next)?;
                let found = next.iter().filter_map(|work| titles.get(work));
                some.extend(found.map(|title| exchange::shelf(run.config, title)));
                if next.is_empty() || !some.is_empty() {
                    break;
                }
            },
            Self::Kits(kits) => take(&mut some, || kits.pop_first().map(|(_, kit)| kit)),
            Self::Tags(tags) => take(&mut some, || tags.pop_first()),
        }
        Ok((!some.is_empty()).then_some(some))
    }
}

fn take(some: &mut Vec<Desired>, mut next: impl FnMut() -> Option<Desired>) {
    let mut members = 0;
    while some.len() < AT_ONCE && members < MEMBERS_AT_ONCE {
        let Some(desired) = next() else { break };
        members += desired.members.as_ref().map_or(0, BTreeSet::len);
        some.push(desired);
    }
}
