//! Signed readings of provider licences: which one speaks for a purchase, and what it adds.
//! Invariant: a profile fills what a term leaves unstated and never changes what a term states.

use crate::model::declaration::ProviderProfile;
use crate::model::licence::{Bound, KeyLists, Purchase, Term};

/// The signed profile for this purchase's provider and licence; the latest, where there are more.
pub(super) fn profile_for<'a>(
    purchase: &Purchase,
    profiles: &'a [ProviderProfile],
) -> Option<&'a ProviderProfile> {
    let provider = purchase.provider.as_deref()?;
    let licence = purchase.licence_kind.as_deref()?;
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let fits = |p: &&ProviderProfile| {
        same(&p.provider, provider) && same(&p.licence_kind, licence) && !p.signer.trim().is_empty()
    };
    let signed = |p: &ProviderProfile| match p.signed_on {
        Bound::Day(day) => Some(day),
        _ => None,
    };
    profiles.iter().filter(fits).max_by_key(|p| (signed(p), p.id.as_str()))
}

/// The terms with the profile's statements where they state nothing. A purchase without any term
/// leaves everything unstated: then the profile is its one term.
pub(super) fn filled(terms: &[Term], profile: &Term) -> Vec<Term> {
    if terms.is_empty() {
        return vec![profile.clone()];
    }
    terms.iter().map(|term| fill(term, profile)).collect()
}

fn fill(term: &Term, profile: &Term) -> Term {
    Term {
        usages: lists(&term.usages, &profile.usages),
        sizes: lists(&term.sizes, &profile.sizes),
        placements: lists(&term.placements, &profile.placements),
        distributions: lists(&term.distributions, &profile.distributions),
        geographies: lists(&term.geographies, &profile.geographies),
        industries: lists(&term.industries, &profile.industries),
        languages: lists(&term.languages, &profile.languages),
        exclusivities: or(&term.exclusivities, &profile.exclusivities),
        usage_limits: or(&term.usage_limits, &profile.usage_limits),
        valid_from: bound(&term.valid_from, &profile.valid_from),
        valid_until: bound(&term.valid_until, &profile.valid_until),
        to_be_used_until: bound(&term.to_be_used_until, &profile.to_be_used_until),
        is_editorial_use: term.is_editorial_use.or(profile.is_editorial_use),
    }
}

/// A dimension is stated where something is allowed; a denial alone states nothing that is granted.
fn lists(term: &KeyLists, profile: &KeyLists) -> KeyLists {
    if !term.allowed.is_empty() {
        return term.clone();
    }
    let restricted = term.restricted.iter().chain(&profile.restricted).cloned().collect();
    KeyLists { allowed: profile.allowed.clone(), restricted }
}

fn or(term: &[String], profile: &[String]) -> Vec<String> {
    if term.is_empty() { profile.to_vec() } else { term.to_vec() }
}

fn bound(term: &Bound, profile: &Bound) -> Bound {
    if *term == Bound::None { profile.clone() } else { term.clone() }
}
