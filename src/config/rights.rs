//! Declarations and provider profiles as the configuration holds them. What is absent stays
//! unknown: nothing is filled in here.

use std::collections::BTreeSet;

use super::Rights;
use super::build::unique;
use super::problems::Problems;
use super::read::Fields;
use crate::model::declaration::{Declaration, ProviderProfile, Scope};
use crate::model::licence::{Bound, KeyLists, Term};

/// What the tenant states about rights.
pub(super) fn rights(root: &Fields, problems: &mut Problems) -> Rights {
    let stated = root.table("rights");
    let text = |name| stated.and_then(|fields| fields.text(name)).cloned();
    let mut seen = BTreeSet::new();
    let declarations = root.tables("declaration").iter();
    let declarations = declarations.map(|fields| declaration(fields, &mut seen, problems));
    let declarations = declarations.collect();
    let mut seen = BTreeSet::new();
    let profiles = root.tables("provider-profile").iter();
    let profiles = profiles.map(|fields| profile(fields, &mut seen, problems)).collect();
    Rights {
        legal_entity: text("legal-entity"),
        default_language: text("default-language"),
        declarations,
        profiles,
    }
}

/// Whether rights links carry a sentence: only under a role that the operator confirmed is given to
/// nobody.
pub(super) fn notes(root: &Fields, role: &str, problems: &mut Problems) -> bool {
    let Some(fields) = root.table("notes") else { return false };
    if fields.flag("text") != Some(&true) {
        return false;
    }
    let confirmed = fields.text("confirmed-role").map(String::as_str);
    if confirmed != Some(role) {
        let found = confirmed.map_or_else(|| "nothing".to_owned(), |text| format!("{text:?}"));
        problems.add(
            &fields.at("confirmed-role"),
            found,
            format!("{role:?}, as engine.rights-link-role says"),
            "Check in Consonance that no feed, website or partner is given web links of that role, \
             then write it here; or leave notes.text out.",
        );
    }
    true
}

fn declaration(
    fields: &Fields,
    seen: &mut BTreeSet<String>,
    problems: &mut Problems,
) -> Declaration {
    let id = fields.owned("id");
    unique(seen, &id, &fields.at("id"), problems);
    window(fields, problems);
    let scopes = fields.tables("scope").iter();
    let scope = scopes.filter_map(|one| scope(one, problems)).collect();
    Declaration {
        id,
        signer: fields.text("signer").cloned(),
        signed_on: bound(fields, "signed-on"),
        scope,
        usages: fields.texts("usages").to_vec(),
        media: fields.texts("media").to_vec(),
        territories: fields.texts("territories").to_vec(),
        languages: fields.texts("languages").to_vec(),
        valid_from: bound(fields, "valid-from"),
        valid_until: bound(fields, "valid-until"),
        credit: fields.text("credit").cloned(),
    }
}

/// A scope has exactly one key, so that nobody has to guess whether two narrow or widen it.
fn scope(fields: &Fields, problems: &mut Problems) -> Option<Scope> {
    let written = fields.wrote_count();
    if written != 1 {
        let fix = "Write one table for each collection, asset or condition.";
        let found = format!("{written} of them");
        problems.add(&fields.path, found, "one of collection, asset, metadata", fix);
        return None;
    }
    let collection = fields.text("collection").map(|id| Scope::Collection(id.clone()));
    let asset = || fields.text("asset").map(|id| Scope::Asset(id.clone()));
    let metadata =
        || fields.expression("metadata").map(|when| Scope::Metadata(when.as_str().to_owned()));
    collection.or_else(asset).or_else(metadata)
}

fn profile(
    fields: &Fields,
    seen: &mut BTreeSet<String>,
    problems: &mut Problems,
) -> ProviderProfile {
    let id = fields.owned("id");
    unique(seen, &id, &fields.at("id"), problems);
    if let Some(term) = fields.table("term") {
        window(term, problems);
    }
    ProviderProfile {
        id,
        provider: fields.owned("provider"),
        licence_kind: fields.owned("licence-kind"),
        signer: fields.owned("signer"),
        signed_on: bound(fields, "signed-on"),
        term: fields.table("term").map(term).unwrap_or_default(),
    }
}

fn term(fields: &Fields) -> Term {
    let lists = |allowed, restricted| KeyLists {
        allowed: fields.texts(allowed).to_vec(),
        restricted: fields.texts(restricted).to_vec(),
    };
    Term {
        usages: lists("allowed-usages", "restricted-usages"),
        sizes: lists("allowed-sizes", "restricted-sizes"),
        placements: lists("allowed-placements", "restricted-placements"),
        distributions: lists("allowed-distributions", "restricted-distributions"),
        geographies: lists("allowed-geographies", "restricted-geographies"),
        industries: lists("allowed-industries", "restricted-industries"),
        languages: lists("allowed-languages", "restricted-languages"),
        exclusivities: fields.texts("exclusivities").to_vec(),
        usage_limits: fields.texts("usage-limits").to_vec(),
        valid_from: bound(fields, "valid-from"),
        valid_until: bound(fields, "valid-until"),
        to_be_used_until: bound(fields, "to-be-used-until"),
        is_editorial_use: fields.flag("is-editorial-use").copied(),
    }
}

fn bound(fields: &Fields, name: &str) -> Bound {
    fields.day(name).map_or(Bound::None, |day| Bound::Day(*day))
}

fn window(fields: &Fields, problems: &mut Problems) {
    let (Some(from), Some(until)) = (fields.day("valid-from"), fields.day("valid-until")) else {
        return;
    };
    if from > until {
        problems.add(
            &fields.at("valid-until"),
            format!("{until}, before valid-from {from}"),
            "a day on or after valid-from",
            "Correct one of the two days.",
        );
    }
}
