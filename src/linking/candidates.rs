//! Which titles an asset may belong to: the keys that its explicit attachment, the link rules and
//! then the built-in rules find. The first that finds a key wins; a mistyped ISBN met on the way
//! is kept, because it may be the one that was meant.

use super::expression::Document;
use super::fields;
use super::isbn_text::{self, Found};
use super::rules::{LinkKey, LinkRule, Rules, holds};
use crate::model::asset::Asset;
use crate::model::ids::WorkId;
use crate::model::isbn::{Isbn13, IsbnError};

/// Something that a title can be found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The ISBN of one of its products.
    Isbn(Isbn13),
    /// The publisher's own reference, as `normalise_reference` gives it.
    Reference(String),
    /// The work's number.
    Work(WorkId),
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Isbn(isbn) => write!(f, "ISBN {isbn}"),
            Self::Reference(text) => write!(f, "in-house reference {text:?}"),
            Self::Work(id) => write!(f, "work {id}"),
        }
    }
}

/// What was found on one asset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The rule that found the keys.
    pub rule: Option<String>,
    /// The keys, each once, in the order found.
    pub keys: Vec<Key>,
    /// Mistyped ISBNs, as they stand there, met on the way.
    pub bad_isbns: Vec<(String, IsbnError)>,
    /// Rules that could not be used on this asset, each with its reason.
    pub failed: Vec<String>,
}

/// A reference as it is compared: lower case, blanks collapsed.
pub fn normalise_reference(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Rules {
    /// The keys of an asset.
    pub fn candidates(&self, asset: &Asset) -> Candidates {
        let mut candidates = Candidates::default();
        if let Some(keys) = self.tables.attachments.get(asset.id.as_str()) {
            candidates.win("attachment", keys.clone());
            return candidates;
        }
        let document = self.document(asset);
        for rule in &self.tables.links {
            if candidates.try_rule(rule, &document) {
                return candidates;
            }
        }
        if self.tables.built_in {
            candidates.try_built_in(asset, &document);
        }
        candidates
    }
}

impl Candidates {
    pub(super) fn win(&mut self, rule: &str, keys: Vec<Key>) -> bool {
        for key in keys {
            if !self.keys.contains(&key) {
                self.keys.push(key);
            }
        }
        if !self.keys.is_empty() && self.rule.is_none() {
            self.rule = Some(rule.to_owned());
        }
        !self.keys.is_empty()
    }

    pub(super) fn try_rule(&mut self, rule: &LinkRule, document: &Document) -> bool {
        if rule.when.as_ref().is_some_and(|when| !holds(when, document)) {
            return false;
        }
        match rule.from.texts(document) {
            Ok(texts) => {
                let keys = self.keys_of(rule, &texts);
                self.win(&rule.name, keys)
            }
            Err(why) => {
                self.failed.push(format!("link rule {:?}: {why}", rule.name));
                false
            }
        }
    }

    fn keys_of(&mut self, rule: &LinkRule, texts: &[String]) -> Vec<Key> {
        match rule.key {
            LinkKey::Reference => references(texts),
            LinkKey::Isbn => texts.iter().flat_map(|text| self.isbns(read_isbns(text))).collect(),
            LinkKey::Work => {
                let mut keys = Vec::new();
                for text in texts {
                    match text.trim().parse::<i64>() {
                        Ok(id) => keys.push(Key::Work(WorkId(id))),
                        Err(_) => self.failed.push(format!(
                            "link rule {:?}: {text:?} is not the number of a work",
                            rule.name
                        )),
                    }
                }
                keys
            }
        }
    }

    fn isbns(&mut self, found: Found) -> Vec<Key> {
        for bad in found.bad {
            if !self.bad_isbns.contains(&bad) {
                self.bad_isbns.push(bad);
            }
        }
        found.good.into_iter().map(Key::Isbn).collect()
    }

    pub(super) fn try_places(&mut self, places: &[Place]) {
        for (rule, texts, read) in places {
            let keys = texts.iter().flat_map(|text| self.isbns(read(text))).collect();
            self.win(rule, keys);
        }
    }

    /// ISBNs wherever they stand, because one that contradicts another must be seen; where there
    /// are none, in-house references.
    fn try_built_in(&mut self, asset: &Asset, document: &Document) {
        let mut names: Vec<String> = asset.name.iter().cloned().collect();
        names.extend(fields::at(document, &["name"]));
        let file: Vec<String> = asset.file.name.iter().cloned().collect();
        let project = fields::raw(document, fields::PROJECT);
        let title = fields::raw(document, fields::TITLE);
        let typed: [Place; 6] = [
            ("ISBN field", &fields::raw(document, fields::ISBN), isbn_text::read_field),
            ("ISBN in the file name", &file, isbn_text::find),
            ("ISBN in the name", &names, isbn_text::find),
            ("ISBN in the keywords", &fields::keywords(document), isbn_text::find),
            ("ISBN in the project", &project, isbn_text::find),
            ("ISBN in the title", &title, isbn_text::find),
        ];
        self.try_places(&typed);
        if !self.keys.is_empty() {
            return;
        }
        let keys = references(&fields::raw(document, fields::REFERENCE));
        if !self.win("in-house reference field", keys) {
            let words: Vec<String> =
                project.iter().flat_map(|text| reference_words(text)).collect();
            self.win("in-house reference in the project", references(&words));
        }
    }
}

/// A rule's name, the texts at its place, and how they are read.
pub(super) type Place<'a> = (&'a str, &'a [String], fn(&str) -> Found);

/// The words of a text that may be a reference: they hold a digit, and are no year.
pub(super) fn reference_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':'));
    let likely = words.filter(|word| {
        let all_digits = word.chars().all(|c| c.is_ascii_digit());
        let long_enough = word.chars().count() >= if all_digits { 5 } else { 4 };
        long_enough && word.chars().any(|c| c.is_ascii_digit())
    });
    likely.map(str::to_owned)
}

pub(super) fn references(texts: &[String]) -> Vec<Key> {
    let normal = texts.iter().map(|text| normalise_reference(text));
    normal.filter(|text| !text.is_empty()).map(Key::Reference).collect()
}

/// A rule's text is free text, unless it is a number and nothing else: then it was meant as one.
fn read_isbns(text: &str) -> Found {
    if isbn_text::looks_like_number(text) {
        isbn_text::read_field(text)
    } else {
        isbn_text::find(text)
    }
}

#[cfg(test)]
mod tests;
