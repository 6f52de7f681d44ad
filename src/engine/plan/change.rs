//! An operation as people and machines see it in a plan: one line per change, in the order in
//! which they are made. Addresses appear as `download(asset, version)`, so that two plans of an
//! unmoved world are equal to the letter.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::operation::Operation;
use crate::engine::observe::purchases::Freshness;
use crate::state::keys::sha256_hex;

/// One change of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// A stable id.
    pub id: String,
    /// `create-resource`, `delete-resource`, `create-web-link` or `delete-web-link`.
    pub action: &'static str,
    /// The title.
    pub title: String,
    /// The work.
    pub work: i64,
    /// The products.
    pub products: Vec<i64>,
    /// The asset.
    pub asset: String,
    /// Why.
    pub why: String,
    /// The canonical effect.
    pub effect: Value,
}

/// One page of a plan: the changes before and behind it are only counted.
#[derive(Debug)]
pub struct Page {
    skip: usize,
    limit: usize,
    /// Whether the licences are as new as the vendor's: found by the first page, handed on to the
    /// later ones, which read nothing.
    pub freshness: Freshness,
    /// The changes of the page.
    pub changes: Vec<Change>,
    /// How many there are in all.
    pub total: usize,
    digest: Sha256,
}

impl Page {
    /// An empty page that begins behind so many changes and holds at most `limit`.
    pub fn new(skip: usize, limit: usize, freshness: Freshness) -> Self {
        let digest = Sha256::new();
        Self { skip, limit, freshness, changes: Vec::new(), total: 0, digest }
    }

    /// Adds the changes of a record, which are only made if some of them are on the page.
    pub fn add<E>(
        &mut self,
        record: &str,
        count: usize,
        changes: impl FnOnce() -> Result<Vec<Change>, E>,
    ) -> Result<(), E> {
        if count == 0 {
            return Ok(());
        }
        self.digest.update(format!("{count} {record}\n"));
        let behind = self.total;
        self.total = self.total.saturating_add(count);
        if self.total > self.skip && self.changes.len() < self.limit {
            let room = self.limit.saturating_sub(self.changes.len());
            let made = changes()?.into_iter().skip(self.skip.saturating_sub(behind));
            self.changes.extend(made.take(room));
        }
        Ok(())
    }

    /// Whether some of the next so many changes stand on the page.
    pub fn shows(&self, count: usize) -> bool {
        let is_behind = self.total.saturating_add(count) > self.skip;
        count > 0 && is_behind && self.changes.len() < self.limit
    }

    /// Lets it end here; false: nothing stands on it yet.
    pub fn close(&mut self) -> bool {
        self.limit = self.changes.len();
        !self.changes.is_empty()
    }

    /// Where the next page begins.
    pub fn end(&self) -> usize {
        self.skip.saturating_add(self.changes.len())
    }

    /// Tells two plans apart: pages fit together only if they are cut from the same one.
    pub fn digest(&self) -> String {
        let digest = self.digest.clone().finalize();
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The changes of an operation.
pub fn changes(operation: &Operation) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(wanted) = operation.desired.as_ref().filter(|_| operation.create) {
        let effect = json!({
            "work": wanted.work,
            "products": wanted.products,
            "variant": wanted.variant,
            "image": match operation.copies {
                Some(id) => format!("copy({id})"),
                None => format!("download({}, {})", operation.asset, wanted.version),
            },
            "caption": wanted.caption,
            "copyright": wanted.copyright,
            "required-credit": wanted.required_credit,
            "unlink-previous": operation.unlink_previous,
        });
        changes.push(change(operation, "create-resource", wanted.products.clone(), effect));
    }
    for old in operation.old.iter().chain(&operation.also) {
        let effect = json!({ "resource": old.id });
        changes.push(change(operation, "delete-resource", old.asked.products.clone(), effect));
    }
    for link in operation.links.iter().filter(|l| l.id.is_none()) {
        let effect = json!({ "product": link.product, "link": link.link, "role": link.role, "note": link.note });
        changes.push(change(operation, "create-web-link", vec![link.product], effect));
    }
    for link in &operation.old_links {
        let effect = json!({ "product": link.product, "link": link.link, "role": link.role });
        changes.push(change(operation, "delete-web-link", vec![link.product], effect));
    }
    changes
}

fn change(
    operation: &Operation,
    action: &'static str,
    products: Vec<i64>,
    effect: Value,
) -> Change {
    let identity = format!("{} {action} {} {effect}", operation.asset, operation.work);
    Change {
        id: sha256_hex(identity.as_bytes()).chars().take(16).collect(),
        action,
        title: operation.title.clone(),
        work: operation.work.0,
        products,
        asset: operation.asset.0.clone(),
        why: operation.why.clone(),
        effect,
    }
}
