//! Smint.io's geography keys as country sets. A country key is exact. A region label has no
//! published members, so it has two readings: *narrow* for what it grants, *wide* for what it denies.
//! Invariant: narrow is a subset of wide for every label.

use std::sync::Arc;

use crate::model::country::CountrySet;

use super::vocabulary::{ANY, tidy};

mod lists;

#[cfg(test)]
mod tests;

use lists::{COUNTRIES, IN_TWO_REGIONS, REGIONS};

/// What one list of geography keys means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Geography {
    /// Everywhere.
    pub any: bool,
    /// Country keys, and the narrow reading of region labels.
    pub narrow: CountrySet,
    /// Country keys, and the wide reading of region labels.
    pub wide: CountrySet,
    /// Keys that are neither, in lower case.
    pub strangers: Vec<Arc<str>>,
    /// Whether anything is stated at all: a label may mean no country for certain.
    pub stated: bool,
}

impl Geography {
    /// Reads Smint.io's keys.
    pub fn of_keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut geography = Self::default();
        for key in keys {
            geography.add_key(key);
        }
        tidy(&mut geography.strangers);
        geography
    }

    /// Reads a declaration's territories: ISO 3166-1 alpha-2 and `WORLD` beside Smint.io's keys.
    pub fn of_declared<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut geography = Self::default();
        for text in texts {
            if text.eq_ignore_ascii_case("world") {
                geography.any = true;
                geography.stated = true;
            } else if geography.narrow.insert_code(text) {
                geography.wide.insert_code(text);
                geography.stated = true;
            } else {
                geography.add_key(text);
            }
        }
        tidy(&mut geography.strangers);
        geography
    }

    fn add_key(&mut self, key: &str) {
        self.stated = true;
        let lower = key.to_ascii_lowercase();
        if lower == ANY {
            self.any = true;
        } else if let Some(code) = country(&lower) {
            self.narrow.insert_code(code);
            self.wide.insert_code(code);
        } else if let Some((narrow, wide)) = region(&lower) {
            self.narrow = self.narrow.union(narrow);
            self.wide = self.wide.union(wide);
        } else {
            self.strangers.push(lower.into());
        }
    }
}

/// Whether a declaration's territory is one that the decision knows.
pub fn is_territory(text: &str) -> bool {
    Geography::of_declared([text]).strangers.is_empty()
}

fn country(key: &str) -> Option<&'static str> {
    let row = COUNTRIES.binary_search_by(|(k, _)| (*k).cmp(key)).ok()?;
    COUNTRIES.get(row).map(|(_, code)| *code)
}

/// The narrow and the wide reading of a region label.
fn region(key: &str) -> Option<(CountrySet, CountrySet)> {
    let region = REGIONS.iter().find(|region| region.label == key)?;
    let prefix = key.strip_suffix("any")?;
    let own = COUNTRIES.iter().filter(|(k, _)| k.starts_with(prefix)).map(|(_, code)| *code);
    let (own, _) = CountrySet::from_codes(own);
    let (twice, _) = CountrySet::from_codes(IN_TWO_REGIONS);
    let (members, _) = CountrySet::from_codes(region.members.split_ascii_whitespace());
    Some((own.difference(twice), own.union(members)))
}

/// A country's name in sentences, where Smint.io's keys name it; else its code serves.
pub fn country_name(code: &'static str) -> String {
    let key = COUNTRIES.iter().find(|(_, c)| *c == code).map(|(key, _)| *key);
    let region = |key: &str| {
        REGIONS
            .iter()
            .find_map(|r| key.strip_prefix(r.label.strip_suffix("any")?).map(str::to_owned))
    };
    match (code, key.and_then(region)) {
        ("GB", _) => "the UK".to_owned(),
        ("US", _) => "the United States".to_owned(),
        ("AE", _) => "the United Arab Emirates".to_owned(),
        ("NL", _) => "the Netherlands".to_owned(),
        (_, Some(words)) => words.split('_').map(capitalised).collect::<Vec<_>>().join(" "),
        (code, None) => code.to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
