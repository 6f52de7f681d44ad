//! A decision in plain words. Invariant: every sentence about a reason carries its code, so that
//! what people read can be looked up in docs/RIGHTS.md.

use time::Month;

use crate::model::country::CountrySet;
use crate::model::date::Day;

use super::decision::{Decision, Verdict};
use super::geography::country_name;
use super::reason::{Code, Dimension, Key, Reason};

mod words;

use words::words;

/// The decision in one sentence: the verdict with its first deciding reason.
pub fn sentence(decision: &Decision) -> String {
    match (decision.verdict, decision.until) {
        (Verdict::Cleared, _) => "Cleared.".to_owned(),
        (Verdict::ClearedUntil, Some(until)) => format!("Cleared until {}.", long_day(until)),
        (Verdict::ClearedUntil, None) => "Cleared for a limited time.".to_owned(),
        (Verdict::NeedsReview, _) => format!("Needs review: {}.", because(decision)),
        (Verdict::Blocked, _) => format!("Not cleared: {}.", because(decision)),
    }
}

/// Every reason in a sentence of its own, in the decision's order.
pub fn explain(decision: &Decision) -> Vec<String> {
    grouped(&decision.reasons).iter().map(|group| format!("{}.", capital(&clause(group)))).collect()
}

fn because(decision: &Decision) -> String {
    let groups = grouped(decision.deciding_reasons());
    let first = groups.first().map_or_else(|| "no reason is recorded".to_owned(), |g| clause(g));
    match groups.len() {
        0 | 1 => first,
        2 => format!("{first}, and 1 more reason"),
        n => format!("{first}, and {} more reasons", n - 1),
    }
}

/// Reasons that differ in their key only, such as one per country.
fn grouped(reasons: &[Reason]) -> Vec<&[Reason]> {
    let same = |a: &Reason, b: &Reason| a.code == b.code && a.term == b.term;
    reasons.chunk_by(same).collect()
}

fn clause(group: &[Reason]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let keys = keys(first.dimension, group);
    let text = words(first.code, first.weight, keys.as_deref());
    match first.term {
        Some(term) => format!("{text} ({}, term {term})", first.code),
        None => format!("{text} ({})", first.code),
    }
}

/// The keys as people say them: "the UK, Ireland and 3 more".
fn keys(dimension: Dimension, group: &[Reason]) -> Option<String> {
    let names: Vec<String> = group.iter().filter_map(|r| name(dimension, r)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [one, two] => Some(format!("{one} and {two}")),
        [one, two, three] => Some(format!("{one}, {two} and {three}")),
        [one, two, rest @ ..] => Some(format!("{one}, {two} and {} more", rest.len())),
    }
}

fn name(dimension: Dimension, reason: &Reason) -> Option<String> {
    match &reason.key {
        Key::Known(code) if dimension == Dimension::Territory && is_country(code) => {
            Some(country_name(code))
        }
        Key::None => None,
        key => key.as_str().map(|text| readable(reason.code, text)),
    }
}

fn is_country(code: &str) -> bool {
    CountrySet::default().insert_code(code)
}

/// Dates are written out; keys of the vendor are quoted, words of ours are not.
fn readable(code: Code, text: &str) -> String {
    if let Some(day) = crate::model::date::parse_day(text) {
        return long_day(day);
    }
    match code {
        Code::UnknownKey
        | Code::TerritoryKeyUnknown
        | Code::UsageProhibited
        | Code::PlacementProhibited
        | Code::SizeProhibited
        | Code::IndustryProhibited
        | Code::DeniedByOtherTerm
        | Code::DateImprecise
        | Code::LicenseeOther => format!("{text:?}"),
        _ => text.replace('_', " "),
    }
}

/// A day as people write it: 31 December 2027.
pub fn long_day(day: Day) -> String {
    let month = match day.month() {
        Month::January => "January",
        Month::February => "February",
        Month::March => "March",
        Month::April => "April",
        Month::May => "May",
        Month::June => "June",
        Month::July => "July",
        Month::August => "August",
        Month::September => "September",
        Month::October => "October",
        Month::November => "November",
        Month::December => "December",
    };
    format!("{} {month} {}", day.day(), day.year())
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests;
