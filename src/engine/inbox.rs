//! Collects what waits for a person during a run, and brings the stored inbox in line with it:
//! new items are added, items that no longer hold are dropped, answered ones are used.

use std::collections::{BTreeMap, BTreeSet};

use crate::limits::{INBOX_HELD_MAX, INBOX_ITEMS_MAX};
use crate::platform::Platform;
use crate::report::fingerprint::Fingerprint;
pub use crate::report::item::{Item, Kind, again, id_of};
use crate::state::inbox as stored;
use crate::state::keys;
use crate::state::store::{self, StateFault};

use super::stop::Stop;

/// The inbox as one run sees it.
#[derive(Debug, Default)]
pub struct Draft {
    flow: String,
    raised: BTreeMap<String, Item>,
    /// Items that were raised and are stored already.
    stored: BTreeSet<Fingerprint>,
    decisions: BTreeMap<String, stored::Decision>,
    reread: BTreeSet<String>,
    kept: BTreeSet<String>,
    /// Whether nobody acts on answers now, so that answered items stay.
    looks_only: bool,
}

impl Draft {
    /// The inbox as a run of this flow sees it.
    pub fn of(flow: &str) -> Self {
        Self { flow: flow.to_owned(), ..Self::default() }
    }

    /// Reads what people decided.
    pub fn load_decisions(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        store::scan(platform, "decision/", |entry| {
            let decision = store::decode::<stored::Decision>(entry)?.value;
            self.decisions.insert(decision.item.clone(), decision);
            Ok(())
        })?;
        Ok(())
    }

    /// Reads what people decided and takes it up: from now on a run acts on it, so an answered item
    /// can no longer be answered otherwise. The items go before the answers are read once more:
    /// whoever corrects an answer touches the item after it, and so learns that this run was first.
    pub fn take_up(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        self.load_decisions(platform)?;
        if self.looks_only || self.decisions.is_empty() {
            return Ok(());
        }
        let mut answered = Vec::new();
        store::scan(platform, "inbox/", |entry| {
            let item = store::decode::<stored::Item>(entry)?;
            if self.takes_up(&item.value) {
                answered.push((entry.key.clone(), item.version));
            }
            Ok(())
        })?;
        for (key, version) in &answered {
            ignoring_races(store::delete(platform, key, *version))?;
        }
        if !answered.is_empty() {
            self.decisions.clear();
            self.load_decisions(platform)?;
            self.leave_open_ones(platform)?;
        }
        Ok(())
    }

    /// Leaves answers alone whose items are still there: they were given or corrected while this run
    /// took up the others, and whoever gave them was told that the next run acts on them.
    fn leave_open_ones(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        let mut open = Vec::new();
        store::scan(platform, "inbox/", |entry| {
            let item = store::decode::<stored::Item>(entry)?.value;
            open.extend(self.takes_up(&item).then_some(item.id));
            Ok(())
        })?;
        for id in open {
            self.decisions.remove(&id);
        }
        Ok(())
    }

    /// Whether this run may act on the answer to an item: one of its flow, or of the reading that all
    /// flows share.
    fn takes_up(&self, item: &stored::Item) -> bool {
        let is_read = SHARED.iter().any(|source| item.record_id.starts_with(source));
        let shared = item.kind == Kind::BadRecord.as_str() && is_read;
        (shared || item.flow == self.flow) && !is_lasting(item) && self.is_answered(item)
    }

    fn is_answered(&self, item: &stored::Item) -> bool {
        self.decisions.get(&item.id).is_some_and(|decision| answers(decision, item))
    }

    /// Says that nobody acts on answers here: answered items stay as they are.
    pub fn look_only(&mut self) {
        self.looks_only = true;
    }

    /// Whether nobody acts on answers here.
    pub fn looks_only(&self) -> bool {
        self.looks_only
    }

    /// Says that a record was read well, so that an old complaint about it no longer holds.
    pub fn reread(&mut self, record_id: String) {
        self.reread.insert(record_id);
    }

    /// Says that a record is still unread, so that an old complaint about it goes on to hold.
    pub fn keep(&mut self, record_id: String) {
        self.kept.insert(record_id);
    }

    /// How many complaints of earlier calls go on to hold.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Whether an item that was not raised again no longer holds. A record that a feed will not
    /// show again stays in the inbox until it was read well or a person answers, and what another
    /// flow asks is that flow's.
    fn is_obsolete(&self, item: &stored::Item) -> bool {
        let is_kept = item.kind == Kind::BadRecord.as_str() && self.kept.contains(&item.record_id);
        let waits = self.looks_only && self.is_answered(item);
        let ours = item.flow == self.flow && !is_lasting(item) && !is_kept && !waits;
        ours || self.reread.contains(&item.record_id)
    }

    /// Raises an item; the same one twice is once.
    pub fn raise(&mut self, item: Item) {
        if self.raised() < INBOX_ITEMS_MAX || self.is_raised(&item.id) {
            self.stored.remove(&Fingerprint::of(&item.id));
            self.raised.insert(item.id.clone(), item);
        }
    }

    /// How many items were raised so far.
    pub fn raised(&self) -> usize {
        self.raised.len() + self.stored.len()
    }

    fn is_raised(&self, id: &str) -> bool {
        self.raised.contains_key(id) || self.stored.contains(&Fingerprint::of(id))
    }

    /// Stores what was raised as soon as that is a lot: all questions about a large catalogue do not
    /// fit into memory. They hold, whatever becomes of the run.
    pub fn relieve(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        if self.raised.len() < INBOX_HELD_MAX { Ok(()) } else { self.save(platform) }
    }

    /// Stores what was raised since the last time. A cursor moves past a bad record only after
    /// this: a run that stops or is killed afterwards must not forget it.
    pub fn save(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        let keys: Vec<String> = self.raised.keys().map(|id| keys::inbox(id)).collect();
        for there in store::get_many::<stored::Item>(platform, &keys)? {
            let Some((id, item)) = self.raised.pop_first() else { break };
            let there =
                there.map(|found| There::of(&found.value, found.version, &item, &self.flow));
            put(platform, &item, &self.flow, there.as_ref())?;
            self.stored.insert(Fingerprint::of(&id));
        }
        Ok(())
    }

    /// What a person decided on this question, if it still is the same question.
    pub fn decision(&self, item: &Item) -> Option<&str> {
        let decision = self.decisions.get(&item.id)?;
        (decision.facts == item.facts).then_some(decision.choice.as_str())
    }

    /// What a person decided about this kind of question on a record, whatever the facts were.
    pub fn standing(&self, kind: Kind, record_id: &str) -> Option<&str> {
        self.decisions.get(&id_of(kind, record_id)).map(|d| d.choice.as_str())
    }

    /// Brings the stored inbox in line. With `complete`, items that were not raised are dropped.
    pub fn store(&self, platform: &dyn Platform, complete: bool) -> Result<(), Stop> {
        let mut there: BTreeMap<String, There> = BTreeMap::new();
        let mut obsolete = Vec::new();
        store::scan(platform, "inbox/", |entry| {
            let item = store::decode::<stored::Item>(entry)?;
            if let Some(raised) = self.raised.get(&item.value.id) {
                let there_now = There::of(&item.value, item.version, raised, &self.flow);
                there.insert(item.value.id, there_now);
            } else if !self.is_raised(&item.value.id) && self.is_obsolete(&item.value) {
                obsolete.push((entry.key.clone(), item.version));
            }
            Ok(())
        })?;
        for item in self.raised.values() {
            put(platform, item, &self.flow, there.get(&item.id))?;
        }
        for (key, version) in obsolete.into_iter().filter(|_| complete) {
            ignoring_races(store::delete(platform, &key, version))?;
        }
        Ok(())
    }
}

/// With what the records begin that the reading complains about which all flows share.
const SHARED: [&str; 4] = ["asset:", "files:", "collection:", "feed:"];

/// An item that is stored already.
struct There {
    version: u64,
    since: u64,
    is_same: bool,
}

impl There {
    fn of(stored: &stored::Item, version: u64, raised: &Item, flow: &str) -> Self {
        let since = stored.since;
        Self { version, since, is_same: *stored == to_store(raised, flow, since) }
    }
}

/// Stores an item, if it is not there as it is.
fn put(
    platform: &dyn Platform,
    item: &Item,
    flow: &str,
    there: Option<&There>,
) -> Result<(), Stop> {
    if there.is_some_and(|there| there.is_same) {
        return Ok(());
    }
    let after = to_store(item, flow, there.map_or(platform.now().0, |there| there.since));
    let version = there.map(|there| there.version);
    ignoring_races(store::put(platform, &keys::inbox(&item.id), version, &after))
}

/// Whether the item is all that is known of a record which its source will not show again by
/// itself: it stays until the record was read well, whatever a person answers.
pub fn is_lasting(item: &stored::Item) -> bool {
    item.kind == Kind::BadRecord.as_str()
        && (item.record_id.starts_with("title:") || item.record_id.starts_with("purchase:"))
}

/// Whether a decision is the answer to this item as it stands, and not to an earlier question of that
/// name.
pub fn answers(decision: &stored::Decision, item: &stored::Item) -> bool {
    decision.item == item.id && decision.facts == item.facts && decision.at >= item.since
}

/// A person may answer an item while the run writes it: the next run sees the answer.
fn ignoring_races<T>(result: Result<T, StateFault>) -> Result<(), Stop> {
    match result {
        Ok(_) | Err(StateFault::Conflict(_)) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

fn to_store(item: &Item, flow: &str, since: u64) -> stored::Item {
    let of_kind = item.kind.choices().iter();
    let of_kind = of_kind.map(|(id, label)| ((*id).to_owned(), (*label).to_owned())).collect();
    stored::Item {
        id: item.id.clone(),
        kind: item.kind.as_str().to_owned(),
        record_id: item.record_id.clone(),
        message: item.message.clone(),
        choices: if item.choices.is_empty() { of_kind } else { item.choices.clone() },
        since,
        flow: flow.to_owned(),
        facts: item.facts.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_takes_up_its_own_answers_and_those_of_the_shared_reading() {
        let mut draft = Draft::of("title-tags");
        let mut takes_up = |record: &str, flow: &str| {
            let item = to_store(&Item::new(Kind::BadRecord, record, "bad"), flow, 0);
            let decision = stored::Decision {
                item: item.id.clone(),
                choice: "retry".to_owned(),
                facts: item.facts.clone(),
                at: 1,
            };
            draft.decisions.insert(item.id.clone(), decision);
            draft.takes_up(&item)
        };
        assert!(takes_up("DAM-7", "title-tags"));
        assert!(takes_up("files:p1", "approved-assets"));
        assert!(!takes_up("DAM-8", "approved-assets"), "a link that Consonance refused");
    }

    #[test]
    fn what_a_feed_will_not_show_again_stays_until_it_was_read_well() {
        let mut draft = Draft::default();
        let stored = |kind, record: &str| to_store(&Item::new(kind, record, "bad"), "", 0);
        for lasting in ["title:7", "purchase:p1"] {
            assert!(!draft.is_obsolete(&stored(Kind::BadRecord, lasting)), "{lasting}");
            draft.reread(lasting.to_owned());
            assert!(draft.is_obsolete(&stored(Kind::BadRecord, lasting)), "{lasting}");
        }
        assert!(draft.is_obsolete(&stored(Kind::BadRecord, "asset:7")));
        assert!(draft.is_obsolete(&stored(Kind::Unlinked, "title:7")));
    }
}
