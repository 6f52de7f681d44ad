//! The links of one purchase on their way from what is there to what shall be.

use std::collections::BTreeSet;

use crate::engine::effect::links::Change;
use crate::model::ids::{PurchaseId, WorkId};
use crate::order;
use crate::report::RecordState;
use crate::state::licence_link::LicenceLink;
use crate::state::link::{LinkKey, PlacedLink};
use crate::state::refusal::RefusedLink;

/// The links of one purchase.
#[derive(Clone, Debug)]
pub struct Flight {
    /// The purchase.
    pub purchase: PurchaseId,
    /// The title's name, for people.
    pub title: String,
    /// Why, in a sentence.
    pub why: String,
    /// The record as it is stored.
    pub stored: LicenceLink,
    /// Its version.
    pub version: Option<u64>,
    /// The work of the links that come.
    pub work: i64,
    /// Links that stay.
    pub kept: Vec<PlacedLink>,
    /// Links that come.
    pub links: Vec<PlacedLink>,
    /// Links of ours that go.
    pub old: Vec<PlacedLink>,
    /// Under which name the delivery that it rests on was kept.
    pub snapshot: Option<String>,
    /// How it ended without a change, or before its changes were done.
    pub end: Option<(RecordState, String)>,
    /// Whether a change of it was committed.
    pub written: bool,
    /// The links that this run made.
    pub linked: Vec<PlacedLink>,
    /// Of the links that come, those that are ours already, by another purchase or a dead run.
    pub adopts: Vec<LinkKey>,
    /// Links that Consonance refused in this run.
    pub refused: Vec<PlacedLink>,
    /// Links that it has refused, in this run or before, and that nobody tries again by themselves.
    pub given_up: Vec<RefusedLink>,
}

impl Flight {
    /// Its name in reports and in the inbox.
    pub fn record(&self) -> String {
        record(&self.purchase)
    }

    /// Whether there is something to do.
    pub fn is_open(&self) -> bool {
        self.end.is_none() && !self.written
    }

    /// How many changes it makes at most.
    pub fn writes(&self) -> usize {
        self.links.len() + self.old.len()
    }

    /// Whether links of ours go and none come.
    pub fn is_withdrawal(&self) -> bool {
        !self.old.is_empty() && self.links.is_empty()
    }

    /// Ends it for this run.
    pub fn stop(&mut self, state: RecordState, why: impl Into<String>) {
        self.end = Some((state, why.into()));
    }

    /// Leaves it to a later run.
    pub fn defer(&mut self) {
        self.stop(RecordState::Deferred, "its changes are left for a later run");
    }

    /// The works that it touches.
    pub fn works(&self) -> BTreeSet<WorkId> {
        let coming = self.stored.pending.as_ref().map(|pending| pending.work);
        let all = [Some(self.work), Some(self.stored.work), coming];
        order::set(all.into_iter().flatten().filter(|work| *work != 0).map(WorkId))
    }

    /// What is to be done with its links.
    pub fn change(&self) -> Change<'_> {
        Change { work: WorkId(self.work), links: &self.links, old: &self.old }
    }
}

/// The name of a purchase in reports and in the inbox. Not `purchase:`, which is what complaints
/// about unreadable deliveries are called, and which go when one is read well.
pub fn record(purchase: &PurchaseId) -> String {
    format!("licence:{purchase}")
}
