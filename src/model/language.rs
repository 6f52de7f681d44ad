//! Languages. The internal form is ISO 639-3; bibliographic (639-2/B), terminological (639-2/T) and
//! two-letter (639-1) codes, BCP-47 tags and Smint.io's own keys all become it.
//! Invariant: one language has one `Language`, however it was spelt.

mod codes;

#[cfg(test)]
mod tests;

use codes::{B_TO_T, SMINTIO, TWO_LETTERS};

/// A language, as its ISO 639-3 code in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

/// Codes of ISO 639 that name no single language: several, undetermined, none, uncoded.
const NO_LANGUAGE: [&[u8; 3]; 4] = [b"mis", b"mul", b"und", b"zxx"];

impl Language {
    /// Reads a code, a tag or a Smint.io key in any case; `None` if the text names no language.
    /// Any three letters are taken for an ISO 639-3 code: its 7,900 codes are not listed here.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((_, code)) = SMINTIO.iter().find(|(key, _)| key.eq_ignore_ascii_case(text)) {
            return Some(Self(**code));
        }
        let mut subtags = text.split(['-', '_']);
        let primary = Self::from_code(subtags.next()?)?;
        let mut language = primary;
        for (position, subtag) in subtags.enumerate() {
            if !is_subtag(subtag) {
                return None;
            }
            // An extended language subtag (RFC 5646, 2.2.2) names the language itself: zh-yue.
            if position == 0 && subtag.len() == 3 && primary.members().next().is_some() {
                language = Self::from_code(subtag).unwrap_or(primary);
            }
        }
        Some(language)
    }

    /// The ISO 639-3 code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The macrolanguage that includes this language, of those that trade data mixes with a member.
    pub fn macrolanguage(self) -> Option<Self> {
        codes::MEMBERS.iter().find(|(_, m)| **m == self.0).map(|(whole, _)| Self(**whole))
    }

    /// The listed members of this macrolanguage.
    pub fn members(self) -> impl Iterator<Item = Self> {
        codes::MEMBERS.iter().filter(move |(w, _)| **w == self.0).map(|(_, m)| Self(**m))
    }

    fn from_code(code: &str) -> Option<Self> {
        let lower = code.to_ascii_lowercase();
        let bytes = lower.as_bytes();
        if !bytes.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        match bytes.len() {
            2 => {
                let row =
                    TWO_LETTERS.binary_search_by(|(two, _)| two.as_slice().cmp(bytes)).ok()?;
                TWO_LETTERS.get(row).map(|(_, three)| Self(**three))
            }
            3 => {
                let three = <[u8; 3]>::try_from(bytes).ok()?;
                let terminological = B_TO_T.iter().find(|(b, _)| **b == three).map(|(_, t)| **t);
                let three = terminological.unwrap_or(three);
                (!NO_LANGUAGE.contains(&&three)).then_some(Self(three))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

fn is_subtag(subtag: &str) -> bool {
    (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
}
