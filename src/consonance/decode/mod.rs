//! Consonance's answers as model types. One bad record never spoils its neighbours, and nothing
//! that could not be read is ever taken for empty: design section 5, "Null and absence".

mod mutation;
mod resource;
mod schema;
mod territory;
mod title;

use std::collections::{BTreeMap, BTreeSet};

use super::wire;
use crate::config::Consonance;
use crate::fault::{BadRecord, Fault};
use crate::model::ids::{ProductId, WorkId};
use crate::model::product::WebLink;
use crate::model::title::{Resource, Title};
use crate::order;
use crate::vendor::status::clip;
use crate::vendor::wire::{Json, record};

pub use mutation::{CreatedResource, CreatedWebLink, created_resource, created_web_link, deleted};
pub use schema::{FieldShape, InputShape, MutationShape, Schema, TypeShape, schema};

/// A page of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkIds {
    /// In the order of the answer.
    pub ids: Vec<WorkId>,
    /// Whether each is greater than the one before. If not, `after` cannot be trusted as a cursor.
    pub ascending: bool,
}

/// What a lookup by id found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// The record.
    Found(Box<T>),
    /// The vendor says there is none. Only a full sweep confirms it.
    NotFound,
    /// Unknown: it stands in the answer in a form that cannot be relied on.
    Unreadable(BadRecord),
}

/// A work's images and its products' web links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// The work.
    pub work: WorkId,
    /// Images, ascending by id.
    pub resources: Vec<Resource>,
    /// Web links of each product.
    pub web_links: BTreeMap<ProductId, Vec<WebLink>>,
}

/// The ids of a listing. Any error makes the list unknown.
pub fn work_ids(body: &[u8]) -> Result<WorkIds, Fault> {
    let envelope = wire::envelope(body)?;
    if let Some(words) = said(&envelope) {
        return Err(Fault::Unreadable(format!("a list of works with errors: {words}")));
    }
    let works = envelope.data.and_then(|mut data| data.remove("works"));
    let works = works.ok_or_else(|| Fault::Unreadable("no `works` in the answer".to_owned()))?;
    if works.is_null() {
        // A root list that is null means that the list failed, not that the tenant is empty.
        return Err(Fault::Unreadable("`works` is null, expected a list".to_owned()));
    }
    let works: Vec<wire::WorkId> = wire::part("works", works)?;
    let ids: Vec<WorkId> = works.into_iter().map(|work| WorkId(work.id)).collect();
    let ascending = ids.is_sorted_by(|a, b| a < b);
    Ok(WorkIds { ids, ascending })
}

/// The works asked for, in the order asked.
pub fn works(
    config: &Consonance,
    body: &[u8],
    asked: &[WorkId],
) -> Result<Vec<(WorkId, Lookup<Title>)>, Fault> {
    lookups(body, asked, |json, name| {
        let work = record(json, name)?;
        title::title(config, work).map_err(|reason| bad(name, reason))
    })
}

/// The images and web links of the works asked for, in the order asked.
pub fn resources(
    config: &Consonance,
    body: &[u8],
    asked: &[WorkId],
) -> Result<Vec<(WorkId, Lookup<Images>)>, Fault> {
    lookups(body, asked, |json, name| {
        let work = record(json, name)?;
        resource::images(config, work).map_err(|reason| bad(name, reason))
    })
}

/// Sorts an aliased answer: an error below an alias poisons that alias, any other error poisons
/// everything.
fn lookups<T: Identified>(
    body: &[u8],
    asked: &[WorkId],
    decode: impl Fn(Json, &str) -> Result<T, BadRecord>,
) -> Result<Vec<(WorkId, Lookup<T>)>, Fault> {
    let envelope = wire::envelope(body)?;
    let aliases = order::set(asked.iter().map(alias));
    let poisoned = poisoned(&envelope, &aliases)?;
    let mut data = envelope
        .data
        .ok_or_else(|| Fault::Unreadable("neither data nor errors in the answer".to_owned()))?;
    let mut found = Vec::with_capacity(asked.len());
    for id in asked {
        let name = format!("work {id}");
        let alias = alias(id);
        let lookup = match (poisoned.get(&alias), data.remove(&alias)) {
            (Some(words), _) => Err(bad(&name, format!("Consonance reports: {words}"))),
            (None, None) => Err(bad(&name, "it was asked for and is missing".to_owned())),
            (None, Some(Json::Null)) => Ok(Lookup::NotFound),
            (None, Some(json)) => decode(json, &name).and_then(|record| same(*id, record, &name)),
        };
        found.push((*id, lookup.unwrap_or_else(Lookup::Unreadable)));
    }
    Ok(found)
}

/// The record, if it is the one that was asked for.
fn same<T: Identified>(id: WorkId, record: T, name: &str) -> Result<Lookup<T>, BadRecord> {
    if record.work() != id {
        return Err(bad(name, format!("work {} came in its place", record.work())));
    }
    Ok(Lookup::Found(Box::new(record)))
}

/// The errors of each alias.
fn poisoned(
    envelope: &wire::Envelope,
    aliases: &BTreeSet<String>,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut poisoned: BTreeMap<String, String> = BTreeMap::new();
    for error in envelope.errors.iter().flatten() {
        let first = error.path.iter().flatten().next().and_then(Json::as_str);
        match first.filter(|alias| aliases.contains(*alias)) {
            Some(alias) => {
                let all = poisoned.entry(alias.to_owned()).or_default();
                if all.is_empty() {
                    *all = words(error);
                }
            }
            None => return Err(Fault::Unreadable(format!("it reports: {}", words(error)))),
        }
    }
    Ok(poisoned)
}

/// What the top-level errors say, if there are any.
fn said(envelope: &wire::Envelope) -> Option<String> {
    let all: Vec<String> = envelope.errors.iter().flatten().map(words).collect();
    (!all.is_empty()).then(|| clip(&all.join("; "), 500))
}

/// An error in the vendor's words, with its place.
fn words(error: &wire::GraphqlError) -> String {
    let message = error.message.as_deref().unwrap_or("an error without a message");
    let place: Vec<String> = error.path.iter().flatten().map(step).collect();
    let place = if place.is_empty() { String::new() } else { format!(" at {}", place.join(".")) };
    clip(&format!("{message}{place}"), 300)
}

fn step(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

fn alias(id: &WorkId) -> String {
    format!("w{id}")
}

fn bad(record_id: &str, reason: String) -> BadRecord {
    BadRecord { record_id: record_id.to_owned(), reason }
}

/// Records that know which work they are of.
trait Identified {
    fn work(&self) -> WorkId;
}

impl Identified for Title {
    fn work(&self) -> WorkId {
        self.id
    }
}

impl Identified for Images {
    fn work(&self) -> WorkId {
        self.work
    }
}

#[cfg(test)]
mod tests;
