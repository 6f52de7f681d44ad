//! Answers of writes. A write is refused only where that is certain; whatever leaves doubt whether
//! it happened is `Unknown`, and the engine reads before it writes again.

use super::{said, wire};
use crate::fault::Fault;
use crate::model::ids::{ResourceId, WebLinkId};
use crate::vendor::status::clip;
use crate::vendor::wire::{Json, typed};

/// A created image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedResource {
    /// Its id, if the answer shows one.
    pub id: Option<ResourceId>,
}

/// A created web link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedWebLink {
    /// Its id, if the answer shows one.
    pub id: Option<WebLinkId>,
}

/// The answer to `create_resource`.
pub fn created_resource(body: &[u8]) -> Result<CreatedResource, Fault> {
    Ok(CreatedResource { id: made(body)?.map(ResourceId) })
}

/// The answer to `create_web_link`.
pub fn created_web_link(body: &[u8]) -> Result<CreatedWebLink, Fault> {
    Ok(CreatedWebLink { id: made(body).map_err(believed)?.map(WebLinkId) })
}

/// The answer to `delete_resource` and `delete_web_link`.
pub fn deleted(body: &[u8]) -> Result<(), Fault> {
    if payload(body).map_err(believed)?.done == Some(false) {
        return Err(Fault::Refused("it did not delete and gives no reason".to_owned()));
    }
    Ok(())
}

fn made(body: &[u8]) -> Result<Option<i64>, Fault> {
    Ok(payload(body)?.made.and_then(|made| made.id))
}

/// The payload of a write that was accepted.
fn payload(body: &[u8]) -> Result<wire::Payload, Fault> {
    let envelope = wire::envelope(body).map_err(uncertain)?;
    if let Some(words) = said(&envelope) {
        return Err(judge(&envelope, words));
    }
    let result = envelope.data.and_then(|mut data| data.remove("result"));
    let payload: wire::Payload = match result {
        None | Some(Json::Null) => {
            return Err(Fault::Unknown(
                "it answered with neither a result nor a reason".to_owned(),
            ));
        }
        Some(json) => typed(json).map_err(Fault::Unknown)?,
    };
    let complaints = payload.errors.as_ref().map(wire::complaints).unwrap_or_default();
    if complaints.is_empty() {
        return Ok(payload);
    }
    let words = clip(&complaints.join("; "), 500);
    if payload.made.is_some() || payload.done == Some(true) {
        return Err(Fault::Unknown(format!("it reports success and also: {words}")));
    }
    Err(Fault::Refused(words))
}

/// An error inside the payload was raised after the write ran, so the write may stand.
fn judge(envelope: &wire::Envelope, words: String) -> Fault {
    let inside = envelope.errors.iter().flatten().any(|error| {
        let path = error.path.as_deref().unwrap_or_default();
        path.len() > 1 && path.first().and_then(Json::as_str) == Some("result")
    });
    let result = envelope.data.as_ref().and_then(|data| data.get("result"));
    if inside || result.is_some_and(|json| !json.is_null()) {
        return Fault::Unknown(format!("it answered in part: {words}"));
    }
    let placed =
        envelope.errors.iter().flatten().all(|e| e.path.as_ref().is_some_and(|p| !p.is_empty()));
    if placed { Fault::Refused(words) } else { Fault::Doubtful(words) }
}

/// Links are found again by what they are, and what was deleted is gone: no doubt does harm there.
fn believed(fault: Fault) -> Fault {
    match fault {
        Fault::Doubtful(words) => Fault::Refused(words),
        other => other,
    }
}

/// An answer to a write that cannot be read does not undo the write.
fn uncertain(fault: Fault) -> Fault {
    match fault {
        Fault::Unreadable(reason) => Fault::Unknown(reason),
        other => other,
    }
}

#[cfg(test)]
mod tests;
