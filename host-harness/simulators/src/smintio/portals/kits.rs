//! Changing collections. There is no idempotency key: creating twice makes two. An unknown asset
//! or collection fails the whole call and changes nothing.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::store::Collection;
use super::collections::{collection, shown};
use super::comments::writable;
use super::params::Params;
use super::{filters, read};
use crate::http::InstantMs;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `createCollectionAsync`.
pub fn create(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let name = name(params)?.to_owned();
    let mut members = Vec::new();
    put(&mut members, read::all_readable(server, &params.ids("assetIds")?)?);
    let search = params.get("searchAssetsParameters").cloned();
    if let Some(search) = &search {
        filters::find(server, &Params::of(search.clone())?)?;
    }
    server.portal.made += 1;
    let id = server.signer.uuid("collection", server.portal.made);
    let made = Collection { members, search, ..Collection::named(&id, &name) };
    let body = json!({"collection": shown(&made)});
    server.store.add_collection(made);
    Ok(body)
}

/// `updateCollectionAsync`: only the name can change.
pub fn rename(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let id = params.required("collectionId")?;
    let name = name(params)?;
    let found = writable(server, id)?;
    name.clone_into(&mut found.name);
    Ok(json!({"collection": shown(found)}))
}

/// `deleteCollectionAsync`.
pub fn delete(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let id = params.required("collectionId")?;
    writable(server, id)?;
    server.store.delete_collection(id).ok_or_else(|| Refusal::not_found("collection", id))?;
    Ok(json!({}))
}

/// `addAssetsToCollectionAsync`: adding a member again changes nothing.
pub fn add(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let (id, numbers) = target(server, params)?;
    if let Some(found) = server.store.collection_mut(&id) {
        put(&mut found.members, numbers);
    }
    Ok(json!({}))
}

/// `removeAssetsFromCollectionAsync`: removing what is no member changes nothing.
pub fn remove(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let id = static_collection(server, params)?;
    let ids = params.some_ids("assetIds")?;
    let numbers: BTreeSet<usize> =
        ids.iter().filter_map(|id| server.store.asset_numbers.get(*id)).copied().collect();
    if let Some(found) = server.store.collection_mut(&id) {
        found.members.retain(|number| !numbers.contains(number));
    }
    Ok(json!({}))
}

fn target(server: &Smintio, params: &Params) -> Result<(String, Vec<usize>), Refusal> {
    let id = static_collection(server, params)?;
    Ok((id, read::all_readable(server, &params.some_ids("assetIds")?)?))
}

/// The id of a collection whose members can be set by hand.
fn static_collection(server: &Smintio, params: &Params) -> Result<String, Refusal> {
    let id = params.required("collectionId")?;
    if collection(server, id)?.search.is_some() {
        return Err(Refusal::argument("The members of a search-based collection are found"));
    }
    if collection(server, id)?.read_only {
        return Err(Refusal::denied("collection", id));
    }
    Ok(id.to_owned())
}

/// Appends those that are not there yet.
fn put(members: &mut Vec<usize>, numbers: Vec<usize>) {
    let mut known: BTreeSet<usize> = members.iter().copied().collect();
    members.extend(numbers.into_iter().filter(|number| known.insert(*number)));
}

fn name(params: &Params) -> Result<&str, Refusal> {
    let name = params.get("definition").and_then(|d| d.get("name")).and_then(Value::as_str);
    name.filter(|n| !n.trim().is_empty())
        .ok_or_else(|| Refusal::new(400, "argument_missing", "`definition.name` is missing"))
}
