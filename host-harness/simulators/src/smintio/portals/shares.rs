//! Shares: what outsiders may look at, by a link that ends. A share holds a collection, assets, or
//! a search; nothing about it is idempotent, and an ended one is still listed.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::unconfirmed::{SHARE_LINK_PATH, SHARES_FIRST_PAGE};
use super::collections::collection;
use super::params::Params;
use super::wire::instant;
use super::{filters, read, search};
use crate::http::{InstantMs, Response};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A share.
pub struct Share {
    id: String,
    collection: Option<String>,
    secret: String,
    name: String,
    created: InstantMs,
    /// End, as it was written and as an instant.
    expires: Option<(String, InstantMs)>,
    /// The wish for a password is kept, never the password.
    has_password: bool,
}

/// `createShareAsync`.
pub fn create(server: &mut Smintio, now: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let name = definition_text(params, "name");
    let name = name.ok_or_else(|| missing("definition.name"))?.to_owned();
    let expires = expiration(params, now)?;
    holds_something(server, params)?;
    server.portal.shared += 1;
    let number = server.portal.shared;
    let share = Share {
        id: server.signer.uuid("share", number),
        secret: server.signer.sign(&["share", &number.to_string()]),
        name,
        collection: params.text("collectionId")?.map(str::to_owned),
        created: now,
        expires,
        has_password: definition_text(params, "password").is_some(),
    };
    let body = json!({"share": shown(server, &share)});
    server.portal.shares.push(share);
    Ok(body)
}

/// `getShareAsync`.
pub fn get(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let at = place(server, params)?;
    Ok(json!({"share": shown(server, &server.portal.shares[at])}))
}

/// `searchSharesAsync`.
pub fn find(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let size = search::page_size(params, server.settings.search_page_max)?;
    let text = params.text("queryString")?.unwrap_or_default().to_lowercase();
    let found = server.portal.shares.iter().filter(|s| s.name.to_lowercase().contains(&text));
    let found: Vec<Value> = found.map(|share| shown(server, share)).collect();
    let (page, details) = search::by_number(params, SHARES_FIRST_PAGE, size, &found)?;
    Ok(json!({"shares": page, "details": details}))
}

/// `updateShareAsync`: name, end and password; what is not given stays.
pub fn update(server: &mut Smintio, now: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let at = place(server, params)?;
    let expires = expiration(params, now)?;
    let share = &mut server.portal.shares[at];
    if let Some(name) = definition_text(params, "name") {
        name.clone_into(&mut share.name);
    }
    share.expires = expires.or(share.expires.take());
    share.has_password |= definition_text(params, "password").is_some();
    Ok(json!({"share": shown(server, &server.portal.shares[at])}))
}

/// `deleteShareAsync`: its link answers 404 from now on.
pub fn delete(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let at = place(server, params)?;
    server.portal.shares.remove(at);
    Ok(json!({}))
}

/// What an outsider sees behind the link: a page for people, until the share ends.
pub fn open(server: &mut Smintio, now: InstantMs, path: &str) -> Response {
    server.counters.count("portals.share-link");
    let secret = path.strip_prefix(SHARE_LINK_PATH).unwrap_or_default();
    let share = server.portal.shares.iter().find(|share| share.secret == secret);
    let open = share.filter(|s| s.expires.as_ref().is_none_or(|(_, end)| now < *end));
    match open {
        Some(share) => {
            let name = share.name.replace('&', "&amp;").replace('<', "&lt;");
            Response::new(200, "text/html; charset=utf-8", format!("<h1>{name}</h1>"))
        }
        None => Response::new(404, "text/html; charset=utf-8", "<h1>This share has ended.</h1>"),
    }
}

impl Share {
    /// Its id, the collection it opens, and its end as it was written.
    pub fn summary(&self) -> (String, Option<String>, Option<String>) {
        (self.id.clone(), self.collection.clone(), self.expires.clone().map(|(text, _)| text))
    }

    /// Lets it end with a day; false: that is no day.
    pub fn end_on(&mut self, day: &str) -> bool {
        self.expires = end_of(day);
        self.expires.is_some()
    }

    /// Whether it has this id.
    pub fn is(&self, id: &str) -> bool {
        self.id == id
    }
}

/// A share that somebody makes in the portal.
pub fn by_hand(
    server: &mut Smintio,
    now: InstantMs,
    collection: &str,
    name: &str,
    day: &str,
) -> String {
    server.portal.shared += 1;
    let number = server.portal.shared;
    let id = server.signer.uuid("share", number);
    server.portal.shares.push(Share {
        id: id.clone(),
        secret: server.signer.sign(&["share", &number.to_string()]),
        name: name.to_owned(),
        collection: Some(collection.to_owned()),
        created: now,
        expires: end_of(day),
        has_password: false,
    });
    id
}

fn end_of(day: &str) -> Option<(String, InstantMs)> {
    let text = format!("{day}T23:59:59Z");
    let end = OffsetDateTime::parse(&text, &Rfc3339).ok()?;
    let end = u64::try_from(end.unix_timestamp_nanos() / 1_000_000).ok()?;
    Some((text, end))
}

fn shown(server: &Smintio, share: &Share) -> Value {
    let link = format!("{}{SHARE_LINK_PATH}{}", server.settings.api_origin, share.secret);
    let mut shown = json!({
        "shareId": share.id,
        "name": share.name,
        "shareLink": link,
        "creationDate": instant(share.created),
        "isPasswordProtected": share.has_password,
    });
    if let Some((text, _)) = &share.expires {
        shown["expirationDate"] = json!(text);
    }
    shown
}

fn place(server: &Smintio, params: &Params) -> Result<usize, Refusal> {
    let id = params.required("shareId")?;
    let place = server.portal.shares.iter().position(|share| share.id == id);
    place.ok_or_else(|| Refusal::not_found("share", id))
}

fn definition_text<'a>(params: &'a Params, name: &str) -> Option<&'a str> {
    let text = params.get("definition")?.get(name.to_ascii_lowercase())?.as_str()?;
    Some(text).filter(|text| !text.trim().is_empty())
}

fn expiration(params: &Params, now: InstantMs) -> Result<Option<(String, InstantMs)>, Refusal> {
    let Some(text) = definition_text(params, "expirationDate") else { return Ok(None) };
    let bad = || Refusal::argument("`definition.expirationDate` must be a later date and time");
    let end = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| bad())?;
    let end = u64::try_from(end.unix_timestamp_nanos() / 1_000_000).map_err(|_| bad())?;
    if end > now { Ok(Some((text.to_owned(), end))) } else { Err(bad()) }
}

/// One of a collection, assets, or a search, each readable.
fn holds_something(server: &mut Smintio, params: &Params) -> Result<(), Refusal> {
    let assets = params.ids("assetIds")?;
    let collection_id = params.text("collectionId")?;
    let found = params.get("searchAssetsParameters").cloned();
    match (collection_id, assets.is_empty(), found) {
        (Some(id), true, None) => collection(server, id).map(drop),
        (None, false, None) => read::all_readable(server, &assets).map(drop),
        (None, true, Some(search)) => filters::find(server, &Params::of(search)?).map(drop),
        _ => Err(missing("collectionId, assetIds or searchAssetsParameters")),
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::new(400, "argument_missing", format!("Exactly this is needed: {name}"))
}
