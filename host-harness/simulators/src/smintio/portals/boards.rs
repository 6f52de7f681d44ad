//! What people do with the members of a collection: move, copy, flag, discuss; and whom a
//! collection is shown to.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::store::Comment;
use super::collections::shown;
use super::comments::writable;
use super::params::Params;
use super::read;
use crate::http::InstantMs;
use serde_json::{Value, json};

/// The flags of facts 4.3.
const FLAGS: [&str; 4] = ["none", "level_3", "level_7", "level_10"];

/// `moveAssetsToCollectionAsync`.
pub fn move_on(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    transfer(server, params, true)
}

/// `copyAssetsToCollectionAsync`.
pub fn copy(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    transfer(server, params, false)
}

fn transfer(server: &mut Smintio, params: &Params, leaving: bool) -> Result<Value, Refusal> {
    let source = params.required("sourceCollectionId")?;
    let target = params.required("targetCollectionId")?;
    let numbers = read::all_readable(server, &params.some_ids("assetIds")?)?;
    let members = if leaving {
        writable(server, source)?.members.clone()
    } else {
        super::collections::collection(server, source)?.members.clone()
    };
    writable(server, target)?;
    if let Some(stray) = numbers.iter().find(|number| !members.contains(number)) {
        let id = server.store.assets[*stray].seed.id.clone();
        return Err(Refusal::not_found("asset in the collection", &id));
    }
    let into = &mut writable(server, target)?.members;
    let new: Vec<usize> = numbers.iter().filter(|n| !into.contains(n)).copied().collect();
    into.extend(new);
    if leaving && source != target {
        writable(server, source)?.members.retain(|number| !numbers.contains(number));
    }
    Ok(json!({}))
}

/// `flagCollectionAssetsAsync`.
pub fn flag(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let flag = params.required("flagId")?;
    if !FLAGS.contains(&flag) {
        return Err(Refusal::argument("`flagId` is no flag"));
    }
    let id = params.required("collectionId")?;
    let numbers = read::all_readable(server, &params.some_ids("assetIds")?)?;
    let found = writable(server, id)?;
    for number in numbers.into_iter().filter(|number| found.members.contains(number)) {
        if flag == "none" {
            found.flags.remove(&number);
        } else {
            found.flags.insert(number, flag.to_owned());
        }
    }
    Ok(json!({}))
}

/// `commentCollectionAssetAsync`. Posting twice makes two, as with `commentCollectionAsync`.
pub fn comment(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let text = super::comments::text(params)?.to_owned();
    let number = read::readable(server, params.id("assetId")?)?;
    let id = params.required("collectionId")?;
    if !writable(server, id)?.members.contains(&number) {
        return Err(Refusal::not_found("asset in the collection", params.id("assetId")?));
    }
    server.portal.commented += 1;
    let comment_id = server.signer.uuid("comment", server.portal.commented);
    let comment = Comment { id: comment_id, text, by_hand: false };
    let body = json!({"collectionAssetComment": super::comments::shown(&comment)});
    writable(server, id)?.asset_comments.push((number, comment));
    Ok(body)
}

/// `updateCollectionUsersAsync`: permission level 0 takes a person away.
pub fn users(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let bad = || Refusal::argument("a specification has one address or id and a level of 0 to 3");
    let specs = params.get("collectionUserSpecs").and_then(Value::as_array).ok_or_else(bad)?;
    let mut read = Vec::with_capacity(specs.len());
    for spec in specs {
        let who = ["emailaddress", "collectionuserid", "collectionusergroupid"];
        let who: Vec<&str> =
            who.iter().filter_map(|name| spec.get(name).and_then(Value::as_str)).collect();
        let level = spec.get("permissionlevel").and_then(Value::as_i64);
        match (who.as_slice(), level) {
            ([one], Some(level @ 0..=3)) => read.push(((*one).to_owned(), level)),
            _ => return Err(bad()),
        }
    }
    let found = writable(server, params.required("collectionId")?)?;
    for (who, level) in read {
        if level == 0 {
            found.users.remove(&who);
        } else {
            found.users.insert(who, level);
        }
    }
    Ok(json!({"collection": shown(found)}))
}
