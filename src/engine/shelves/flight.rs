//! One collection on its way from what it is to what it shall be: which change is next. Pure.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::flows::shelf::{Desired, Sharing};
use crate::model::date::show_day;
use crate::order;
use crate::report::RecordState;
use crate::state::shelf::{Card, Share, Shelf, Step};

/// Assets added or removed by one request: far below the vendor's body limits.
const ASSETS_PER_STEP: usize = 200;

/// A collection in work.
#[derive(Clone, Debug)]
pub struct Flight {
    /// What it shall be.
    pub desired: Box<Desired>,
    /// What we know of it.
    pub shelf: Box<Shelf>,
    /// The version under which it is stored.
    pub version: Option<u64>,
    /// What is stored under it.
    pub stored: Option<Box<Shelf>>,
    /// Assets that Portals did not take, in this run.
    pub refused: BTreeSet<String>,
    /// Whether assets go one by one, because a batch was refused.
    pub singly: bool,
    /// Whether the name stays as a person made it.
    pub keeps_name: bool,
    /// Whether its name was listed by an earlier call.
    pub name_is_old: bool,
    /// Whether the card stays as a person made it.
    pub keeps_card: bool,
    /// Whether a person is asked about a part of it.
    pub asks: bool,
    /// Whether anything was changed in this run.
    pub changed: bool,
    /// Whether it is as it shall be and was let go of: then it is not stored again.
    pub rests: bool,
    /// How it ended, and why, if it ended early.
    pub end: Option<(RecordState, String)>,
}

impl Flight {
    /// A collection before its first look.
    pub fn new(desired: Desired, shelf: Shelf, version: Option<u64>) -> Self {
        Self {
            desired: Box::new(desired),
            stored: None,
            shelf: Box::new(shelf),
            version,
            refused: BTreeSet::new(),
            singly: false,
            keeps_name: false,
            name_is_old: false,
            keeps_card: false,
            asks: false,
            changed: false,
            rests: false,
            end: None,
        }
    }

    /// Notes that it is stored as it is now.
    pub fn is_stored_so(&mut self) {
        self.stored = self.version.is_some().then(|| self.shelf.clone());
    }

    /// Ends it.
    pub fn stop(&mut self, state: RecordState, why: impl Into<String>) {
        self.end = Some((state, why.into()));
    }

    /// Lets go of what nobody looks at any more, because it is as it shall be.
    pub fn rest(&mut self) {
        self.rests = true;
        *self.desired = Desired {
            members: None,
            card: None,
            manifest: None,
            share: Sharing::Untouched,
            why: Cow::default(),
            ..std::mem::take(&mut *self.desired)
        };
        *self.shelf = Shelf {
            marker: std::mem::take(&mut self.shelf.marker),
            collection: self.shelf.collection.take(),
            name: std::mem::take(&mut self.shelf.name),
            ..Shelf::default()
        };
        self.stored = None;
    }

    /// The next change; none: it is as it shall be.
    pub fn next(&self) -> Option<Step> {
        if self.shelf.collection.is_none() {
            let name = self.desired.name.clone();
            return self.desired.create.then_some(Step::Create { name });
        }
        // Outsiders go first and come last.
        self.close()
            .or_else(|| self.remove())
            .or_else(|| self.rename())
            .or_else(|| self.add())
            .or_else(|| self.card())
            .or_else(|| self.open())
    }

    /// Every change that is still to make, in order, as a plan shows them.
    pub fn all(&self) -> Vec<Step> {
        let mut imagined = self.clone();
        let mut steps = Vec::new();
        while let Some(step) = imagined.next() {
            imagined.done(&step, Some(String::new()));
            steps.push(step);
        }
        steps
    }

    /// Takes in that a change was made. `id`: of the collection or the comment that it made.
    pub fn done(&mut self, step: &Step, id: Option<String>) {
        let shelf = &mut self.shelf;
        match step {
            Step::Create { name } => {
                shelf.collection = id;
                shelf.name.clone_from(name);
                shelf.wanted.clear();
                shelf.ours.clear();
                shelf.card = None;
                shelf.share = None;
                shelf.ends_by = None;
            }
            Step::Rename { name } => shelf.name.clone_from(name),
            Step::Add { assets } => {
                shelf.wanted.extend(assets.iter().cloned());
                shelf.ours.extend(assets.iter().cloned());
            }
            Step::Remove { assets } => {
                shelf.wanted.retain(|asset| !assets.contains(asset));
                shelf.ours.retain(|asset| !assets.contains(asset));
            }
            Step::Post { text } => {
                let comment = id.unwrap_or_default();
                shelf.card = Some(Card { comment, text: text.clone() });
            }
            Step::Edit { text } => {
                if let Some(card) = &mut shelf.card {
                    card.text.clone_from(text);
                }
            }
            Step::Share { until } => {
                shelf.share = Some(Share { id: id.unwrap_or_default(), until: until.clone() });
            }
            Step::Reshare { until } => {
                if let Some(share) = &mut shelf.share {
                    share.until.clone_from(until);
                }
            }
            Step::Unshare => shelf.share = None,
        }
    }

    /// Whether it is the base pair that it would be once everything is done. Told without copies: a
    /// tag may hold most assets of a catalogue.
    pub fn is_settled(&self) -> bool {
        let members = self.desired.members.as_ref().is_none_or(|members| {
            self.refused.is_empty()
                && *members == self.shelf.wanted
                && self.shelf.ours.is_subset(members)
        });
        let manifest = &self.desired.manifest;
        members && (manifest.is_none() || *manifest == self.shelf.manifest)
    }

    /// The base pair once everything is done: what we want, and what is ours of it.
    pub fn settled(&self) -> Box<Shelf> {
        let mut shelf = self.shelf.clone();
        if let Some(members) = &self.desired.members {
            shelf.wanted = order::set(members.difference(&self.refused).cloned());
            shelf.ours.retain(|asset| members.contains(asset));
        }
        if self.desired.manifest.is_some() {
            shelf.manifest.clone_from(&self.desired.manifest);
        }
        shelf
    }

    /// How many members it would lose.
    pub fn removals(&self) -> usize {
        self.leaving().count()
    }

    /// Whether it gets another name.
    pub fn is_renamed(&self) -> bool {
        !self.keeps_name && self.shelf.name != self.desired.name
    }

    fn rename(&self) -> Option<Step> {
        self.is_renamed().then(|| Step::Rename { name: self.desired.name.clone() })
    }

    fn add(&self) -> Option<Step> {
        let members = self.desired.members.as_ref()?;
        let at_once = if self.singly { 1 } else { ASSETS_PER_STEP };
        let missing = members.difference(&self.shelf.wanted).filter(|a| !self.refused.contains(*a));
        let assets: Vec<String> = missing.take(at_once).cloned().collect();
        (!assets.is_empty()).then_some(Step::Add { assets })
    }

    /// The members of ours that it loses.
    pub fn leaving(&self) -> impl Iterator<Item = &String> {
        let members = self.desired.members.as_ref();
        self.shelf.ours.iter().filter(move |a| members.is_some_and(|wanted| !wanted.contains(*a)))
    }

    fn remove(&self) -> Option<Step> {
        let assets: Vec<String> = self.leaving().take(ASSETS_PER_STEP).cloned().collect();
        (!assets.is_empty()).then_some(Step::Remove { assets })
    }

    /// A share that a person ended stays ended.
    pub fn shared(&self) -> Option<&Share> {
        self.shelf.share.as_ref().filter(|share| !share.id.is_empty())
    }

    fn close(&self) -> Option<Step> {
        let closes = self.desired.share == Sharing::Closed && self.shared().is_some();
        closes.then_some(Step::Unshare)
    }

    fn open(&self) -> Option<Step> {
        let Sharing::Open { until, .. } = &self.desired.share else { return None };
        let ours = show_day(*until);
        // Days of four, two and two digits compare as texts.
        let until = self.shelf.ends_by.clone().filter(|theirs| *theirs < ours).unwrap_or(ours);
        match self.shared() {
            Some(share) => (share.until != until).then_some(Step::Reshare { until }),
            None => self.shelf.share.is_none().then_some(Step::Share { until }),
        }
    }

    fn card(&self) -> Option<Step> {
        let text = self.desired.card.clone().filter(|_| !self.keeps_card)?;
        match &self.shelf.card {
            None => Some(Step::Post { text }),
            // One whose id is not known cannot be edited; a person said to leave it.
            Some(card) if card.text != text && !card.comment.is_empty() => {
                Some(Step::Edit { text })
            }
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(assets: &[&str]) -> BTreeSet<String> {
        assets.iter().map(|asset| (*asset).to_owned()).collect()
    }

    fn flight(wanted: &[&str], shelf: Shelf) -> Flight {
        let desired = Desired {
            marker: "C1".to_owned(),
            name: "Kit · C1".to_owned(),
            work: 1,
            title: String::new(),
            members: Some(set(wanted)),
            card: Some("card".to_owned()),
            manifest: None,
            share: Sharing::Untouched,
            create: true,
            why: Cow::default(),
        };
        Flight::new(desired, shelf, None)
    }

    fn there(wanted: &[&str], ours: &[&str]) -> Shelf {
        Shelf {
            marker: "C1".to_owned(),
            collection: Some("9".to_owned()),
            name: "Kit · C1".to_owned(),
            wanted: set(wanted),
            ours: set(ours),
            card: Some(Card { comment: "5".to_owned(), text: "card".to_owned() }),
            ..Shelf::default()
        }
    }

    #[test]
    fn what_is_as_it_shall_be_needs_nothing() {
        assert_eq!(flight(&["a", "b"], there(&["a", "b"], &["a", "b"])).all(), []);
    }

    #[test]
    fn what_rests_asks_for_nothing() {
        let mut flight = flight(&["a"], there(&["a"], &["a"]));
        flight.rest();
        assert_eq!((flight.next(), flight.removals()), (None, 0));
        assert_eq!(flight.shelf.collection.as_deref(), Some("9"));
    }

    #[test]
    fn a_new_one_is_created_filled_and_explained() {
        let steps = flight(&["a"], Shelf::default()).all();
        let names: Vec<&str> = steps
            .iter()
            .map(|step| match step {
                Step::Create { .. } => "create",
                Step::Add { .. } => "add",
                Step::Post { .. } => "post",
                _ => "other",
            })
            .collect();
        assert_eq!(names, ["create", "add", "post"]);
    }

    #[test]
    fn what_a_person_added_or_removed_stays_so() {
        // b was wanted and ours; a person's removal of it is not seen and not undone.
        assert_eq!(flight(&["a", "b"], there(&["a", "b"], &["a", "b"])).next(), None);
        // p is wanted and a person's: when it is wanted no more, it stays.
        assert_eq!(flight(&["a"], there(&["a", "p"], &["a"])).all(), []);
        let steps = flight(&["a", "c"], there(&["a", "b"], &["a", "b"])).all();
        let add = Step::Add { assets: vec!["c".to_owned()] };
        assert_eq!(steps, [Step::Remove { assets: vec!["b".to_owned()] }, add]);
    }

    #[test]
    fn outsiders_go_first_and_come_last() {
        let day = crate::model::date::parse_day("2026-08-30").unwrap();
        let open = Sharing::Open { until: day, cleared: set(&["a"]) };
        let mut flight = flight(&["a"], Shelf::default());
        flight.desired.share = open;
        let until = "2026-08-30".to_owned();
        assert_eq!(flight.all().last(), Some(&Step::Share { until: until.clone() }));
        *flight.shelf = there(&["a", "b"], &["a", "b"]);
        flight.shelf.share = Some(Share { id: "s".to_owned(), until: "2026-01-01".to_owned() });
        assert_eq!(flight.all().last(), Some(&Step::Reshare { until }));
        flight.desired.share = Sharing::Closed;
        assert_eq!(flight.next(), Some(Step::Unshare));
        flight.shelf.share = Some(Share::default());
        assert!(!flight.all().contains(&Step::Unshare), "a person ended it");
    }

    #[test]
    fn an_earlier_end_of_a_person_holds() {
        let day = crate::model::date::parse_day("2026-08-30").unwrap();
        let mut flight = flight(&["a"], there(&["a"], &["a"]));
        flight.desired.share = Sharing::Open { until: day, cleared: set(&["a"]) };
        flight.shelf.ends_by = Some("2026-05-01".to_owned());
        assert_eq!(flight.next(), Some(Step::Share { until: "2026-05-01".to_owned() }));
        flight.shelf.share = Some(Share { id: "s".to_owned(), until: "2026-05-01".to_owned() });
        assert_eq!(flight.next(), None);
        flight.shelf.ends_by = Some("2026-12-01".to_owned());
        assert_eq!(flight.next(), Some(Step::Reshare { until: "2026-08-30".to_owned() }));
    }

    #[test]
    fn what_was_refused_is_not_asked_for_again_in_the_run() {
        let mut flight = flight(&["a", "b"], there(&[], &[]));
        flight.refused.insert("a".to_owned());
        assert_eq!(flight.next(), Some(Step::Add { assets: vec!["b".to_owned()] }));
        assert_eq!(flight.settled().wanted, set(&["b"]));
    }

    /// The short way tells what the long one does.
    #[test]
    fn settled_is_what_would_not_change() {
        let sets: [&[&str]; 5] = [&[], &["a"], &["b"], &["a", "b"], &["a", "b", "c"]];
        for members in sets {
            for wanted in sets {
                for ours in sets {
                    let mut flight = flight(members, there(wanted, ours));
                    let is_settled = *flight.shelf == *flight.settled();
                    assert_eq!(flight.is_settled(), is_settled, "{members:?} {wanted:?} {ours:?}");
                    flight.desired.members = None;
                    assert!(flight.is_settled(), "not a matter of this flow");
                }
            }
        }
    }
}
