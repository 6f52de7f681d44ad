//! The vendor's key vocabularies and sets of their keys. A vocabulary is open: a key that it does
//! not hold is kept as a stranger, because an unknown key softens a refusal and poisons a denial.
//! Invariant: case, order and duplicates of the keys leave no trace in a set.

use crate::order;
use std::sync::Arc;

mod lists;

#[cfg(test)]
mod tests;

/// One dimension's known keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// Usages.
    Usages,
    /// Sizes.
    Sizes,
    /// Placements.
    Placements,
    /// Distributions.
    Distributions,
    /// Industries.
    Industries,
}

/// The key that means everything: the only universe of each vocabulary.
pub(super) const ANY: &str = "any";

impl Vocabulary {
    /// The known keys, ascending.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Usages => &lists::USAGES,
            Self::Sizes => &lists::SIZES,
            Self::Placements => &lists::PLACEMENTS,
            Self::Distributions => &lists::DISTRIBUTIONS,
            Self::Industries => &lists::INDUSTRIES,
        }
    }

    /// The bit of a known key; 0 for a stranger.
    fn bit(self, lower: &str) -> u128 {
        self.keys().binary_search(&lower).map_or(0, |index| 1 << index)
    }

    /// The known keys of a mask, ascending.
    pub(super) fn names(self, mask: u128) -> impl Iterator<Item = &'static str> {
        let keys = self.keys().iter().enumerate();
        keys.filter(move |(index, _)| holds(mask, *index)).map(|(_, key)| *key)
    }

    /// The set of these keys.
    pub(super) fn set<'a>(self, keys: impl IntoIterator<Item = &'a str>) -> KeySet {
        let mut set = KeySet::default();
        for key in keys {
            let lower = key.to_ascii_lowercase();
            match self.bit(&lower) {
                0 => set.strangers.push(lower.into()),
                bit => set.known |= bit,
            }
        }
        tidy(&mut set.strangers);
        set.any = set.known & self.bit(ANY) != 0;
        set
    }
}

/// Whether a bit is set. In two halves, because a component shifts 128 bits by a call.
fn holds(mask: u128, index: usize) -> bool {
    let half = if index < 64 { mask as u64 } else { (mask >> 64) as u64 };
    half >> (index % 64) & 1 == 1
}

/// A set of keys of one vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeySet {
    /// The known keys, a bit each.
    pub known: u128,
    /// Whether `any` is among them.
    pub any: bool,
    /// The unknown keys in lower case, ascending, without duplicates.
    pub strangers: Vec<Arc<str>>,
}

impl KeySet {
    /// Whether anything is stated.
    pub fn is_stated(&self) -> bool {
        self.known != 0 || !self.strangers.is_empty()
    }
}

/// Ascending, without duplicates.
pub(super) fn tidy(keys: &mut Vec<Arc<str>>) {
    order::sort_once(keys);
}
