//! The searches: ransack-like predicates over works and products.
//!
//! Invariants: results ascend by id; `after` means greater than; `changedSince` compares dates
//! and includes the day; every predicate given must hold.

use std::collections::{BTreeMap, BTreeSet};

use time::Date;

use super::{Store, Work};
use crate::{
    consonance::{codes, settings::ChangedSince},
    world::seed::ProductSeed,
};

/// `WorkSearchAttributes`.
#[derive(Default)]
pub(in crate::consonance) struct WorkSearch {
    pub(in crate::consonance) after: Option<i64>,
    pub(in crate::consonance) id: Option<i64>,
    pub(in crate::consonance) contract_id: Option<i64>,
    pub(in crate::consonance) changed_since: Option<Date>,
    pub(in crate::consonance) title: TextSearch,
    pub(in crate::consonance) subtitle: TextSearch,
    pub(in crate::consonance) imprints: Option<Vec<i64>>,
}

/// `xEq`, `xCont` and `xPresent`.
#[derive(Default)]
pub(in crate::consonance) struct TextSearch {
    pub(in crate::consonance) eq: Option<String>,
    pub(in crate::consonance) cont: Option<String>,
    pub(in crate::consonance) present: Option<bool>,
}

/// `ProductSearchAttributes`.
#[derive(Default)]
pub(in crate::consonance) struct ProductSearch {
    pub(in crate::consonance) after: Option<i64>,
    pub(in crate::consonance) id: Option<i64>,
    pub(in crate::consonance) isbns: Option<Vec<String>>,
    pub(in crate::consonance) isbn_assigned: Option<bool>,
    pub(in crate::consonance) title: TextSearch,
    pub(in crate::consonance) has_prefix: bool,
    /// Comparison and date.
    pub(in crate::consonance) published: Vec<(Compare, Date)>,
    pub(in crate::consonance) forms: Option<Vec<String>>,
    pub(in crate::consonance) types: Vec<String>,
    pub(in crate::consonance) changed_since: Option<Date>,
}

/// `Eq`, `Gt`, `Lt`, `Gteq`, `Lteq`.
#[derive(Clone, Copy)]
pub(in crate::consonance) enum Compare {
    Eq,
    Gt,
    Lt,
    Gteq,
    Lteq,
}

impl Compare {
    fn holds(self, left: Date, right: Date) -> bool {
        match self {
            Self::Eq => left == right,
            Self::Gt => left > right,
            Self::Lt => left < right,
            Self::Gteq => left >= right,
            Self::Lteq => left <= right,
        }
    }
}

impl TextSearch {
    fn holds(&self, text: Option<&str>) -> bool {
        let found = text.unwrap_or_default();
        let contains = |part: &str| found.to_lowercase().contains(&part.to_lowercase());
        self.eq.as_deref().is_none_or(|eq| text == Some(eq))
            && self.cont.as_deref().is_none_or(contains)
            && self.present.is_none_or(|present| present != found.is_empty())
    }
}

impl Store {
    /// The caller's works that a search finds.
    pub(in crate::consonance) fn search_works(&self, search: &WorkSearch) -> Vec<i64> {
        let changed = search.changed_since.map(|since| self.works_changed_since(since));
        let from = search.after.map_or(i64::MIN, |after| after.saturating_add(1));
        let range = match search.id {
            Some(id) if id < from => return Vec::new(),
            Some(id) => self.works.range(id..=id),
            None => self.works.range(from..),
        };
        let own = range.filter(|(_, work)| work.client == self.caller);
        let found = own.filter(|(id, work)| {
            search.holds(work) && changed.as_ref().is_none_or(|changed| changed.contains(id))
        });
        found.map(|(id, _)| *id).collect()
    }

    /// The caller's products that a search finds.
    pub(in crate::consonance) fn search_products(&self, search: &ProductSearch) -> Vec<i64> {
        let from = search.after.map_or(i64::MIN, |after| after.saturating_add(1));
        let range = match search.id {
            Some(id) if id < from => return Vec::new(),
            Some(id) => self.work_of_product.range(id..=id),
            None => self.work_of_product.range(from..),
        };
        let found = range.filter(|(id, _)| {
            self.product(**id).is_some_and(|(work, product)| search.holds(work, product))
        });
        found.map(|(id, _)| *id).collect()
    }

    /// The works that `changedSince` reports: more than really changed, unless set otherwise.
    fn works_changed_since(&self, since: Date) -> BTreeSet<i64> {
        let exact = self.settings.changed_since == ChangedSince::Exact;
        let generous = if exact { since } else { since.previous_day().unwrap_or(since) };
        let mut reported = BTreeSet::new();
        // The last work seen of each imprint, and whether it really changed.
        let mut earlier: BTreeMap<i64, (i64, bool)> = BTreeMap::new();
        for (id, work) in self.works.iter().filter(|(_, work)| work.client == self.caller) {
            let changed = work.title.changed_on >= since;
            if work.title.changed_on >= generous {
                reported.insert(*id);
            }
            let Some((imprint, _)) = work.title.imprint.as_ref().filter(|_| !exact) else {
                continue;
            };
            match earlier.insert(*imprint, (*id, changed)) {
                Some((_, true)) => _ = reported.insert(*id),
                Some((neighbour, false)) if changed => _ = reported.insert(neighbour),
                _ => {}
            }
        }
        reported
    }
}

impl WorkSearch {
    fn holds(&self, work: &Work) -> bool {
        let title = &work.title;
        let imprint = title.imprint.as_ref().map(|(id, _)| *id);
        let in_imprints =
            |imprints: &Vec<i64>| imprint.is_some_and(|imprint| imprints.contains(&imprint));
        // No seed carries a contract, so a search for one finds nothing.
        self.contract_id.is_none()
            && self.title.holds(Some(&title.title))
            && self.subtitle.holds(title.subtitle.as_deref())
            && self.imprints.as_ref().is_none_or(in_imprints)
    }
}

impl ProductSearch {
    /// Whether a product, of a work, is found; `after` and `id` are not looked at.
    pub(in crate::consonance) fn holds(&self, work: &Work, product: &ProductSeed) -> bool {
        let isbn = product.isbn13.as_deref();
        let one_of = |list: &Vec<String>, value: Option<&str>| {
            value.is_some_and(|value| list.iter().any(|entry| entry == value))
        };
        let form = product.form.as_deref();
        let published = |(compare, date): &(Compare, Date)| {
            product.publication_date.is_some_and(|published| compare.holds(published, *date))
        };
        self.isbns.as_ref().is_none_or(|isbns| one_of(isbns, isbn))
            && self.isbn_assigned.is_none_or(|assigned| assigned == isbn.is_some())
            && self.title.holds(Some(&work.title.title))
            && (!self.has_prefix || split_prefix(&work.title.title).0.is_some())
            && self.published.iter().all(published)
            && self.forms.as_ref().is_none_or(|forms| one_of(forms, form))
            && (self.types.is_empty()
                || self.types.iter().any(|name| name == codes::product_type(form)))
            // Documented as a guess that also fires for other products of the work.
            && self.changed_since.is_none_or(|since| work.title.changed_on >= since)
    }

    /// Whether a product of a given work is found, `after` and `id` included.
    pub(in crate::consonance) fn finds(&self, work: &Work, product: &ProductSeed) -> bool {
        self.id.is_none_or(|id| id == product.product_id)
            && self.after.is_none_or(|after| product.product_id > after)
            && self.holds(work, product)
    }
}

/// A title's leading article, and the rest.
pub(in crate::consonance) fn split_prefix(title: &str) -> (Option<&str>, &str) {
    match title.split_once(' ') {
        Some((prefix @ ("The" | "A" | "An"), rest)) => (Some(prefix), rest),
        _ => (None, title),
    }
}
