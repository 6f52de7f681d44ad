//! What the tenant holds: assets and collections of the portal, and the log of purchases. An
//! asset's number never changes, so that result sets and links can name it.

use super::settings::Paging;
use crate::world::seed::World;
use crate::world::seed::{AssetSeed, BinarySeed, CollectionSeed, ImageSeed, PurchaseSeed};
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything the tenant holds.
pub struct Store {
    /// Assets; the index is the asset's number.
    pub assets: Vec<Asset>,
    /// Asset id to number.
    pub asset_numbers: BTreeMap<String, usize>,
    /// Collections in the order of their making; `None` is deleted.
    pub collections: Vec<Option<Collection>>,
    /// Collection id to place.
    pub collection_places: BTreeMap<String, usize>,
    /// The log; the cursor of an entry is its index plus one.
    pub log: Vec<Entry>,
    /// Purchase to its last entry.
    pub latest: BTreeMap<String, usize>,
}

/// An asset and what happened to it.
pub struct Asset {
    /// Its present state.
    pub seed: AssetSeed,
    /// Grows with each change.
    pub revision: u32,
    /// Files of earlier versions, which links that were handed out still serve.
    pub old_images: Vec<(i64, ImageSeed)>,
    /// Gone from the portal.
    pub gone: bool,
    /// Routed away from our user.
    pub denied: bool,
    /// What text search looks at, in lower case.
    pub haystack: String,
}

/// A collection.
pub struct Collection {
    /// `collectionId`.
    pub id: String,
    /// Name; not unique.
    pub name: String,
    /// Members in their order; empty for a search-based one.
    pub members: Vec<usize>,
    /// How its source pages.
    pub paging: Paging,
    /// The search that fills it, if it is search-based.
    pub search: Option<Value>,
    /// Its comments, oldest first.
    pub comments: Vec<Comment>,
    /// Whether the connector's user may only look at it.
    pub read_only: bool,
    /// Flags of its members.
    pub flags: BTreeMap<usize, String>,
    /// Comments on its members, oldest first.
    pub asset_comments: Vec<(usize, Comment)>,
    /// People it is shown to, with their level.
    pub users: BTreeMap<String, i64>,
}

impl Collection {
    /// An empty one.
    pub fn named(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            members: Vec::new(),
            paging: Paging::Random,
            search: None,
            comments: Vec::new(),
            read_only: false,
            flags: BTreeMap::new(),
            asset_comments: Vec::new(),
            users: BTreeMap::new(),
        }
    }
}

/// A comment on a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// `commentId`.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Whether a person wrote or changed it.
    pub by_hand: bool,
}

/// One entry of the log.
pub struct Entry {
    /// The purchase.
    pub lpt: String,
    /// The document as the wire shows it, without nulls.
    pub document: Value,
    /// Its binaries.
    pub binaries: Vec<BinarySeed>,
    /// Replaced by a later entry and therefore no longer delivered.
    pub hidden: bool,
}

impl Store {
    /// A store with a world's contents.
    pub fn new(world: &World, redeliver: bool) -> Self {
        let mut store = Self {
            assets: Vec::with_capacity(world.assets.len()),
            asset_numbers: BTreeMap::new(),
            collections: Vec::new(),
            collection_places: BTreeMap::new(),
            log: Vec::with_capacity(world.purchases.len()),
            latest: BTreeMap::new(),
        };
        for seed in &world.assets {
            store.asset_numbers.insert(seed.id.clone(), store.assets.len());
            store.assets.push(Asset::new(seed));
        }
        for seed in &world.collections {
            let collection = store.seeded(seed);
            store.add_collection(collection);
        }
        for purchase in &world.purchases {
            store.append(purchase, !redeliver);
        }
        store
    }

    fn seeded(&self, seed: &CollectionSeed) -> Collection {
        let members = seed.asset_ids.iter().filter_map(|id| self.asset_numbers.get(id)).copied();
        let cursor = seed.paging == "cursor";
        Collection {
            members: members.collect(),
            paging: if cursor { Paging::Cursor } else { Paging::Random },
            ..Collection::named(&seed.id, &seed.name)
        }
    }

    /// Adds a collection.
    pub fn add_collection(&mut self, collection: Collection) {
        self.collection_places.insert(collection.id.clone(), self.collections.len());
        self.collections.push(Some(collection));
    }

    /// A collection by id.
    pub fn collection(&self, id: &str) -> Option<&Collection> {
        self.collections.get(*self.collection_places.get(id)?)?.as_ref()
    }

    /// A collection by id, to change it.
    pub fn collection_mut(&mut self, id: &str) -> Option<&mut Collection> {
        self.collections.get_mut(*self.collection_places.get(id)?)?.as_mut()
    }

    /// Deletes a collection.
    pub fn delete_collection(&mut self, id: &str) -> Option<Collection> {
        let place = self.collection_places.remove(id)?;
        self.collections.get_mut(place)?.take()
    }

    /// An asset that is there, by id.
    pub fn asset(&self, id: &str) -> Option<(usize, &Asset)> {
        let number = *self.asset_numbers.get(id)?;
        self.assets.get(number).filter(|a| !a.gone).map(|a| (number, a))
    }

    /// Appends a version of a purchase; `replace` takes its earlier entry out of the feed.
    pub fn append(&mut self, purchase: &PurchaseSeed, replace: bool) {
        let lpt = text(&purchase.document, "uuid");
        let place = self.log.len();
        if let Some(earlier) = self.latest.insert(lpt.clone(), place)
            && replace
        {
            self.log[earlier].hidden = true;
        }
        let mut document = purchase.document.clone();
        strip_nulls(&mut document);
        let binaries = purchase.binaries.clone();
        self.log.push(Entry { lpt, document, binaries, hidden: false });
    }
}

impl Asset {
    fn new(seed: &AssetSeed) -> Self {
        let mut asset = Self {
            seed: seed.clone(),
            revision: 0,
            old_images: Vec::new(),
            gone: false,
            denied: false,
            haystack: String::new(),
        };
        asset.index();
        asset
    }

    /// Renews what text search looks at.
    pub fn index(&mut self) {
        let seed = &self.seed;
        let names = seed.name.iter().map(|(_, text)| text.as_str());
        let raw = seed.raw_data.values().filter_map(Value::as_str);
        let rest = [seed.file_name.as_str(), seed.external_id.as_str()];
        let words: Vec<&str> = names
            .chain(rest)
            .chain(seed.keywords.iter().map(String::as_str))
            .chain(seed.credit.as_deref())
            .chain(raw)
            .collect();
        self.haystack = words.join("\n").to_lowercase();
    }

    /// The image of a version.
    pub fn image(&self, version: i64) -> Option<&ImageSeed> {
        if version == self.seed.version {
            return Some(&self.seed.image);
        }
        self.old_images.iter().find(|(v, _)| *v == version).map(|(_, image)| image)
    }

    /// `eTag`: changes with file and metadata.
    pub fn e_tag(&self) -> String {
        format!("\"{:x}-{:x}\"", self.seed.version, self.revision)
    }

    /// The source's `dataAdapterInstanceKey`, which the id begins with.
    pub fn source_key(&self) -> &str {
        self.seed.id.split(':').next().unwrap_or_default()
    }

    /// The one special thing about it.
    pub fn is(&self, trait_name: &str) -> bool {
        let meant = self.seed.meant_for.as_ref();
        meant.and_then(|m| m.trait_name.as_deref()) == Some(trait_name)
    }
}

/// A text field of a document, or nothing.
pub fn text(document: &Value, name: &str) -> String {
    document.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The platform omits nulls on output (facts 1.5).
pub fn strip_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(strip_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_nulls),
        _ => {}
    }
}
