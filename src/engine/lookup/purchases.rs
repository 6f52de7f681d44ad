//! Which purchases cover an asset, for many assets at once.

use std::collections::BTreeMap;

use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::linking::{PurchaseKey, project_names_title};
use crate::model::ids::PurchaseId;
use crate::model::licence::Purchase;
use crate::model::title::Title;
use crate::order;
use crate::state::keys;

use super::index::Index;
use super::{indexed, purchases_of};

/// Purchases that the keys of some assets name by their ids, read together.
#[derive(Debug)]
pub struct Named<'a> {
    index: &'a Index,
    by_id: BTreeMap<PurchaseId, Purchase>,
}

impl<'a> Named<'a> {
    /// Those that these keys name.
    pub fn read<'k>(
        run: &Run,
        index: &'a Index,
        keys: impl Iterator<Item = &'k PurchaseKey>,
    ) -> Result<Self, Stop> {
        let named = keys.filter_map(|key| match key {
            PurchaseKey::Purchase(id) => Some(id.clone()),
            PurchaseKey::ExternalId(id) => Some(PurchaseId(id.clone())),
            PurchaseKey::Element(_) | PurchaseKey::FileAndProject { .. } => None,
        });
        let named = order::set(named);
        let found = purchases_of(run, &named.into_iter().collect::<Vec<_>>())?;
        Ok(Self { index, by_id: order::map(found.into_iter().map(|p| (p.id.clone(), p))) })
    }

    /// The purchases of an asset with these keys: those of the first key that leads to any, and
    /// the later ones that reuse the same file.
    pub fn covering(
        &self,
        run: &Run,
        keys: &[PurchaseKey],
        title: Option<&Title>,
    ) -> Result<Vec<PurchaseId>, Stop> {
        for key in keys {
            let found = self.by_key(run, key, title)?;
            if found.is_empty() {
                continue;
            }
            let mut all: Vec<PurchaseId> = found;
            for original in all.clone() {
                all.extend(self.reuses(run, &original)?);
            }
            order::sort_once(&mut all);
            return Ok(all);
        }
        Ok(Vec::new())
    }

    fn reuses(&self, run: &Run, original: &PurchaseId) -> Result<Vec<PurchaseId>, Stop> {
        let found = self.under(run, &keys::index::reuse(original))?;
        let reuses = found.into_iter().filter(|p| p.reused.as_ref() == Some(original));
        Ok(reuses.map(|p| p.id).collect())
    }

    fn by_key(
        &self,
        run: &Run,
        key: &PurchaseKey,
        title: Option<&Title>,
    ) -> Result<Vec<PurchaseId>, Stop> {
        let named = |id: &PurchaseId| self.by_id.get(id).map(|p| p.id.clone());
        match key {
            PurchaseKey::Purchase(id) => Ok(named(id).into_iter().collect()),
            PurchaseKey::Element(element) => self.of_element(run, element),
            PurchaseKey::ExternalId(id) => match named(&PurchaseId(id.clone())) {
                Some(direct) => Ok(vec![direct]),
                None => self.of_element(run, id),
            },
            PurchaseKey::FileAndProject { file_name } => {
                let Some(title) = title else { return Ok(Vec::new()) };
                let found = self.under(run, &keys::index::file_name(file_name))?;
                let of_title = found.into_iter().filter(|p| project_names_title(p, title));
                Ok(of_title.map(|p| p.id).collect())
            }
        }
    }

    fn of_element(&self, run: &Run, element: &str) -> Result<Vec<PurchaseId>, Stop> {
        let found = self.under(run, &keys::index::element(element))?;
        let of_it = found.into_iter().filter(|p| p.element.as_deref() == Some(element));
        Ok(of_it.map(|p| p.id).collect())
    }

    fn under(&self, run: &Run, prefix: &str) -> Result<Vec<Purchase>, Stop> {
        if self.index.has_purchases(prefix) { indexed(run, prefix) } else { Ok(Vec::new()) }
    }
}
