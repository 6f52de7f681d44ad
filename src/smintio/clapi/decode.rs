//! CLAPI-C's answers as model types. Open vocabularies stay text, absent stays unknown; a bad
//! purchase never spoils its page, and an unreadable page yields no cursor.

use super::wire;
use crate::config::Clapi;
use crate::fault::{BadRecord, Fault};
use crate::model::delivery::Delivery;
use crate::model::ids::PurchaseId;
use crate::model::licence::{Binary, Bound, KeyLists, Policy, Purchase, Release, Term};
use crate::smintio::stamp;
use crate::vendor::status::clip;
use crate::vendor::wire::{Json, record};

mod details;

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedPage {
    /// The purchases in their order, those that cannot be synchronised included.
    pub entries: Vec<Result<Delivery, BadRecord>>,
    /// Where to go on; absent at the end, perhaps.
    pub cursor: Option<String>,
}

/// A page of the feed.
pub fn feed(body: &[u8]) -> Result<FeedPage, Fault> {
    let page = wire::feed(body)?;
    let list = match (page.license_purchase_transactions, page.count) {
        (Some(list), _) => list,
        (None, Some(0)) => Vec::new(),
        (None, _) => {
            let reason = "no `license_purchase_transactions` and no `count` of 0";
            return Err(Fault::Unreadable(reason.to_owned()));
        }
    };
    let cursor = match page.continuation_uuid {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) if text.is_empty() => None,
        Some(Json::String(text)) => Some(text),
        Some(Json::Number(number)) => Some(number.to_string()),
        Some(_) => {
            let reason = "`continuation_uuid` is neither a text nor a number";
            return Err(Fault::Unreadable(reason.to_owned()));
        }
    };
    let entries = list.into_iter().enumerate().map(|(i, json)| {
        let name = name_of(&json, i);
        record(json, &name).map(delivery)
    });
    Ok(FeedPage { entries: entries.collect(), cursor })
}

/// The files of a purchase. Their addresses are credentials and are not kept.
pub fn binaries(config: &Clapi, body: &[u8]) -> Result<Vec<Binary>, Fault> {
    let list = wire::list(body, &config.profile.binaries_wrapper)?;
    let binaries = list.into_iter().enumerate().map(|(i, json)| {
        let binary: wire::Binary = record(json, &format!("binary {}", i + 1))
            .map_err(|bad| Fault::Unreadable(format!("{}: {}", bad.record_id, bad.reason)))?;
        Ok(Binary {
            id: binary.uuid,
            version: binary.version,
            file_name: binary.recommended_file_name,
        })
    });
    binaries.collect()
}

fn name_of(json: &Json, index: usize) -> String {
    match json.get("uuid").and_then(Json::as_str) {
        Some(uuid) => clip(uuid, 100),
        None => format!("entry {} of the page", index + 1),
    }
}

fn delivery(mut from: wire::Transaction) -> Delivery {
    let details = details::details(&mut from);
    Delivery { purchase: purchase(from), details }
}

fn purchase(from: wire::Transaction) -> Purchase {
    let element = from.content_element.unwrap_or_default();
    let offering = from.offering.unwrap_or_default();
    let release = element.release_details.unwrap_or_default();
    let unread_licence_text = has_text(from.license_text) || has_text(offering.license_text);
    let policy = Policy {
        state: from.state.clone(),
        terms: from.license_terms.into_iter().flatten().map(term).collect(),
        release: Release {
            model: release.model_release_state,
            property: release.property_release_state,
        },
        unread_licence_text,
        max_reuses: from.license_download_constraints.unwrap_or_default().effective_max_reuses,
        current_reuses: from.current_reuses,
        licensee: from.licensee_name,
        profile: None,
    };
    Purchase {
        id: PurchaseId(from.uuid),
        version: from.version,
        cart: from.cart_purchase_transaction_uuid,
        reused: from.reused_license_purchase_transaction_uuid.map(PurchaseId),
        state: from.state,
        can_be_synced: from.can_be_synced,
        element: element.uuid,
        provider: element.provider,
        licence_kind: offering.license_uuid,
        name: preferred(element.name),
        project: from.project_uuid,
        project_names: every(from.project_name),
        board_names: every(from.collection_name),
        binaries: Vec::new(),
        policy,
        copyright: preferred(element.copyright_notices),
        snapshot: None,
    }
}

fn term(from: wire::Term) -> Term {
    Term {
        usages: lists(from.allowed_usages, from.restricted_usages),
        sizes: lists(from.allowed_sizes, from.restricted_sizes),
        placements: lists(from.allowed_placements, from.restricted_placements),
        distributions: lists(from.allowed_distributions, from.restricted_distributions),
        geographies: lists(from.allowed_geographies, from.restricted_geographies),
        industries: lists(from.allowed_industries, from.restricted_industries),
        languages: lists(from.allowed_languages, from.restricted_languages),
        exclusivities: from.exclusivities.unwrap_or_default(),
        usage_limits: from.usage_limits.unwrap_or_default(),
        valid_from: bound(from.valid_from),
        valid_until: bound(from.valid_until),
        to_be_used_until: bound(from.to_be_used_until),
        is_editorial_use: from.is_editorial_use,
    }
}

fn lists(allowed: Option<Vec<String>>, restricted: Option<Vec<String>>) -> KeyLists {
    KeyLists { allowed: allowed.unwrap_or_default(), restricted: restricted.unwrap_or_default() }
}

fn bound(json: Option<Json>) -> Bound {
    let Some(json) = json else { return Bound::None };
    match stamp::read(&json) {
        Some(stamp) => Bound::Day(stamp.day),
        None => Bound::Unreadable(clip(json.as_str().unwrap_or(&json.to_string()), 100)),
    }
}

fn has_text(text: Option<wire::LicenseText>) -> bool {
    let texts = text.and_then(|t| t.effective_text).unwrap_or_default();
    texts.iter().any(|t| t.value.as_deref().is_some_and(|v| !v.trim().is_empty()))
}

/// Every language's text once, in the vendor's order.
fn every(texts: Option<Vec<wire::Localised>>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for value in texts.into_iter().flatten().filter_map(|t| t.value) {
        if !value.trim().is_empty() && !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

/// English, which the vendor always delivers, else the first text.
fn preferred(texts: Option<Vec<wire::Localised>>) -> Option<String> {
    let texts = texts.unwrap_or_default();
    let english = texts.iter().find(|t| t.culture.as_deref() == Some("en") && t.value.is_some());
    let text = english.or_else(|| texts.iter().find(|t| t.value.is_some()));
    text.and_then(|t| t.value.clone())
}

#[cfg(test)]
mod tests;
