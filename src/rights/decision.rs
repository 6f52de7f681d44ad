//! The decision about one use. Invariant: the first `deciding` reasons are exactly those at the
//! severity of the verdict; `until` stands only beside `ClearedUntil`.

use std::sync::Arc;

use crate::model::date::Day;
use crate::order;

use super::reason::{Code, Reason, Weight};

/// Which clearance a use has; the order is best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// May be used for the whole life of the product.
    Cleared,
    /// May be used until a day.
    ClearedUntil,
    /// Something is unknown or contested: a person decides.
    NeedsReview,
    /// A stated rule is broken.
    Blocked,
}

impl Verdict {
    /// The spelling in cases and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cleared => "cleared",
            Self::ClearedUntil => "cleared_until",
            Self::NeedsReview => "needs_review",
            Self::Blocked => "blocked",
        }
    }

    /// Reads the spelling.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Cleared, Self::ClearedUntil, Self::NeedsReview, Self::Blocked]
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
    }

    /// Whether something may be written outward.
    pub fn is_cleared(self) -> bool {
        self <= Self::ClearedUntil
    }

    /// The weight that its reasons have.
    pub(super) fn weight(self) -> Option<Weight> {
        match self {
            Self::Cleared => None,
            Self::ClearedUntil => Some(Weight::Until),
            Self::NeedsReview => Some(Weight::Review),
            Self::Blocked => Some(Weight::Block),
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Copies counted against a cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copies {
    /// Planned and earlier copies, as far as they are known.
    pub counted: u64,
    /// How many the licence allows.
    pub cap: u64,
}

impl Copies {
    /// Whether four fifths of the cap are reached: time to warn.
    pub fn is_nearly_used(self) -> bool {
        u128::from(self.counted) * 5 >= u128::from(self.cap) * 4
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// With `ClearedUntil`: the last covered day.
    pub until: Option<Day>,
    /// The reasons, those at the deciding severity first.
    pub reasons: Vec<Reason>,
    /// How many of them are at the deciding severity.
    pub deciding: usize,
    /// The source that decided: a purchase's or a declaration's id.
    pub source: Option<Arc<str>>,
    /// Its position among the sources, from 0.
    pub source_index: Option<usize>,
    /// The operator's profile that filled unstated dimensions of that source.
    pub profile: Option<Arc<str>>,
    /// The copies counted against the deciding term's cap, where it has one.
    pub copies: Option<Copies>,
}

impl Decision {
    /// The codes at the deciding severity, ascending, without duplicates.
    pub fn deciding_codes(&self) -> Vec<Code> {
        let mut codes: Vec<Code> = self.deciding_reasons().iter().map(|r| r.code).collect();
        order::sort_once(&mut codes);
        codes
    }

    /// The reasons at the deciding severity.
    pub fn deciding_reasons(&self) -> &[Reason] {
        self.reasons.get(..self.deciding).unwrap_or_default()
    }
}
