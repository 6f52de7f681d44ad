//! What can be written: resources, web links, marketing texts, a few fields of works and products.
//!
//! Invariants: a refused write changes nothing; nothing is idempotent, so the same create twice
//! makes two records; a write of a supporting resource or a web link does not touch the work.

use std::collections::BTreeSet;

use time::Date;

use super::{
    LinkParent, MarketingText, Store, WebLink,
    resource::{Resource, Stage},
};

/// Why a write was refused: the member of the input, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::consonance) struct Problem {
    pub(in crate::consonance) field: &'static str,
    pub(in crate::consonance) message: String,
}

pub(in crate::consonance) fn problem(field: &'static str, message: &str) -> Problem {
    Problem { field, message: message.to_owned() }
}

/// `CreateSupportingResourceInput`.
#[derive(Default)]
pub(in crate::consonance) struct NewResource {
    pub(in crate::consonance) work_id: i64,
    pub(in crate::consonance) copyright: Option<String>,
    pub(in crate::consonance) required_credit: Option<String>,
    pub(in crate::consonance) caption: Option<String>,
    pub(in crate::consonance) image_remote_url: Option<String>,
    pub(in crate::consonance) resource_file_name: Option<String>,
    pub(in crate::consonance) status: Option<String>,
    pub(in crate::consonance) variant: Option<String>,
    pub(in crate::consonance) audience: Option<String>,
    pub(in crate::consonance) product_ids: Option<Vec<i64>>,
    pub(in crate::consonance) link_to_all_products: bool,
    pub(in crate::consonance) unlink_previous: bool,
}

/// What `updateProduct` changes; `None` leaves a field, `Some(None)` empties it.
#[derive(Default)]
pub(in crate::consonance) struct ProductChange {
    pub(in crate::consonance) isbn: Option<Option<String>>,
    pub(in crate::consonance) publication_date: Option<Option<Date>>,
    pub(in crate::consonance) status: Option<Option<String>>,
}

impl Store {
    /// Creates a resource for the caller; the file follows by fetch or by upload.
    pub(in crate::consonance) fn create_resource(
        &mut self,
        new: NewResource,
    ) -> Result<i64, Vec<Problem>> {
        let product_ids = self.check_resource(&new)?;
        if new.unlink_previous {
            self.unlink_previous(new.work_id, new.variant.as_deref());
        }
        let id = self.next_id();
        let expires = self.now.saturating_add(self.settings.presigned_url_ms);
        let stage = match &new.image_remote_url {
            Some(_) => Stage::Fetching,
            None => Stage::AwaitingUpload { expires, uploaded: None },
        };
        let from_url = new.image_remote_url.as_deref().and_then(file_name);
        self.insert_resource(Resource {
            id,
            work_id: new.work_id,
            variant: new.variant,
            status: new.status.unwrap_or_else(|| "DRAFT".to_owned()),
            audience: new.audience.unwrap_or_else(|| "_00".to_owned()),
            caption: new.caption,
            copyright: new.copyright,
            required_credit: new.required_credit,
            product_ids,
            sent_url: new.image_remote_url.clone(),
            filename: new.resource_file_name.or(from_url),
            created_at: self.now,
            foreign: false,
            stage,
            last_read: 0,
        });
        if let Some(url) = &new.image_remote_url {
            self.queue_fetch(id, url);
        }
        Ok(id)
    }

    /// The products that a new resource is linked to, if nothing speaks against it.
    fn check_resource(&self, new: &NewResource) -> Result<BTreeSet<i64>, Vec<Problem>> {
        let Some(work) = self.work(new.work_id) else {
            return Err(vec![problem("workId", "Work must exist")]);
        };
        let mut problems = Vec::new();
        if new.image_remote_url.is_some() == new.resource_file_name.is_some() {
            let message = "give either a remote URL or a file name for the image";
            problems.push(problem("imageRemoteUrl", message));
        }
        let own: BTreeSet<i64> = work.product_ids().into_iter().collect();
        if new.product_ids.is_some() && new.link_to_all_products {
            problems.push(problem("productIds", "cannot be combined with linkToAllProducts"));
        }
        let named: BTreeSet<i64> = new.product_ids.iter().flatten().copied().collect();
        if let Some(stray) = named.difference(&own).next() {
            let message = format!("product {stray} does not belong to the work");
            problems.push(Problem { field: "productIds", message });
        }
        let linked = if new.link_to_all_products { own } else { named };
        if problems.is_empty() { Ok(linked) } else { Err(problems) }
    }

    /// Detaches the work's products from its earlier resources of that variant; they remain.
    fn unlink_previous(&mut self, work_id: i64, variant: Option<&str>) {
        let earlier = self.resources_of_work.get(&work_id).cloned().unwrap_or_default();
        for id in earlier {
            if let Some(resource) = self.resources.get_mut(&id)
                && resource.variant.as_deref() == variant
            {
                resource.product_ids.clear();
            }
        }
    }

    /// Deletes the caller's resource.
    pub(in crate::consonance) fn delete_resource(&mut self, id: i64) -> Result<(), Vec<Problem>> {
        let found = self.resource(id).is_some() && self.remove_resource(id);
        if found { Ok(()) } else { Err(vec![problem("id", "Supporting resource not found")]) }
    }

    /// Creates a web link for the caller.
    pub(in crate::consonance) fn create_link(
        &mut self,
        parents: (Option<i64>, Option<i64>),
        link: String,
        role: Option<String>,
        note: Option<String>,
    ) -> Result<i64, Vec<Problem>> {
        let parent = match parents {
            (Some(id), None) if self.work(id).is_some() => LinkParent::Work(id),
            (None, Some(id)) if self.product(id).is_some() => LinkParent::Product(id),
            (Some(_), None) => return Err(vec![problem("workId", "Work must exist")]),
            (None, Some(_)) => return Err(vec![problem("productId", "Product must exist")]),
            _ => return Err(vec![problem("workId", "give exactly one of workId, productId")]),
        };
        if link.trim().is_empty() {
            return Err(vec![problem("link", "can't be blank")]);
        }
        Ok(self.insert_link(parent, link, role, note, false))
    }

    /// Adds a web link.
    pub(in crate::consonance) fn insert_link(
        &mut self,
        parent: LinkParent,
        link: String,
        role: Option<String>,
        note: Option<String>,
        foreign: bool,
    ) -> i64 {
        let id = self.next_id();
        let work = match parent {
            LinkParent::Work(work) => Some(work),
            LinkParent::Product(product) => self.work_of_product.get(&product).copied(),
        };
        self.links_of_work.entry(work.unwrap_or_default()).or_default().insert(id);
        self.links.insert(id, WebLink { id, parent, link, role, note, foreign });
        id
    }

    /// Deletes the caller's web link.
    pub(in crate::consonance) fn delete_link(&mut self, id: i64) -> Result<(), Vec<Problem>> {
        let own = self.links.get(&id).is_some_and(|link| match link.parent {
            LinkParent::Work(work) => self.work(work).is_some(),
            LinkParent::Product(product) => self.product(product).is_some(),
        });
        if own && self.links.remove(&id).is_some() {
            return Ok(());
        }
        Err(vec![problem("id", "Web link not found")])
    }

    /// Creates a marketing text for the caller.
    pub(in crate::consonance) fn create_text(
        &mut self,
        text: MarketingText,
    ) -> Result<i64, Vec<Problem>> {
        let Some(work) = self.work(text.work_id) else {
            return Err(vec![problem("workId", "Work must exist")]);
        };
        let own = work.product_ids();
        if text.product_ids.iter().flatten().any(|id| !own.contains(id)) {
            return Err(vec![problem("productIds", "must belong to the work")]);
        }
        self.touch(text.work_id);
        Ok(self.insert_text(text))
    }

    /// Changes the caller's work.
    pub(in crate::consonance) fn update_work(
        &mut self,
        id: i64,
        title: Option<String>,
        subtitle: Option<Option<String>>,
    ) -> Result<(), Vec<Problem>> {
        if self.work(id).is_none() {
            return Err(vec![problem("id", "Work not found")]);
        }
        if title.as_deref().is_some_and(|title| title.trim().is_empty()) {
            return Err(vec![problem("title", "can't be blank")]);
        }
        if let Some(work) = self.works.get_mut(&id) {
            work.title.title = title.unwrap_or_else(|| work.title.title.clone());
            work.title.subtitle = subtitle.unwrap_or_else(|| work.title.subtitle.clone());
        }
        self.touch(id);
        Ok(())
    }

    /// Changes the caller's product.
    pub(in crate::consonance) fn update_product(
        &mut self,
        id: i64,
        change: ProductChange,
    ) -> Result<(), Vec<Problem>> {
        let Some(work_id) = self.product(id).map(|(work, _)| work.title.work_id) else {
            return Err(vec![problem("id", "Product not found")]);
        };
        let products = self.works.get_mut(&work_id).map(|work| &mut work.title.products);
        if let Some(product) = products.into_iter().flatten().find(|p| p.product_id == id) {
            product.isbn13 = change.isbn.unwrap_or_else(|| product.isbn13.clone());
            product.publication_date = change.publication_date.unwrap_or(product.publication_date);
            product.status = change.status.unwrap_or_else(|| product.status.clone());
        }
        self.touch(work_id);
        Ok(())
    }
}

/// The file name at the end of a URL's path.
fn file_name(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.split_once("://")?.1;
    let name = path.split_once('/')?.1.rsplit('/').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}
