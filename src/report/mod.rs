//! What a run did: counts that add up, and the outcomes that a person may want to know.

pub mod fingerprint;
pub mod item;
pub mod words;

use std::collections::BTreeMap;

use fingerprint::Fingerprint;

use crate::limits::REPORT_OUTCOMES_MAX;
use crate::rights::Decision;

/// How a source record ended in one run. Each record counts once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordState {
    /// It caused at least one change.
    Written,
    /// It needed none.
    Unchanged,
    /// It may not or need not be written.
    Skipped,
    /// It waits for something that comes by itself.
    Deferred,
    /// It waits for a person.
    Inbox,
}

impl RecordState {
    /// The spelling in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Unchanged => "unchanged",
            Self::Skipped => "skipped",
            Self::Deferred => "deferred",
            Self::Inbox => "inbox",
        }
    }
}

/// A record that was not written, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The source record.
    pub record_id: String,
    /// Skipped, deferred or inbox.
    pub state: RecordState,
    /// Why, in a sentence.
    pub why: String,
    /// The clearance, where that is the reason.
    pub decision: Option<Decision>,
}

/// What one run of one flow did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The run.
    pub run_id: String,
    /// The flow.
    pub flow: String,
    records: BTreeMap<Fingerprint, RecordState>,
    /// What was read and kept, per mirror.
    pub mirrors: BTreeMap<&'static str, u64>,
    /// Requests per vendor and kind.
    pub requests: BTreeMap<String, u64>,
    /// Changes made at the vendors.
    pub writes: u64,
    /// Of these, those whose vendor offers no key against repetition.
    pub at_least_once: u64,
    /// Outcomes other than written and unchanged, bounded.
    pub outcomes: Vec<Outcome>,
    /// Where each stands, so that a record is found among many.
    positions: BTreeMap<String, usize>,
    /// How many did not fit.
    pub outcomes_left_out: u64,
}

impl Report {
    /// An empty report.
    pub fn new(run_id: &str, flow: &str) -> Self {
        Self { run_id: run_id.to_owned(), flow: flow.to_owned(), ..Self::default() }
    }

    /// Sets how a record ended. Said twice, the later word holds, so that a record is never
    /// counted twice; but one that was written stays written, whatever a later look finds.
    pub fn record(&mut self, record_id: &str, state: RecordState) {
        let said = self.records.entry(Fingerprint::of(record_id)).or_insert(state);
        if *said != RecordState::Written {
            *said = state;
        }
    }

    /// Sets how a record ended, with its reason.
    pub fn outcome(&mut self, outcome: Outcome) {
        self.record(&outcome.record_id, outcome.state);
        let at = self.positions.get(&outcome.record_id);
        if let Some(said) = at.and_then(|at| self.outcomes.get_mut(*at)) {
            *said = outcome;
        } else if self.outcomes.len() < REPORT_OUTCOMES_MAX {
            self.positions.insert(outcome.record_id.clone(), self.outcomes.len());
            self.outcomes.push(outcome);
        } else {
            self.outcomes_left_out += 1;
        }
    }

    /// How a record ended, as far as it is known.
    pub fn state(&self, record_id: &str) -> Option<RecordState> {
        self.state_of(Fingerprint::of(record_id))
    }

    /// See `state`.
    pub fn state_of(&self, record: Fingerprint) -> Option<RecordState> {
        self.records.get(&record).copied()
    }

    /// How many records ended that way.
    pub fn count(&self, state: RecordState) -> u64 {
        self.records.values().filter(|s| **s == state).count() as u64
    }

    /// How many records were read: each ended in exactly one way.
    pub fn read(&self) -> u64 {
        self.records.len() as u64
    }

    /// Counts something that was read into a mirror.
    pub fn mirrored(&mut self, mirror: &'static str, count: u64) {
        *self.mirrors.entry(mirror).or_default() += count;
    }
}
