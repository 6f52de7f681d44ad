//! Read-only views for tests. Reading here is not a request: it counts nothing and moves no
//! resource along.

use std::collections::BTreeSet;

use time::Date;

use super::{
    images, resolve,
    store::{NEIGHBOUR, Store, TENANT, resource::Resource},
};
use crate::world::seed::ProductSeed;

/// A work as it now is.
#[derive(Clone, Debug)]
pub struct WorkView {
    /// `Work.id`.
    pub id: i64,
    /// Title.
    pub title: String,
    /// The imprint: id and name.
    pub imprint: Option<(i64, String)>,
    /// Products.
    pub products: Vec<ProductSeed>,
    /// What `changedSince` compares with.
    pub changed_on: Date,
}

/// A supporting resource as it now is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceView {
    /// `SupportingResource.id`.
    pub id: i64,
    /// The work.
    pub work_id: i64,
    /// Linked products, ascending.
    pub product_ids: Vec<i64>,
    /// `FRONT_COVER`, ...
    pub variant: Option<String>,
    /// `DRAFT`, `APPROVED`.
    pub status: String,
    /// `_00`, ...
    pub audience: String,
    /// Caption.
    pub caption: Option<String>,
    /// Copyright.
    pub copyright: Option<String>,
    /// Required credit.
    pub required_credit: Option<String>,
    /// File name.
    pub filename: Option<String>,
    /// Where the processed image is served.
    pub url: Option<String>,
    /// The remote URL that was sent.
    pub sent_url: Option<String>,
    /// The remote URL as queries show it.
    pub remote_url: Option<String>,
    /// Whether the vendor is still at work on it.
    pub is_processing: bool,
    /// What the background job says.
    pub job_status: Option<String>,
    /// Pixels, once processed.
    pub size: Option<(u32, u32)>,
    /// Made by a person, not through the API.
    pub foreign: bool,
}

/// The other client's records, which nobody with the main key ever sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherClient {
    /// Its works.
    pub works: Vec<i64>,
    /// Its products.
    pub products: Vec<i64>,
    /// Its supporting resources.
    pub resources: Vec<i64>,
}

/// The main client's works, ascending by id.
pub(super) fn works(store: &Store) -> Vec<WorkView> {
    let own = store.works.values().filter(|work| work.client == TENANT);
    own.map(|work| WorkView {
        id: work.title.work_id,
        title: work.title.title.clone(),
        imprint: work.title.imprint.clone(),
        products: work.title.products.clone(),
        changed_on: work.title.changed_on,
    })
    .collect()
}

/// The main client's resources, ascending by id.
pub(super) fn resources(store: &Store) -> Vec<ResourceView> {
    tenant_resources(store).map(|resource| view(store, resource)).collect()
}

/// Those of them that people made.
pub(super) fn foreign_ids(store: &Store) -> BTreeSet<i64> {
    tenant_resources(store)
        .filter(|resource| resource.foreign)
        .map(|resource| resource.id)
        .collect()
}

/// The other client's records.
pub(super) fn other_client(store: &Store) -> OtherClient {
    let works: Vec<_> = store.works.values().filter(|work| work.client == NEIGHBOUR).collect();
    let resources = works.iter().filter_map(|w| store.resources_of_work.get(&w.title.work_id));
    OtherClient {
        works: works.iter().map(|work| work.title.work_id).collect(),
        products: works.iter().flat_map(|work| work.product_ids()).collect(),
        resources: resources.flatten().copied().collect(),
    }
}

fn tenant_resources(store: &Store) -> impl Iterator<Item = &Resource> {
    let own = |resource: &&Resource| {
        store.works.get(&resource.work_id).is_some_and(|work| work.client == TENANT)
    };
    store.resources.values().filter(own)
}

fn view(store: &Store, resource: &Resource) -> ResourceView {
    ResourceView {
        id: resource.id,
        work_id: resource.work_id,
        product_ids: resource.product_ids.iter().copied().collect(),
        variant: resource.variant.clone(),
        status: resource.status.clone(),
        audience: resource.audience.clone(),
        caption: resource.caption.clone(),
        copyright: resource.copyright.clone(),
        required_credit: resource.required_credit.clone(),
        filename: resource.filename.clone(),
        url: images::url(store, resource),
        sent_url: resource.sent_url.clone(),
        remote_url: resolve::remote_url(store, resource),
        is_processing: resource.is_processing(),
        job_status: resource.job_status(),
        size: resource.image().map(|image| (image.width, image.height)),
        foreign: resource.foreign,
    }
}
