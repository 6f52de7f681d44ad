//! What was shown to people, by the guard or as a plan, and what their answers cover: exactly the
//! changes that were shown, by their ids, until a run comes to its end.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::inbox::{Draft, Item, Kind};
use crate::flows::approved_assets::FLOW;
use crate::limits::GUARD_CHUNK;
use crate::order;
use crate::platform::Platform;
use crate::state::guard::Changes;
use crate::state::keys;
use crate::state::keys::sha256_hex;
use crate::state::store::{self, StateFault};

/// What kind of surprise, or of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Images or editions of theirs that go because their rights got worse.
    Downgrades,
    /// Those that go for another reason.
    Withdrawals,
    /// Replacements by what was there before.
    Swings,
    /// Other replacements.
    Replacements,
    /// New images.
    Creates,
    /// The first plan.
    FirstPlan,
    /// What a changed mapping makes.
    Mapping,
}

impl Class {
    /// Those of the guard, in the order in which they are asked about.
    pub const SURPRISES: [Self; 5] =
        [Self::Downgrades, Self::Withdrawals, Self::Swings, Self::Replacements, Self::Creates];

    /// Those that are asked about as a plan.
    pub const PLANS: [Self; 2] = [Self::FirstPlan, Self::Mapping];

    /// The one whose question has this id.
    pub fn asked_as(id: &str) -> Option<Self> {
        Self::all().find(|class| class.question(String::new(), String::new()).id == id)
    }

    fn all() -> impl Iterator<Item = Self> {
        Self::SURPRISES.into_iter().chain(Self::PLANS)
    }

    /// The question about such changes.
    pub fn question(self, message: String, facts: String) -> Item {
        let (kind, record) = match self {
            Self::FirstPlan => (Kind::FirstRun, FLOW),
            Self::Mapping => (Kind::MappingChanged, FLOW),
            surprise => (Kind::Guard, surprise.as_str()),
        };
        Item::about(kind, record, message, facts)
    }

    /// The spelling in ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Downgrades => "rights",
            Self::Withdrawals => "withdrawals",
            Self::Swings => "swings",
            Self::Replacements => "replacements",
            Self::Creates => "new images",
            Self::FirstPlan => "first plan",
            Self::Mapping => "mapping",
        }
    }
}

/// A set of changes with what its question is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Set {
    facts: String,
    ids: BTreeSet<String>,
}

/// What was shown and what was let pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covers {
    /// Whether anything of it is stored.
    is_stored: bool,
    shown: BTreeMap<Class, Set>,
    accepted: BTreeMap<Class, Set>,
    /// What an answer lets pass that no run has taken up: a plan only looks, and leaves it as shown.
    answered: BTreeMap<Class, Set>,
}

impl Covers {
    /// Reads it, and takes in what people answered since.
    pub fn load(platform: &dyn Platform, inbox: &Draft) -> Result<Self, StateFault> {
        let mut found: Vec<(String, Changes)> = Vec::new();
        let mut covers = Self::default();
        store::scan(platform, PREFIX, |entry| {
            covers.is_stored = true;
            let chunk = store::mirror::<Changes>(entry)?.map(|found| found.value);
            found.extend(chunk.map(|chunk| (entry.key.clone(), chunk)));
            Ok(())
        })?;
        for class in Class::all().filter(|_| !found.is_empty()) {
            let of = |set: &str| {
                let prefix = keys::guard_set(class.as_str(), set);
                let chunks = found.iter().filter(move |(key, _)| key.starts_with(&prefix));
                chunks.map(|(_, chunk)| chunk.clone()).collect::<Vec<Changes>>()
            };
            covers.accept(class, union(of(ACCEPTED)));
            let Some(shown) = whole(of(SHOWN)) else { continue };
            let about = shown.facts.clone();
            let item = class.question(String::new(), about);
            if inbox.decision(&item) != Some("accept") {
                covers.shown.insert(class, shown);
            } else if inbox.looks_only() {
                covers.answered.insert(class, shown);
            } else {
                covers.accept(class, shown.ids);
            }
        }
        Ok(covers)
    }

    /// Whether a person let this change pass.
    pub fn covers(&self, class: Class, id: &str) -> bool {
        let holds =
            |sets: &BTreeMap<Class, Set>| sets.get(&class).is_some_and(|set| set.ids.contains(id));
        holds(&self.accepted) || holds(&self.answered)
    }

    /// Whether a person let this change pass, whatever it was shown as.
    pub fn lets_pass(&self, id: &str) -> bool {
        let mut sets = self.accepted.values().chain(self.answered.values());
        sets.any(|set| set.ids.contains(id))
    }

    /// Whether a person let changes of this kind pass.
    pub fn is_accepted(&self, class: Class) -> bool {
        self.accepted.contains_key(&class) || self.is_answered(class)
    }

    /// Whether an answer about changes of this kind waits for a run: nothing else is asked about them
    /// until then.
    pub fn is_answered(&self, class: Class) -> bool {
        self.answered.contains_key(&class)
    }

    /// Lets changes pass, beside those that pass already.
    pub fn accept(&mut self, class: Class, ids: BTreeSet<String>) {
        if !ids.is_empty() {
            self.accepted.entry(class).or_default().ids.extend(ids);
        }
    }

    /// Shows a person these changes, and gives back what the question is about. It stays the same
    /// question while it is about the same changes.
    pub fn show(&mut self, class: Class, ids: BTreeSet<String>, at: u64) -> String {
        if let Some(known) = self.shown.get(&class).filter(|known| known.ids == ids) {
            return known.facts.clone();
        }
        let list: Vec<&str> = ids.iter().map(String::as_str).collect();
        let facts = format!("{} {at}", short(&list.join(" ")));
        self.shown.insert(class, Set { facts: facts.clone(), ids });
        facts
    }

    /// What was let pass of a class counts no more.
    pub fn withdraw(&mut self, class: Class) {
        self.accepted.remove(&class);
        self.answered.remove(&class);
    }

    /// Nothing of a class is asked about any more.
    pub fn clear(&mut self, class: Class) {
        self.shown.remove(&class);
    }

    /// Stores it: what passes first, so that an answer is never lost half-way.
    pub fn store(&self, platform: &dyn Platform) -> Result<(), StateFault> {
        if !self.is_stored && self.is_empty() {
            return Ok(());
        }
        let mut there = BTreeMap::new();
        store::scan(platform, PREFIX, |entry| {
            let known = store::mirror::<Changes>(entry)?.map(|found| found.value);
            there.insert(entry.key.clone(), (entry.version, known));
            Ok(())
        })?;
        let parts = [(ACCEPTED, &self.accepted), (SHOWN, &self.answered), (SHOWN, &self.shown)];
        for (part, sets) in parts {
            for (class, set) in sets {
                for (key, chunk) in chunks(*class, part, set) {
                    let before = there.remove(&key);
                    let version = before.as_ref().map(|(version, _)| *version);
                    if before.and_then(|(_, known)| known).as_ref() != Some(&chunk) {
                        store::put(platform, &key, version, &chunk)?;
                    }
                }
            }
        }
        there.into_iter().try_for_each(|(key, (version, _))| store::delete(platform, &key, version))
    }

    /// A run came to its end: what was let pass is done.
    pub fn ended(self) -> Self {
        let is_stored = self.is_stored || !self.is_empty();
        Self { is_stored, accepted: BTreeMap::new(), ..self }
    }

    fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.accepted.is_empty() && self.answered.is_empty()
    }
}

/// What was let pass of this kind and is not carried out yet waits again.
pub fn take_back(platform: &dyn Platform, class: Class) -> Result<(), StateFault> {
    let mut found = Vec::new();
    store::scan(platform, &keys::guard_set(class.as_str(), ACCEPTED), |entry| {
        found.push((entry.key.clone(), entry.version));
        Ok(())
    })?;
    found.into_iter().try_for_each(|(key, version)| store::delete(platform, &key, version))
}

/// Whether anything of this kind was let pass and is not carried out yet.
pub fn is_let_pass(platform: &dyn Platform, class: Class) -> Result<bool, StateFault> {
    let mut any = false;
    store::scan(platform, &keys::guard_set(class.as_str(), ACCEPTED), |_| {
        any = true;
        Ok(())
    })?;
    Ok(any)
}

const PREFIX: &str = "guard/";
const ACCEPTED: &str = "accepted";
const SHOWN: &str = "shown";

/// The first characters of a SHA-256: enough to tell changes apart.
pub fn short(text: &str) -> String {
    sha256_hex(text.as_bytes()).chars().take(16).collect()
}

fn chunks(class: Class, part: &str, set: &Set) -> Vec<(String, Changes)> {
    let ids: Vec<String> = set.ids.iter().cloned().collect();
    let of = u32::try_from(ids.len().div_ceil(GUARD_CHUNK)).unwrap_or(u32::MAX);
    let chunk = |(n, ids): (usize, &[String])| {
        let changes = Changes { facts: set.facts.clone(), of, ids: ids.to_vec() };
        (keys::guard(class.as_str(), part, n), changes)
    };
    ids.chunks(GUARD_CHUNK).enumerate().map(chunk).collect()
}

fn union(chunks: Vec<Changes>) -> BTreeSet<String> {
    order::set(chunks.into_iter().flat_map(|chunk| chunk.ids))
}

/// A set of which every chunk is there; of another nobody knows what it was.
fn whole(chunks: Vec<Changes>) -> Option<Set> {
    let first = chunks.first()?;
    let (facts, of) = (first.facts.clone(), first.of);
    let same = chunks.iter().all(|chunk| chunk.facts == facts && chunk.of == of);
    let all = u32::try_from(chunks.len()).is_ok_and(|count| count == of);
    (same && all).then(|| Set { facts, ids: union(chunks) })
}
