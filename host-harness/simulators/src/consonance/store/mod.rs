//! The vendor's records, of both clients, and who is asking.
//!
//! Invariants: ids are never given twice, nor reused; a lookup made for a client never sees
//! another client's record; what the vendor does not document as visible to `changedSince` does
//! not move a work's `changed_on`.

pub(super) mod resource;
pub(super) mod search;
pub(super) mod seed;
pub(super) mod write;

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, OffsetDateTime};

use self::resource::Resource;
use super::settings::Settings;
use crate::{http::InstantMs, world::seed::ProductSeed, world::seed::TitleSeed};

/// A customer of the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Client(pub(super) i64);

/// The client whose works the world holds.
pub(super) const TENANT: Client = Client(17);
/// Another customer of the same installation.
pub(super) const NEIGHBOUR: Client = Client(23);

/// A work with its products.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) client: Client,
    pub(super) title: TitleSeed,
    /// One for each contributor, in their order.
    pub(super) contribution_ids: Vec<i64>,
}

/// A person who contributed to works.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) client: Client,
    pub(super) name: String,
    pub(super) works: BTreeSet<i64>,
}

/// What a web link hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkParent {
    /// A work: the link shows on all its products.
    Work(i64),
    /// One product.
    Product(i64),
}

/// A web link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebLink {
    /// Its id.
    pub id: i64,
    /// What it hangs on.
    pub parent: LinkParent,
    /// The address.
    pub link: String,
    /// Its role, free text as far as is known.
    pub role: Option<String>,
    /// Its note.
    pub note: Option<String>,
    /// Made by a person, not through the API.
    pub foreign: bool,
}

/// A marketing text.
#[derive(Clone, Debug)]
pub(super) struct MarketingText {
    pub(super) work_id: i64,
    pub(super) variant: Option<String>,
    pub(super) external_html: String,
    pub(super) external_markdown: String,
    pub(super) internal_markdown: String,
    /// `None`: all products of the work.
    pub(super) product_ids: Option<Vec<i64>>,
    pub(super) from_date: Option<String>,
}

/// What was asked so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests to the API that carried a good key.
    pub graphql_requests: u64,
    /// Requests to the older REST list that carried a good key.
    pub rest_requests: u64,
    /// Requests to the API that were refused for their key.
    pub unauthorized: u64,
    /// Images served.
    pub images: u64,
    /// Files uploaded to presigned URLs.
    pub uploads: u64,
    /// Root fields of queries executed, by name.
    pub queries: BTreeMap<String, u64>,
    /// Mutations executed, by name, the refused ones included.
    pub mutations: BTreeMap<String, u64>,
    /// Mutations that answered with payload errors, by name.
    pub refused: BTreeMap<String, u64>,
}

impl Counts {
    /// All mutations that were not refused.
    pub fn writes(&self) -> u64 {
        self.mutations.values().sum::<u64>() - self.refused.values().sum::<u64>()
    }
}

/// Everything the vendor knows.
pub(super) struct Store {
    pub(super) settings: Settings,
    pub(super) now: InstantMs,
    /// Who asks, during a request.
    pub(super) caller: Client,
    /// The number of the current request.
    pub(super) serial: u64,
    pub(super) works: BTreeMap<i64, Work>,
    /// Which work a product belongs to.
    pub(super) work_of_product: BTreeMap<i64, i64>,
    pub(super) people: BTreeMap<i64, Person>,
    pub(super) resources: BTreeMap<i64, Resource>,
    pub(super) resources_of_work: BTreeMap<i64, BTreeSet<i64>>,
    pub(super) links: BTreeMap<i64, WebLink>,
    /// The links that hang on a work or on one of its products.
    links_of_work: BTreeMap<i64, BTreeSet<i64>>,
    pub(super) texts: BTreeMap<i64, MarketingText>,
    texts_of_work: BTreeMap<i64, BTreeSet<i64>>,
    /// The codes in the world, by enum. Where our lists lack one, the vendor's are newer.
    pub(super) used_codes: BTreeSet<(&'static str, String)>,
    pub(super) counts: Counts,
    last_id: i64,
    pub(super) jobs: resource::Jobs,
}

impl Store {
    /// The next id of a new record. Other clients write too, so there are gaps.
    pub(super) fn next_id(&mut self) -> i64 {
        self.last_id += 1 + self.last_id % 3;
        self.last_id
    }

    /// The caller's work.
    pub(super) fn work(&self, id: i64) -> Option<&Work> {
        self.works.get(&id).filter(|work| work.client == self.caller)
    }

    /// The caller's product, with its work.
    pub(super) fn product(&self, id: i64) -> Option<(&Work, &ProductSeed)> {
        let work = self.work(*self.work_of_product.get(&id)?)?;
        work.title.products.iter().find(|p| p.product_id == id).map(|product| (work, product))
    }

    /// The caller's resource.
    pub(super) fn resource(&self, id: i64) -> Option<&Resource> {
        self.resources.get(&id).filter(|resource| self.work(resource.work_id).is_some())
    }

    /// The links that show on a product, ascending by id.
    pub(super) fn links_of_product(&self, product_id: i64) -> Vec<i64> {
        let work = self.work_of_product.get(&product_id);
        let near = work.and_then(|work| self.links_of_work.get(work)).into_iter().flatten();
        let shows = |id: &&i64| match self.links.get(id).map(|link| link.parent) {
            Some(LinkParent::Product(id)) => id == product_id,
            parent => parent.is_some(),
        };
        near.filter(shows).copied().collect()
    }

    /// The marketing texts of a work with their ids, ascending.
    pub(super) fn texts_of_work(&self, id: i64) -> impl Iterator<Item = (i64, &MarketingText)> {
        let ids = self.texts_of_work.get(&id).into_iter().flatten();
        ids.filter_map(|id| self.texts.get(id).map(|text| (*id, text)))
    }

    /// Adds a marketing text to its work.
    fn insert_text(&mut self, text: MarketingText) -> i64 {
        let id = self.next_id();
        self.texts_of_work.entry(text.work_id).or_default().insert(id);
        self.texts.insert(id, text);
        id
    }

    /// Notes that a work, or a record that `changedSince` counts to it, changed today.
    pub(super) fn touch(&mut self, work_id: i64) {
        let today = date_of(self.now);
        if let Some(work) = self.works.get_mut(&work_id) {
            work.title.changed_on = work.title.changed_on.max(today);
        }
    }
}

impl Work {
    /// The ids of all products.
    pub(super) fn product_ids(&self) -> Vec<i64> {
        self.title.products.iter().map(|product| product.product_id).collect()
    }
}

/// The day of an instant, in UTC.
pub(super) fn date_of(instant: InstantMs) -> Date {
    date_time(instant).date()
}

/// An instant as a date and time in UTC; the epoch if it is out of range.
pub(super) fn date_time(instant: InstantMs) -> OffsetDateTime {
    let seconds = i64::try_from(instant / 1000).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
