//! What people do in the vendor's own pages while the connector works.
//!
//! Invariant: a change moves what the vendor's own would move: titles, products, contributors and
//! marketing texts touch the work's `changedSince`; imprints, resources and web links do not.

use std::{collections::BTreeSet, fmt};

use time::Date;

use super::store::{LinkParent, Store, Work};
use crate::world::seed::{ForeignCoverSeed, ProductSeed, RunSeed};

/// Somebody at the publisher's, with the pages open. The changes are dated by the core's `now`.
pub struct Person<'a> {
    pub(super) store: &'a mut Store,
}

/// There is no such record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchRecord {
    /// What was looked for.
    pub kind: &'static str,
    /// Its id.
    pub id: i64,
}

impl fmt::Display for NoSuchRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the simulated Consonance has no {} {}", self.kind, self.id)
    }
}

impl std::error::Error for NoSuchRecord {}

impl Person<'_> {
    /// Renames a work.
    pub fn set_title(&mut self, work_id: i64, title: &str) -> Result<(), NoSuchRecord> {
        self.work(work_id)?.title.title = title.to_owned();
        self.store.touch(work_id);
        Ok(())
    }

    /// Gives a product another publication date, or takes it away.
    pub fn set_publication_date(
        &mut self,
        product_id: i64,
        date: Option<Date>,
    ) -> Result<(), NoSuchRecord> {
        self.product(product_id, |product| product.publication_date = date)
    }

    /// Gives a product another publishing status (ONIX List 64, `04`).
    pub fn set_status(&mut self, product_id: i64, status: &str) -> Result<(), NoSuchRecord> {
        self.product(product_id, |product| product.status = Some(status.to_owned()))
    }

    /// Gives a product another ISBN, or takes it away.
    pub fn set_isbn(&mut self, product_id: i64, isbn13: Option<&str>) -> Result<(), NoSuchRecord> {
        self.product(product_id, |product| product.isbn13 = isbn13.map(str::to_owned))
    }

    /// Sells a product in these countries only.
    pub fn set_countries(
        &mut self,
        product_id: i64,
        countries: &[&str],
    ) -> Result<(), NoSuchRecord> {
        self.product(product_id, |product| {
            product.for_sale = countries.iter().map(|code| (*code).to_owned()).collect();
            product.not_for_sale = Vec::new();
            product.worldwide = Some(false);
        })
    }

    /// Replaces the production runs of a work: product id and copies ordered, one run each.
    pub fn set_runs(&mut self, work_id: i64, runs: &[(i64, i64)]) -> Result<(), NoSuchRecord> {
        let numbered = (900_000..).zip(runs);
        self.work(work_id)?.title.runs = numbered
            .map(|(run_id, (product, copies))| RunSeed {
                run_id,
                quantities: vec![(*product, *copies, None)],
            })
            .collect();
        self.store.touch(work_id);
        Ok(())
    }

    /// Renames a contributor on all works.
    pub fn rename_contributor(&mut self, contact_id: i64, name: &str) -> Result<(), NoSuchRecord> {
        let missing = NoSuchRecord { kind: "contact", id: contact_id };
        let person = self.store.people.get_mut(&contact_id).ok_or(missing)?;
        person.name = name.to_owned();
        let works: BTreeSet<i64> = person.works.clone();
        for id in works {
            let contributors = self.work(id)?.title.contributors.iter_mut();
            for contributor in contributors.filter(|c| c.contact_id == contact_id) {
                contributor.name = name.to_owned();
            }
            self.store.touch(id);
        }
        Ok(())
    }

    /// Renames an imprint on all works; says on how many.
    pub fn rename_imprint(&mut self, imprint_id: i64, name: &str) -> usize {
        let imprints = self.store.works.values_mut().filter_map(|w| w.title.imprint.as_mut());
        let renamed = imprints.filter(|(id, _)| *id == imprint_id).map(|(_, old)| {
            *old = name.to_owned();
        });
        renamed.count()
    }

    /// Deletes a supporting resource.
    pub fn delete_resource(&mut self, id: i64) -> Result<(), NoSuchRecord> {
        let found = self.store.remove_resource(id);
        if found { Ok(()) } else { Err(NoSuchRecord { kind: "supporting resource", id }) }
    }

    /// Uploads a cover by hand.
    pub fn add_cover(
        &mut self,
        work_id: i64,
        cover: &ForeignCoverSeed,
    ) -> Result<i64, NoSuchRecord> {
        self.work(work_id)?;
        Ok(self.store.add_foreign_cover(work_id, cover, self.store.now))
    }

    /// Changes the caption of a supporting resource.
    pub fn set_caption(&mut self, id: i64, caption: Option<&str>) -> Result<(), NoSuchRecord> {
        let missing = NoSuchRecord { kind: "supporting resource", id };
        self.store.resources.get_mut(&id).ok_or(missing)?.caption = caption.map(str::to_owned);
        Ok(())
    }

    /// Changes which products a supporting resource is linked to.
    pub fn set_products(&mut self, id: i64, product_ids: &[i64]) -> Result<(), NoSuchRecord> {
        let missing = NoSuchRecord { kind: "supporting resource", id };
        let resource = self.store.resources.get_mut(&id).ok_or(missing)?;
        resource.product_ids = product_ids.iter().copied().collect();
        Ok(())
    }

    /// Adds a web link.
    pub fn add_web_link(
        &mut self,
        parent: LinkParent,
        link: &str,
        role: Option<&str>,
        note: Option<&str>,
    ) -> Result<i64, NoSuchRecord> {
        match parent {
            LinkParent::Work(id) => _ = self.work(id)?,
            LinkParent::Product(id) => _ = self.work_of(id)?,
        }
        let (role, note) = (role.map(str::to_owned), note.map(str::to_owned));
        Ok(self.store.insert_link(parent, link.to_owned(), role, note, true))
    }

    /// Deletes a web link.
    pub fn delete_web_link(&mut self, id: i64) -> Result<(), NoSuchRecord> {
        let missing = NoSuchRecord { kind: "web link", id };
        self.store.links.remove(&id).map(drop).ok_or(missing)
    }

    fn work(&mut self, id: i64) -> Result<&mut Work, NoSuchRecord> {
        self.store.works.get_mut(&id).ok_or(NoSuchRecord { kind: "work", id })
    }

    fn work_of(&self, product_id: i64) -> Result<i64, NoSuchRecord> {
        let missing = NoSuchRecord { kind: "product", id: product_id };
        self.store.work_of_product.get(&product_id).copied().ok_or(missing)
    }

    fn product(
        &mut self,
        id: i64,
        change: impl FnOnce(&mut ProductSeed),
    ) -> Result<(), NoSuchRecord> {
        let work_id = self.work_of(id)?;
        let products = self.work(work_id)?.title.products.iter_mut();
        if let Some(product) = products.into_iter().find(|product| product.product_id == id) {
            change(product);
        }
        self.store.touch(work_id);
        Ok(())
    }
}
