//! Language: only where the licence states one. A grant for a macrolanguage covers its members; a
//! grant for a member may or may not cover the whole, which is unknown; a denial reaches both ways.

use std::sync::Arc;

use crate::model::language::Language;
use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::reason::{Code, Dimension, Key};
use crate::rights::vocabulary::{ANY, tidy};

const DIMENSION: Dimension = Dimension::Language;

/// The vendor's label for Hindi and Urdu together (its list is that of the most spoken languages,
/// which counts them as one); its own client writes it as Caribbean Hindustani, `hns`.
const HINDUSTANI: &str = "language_hindustani";

/// What one list of language keys means.
#[derive(Clone, Debug, Default)]
pub(in crate::rights) struct Tongues {
    any: bool,
    surely: Vec<Language>,
    perhaps: Vec<Language>,
    strangers: Vec<Arc<str>>,
}

impl Tongues {
    /// Reads ISO 639 codes, BCP-47 tags and Smint.io's keys.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut tongues = Self::default();
        for key in keys {
            match Language::parse(key) {
                _ if key.eq_ignore_ascii_case(ANY) => tongues.any = true,
                None => tongues.strangers.push(key.to_ascii_lowercase().into()),
                Some(language) => tongues.add(language, key),
            }
        }
        tidy(&mut tongues.strangers);
        tongues
    }

    fn add(&mut self, language: Language, key: &str) {
        self.surely.push(language);
        self.surely.extend(language.members());
        self.perhaps.extend(language.macrolanguage());
        if key.eq_ignore_ascii_case(HINDUSTANI) {
            self.perhaps.extend(["urd", "hns"].into_iter().filter_map(Language::parse));
        }
    }

    fn is_stated(&self) -> bool {
        self.any || !self.surely.is_empty() || !self.strangers.is_empty()
    }
}

/// Compares the granted languages with the product's.
pub(in crate::rights) fn check(
    allowed: &Tongues,
    restricted: &Tongues,
    asked: &Use,
    findings: &mut Findings,
) {
    let languages = &asked.languages;
    if restricted.any {
        findings.fail(Code::LanguageProhibited, DIMENSION, Key::Known(ANY));
    } else {
        let hit = |l: &&Language| restricted.surely.contains(l) || restricted.perhaps.contains(l);
        for language in languages.known.iter().filter(hit) {
            findings.fail(Code::LanguageProhibited, DIMENSION, Key::Language(*language));
        }
    }
    findings.review_strangers(Code::LanguageKeyUnknown, DIMENSION, &restricted.strangers);
    if allowed.is_stated() && !allowed.any {
        for language in &languages.known {
            allow(allowed, *language, findings);
        }
    }
    if (allowed.is_stated() || restricted.is_stated()) && !languages.is_known() {
        findings.review(Code::LanguageProductUnknown, DIMENSION, Key::None);
    }
}

fn allow(allowed: &Tongues, language: Language, findings: &mut Findings) {
    if allowed.surely.contains(&language) {
        return;
    }
    let key = Key::Language(language);
    if allowed.perhaps.contains(&language) {
        findings.review(Code::LanguageKeyUnknown, DIMENSION, key);
    } else if allowed.strangers.is_empty() {
        findings.fail(Code::LanguageNotGranted, DIMENSION, key);
    } else {
        findings.review_strangers(Code::LanguageKeyUnknown, DIMENSION, &allowed.strangers);
    }
}
