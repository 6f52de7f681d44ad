//! Imprints that were renamed. `changedSince` does not show it on the titles, and no query lists
//! imprints, so each run looks at one title of each imprint; only where that shows another name
//! are the imprint's titles read again. So a new name is seen by the next run, and the number of
//! requests grows with the imprints and with what changed, not with the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use super::works;
use crate::consonance::decode::Lookup;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::IMPRINTS_LOOKED_AT_MAX;
use crate::model::ids::WorkId;
use crate::model::title::Title;
use crate::state::cursor::KnownImprint;
use crate::state::mirror::StoredTitle;
use crate::state::store;

/// What is known of the imprints, and what this run saw of them.
#[derive(Debug, Default)]
pub struct Imprints {
    /// By id: its name, and the title by which it is looked at.
    pub known: BTreeMap<i64, KnownImprint>,
    /// Those whose title shows another name now.
    renamed: BTreeMap<i64, String>,
    /// Titles that this run read.
    seen: BTreeSet<i64>,
}

/// Works as they were read.
type Works = Vec<(WorkId, Lookup<Title>)>;

/// Works to be read again.
type Stale = Vec<WorkId>;

impl Imprints {
    /// From what earlier runs knew.
    pub fn new(known: BTreeMap<i64, KnownImprint>) -> Self {
        Self { known, ..Self::default() }
    }

    /// Takes in titles that were read.
    pub fn see(&mut self, works: &[(WorkId, Lookup<Title>)]) {
        for (work, lookup) in works {
            match lookup {
                Lookup::Found(title) => self.see_title(title),
                // It shows no imprint any more: another title is taken when one is read.
                Lookup::NotFound => self.known.retain(|_, imprint| imprint.work != work.0),
                Lookup::Unreadable(_) => {}
            }
            self.seen.insert(work.0);
        }
    }

    fn see_title(&mut self, title: &Title) {
        let shown = title.publication.imprint_id;
        self.known.retain(|id, imprint| imprint.work != title.id.0 || Some(*id) == shown);
        let Some((id, name)) = shown.zip(title.imprint.as_ref()) else { return };
        match self.known.get(&id) {
            // Another title may show another name for a reason of its own.
            Some(known) if known.work == title.id.0 && known.name != *name => {
                self.renamed.insert(id, name.clone());
            }
            Some(_) => {}
            None if self.known.len() < IMPRINTS_LOOKED_AT_MAX => {
                let work = title.id.0;
                self.known.insert(id, KnownImprint { name: name.clone(), work });
            }
            None => {}
        }
    }

    /// The titles by which the imprints are looked at and that were not read yet.
    fn unseen(&self) -> Vec<WorkId> {
        let works = self.known.values().map(|imprint| imprint.work);
        works.filter(|work| !self.seen.contains(work)).map(WorkId).collect()
    }

    /// Looks at one title of each imprint. Gives what was read, and the titles that must be read
    /// again because their imprint has a new name.
    pub fn look(&mut self, run: &mut Run) -> Result<(Works, Stale), Stop> {
        let read = works::read(run, &self.unseen())?;
        self.see(&read);
        let stale = if self.renamed.is_empty() { Vec::new() } else { self.stale(run)? };
        Ok((read, stale))
    }

    /// The titles whose mirror shows another name than their imprint has now.
    fn stale(&self, run: &Run) -> Result<Stale, Stop> {
        let mut stale = Vec::new();
        store::scan(run.platform, "title/", |entry| {
            let Some(stored) = store::mirror::<StoredTitle>(entry)? else { return Ok(()) };
            let StoredTitle { title, gone } = stored.value;
            let name = title.publication.imprint_id.and_then(|id| self.renamed.get(&id));
            if !gone && name.is_some_and(|name| title.imprint.as_ref() != Some(name)) {
                stale.push(title.id);
            }
            Ok(())
        })?;
        Ok(stale)
    }

    /// Once they were read: what the next run compares with.
    pub fn settled(mut self) -> BTreeMap<i64, KnownImprint> {
        for (id, name) in self.renamed {
            if let Some(imprint) = self.known.get_mut(&id) {
                imprint.name = name;
            }
        }
        self.known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::testing;

    fn title(work: i64, imprint: Option<(i64, &str)>) -> (WorkId, Lookup<Title>) {
        let mut title = testing::title(&[]);
        title.id.0 = work;
        title.publication.imprint_id = imprint.map(|(id, _)| id);
        title.imprint = imprint.map(|(_, name)| name.to_owned());
        (title.id, Lookup::Found(Box::new(title)))
    }

    #[test]
    fn an_imprint_is_renamed_when_its_own_title_says_so() {
        let mut imprints = Imprints::default();
        imprints.see(&[title(1, Some((4, "Old"))), title(2, Some((4, "Odd")))]);
        assert!(imprints.renamed.is_empty(), "only the first title speaks for it");
        let mut imprints = Imprints::new(imprints.settled());
        assert_eq!(imprints.unseen(), [WorkId(1)]);
        imprints.see(&[title(1, Some((4, "New")))]);
        assert_eq!((imprints.renamed.len(), imprints.unseen().len()), (1, 0));
        assert_eq!(imprints.settled()[&4], KnownImprint { name: "New".to_owned(), work: 1 });
    }

    #[test]
    fn a_title_that_left_its_imprint_speaks_for_it_no_more() {
        let mut imprints = Imprints::default();
        imprints.see(&[title(1, Some((4, "A"))), title(2, Some((5, "B")))]);
        imprints.see(&[title(1, Some((5, "B"))), (WorkId(2), Lookup::NotFound)]);
        assert!(imprints.renamed.is_empty() && imprints.known.is_empty());
        imprints.see(&[title(3, Some((4, "A"))), title(4, None)]);
        assert_eq!(imprints.known.keys().collect::<Vec<_>>(), [&4]);
    }
}
