//! A case's `policy`: one purchase in the vendor's keys, and the operator's profile beside it.
//! Fields that are not known are ignored, as a vendor may add some at any time.

use serde_json::{Map, Value};

use crate::model::declaration::ProviderProfile;
use crate::model::ids::PurchaseId;
use crate::model::licence::{KeyLists, Policy, Purchase, Release, Term};

use super::lenient::{bound, field, keys, text};

/// The provider and the licence that tie a case's purchase to its profile.
const OF_THE_CASE: &str = "case";

/// The purchase and its profile; no purchase where there is none.
pub(super) fn read(policy: Option<&Value>) -> (Option<Purchase>, Vec<ProviderProfile>) {
    let Some(policy) = policy.filter(|value| !value.is_null()) else {
        return (None, Vec::new());
    };
    let nothing = Map::new();
    let object = policy.as_object().unwrap_or(&nothing);
    let (max_reuses, current_reuses) = reuses(object);
    let profile = field(object, "profile");
    let purchase = Purchase {
        id: PurchaseId(text(object, "id").unwrap_or_else(|| "policy".to_owned())),
        // Not part of a case: a case's completed purchase can be used.
        can_be_synced: field(object, "can_be_synced").map_or(Some(true), Value::as_bool),
        provider: Some(OF_THE_CASE.to_owned()),
        licence_kind: Some(OF_THE_CASE.to_owned()),
        state: text(object, "state"),
        policy: Policy {
            state: text(object, "state"),
            terms: terms(object),
            release: release(object),
            unread_licence_text: has_text(field(object, "licence_text")),
            max_reuses,
            current_reuses,
            licensee: text(object, "licensee"),
            profile: profile.and_then(Value::as_str).and_then(named),
        },
        ..Purchase::default()
    };
    (Some(purchase), profile.and_then(Value::as_object).map(profile_of).into_iter().collect())
}

fn named(name: &str) -> Option<String> {
    (!name.trim().is_empty()).then(|| name.to_owned())
}

/// A profile that stands in a case is taken as signed unless its signer is left empty.
fn profile_of(object: &Map<String, Value>) -> ProviderProfile {
    let own = ["id", "name"].iter().find_map(|name| text(object, name));
    let signer = ["signer", "author"].iter().find_map(|name| field(object, name));
    let stated = ["term", "states"].iter().find_map(|name| field(object, name)?.as_object());
    ProviderProfile {
        id: own.unwrap_or_else(|| "profile".to_owned()),
        provider: OF_THE_CASE.to_owned(),
        licence_kind: OF_THE_CASE.to_owned(),
        signer: match signer {
            Some(signer) => signer.as_str().unwrap_or_default().to_owned(),
            None => OF_THE_CASE.to_owned(),
        },
        signed_on: bound(object, "signed_on"),
        term: term(stated.unwrap_or(object)),
    }
}

fn terms(object: &Map<String, Value>) -> Vec<Term> {
    match field(object, "terms") {
        Some(Value::Array(terms)) => terms.iter().map(term_or_threat).collect(),
        None | Some(_) => Vec::new(),
    }
}

/// A term that cannot be read might deny exactly this use.
fn term_or_threat(value: &Value) -> Term {
    match value.as_object() {
        Some(object) => term(object),
        None => {
            let restricted = vec![value.to_string().chars().take(100).collect()];
            Term { usages: KeyLists { restricted, ..KeyLists::default() }, ..Term::default() }
        }
    }
}

fn term(object: &Map<String, Value>) -> Term {
    let lists = |name: &str| KeyLists {
        allowed: keys(object, &format!("allowed_{name}")),
        restricted: keys(object, &format!("restricted_{name}")),
    };
    Term {
        usages: lists("usages"),
        sizes: lists("sizes"),
        placements: lists("placements"),
        distributions: lists("distributions"),
        geographies: lists("geographies"),
        industries: lists("industries"),
        languages: lists("languages"),
        exclusivities: keys(object, "exclusivities"),
        usage_limits: keys(object, "usage_limits"),
        valid_from: bound(object, "valid_from"),
        valid_until: bound(object, "valid_until"),
        to_be_used_until: bound(object, "to_be_used_until"),
        is_editorial_use: field(object, "is_editorial_use").and_then(Value::as_bool),
    }
}

fn release(object: &Map<String, Value>) -> Release {
    let release = field(object, "release").and_then(Value::as_object);
    let state = |name| release.and_then(|release| text(release, name));
    Release { model: state("model"), property: state("property") }
}

/// An allowance that cannot be read is one of which nobody knows whether it is spent.
fn reuses(object: &Map<String, Value>) -> (Option<i64>, Option<i64>) {
    let current = field(object, "current_reuses").and_then(Value::as_i64);
    match field(object, "max_reuses") {
        None => (None, current),
        Some(max) => max.as_i64().map_or((Some(1), None), |max| (Some(max), current)),
    }
}

fn has_text(value: Option<&Value>) -> bool {
    match value {
        None => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(object)) => !object.is_empty(),
        Some(_) => true,
    }
}
