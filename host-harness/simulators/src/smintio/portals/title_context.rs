//! An adapter that no source offers: it takes a title's context for an asset. It stands for a
//! custom data adapter that a publisher has built and installed, and is off unless settings say so.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::unconfirmed::{METHOD_NOT_SUPPORTED, TITLE_CONTEXT_INTERFACE};
use super::params::Params;
use super::read;
use crate::http::InstantMs;
use serde_json::{Value, json};

/// Longest context, as JSON text.
const CONTEXT_BYTES_MAX: usize = 64 * 1024;

/// `upsertTitleContextAsync`: the same context again changes nothing, not even its version.
pub fn upsert(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    installed(server)?;
    let id = params.id("assetId")?.to_owned();
    read::readable(server, &id)?;
    let context = params.verbatim("context").filter(|context| context.is_object());
    let context = context.ok_or_else(|| Refusal::argument("`context` must be an object"))?;
    if context.to_string().len() > CONTEXT_BYTES_MAX {
        return Err(Refusal::argument("`context` is too long"));
    }
    let kept = server.portal.title_contexts.entry(id).or_insert((0, Value::Null));
    if kept.1 != *context {
        *kept = (kept.0 + 1, context.clone());
    }
    Ok(json!({"version": kept.0}))
}

/// `getTitleContextAsync`.
pub fn get(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    installed(server)?;
    let id = params.id("assetId")?;
    read::readable(server, id)?;
    let (version, context) = server
        .portal
        .title_contexts
        .get(id)
        .ok_or_else(|| Refusal::not_found("title context", id))?;
    Ok(json!({"version": version, "context": context}))
}

fn installed(server: &Smintio) -> Result<(), Refusal> {
    if server.settings.title_context {
        return Ok(());
    }
    let message = format!("method not supported: {TITLE_CONTEXT_INTERFACE}");
    Err(Refusal::new(501, METHOD_NOT_SUPPORTED, message))
}
