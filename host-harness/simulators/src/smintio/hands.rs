//! What people do in the real product, and what tests break on purpose. Nothing here is an API of
//! the vendor.

use super::Smintio;
use super::portals::shares;
use super::settings::{ServiceMode, TokenMode};
use super::store::{Collection, Comment};
use crate::http::InstantMs;
use crate::world::seed::{ImageSeed, PurchaseSeed};
use serde_json::{Map, Value, json};

/// A change of an asset's metadata; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct MetadataChange {
    /// Name, culture to text.
    pub name: Option<Vec<(String, String)>>,
    /// File name.
    pub file_name: Option<String>,
    /// All of `rawData`.
    pub raw_data: Option<Map<String, Value>>,
    /// Keywords.
    pub keywords: Option<Vec<String>>,
    /// Credit line.
    pub credit: Option<Option<String>>,
    /// Copyright notice.
    pub copyright: Option<Option<String>>,
    /// `publishFrom`.
    pub publish_from: Option<Option<String>>,
    /// `publishUntil`.
    pub publish_until: Option<Option<String>>,
    /// `isDownloadable`.
    pub downloadable: Option<Option<bool>>,
}

fn set<T>(place: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *place = value;
    }
}

/// People. Each returns whether there was such a record.
impl Smintio {
    /// Somebody puts an asset into a collection.
    pub fn add_to_collection(&mut self, collection: &str, asset: &str) -> bool {
        let number = self.store.asset(asset).map(|(number, _)| number);
        let (Some(number), Some(found)) = (number, self.store.collection_mut(collection)) else {
            return false;
        };
        if !found.members.contains(&number) {
            found.members.push(number);
        }
        true
    }

    /// Somebody takes an asset out of a collection.
    pub fn remove_from_collection(&mut self, collection: &str, asset: &str) -> bool {
        let number = self.store.asset_numbers.get(asset).copied();
        let Some(found) = self.store.collection_mut(collection) else { return false };
        let before = found.members.len();
        found.members.retain(|member| Some(*member) != number);
        found.members.len() < before
    }

    /// Somebody makes a collection; its id.
    pub fn make_collection(&mut self, name: &str) -> String {
        let id = format!("by-hand-{}", self.store.collections.len());
        self.store.add_collection(Collection::named(&id, name));
        id
    }

    /// Somebody renames a collection.
    pub fn rename_collection(&mut self, collection: &str, name: &str) -> bool {
        let found = self.store.collection_mut(collection);
        found.map(|found| name.clone_into(&mut found.name)).is_some()
    }

    /// Somebody deletes a collection.
    pub fn delete_collection(&mut self, collection: &str) -> bool {
        self.store.delete_collection(collection).is_some()
    }

    /// Somebody changes a comment; `None` deletes it.
    pub fn change_comment(&mut self, collection: &str, id: &str, text: Option<&str>) -> bool {
        let Some(found) = self.store.collection_mut(collection) else { return false };
        let Some(at) = found.comments.iter().position(|c| c.id == id) else { return false };
        match text {
            Some(text) => {
                found.comments[at].text = text.to_owned();
                found.comments[at].by_hand = true;
            }
            None => drop(found.comments.remove(at)),
        }
        true
    }

    /// Whether the portal offers a method that lists comments.
    pub fn set_comments_listed(&mut self, listed: bool) {
        self.settings.comments_are_listed = listed;
    }

    /// An administrator takes the connector's right to write a collection, or gives it back.
    pub fn set_read_only(&mut self, collection: &str, read_only: bool) -> bool {
        let found = self.store.collection_mut(collection);
        found.map(|found| found.read_only = read_only).is_some()
    }

    /// Somebody uploads a new version of an asset's file.
    pub fn new_file_version(&mut self, now: InstantMs, asset: &str, image: ImageSeed) -> bool {
        self.change(now, asset, |found| {
            let old = std::mem::replace(&mut found.seed.image, image);
            found.old_images.push((found.seed.version, old));
            found.seed.version += 1;
        })
    }

    /// Somebody edits an asset's metadata.
    pub fn change_metadata(&mut self, now: InstantMs, asset: &str, change: MetadataChange) -> bool {
        self.change(now, asset, |found| {
            let seed = &mut found.seed;
            set(&mut seed.name, change.name);
            set(&mut seed.file_name, change.file_name);
            set(&mut seed.raw_data, change.raw_data);
            set(&mut seed.keywords, change.keywords);
            set(&mut seed.credit, change.credit);
            set(&mut seed.copyright, change.copyright);
            set(&mut seed.publish_from, change.publish_from);
            set(&mut seed.publish_until, change.publish_until);
            set(&mut seed.downloadable, change.downloadable);
            found.index();
        })
    }

    fn change(
        &mut self,
        now: InstantMs,
        asset: &str,
        how: impl FnOnce(&mut super::store::Asset),
    ) -> bool {
        let number = self.store.asset(asset).map(|(number, _)| number);
        let Some(found) = number.and_then(|n| self.store.assets.get_mut(n)) else { return false };
        how(found);
        found.revision += 1;
        found.seed.modified_at = now;
        self.portal.changed();
        true
    }

    /// An asset disappears from the portal, or comes back.
    pub fn set_gone(&mut self, asset: &str, gone: bool) -> bool {
        self.flag(asset, |found| found.gone = gone)
    }

    /// Content routing takes an asset away from our user, or gives it back.
    pub fn set_denied(&mut self, asset: &str, denied: bool) -> bool {
        self.flag(asset, |found| found.denied = denied)
    }

    fn flag(&mut self, asset: &str, how: impl FnOnce(&mut super::store::Asset)) -> bool {
        let number = self.store.asset_numbers.get(asset).copied();
        let Some(found) = number.and_then(|n| self.store.assets.get_mut(n)) else { return false };
        how(found);
        self.portal.changed();
        true
    }

    /// A purchase is made or changed: its new version stands at the end of the log, and its
    /// earlier entry is no longer delivered.
    pub fn append_purchase(&mut self, purchase: &PurchaseSeed) {
        self.store.append(purchase, true);
    }

    /// A purchase is cancelled; whether it can still be synced is up to the caller, because no
    /// source says what Smint.io does.
    pub fn cancel_purchase(&mut self, now: InstantMs, lpt: &str, can_be_synced: bool) -> bool {
        let entry = self.store.latest.get(lpt).and_then(|place| self.store.log.get(*place));
        let Some(entry) = entry else { return false };
        let mut document = entry.document.clone();
        let version = document.get("version").and_then(Value::as_i64).unwrap_or(1) + 1;
        document["state"] = json!("cancelled");
        document["can_be_synced"] = json!(can_be_synced);
        document["version"] = json!(version);
        document["last_updated_at"] = json!(super::portals::instant(now));
        let purchase = PurchaseSeed { document, binaries: entry.binaries.clone() };
        self.store.append(&purchase, true);
        true
    }

    /// The members of a collection, by id.
    pub fn collection_members(&self, collection: &str) -> Option<Vec<String>> {
        let found = self.store.collection(collection)?;
        let ids = found.members.iter().filter_map(|n| self.store.assets.get(*n));
        Some(ids.map(|asset| asset.seed.id.clone()).collect())
    }

    /// The comments on a collection.
    pub fn comments(&self, collection: &str) -> Vec<Comment> {
        self.store.collection(collection).map(|c| c.comments.clone()).unwrap_or_default()
    }

    /// Id, collection and end of every share.
    pub fn shares(&self) -> Vec<(String, Option<String>, Option<String>)> {
        self.portal.shares.iter().map(|share| share.summary()).collect()
    }

    /// Somebody ends a share.
    pub fn delete_share(&mut self, id: &str) -> bool {
        let before = self.portal.shares.len();
        self.portal.shares.retain(|share| !share.is(id));
        self.portal.shares.len() < before
    }

    /// Somebody lets a share end with another day, such as `2026-12-24`.
    pub fn end_share_on(&mut self, id: &str, day: &str) -> bool {
        let found = self.portal.shares.iter_mut().find(|share| share.is(id));
        found.is_some_and(|share| share.end_on(day))
    }

    /// Somebody shares a collection under a name, up to a day. Returns the id.
    pub fn make_share(
        &mut self,
        now: InstantMs,
        collection: &str,
        name: &str,
        day: &str,
    ) -> String {
        shares::by_hand(self, now, collection, name, day)
    }

    /// Id and name of every collection, in the order of their making.
    pub fn collections(&self) -> Vec<(String, String)> {
        let all = self.store.collections.iter().flatten();
        all.map(|c| (c.id.clone(), c.name.clone())).collect()
    }

    /// Whether the invented adapter for title contexts is installed.
    pub fn set_title_contexts_taken(&mut self, taken: bool) {
        self.settings.title_context = taken;
    }

    /// How many entries of its log the feed shows.
    pub fn purchases_shown(&self, now: InstantMs) -> usize {
        super::clapi::visible(self, now)
    }

    /// What `pusher/auth` would answer.
    pub fn push_auth(&self, socket: &str, channel: &str) -> Option<String> {
        super::pusher::auth(&self.settings, socket, channel)
    }

    /// The title's context that the invented adapter took for an asset.
    pub fn title_context(&self, asset: &str) -> Option<&Value> {
        self.portal.title_contexts.get(asset).map(|(_, context)| context)
    }

    /// `dataAdapterInstanceKey` of every source that has assets, ascending.
    pub fn sources(&self) -> Vec<String> {
        let keys: std::collections::BTreeSet<&str> =
            self.store.assets.iter().map(super::store::Asset::source_key).collect();
        keys.into_iter().map(str::to_owned).collect()
    }
}

/// Faults.
impl Smintio {
    /// Ends every access token that was handed out.
    pub fn expire_access_tokens(&mut self) {
        self.identity.expire_access();
    }

    /// Ends every refresh token: a person must consent again.
    pub fn expire_refresh_tokens(&mut self) {
        self.identity.expire_refresh();
    }

    /// What the token endpoint answers from now on.
    pub fn set_token_mode(&mut self, mode: TokenMode) {
        self.identity.mode = mode;
    }

    /// Whether the tenant is in service.
    pub fn set_service_mode(&mut self, mode: ServiceMode) {
        self.service = mode;
    }

    /// A source behind the portal goes down with an `errorCode`, or comes back with `None`. The
    /// key is what asset ids begin with.
    pub fn break_source(&mut self, key: &str, error_code: Option<&str>) {
        let broken = &mut self.portal.broken_sources;
        match error_code {
            Some(code) => broken.insert(key.to_owned(), code.to_owned()),
            None => broken.remove(key),
        };
    }

    /// The next long-running methods end in `error` without having done anything.
    pub fn fail_next_tasks(&mut self, count: u32) {
        self.portal.failing_tasks = count;
    }

    /// The files of a purchase are missing in the vendor's storage: binaries answer 424.
    pub fn break_binaries(&mut self, lpt: &str, broken: bool) {
        if broken {
            self.broken_binaries.insert(lpt.to_owned());
        } else {
            self.broken_binaries.remove(lpt);
        }
    }
}
