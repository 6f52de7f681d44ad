//! Collects what waits for a person during a run, and brings the stored inbox in line with it:
//! new items are added, items that no longer hold are dropped, answered ones are used.

use std::collections::BTreeMap;

use crate::limits::INBOX_ITEMS_MAX;
use crate::platform::Platform;
use crate::state::inbox as stored;
use crate::state::store::{self, StateFault};
use crate::state::keys;

use super::stop::Stop;

/// What an item is about, as in `wit/inbox.wit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A record that cannot be read.
    BadRecord,
    /// An asset that belongs to no title.
    Unlinked,
    /// An asset that might belong to several.
    Ambiguous,
    /// The first plan.
    FirstRun,
    /// More changes than the guard lets pass.
    Guard,
    /// An image that should come off a title.
    Withdrawal,
    /// A file that does not fit its role.
    WrongFile,
    /// An image that was there before us.
    Adoption,
    /// A mapping that would change what is there.
    MappingChanged,
    /// Somebody changed what we wrote.
    ForeignEdit,
    /// A create of which it cannot be said whether it happened.
    MaybeCreated,
}

impl Kind {
    /// The spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRecord => "bad-record",
            Self::Unlinked => "unlinked",
            Self::Ambiguous => "ambiguous",
            Self::FirstRun => "first-run",
            Self::Guard => "guard",
            Self::Withdrawal => "withdrawal",
            Self::WrongFile => "wrong-file",
            Self::Adoption => "adoption",
            Self::MappingChanged => "mapping-changed",
            Self::ForeignEdit => "foreign-edit",
            Self::MaybeCreated => "maybe-created",
        }
    }

    /// What a person can do about it: (id, label).
    pub fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::BadRecord | Self::WrongFile => {
                &[("retry", "Look again after it was mended at its source")]
            }
            Self::Unlinked => &[("retry", "Look again after it was linked to a title")],
            Self::Ambiguous => &[("use", "Use this one and take the others off")],
            Self::FirstRun | Self::MappingChanged | Self::Guard => {
                &[("accept", "Make these changes with the next run")]
            }
            Self::Withdrawal => &[
                ("withdraw", "Take our image off the title"),
                ("keep", "Leave it there on our responsibility"),
            ],
            Self::Adoption => &[
                ("adopt", "The image that is there is this one: leave it and write nothing"),
                ("add", "Add ours beside it"),
                ("replace", "Put ours in its place; the other one is detached, not deleted"),
            ],
            Self::ForeignEdit => &[
                ("restore", "Write ours again"),
                ("accept", "Leave it as the person made it"),
            ],
            Self::MaybeCreated => &[("retry", "Look again and create it if it is not there")],
        }
    }
}

/// An item as a run raises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `<kind>:<record>`.
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The source record.
    pub record_id: String,
    /// What happened.
    pub message: String,
    /// What the question is about; an answer holds while this stays the same.
    pub facts: String,
}

impl Item {
    /// An item whose facts are its message.
    pub fn new(kind: Kind, record_id: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::about(kind, record_id, message.clone(), message)
    }

    /// An item with facts of its own.
    pub fn about(kind: Kind, record_id: &str, message: String, facts: String) -> Self {
        let id = id_of(kind, record_id);
        Self { id, kind, record_id: record_id.to_owned(), message, facts }
    }
}

/// The id of an item.
pub fn id_of(kind: Kind, record_id: &str) -> String {
    format!("{}:{record_id}", kind.as_str())
}

/// The inbox as one run sees it.
#[derive(Debug, Default)]
pub struct Draft {
    raised: BTreeMap<String, Item>,
    decisions: BTreeMap<String, stored::Decision>,
}

impl Draft {
    /// Reads what people decided.
    pub fn load_decisions(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        store::scan(platform, "decision/", |entry| {
            let decision = store::decode::<stored::Decision>(entry)?.value;
            self.decisions.insert(decision.item.clone(), decision);
            Ok(())
        })?;
        Ok(())
    }

    /// Raises an item; the same one twice is once.
    pub fn raise(&mut self, item: Item) {
        if self.raised.len() < INBOX_ITEMS_MAX || self.raised.contains_key(&item.id) {
            self.raised.insert(item.id.clone(), item);
        }
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
        let mut there: BTreeMap<String, (u64, stored::Item)> = BTreeMap::new();
        let mut obsolete = Vec::new();
        store::scan(platform, "inbox/", |entry| {
            let item = store::decode::<stored::Item>(entry)?;
            if self.raised.contains_key(&item.value.id) {
                there.insert(item.value.id.clone(), (item.version, item.value));
            } else {
                obsolete.push((entry.key.clone(), item.version));
            }
            Ok(())
        })?;
        let now = platform.now().0;
        for item in self.raised.values() {
            let before = there.get(&item.id);
            let since = before.map_or(now, |(_, old)| old.since);
            let after = to_store(item, since);
            if before.is_none_or(|(_, old)| *old != after) {
                let version = before.map(|(version, _)| *version);
                ignoring_races(store::put(platform, &keys::inbox(&item.id), version, &after))?;
            }
        }
        for (key, version) in obsolete.into_iter().filter(|_| complete) {
            ignoring_races(store::delete(platform, &key, version))?;
        }
        Ok(())
    }
}

/// A person may answer an item while the run writes it: the next run sees the answer.
fn ignoring_races<T>(result: Result<T, StateFault>) -> Result<(), Stop> {
    match result {
        Ok(_) | Err(StateFault::Conflict(_)) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

fn to_store(item: &Item, since: u64) -> stored::Item {
    let choices = item.kind.choices();
    stored::Item {
        id: item.id.clone(),
        kind: item.kind.as_str().to_owned(),
        record_id: item.record_id.clone(),
        message: item.message.clone(),
        choices: choices.iter().map(|(id, label)| ((*id).to_owned(), (*label).to_owned())).collect(),
        since,
        facts: item.facts.clone(),
    }
}
