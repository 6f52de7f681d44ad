//! What the first pass found about each asset, packed, because it is kept for all assets at once;
//! unpacked for the few that are in hand.

use super::chunked::Chunked;
use crate::engine::plan::judge::work_of;
use crate::linking::Linked;
use crate::model::ids::{AssetId, ProductId, PurchaseId, WorkId};
use crate::order;
use crate::state::keys;

/// An asset to be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The asset.
    pub asset: AssetId,
    /// Where the rules put it.
    pub linked: Linked,
    /// The purchases that cover it.
    pub purchases: Vec<PurchaseId>,
}

/// Every asset that is approved or still linked.
#[derive(Debug, Default)]
pub struct Subjects {
    /// Ascending by key, as the store gives them.
    packed: Chunked<Packed>,
    /// The names of the rules that found titles.
    rules: Vec<String>,
    /// Places in `packed`, title by title.
    by_title: Vec<u32>,
    /// Places in `packed` and in its purchases, purchase by purchase.
    by_purchase: Vec<(u32, u32)>,
}

#[derive(Debug)]
struct Packed {
    asset: Box<str>,
    place: Place,
    purchases: Box<[PurchaseId]>,
}

#[derive(Debug)]
enum Place {
    /// `rule`: a place in the names.
    Title {
        work: WorkId,
        products: Box<[ProductId]>,
        rule: u16,
    },
    Other(Box<Linked>),
}

impl Packed {
    fn work(&self) -> Option<WorkId> {
        match &self.place {
            Place::Title { work, .. } => Some(*work),
            Place::Other(linked) => match linked.as_ref() {
                Linked::Title { work, .. } => Some(*work),
                _ => None,
            },
        }
    }
}

impl Subjects {
    /// Adds one; its key must be behind those of the others.
    pub fn push(&mut self, subject: Subject) {
        let Subject { asset, linked, purchases } = subject;
        let place = self.place(linked);
        let (asset, purchases) = (asset.0.into_boxed_str(), purchases.into_boxed_slice());
        self.packed.push(Packed { asset, place, purchases });
    }

    fn place(&mut self, linked: Linked) -> Place {
        let Linked::Title { work, products, rule } = linked else {
            return Place::Other(Box::new(linked));
        };
        let known = self.rules.iter().position(|name| *name == rule);
        let at = known.unwrap_or(self.rules.len());
        let Ok(number) = u16::try_from(at) else {
            return Place::Other(Box::new(Linked::Title { work, products, rule }));
        };
        if known.is_none() {
            self.rules.push(rule);
        }
        Place::Title { work, products: products.into_boxed_slice(), rule: number }
    }

    /// Once all are there, they can be found by title and by purchase.
    pub fn sort(&mut self) {
        let places = 0..u32::try_from(self.packed.len()).unwrap_or(u32::MAX);
        let purchases = |at: u32| self.at(at).map_or(0, |packed| packed.purchases.len());
        let with_purchases = places.clone().flat_map(|at| {
            let count = u32::try_from(purchases(at)).unwrap_or(u32::MAX);
            (0..count).map(move |nth| (at, nth))
        });
        let mut by_purchase: Vec<(u32, u32)> = with_purchases.collect();
        order::sort_by(&mut by_purchase, &|a, b| self.purchase(*a).cmp(&self.purchase(*b)));
        let mut by_title: Vec<u32> = places.collect();
        order::sort_by_key(&mut by_title, |at| self.work(*at));
        (self.by_purchase, self.by_title) = (by_purchase, by_title);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.packed.len()
    }

    fn at(&self, at: u32) -> Option<&Packed> {
        self.packed.get(at as usize)
    }

    fn work(&self, at: u32) -> Option<WorkId> {
        self.at(at).and_then(Packed::work)
    }

    fn purchase(&self, (at, nth): (u32, u32)) -> Option<&PurchaseId> {
        self.at(at)?.purchases.get(nth as usize)
    }

    fn unpacked(&self, at: u32) -> Option<Subject> {
        let packed = self.at(at)?;
        let linked = match &packed.place {
            Place::Title { work, products, rule } => Linked::Title {
                work: *work,
                products: products.to_vec(),
                rule: self.rules.get(usize::from(*rule)).cloned().unwrap_or_default(),
            },
            Place::Other(linked) => linked.as_ref().clone(),
        };
        let asset = AssetId(packed.asset.to_string());
        Some(Subject { asset, linked, purchases: packed.purchases.to_vec() })
    }

    /// That of an asset.
    pub fn of(&self, asset: &AssetId) -> Option<Subject> {
        let key = |asset: &str| keys::asset(&AssetId(asset.to_owned()));
        let wanted = keys::asset(asset);
        let (mut from, mut to) = (0, self.packed.len());
        while from < to {
            let middle = from.midpoint(to);
            if key(&self.packed.get(middle)?.asset) < wanted {
                from = middle + 1
            } else {
                to = middle
            }
        }
        let found = self.unpacked(u32::try_from(from).ok()?)?;
        (found.asset == *asset).then_some(found)
    }

    /// Those that are linked to a title.
    pub fn of_title(&self, work: WorkId) -> impl Iterator<Item = Subject> {
        let from = self.by_title.partition_point(|at| self.work(*at) < Some(work));
        let behind = self.by_title.get(from..).unwrap_or_default().iter();
        let same = behind.take_while(move |at| self.work(**at) == Some(work));
        same.filter_map(|at| self.unpacked(*at))
    }

    /// Title by title, about so many at once: all of one title stand together, however many they are.
    pub fn by_title(&self, at_once: usize) -> impl Iterator<Item = Vec<Subject>> {
        let mut rest = self.by_title.iter().filter_map(|at| self.unpacked(*at)).peekable();
        std::iter::from_fn(move || {
            let mut some: Vec<Subject> = Vec::new();
            while let Some(next) = rest.peek() {
                let title = some.last().and_then(work_of);
                let goes_on = title.is_some() && title == work_of(next);
                if some.len() >= at_once && !goes_on {
                    break;
                }
                some.extend(rest.next());
            }
            (!some.is_empty()).then_some(some)
        })
    }

    /// The titles of the assets that a purchase covers; some of them more than once.
    pub fn titles_under(&self, purchase: &PurchaseId) -> impl Iterator<Item = WorkId> {
        let from = self.by_purchase.partition_point(|at| self.purchase(*at) < Some(purchase));
        let behind = self.by_purchase.get(from..).unwrap_or_default().iter();
        let same = behind.take_while(move |at| self.purchase(**at) == Some(purchase));
        same.filter_map(|(at, _)| self.work(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(asset: &str, work: Option<i64>, purchases: &[&str]) -> Subject {
        let linked = match work {
            Some(work) => Linked::Title {
                work: WorkId(work),
                products: vec![ProductId(work * 10)],
                rule: format!("rule {}", work % 2),
            },
            None => Linked::Nothing,
        };
        let purchases = purchases.iter().map(|id| PurchaseId((*id).to_owned())).collect();
        Subject { asset: AssetId(asset.to_owned()), linked, purchases }
    }

    fn all() -> Vec<Subject> {
        vec![
            subject("a", Some(7), &["p2"]),
            subject("b", None, &[]),
            subject("c", Some(3), &["p1", "p2"]),
            subject("d", Some(7), &[]),
            subject("e", Some(8), &["p2"]),
        ]
    }

    fn packed() -> Subjects {
        let mut subjects = Subjects::default();
        all().into_iter().for_each(|subject| subjects.push(subject));
        subjects.sort();
        subjects
    }

    #[test]
    fn come_out_as_they_went_in() {
        let subjects = packed();
        for subject in all() {
            assert_eq!(subjects.of(&subject.asset).as_ref(), Some(&subject));
        }
        for absent in ["", "aa", "f"] {
            assert_eq!(subjects.of(&AssetId(absent.to_owned())), None);
        }
    }

    #[test]
    fn all_of_a_title_stand_together() {
        let subjects = packed();
        let names = |some: Vec<Subject>| some.into_iter().map(|s| s.asset.0).collect::<String>();
        let chunks = |at_once| subjects.by_title(at_once).map(names).collect::<Vec<_>>();
        assert_eq!(chunks(1), ["b", "c", "ad", "e"]);
        assert_eq!(chunks(3), ["bcad", "e"]);
        assert_eq!(names(subjects.of_title(WorkId(7)).collect()), "ad");
        assert_eq!(names(subjects.of_title(WorkId(4)).collect()), "");
    }

    #[test]
    fn a_purchase_serves_the_titles_of_its_assets() {
        let subjects = packed();
        let under = |id: &str| {
            subjects.titles_under(&PurchaseId(id.to_owned())).map(|w| w.0).collect::<Vec<_>>()
        };
        assert_eq!((under("p1"), under("p2"), under("p3")), (vec![3], vec![7, 3, 8], vec![]));
    }
}
