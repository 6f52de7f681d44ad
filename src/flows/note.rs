//! The sentence on a rights link: for what the image is cleared, per group of editions, and the
//! credit that is due. The same rights give the same sentence on every day, so that it is written
//! only when they change.

use std::collections::BTreeSet;

use crate::model::country::CountrySet;
use crate::model::date::Day;
use crate::model::product::{FormClass, Product, form_class};
use crate::order;
use crate::rights::{self, Code, Decision, Verdict, country_name, long_day};

use super::clearance;

/// Countries named one by one; more are counted.
const COUNTRIES_NAMED: usize = 6;

/// The longest credit that is repeated, in characters.
const CREDIT_CHARS_MAX: usize = 300;

/// What is said of a product, but for its medium.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Cleared { territory: String, until: Option<Day>, copies: Option<u64>, by_person: bool },
    InReview,
    NotStated,
    NotCleared,
}

/// The sentence; none if nothing was decided.
pub fn note(decided: &[(&Product, &Decision)], credit: Option<&str>) -> Option<String> {
    let mut groups: Vec<(Said, BTreeSet<Medium>)> = Vec::new();
    for (product, decision) in decided {
        let said = said(product, decision);
        match groups.iter_mut().find(|(other, _)| *other == said) {
            Some((_, media)) => _ = media.insert(medium(product)),
            None => groups.push((said, BTreeSet::from([medium(product)]))),
        }
    }
    if groups.is_empty() {
        return None;
    }
    // What may be done stands first, whatever the order of the products.
    order::sort_by(&mut groups, &|(a, of_a), (b, of_b)| {
        (rank(a), of_a, a).cmp(&(rank(b), of_b, b))
    });
    let clauses: Vec<String> = groups.iter().map(|(said, media)| clause(said, media)).collect();
    let mut text = rights::capital(&clauses.join("; "));
    text.push('.');
    if let Some(credit) = credit.map(plain).filter(|credit| !credit.is_empty()) {
        text.push_str(" Credit required: ");
        text.push_str(&credit);
    }
    Some(text)
}

fn said(product: &Product, decision: &Decision) -> Said {
    match decision.verdict {
        Verdict::Cleared | Verdict::ClearedUntil => Said::Cleared {
            territory: territory(product.territory.known),
            until: decision.until,
            copies: decision.copies.map(|copies| copies.cap),
            by_person: clearance::overridden(decision).is_some(),
        },
        Verdict::NeedsReview if decision.deciding_codes().iter().all(is_unstated) => {
            Said::NotStated
        }
        Verdict::NeedsReview => Said::InReview,
        Verdict::Blocked => Said::NotCleared,
    }
}

fn is_unstated(code: &Code) -> bool {
    matches!(
        code,
        Code::UsageUnstated
            | Code::MediaUnstated
            | Code::TerritoryUnstated
            | Code::PrintRunUnstated
            | Code::TermsEmpty
            | Code::NoRightsSource
    )
}

fn rank(said: &Said) -> u8 {
    match said {
        Said::Cleared { .. } => 0,
        Said::NotStated => 1,
        Said::InReview => 2,
        Said::NotCleared => 3,
    }
}

fn clause(said: &Said, media: &BTreeSet<Medium>) -> String {
    let media = listed(&media.iter().map(|(_, word)| *word).collect::<Vec<_>>());
    match said {
        Said::Cleared { territory, until, copies, by_person } => {
            let mut text = format!("cleared for {media}, {territory}");
            match until {
                Some(day) => text.push_str(&format!(", until {}", long_day(*day))),
                None => text.push_str(", no end stated"),
            }
            if let Some(copies) = copies {
                let noun = if *copies == 1 { "copy" } else { "copies" };
                text.push_str(&format!(", up to {} {noun}", grouped(*copies)));
            }
            if *by_person {
                text.push_str(" (decided by a person)");
            }
            text
        }
        Said::NotStated => format!("not stated for {media}"),
        Said::InReview => format!("in review for {media}"),
        Said::NotCleared => format!("not cleared for {media}"),
    }
}

/// A medium: its place in the sentence, and its word.
type Medium = (u8, &'static str);

fn medium(product: &Product) -> Medium {
    match product.form.as_deref().map(form_class) {
        Some(FormClass::Print) => (0, "print"),
        Some(FormClass::Ebook) => (1, "ebook"),
        Some(FormClass::Audio) => (2, "audiobook"),
        Some(FormClass::PhysicalCarrier) => (3, "physical carriers"),
        Some(FormClass::Undecided) => (4, "mixed editions"),
        Some(FormClass::Other) => (5, "other products"),
        None => (6, "editions without a format"),
    }
}

/// Where: named while they are few, else counted, and the world by what it lacks.
fn territory(known: CountrySet) -> String {
    let names = |set: CountrySet| {
        let names: Vec<String> = set.codes().map(country_name).collect();
        let plain = names.iter().map(|name| name.strip_prefix("the ").unwrap_or(name));
        listed(&plain.collect::<Vec<_>>())
    };
    let missing = CountrySet::all().difference(known);
    match (known.len(), missing.len()) {
        (_, 0) => "worldwide".to_owned(),
        (_, few) if few <= COUNTRIES_NAMED => format!("worldwide except {}", names(missing)),
        (few, _) if few <= COUNTRIES_NAMED => names(known),
        (many, _) => format!("{many} countries"),
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// 5,000
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One line, of bounded length.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(CREDIT_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests;
