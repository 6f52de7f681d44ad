//! What the dimensions of one grant found. Each dimension's value is the worst that was found in
//! it. Invariant: a dimension that fails is not counted as unknown too.

use std::sync::Arc;

use crate::model::date::Day;

use super::decision::{Copies, Verdict};
use super::reason::{Code, Dimension, Key, Reason, Weight};

/// The findings of one grant.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    term: Option<u32>,
    /// In the order of the dimensions.
    pub reasons: Vec<Reason>,
    failing: u16,
    unknown: u16,
    /// The last covered day, if the licence ends while the use goes on.
    pub until: Option<Day>,
    /// Copies counted against the cap.
    pub copies: Option<Copies>,
}

impl Findings {
    /// Nothing found yet, for the term at this position (from 1).
    pub fn new(term: Option<u32>) -> Self {
        Self { term, reasons: Vec::new(), failing: 0, unknown: 0, until: None, copies: None }
    }

    /// What follows is said by this term; none: by the asset as a whole.
    pub fn speak_for(&mut self, term: Option<u32>) {
        self.term = term;
    }

    /// A stated rule is broken.
    pub fn fail(&mut self, code: Code, dimension: Dimension, key: Key) {
        self.failing |= 1 << dimension as u16;
        let term = self.term;
        self.reasons.push(Reason { code, dimension, key, term, weight: Weight::Block });
    }

    /// Something is not known.
    pub fn review(&mut self, code: Code, dimension: Dimension, key: Key) {
        self.unknown |= 1 << dimension as u16;
        let term = self.term;
        self.reasons.push(Reason { code, dimension, key, term, weight: Weight::Review });
    }

    /// Something of the use itself is not known: no term said so.
    pub fn review_use(&mut self, code: Code, dimension: Dimension, key: Key) {
        self.unknown |= 1 << dimension as u16;
        self.reasons.push(Reason { code, dimension, key, term: None, weight: Weight::Review });
    }

    /// These keys are unknown, one reason each.
    pub fn review_strangers<'a>(
        &mut self,
        code: Code,
        dimension: Dimension,
        strangers: impl IntoIterator<Item = &'a Arc<str>>,
    ) {
        for stranger in strangers {
            self.review(code, dimension, Key::Text(stranger.clone()));
        }
    }

    /// The licence ends while the use goes on.
    pub fn ends(&mut self, last_day: Day) {
        self.until = Some(last_day);
        self.reasons.push(Reason {
            code: Code::ExpiresDuringSale,
            dimension: Dimension::Time,
            key: Key::None,
            term: self.term,
            weight: Weight::Until,
        });
    }

    /// The grant's verdict: the worst of its dimensions.
    pub fn verdict(&self) -> Verdict {
        match (self.failing, self.unknown, self.until) {
            (0, 0, None) => Verdict::Cleared,
            (0, 0, Some(_)) => Verdict::ClearedUntil,
            (0, ..) => Verdict::NeedsReview,
            _ => Verdict::Blocked,
        }
    }

    /// How many dimensions fail.
    pub fn failing(&self) -> u32 {
        self.failing.count_ones()
    }

    /// How many dimensions are unknown and do not fail.
    pub fn unknown(&self) -> u32 {
        (self.unknown & !self.failing).count_ones()
    }
}
