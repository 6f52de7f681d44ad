//! Sets of ISO 3166-1 countries (alpha-2), as a bit set: union, subset and difference are a few
//! instructions, and the order of iteration is the alphabet.

use serde::{Deserialize, Serialize};

/// The 249 officially assigned alpha-2 codes (ISO 3166-1, as of 2026-11), ascending.
#[rustfmt::skip]
const ALPHA2: [&[u8; 2]; 249] = [
    b"AD", b"AE", b"AF", b"AG", b"AI", b"AL", b"AM", b"AO", b"AQ", b"AR", b"AS", b"AT", b"AU", b"AW", b"AX", b"AZ",
    b"BA", b"BB", b"BD", b"BE", b"BF", b"BG", b"BH", b"BI", b"BJ", b"BL", b"BM", b"BN", b"BO", b"BQ", b"BR", b"BS",
    b"BT", b"BV", b"BW", b"BY", b"BZ", b"CA", b"CC", b"CD", b"CF", b"CG", b"CH", b"CI", b"CK", b"CL", b"CM", b"CN",
    b"CO", b"CR", b"CU", b"CV", b"CW", b"CX", b"CY", b"CZ", b"DE", b"DJ", b"DK", b"DM", b"DO", b"DZ", b"EC", b"EE",
    b"EG", b"EH", b"ER", b"ES", b"ET", b"FI", b"FJ", b"FK", b"FM", b"FO", b"FR", b"GA", b"GB", b"GD", b"GE", b"GF",
    b"GG", b"GH", b"GI", b"GL", b"GM", b"GN", b"GP", b"GQ", b"GR", b"GS", b"GT", b"GU", b"GW", b"GY", b"HK", b"HM",
    b"HN", b"HR", b"HT", b"HU", b"ID", b"IE", b"IL", b"IM", b"IN", b"IO", b"IQ", b"IR", b"IS", b"IT", b"JE", b"JM",
    b"JO", b"JP", b"KE", b"KG", b"KH", b"KI", b"KM", b"KN", b"KP", b"KR", b"KW", b"KY", b"KZ", b"LA", b"LB", b"LC",
    b"LI", b"LK", b"LR", b"LS", b"LT", b"LU", b"LV", b"LY", b"MA", b"MC", b"MD", b"ME", b"MF", b"MG", b"MH", b"MK",
    b"ML", b"MM", b"MN", b"MO", b"MP", b"MQ", b"MR", b"MS", b"MT", b"MU", b"MV", b"MW", b"MX", b"MY", b"MZ", b"NA",
    b"NC", b"NE", b"NF", b"NG", b"NI", b"NL", b"NO", b"NP", b"NR", b"NU", b"NZ", b"OM", b"PA", b"PE", b"PF", b"PG",
    b"PH", b"PK", b"PL", b"PM", b"PN", b"PR", b"PS", b"PT", b"PW", b"PY", b"QA", b"RE", b"RO", b"RS", b"RU", b"RW",
    b"SA", b"SB", b"SC", b"SD", b"SE", b"SG", b"SH", b"SI", b"SJ", b"SK", b"SL", b"SM", b"SN", b"SO", b"SR", b"SS",
    b"ST", b"SV", b"SX", b"SY", b"SZ", b"TC", b"TD", b"TF", b"TG", b"TH", b"TJ", b"TK", b"TL", b"TM", b"TN", b"TO",
    b"TR", b"TT", b"TV", b"TW", b"TZ", b"UA", b"UG", b"UM", b"US", b"UY", b"UZ", b"VA", b"VC", b"VE", b"VG", b"VI",
    b"VN", b"VU", b"WF", b"WS", b"YE", b"YT", b"ZA", b"ZM", b"ZW",
];

/// A set of ISO 3166-1 countries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct CountrySet([u64; 4]);

impl CountrySet {
    /// No country.
    pub const EMPTY: Self = Self([0; 4]);

    /// Every country of ISO 3166-1.
    pub fn all() -> Self {
        ALPHA2.iter().enumerate().fold(Self::EMPTY, |set, (i, _)| set.with(i))
    }

    /// The set of the codes, and the texts among them that are no ISO 3166-1 alpha-2 code.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> (Self, Vec<String>) {
        let mut set = Self::EMPTY;
        let mut strangers = Vec::new();
        for code in codes {
            if !set.insert_code(code) {
                strangers.push(code.to_owned());
            }
        }
        (set, strangers)
    }

    /// Adds a country; false if the text is no code. Lower case is accepted, and `UK` for `GB`.
    pub fn insert_code(&mut self, code: &str) -> bool {
        let Some(index) = index_of(code) else { return false };
        *self = self.with(index);
        true
    }

    /// Whether the country is in the set.
    pub fn contains(&self, code: &str) -> bool {
        index_of(code).is_some_and(|i| self.0[i / 64] >> (i % 64) & 1 == 1)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    /// How many countries.
    pub fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Countries of either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    /// Countries of both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    /// Countries of this one that are not in the other.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    /// Whether every country of this one is in the other.
    pub fn is_subset(self, other: Self) -> bool {
        self.difference(other).is_empty()
    }

    /// Whether they share a country.
    pub fn intersects(self, other: Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// The codes, ascending.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        ALPHA2
            .iter()
            .enumerate()
            .filter(move |(i, _)| self.0[i / 64] >> (i % 64) & 1 == 1)
            .map(|(_, code)| std::str::from_utf8(*code).unwrap_or_default())
    }

    fn with(mut self, index: usize) -> Self {
        self.0[index / 64] |= 1 << (index % 64);
        self
    }

    fn zip(self, other: Self, f: impl Fn(u64, u64) -> u64) -> Self {
        let [a, b, c, d] = self.0;
        let [w, x, y, z] = other.0;
        Self([f(a, w), f(b, x), f(c, y), f(d, z)])
    }
}

fn index_of(code: &str) -> Option<usize> {
    let upper = <[u8; 2]>::try_from(code.as_bytes()).ok()?.map(|b| b.to_ascii_uppercase());
    let upper = if &upper == b"UK" { *b"GB" } else { upper };
    ALPHA2.binary_search(&&upper).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_complete() {
        assert!(ALPHA2.is_sorted());
        assert_eq!(CountrySet::all().len(), 249);
        assert_eq!(CountrySet::all().codes().next(), Some("AD"));
    }

    #[test]
    fn algebra() {
        let (british, strangers) = CountrySet::from_codes(["gb", "UK", "IE", "XX", "GBR", ""]);
        assert_eq!(strangers, ["XX", "GBR", ""]);
        assert_eq!(british.codes().collect::<Vec<_>>(), ["GB", "IE"]);
        let rest = CountrySet::all().difference(british);
        assert_eq!(rest.len(), 247);
        assert!(!rest.intersects(british) && !rest.contains("GB") && british.contains("IE"));
        assert_eq!(rest.union(british), CountrySet::all());
        assert!(british.is_subset(CountrySet::all()));
    }
}
