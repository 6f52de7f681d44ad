//! Comments on collections. Posting twice makes two, whatever `uniqueId` says: what it does is
//! told nowhere (facts 4.3 e). Listing them is offered only where a setting says so.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::store::{Collection, Comment};
use super::super::unconfirmed::METHOD_NOT_SUPPORTED;
use super::params::Params;
use crate::http::InstantMs;
use serde_json::{Value, json};

/// Longest comment, in characters.
const TEXT_CHARS_MAX: usize = 10_000;

/// `commentCollectionAsync`.
pub fn post(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let text = text(params)?.to_owned();
    let id = params.required("collectionId")?.to_owned();
    writable(server, &id)?;
    server.portal.commented += 1;
    let comment_id = server.signer.uuid("comment", server.portal.commented);
    let comment = Comment { id: comment_id, text, by_hand: false };
    let body = json!({"collectionComment": shown(&comment)});
    writable(server, &id)?.comments.push(comment);
    Ok(body)
}

/// `updateCollectionCommentAsync`.
pub fn edit(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let text = text(params)?;
    let comment = params.required("commentId")?;
    let found = writable(server, params.required("collectionId")?)?;
    let comment = found
        .comments
        .iter_mut()
        .find(|c| c.id == comment)
        .ok_or_else(|| Refusal::not_found("comment", comment))?;
    text.clone_into(&mut comment.text);
    Ok(json!({"collectionComment": shown(comment)}))
}

/// `deleteCollectionCommentAsync`.
pub fn delete(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let comment = params.required("commentId")?;
    let found = writable(server, params.required("collectionId")?)?;
    let before = found.comments.len();
    found.comments.retain(|c| c.id != comment);
    if found.comments.len() == before {
        return Err(Refusal::not_found("comment", comment));
    }
    Ok(json!({}))
}

/// `getCollectionCommentsAsync`: invented, and off by default.
pub fn list(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    if !server.settings.comments_are_listed {
        return Err(Refusal::new(501, METHOD_NOT_SUPPORTED, "method not supported"));
    }
    let found = super::collections::collection(server, params.required("collectionId")?)?;
    Ok(json!({"comments": found.comments.iter().map(shown).collect::<Vec<_>>()}))
}

/// A collection that the token may write.
pub fn writable<'a>(server: &'a mut Smintio, id: &str) -> Result<&'a mut Collection, Refusal> {
    let found =
        server.store.collection_mut(id).ok_or_else(|| Refusal::not_found("collection", id))?;
    if found.read_only {
        return Err(Refusal::denied("collection", id));
    }
    Ok(found)
}

/// The text of a comment, within bounds.
pub fn text(params: &Params) -> Result<&str, Refusal> {
    let text = params.required("comment")?;
    if text.trim().is_empty() || text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::argument("A comment has 1 to 10000 characters"));
    }
    Ok(text)
}

/// A comment on the wire.
pub fn shown(comment: &Comment) -> Value {
    json!({"commentId": comment.id, "comment": comment.text})
}
