//! ISBN-13 that cannot be wrong: ISBN-10 is converted, ISMN (979-0) and bad check digits are refused.
//! Rules: ISBN Users' Manual, 7th edition.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A valid ISBN-13.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Isbn13([u8; 13]);

/// Why a text is no ISBN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IsbnError {
    /// Not ten or thirteen digits.
    Length(usize),
    /// A character that has no place in an ISBN.
    Character(char),
    /// The last digit does not fit the others.
    CheckDigit,
    /// Thirteen digits that do not start with 978 or 979, or an ISMN (979-0).
    Prefix,
}

impl fmt::Display for IsbnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(n) => write!(f, "{n} digits, expected 10 or 13"),
            Self::Character(c) => write!(f, "the character {c:?}, expected digits"),
            Self::CheckDigit => f.write_str("a check digit that does not fit the other digits"),
            Self::Prefix => f.write_str("a number outside 978 and 979-1 to 979-9"),
        }
    }
}

impl Isbn13 {
    /// Reads an ISBN-10 or ISBN-13 with or without hyphens and spaces.
    pub fn parse(text: &str) -> Result<Self, IsbnError> {
        let mut symbols = Vec::with_capacity(13);
        for c in text.chars() {
            match c {
                '0'..='9' => symbols.push(c as u8 - b'0'),
                'x' | 'X' if symbols.len() == 9 => symbols.push(10),
                '-' | ' ' | '\u{2010}'..='\u{2015}' => {}
                other => return Err(IsbnError::Character(other)),
            }
            if symbols.len() > 13 {
                return Err(IsbnError::Length(symbols.len()));
            }
        }
        match symbols.len() {
            10 => Self::from_ten(&symbols),
            13 => Self::from_thirteen(&symbols),
            n => Err(IsbnError::Length(n)),
        }
    }

    fn from_ten(symbols: &[u8]) -> Result<Self, IsbnError> {
        let sum: u32 = symbols.iter().zip((1..=10u32).rev()).map(|(d, w)| u32::from(*d) * w).sum();
        if !sum.is_multiple_of(11) {
            return Err(IsbnError::CheckDigit);
        }
        let mut digits = [9, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for (to, from) in digits.iter_mut().skip(3).zip(symbols.iter().take(9)) {
            *to = *from;
        }
        digits[12] = check_digit(&digits);
        Ok(Self(digits))
    }

    fn from_thirteen(symbols: &[u8]) -> Result<Self, IsbnError> {
        let digits: [u8; 13] = symbols.try_into().map_err(|_| IsbnError::Length(symbols.len()))?;
        if digits.iter().any(|d| *d > 9) {
            return Err(IsbnError::Character('X'));
        }
        if !matches!(digits, [9, 7, 8, ..] | [9, 7, 9, 1..=9, ..]) {
            return Err(IsbnError::Prefix);
        }
        if check_digit(&digits) != digits[12] {
            return Err(IsbnError::CheckDigit);
        }
        Ok(Self(digits))
    }
}

/// The thirteenth digit: weights 1 and 3 in turn, the sum a multiple of ten.
fn check_digit(digits: &[u8; 13]) -> u8 {
    let sum: u32 = digits
        .iter()
        .take(12)
        .enumerate()
        .map(|(i, d)| u32::from(*d) * if i % 2 == 0 { 1 } else { 3 })
        .sum();
    ((10 - sum % 10) % 10) as u8
}

impl fmt::Display for Isbn13 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|d| write!(f, "{d}"))
    }
}

impl fmt::Debug for Isbn13 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, IsbnError>) {
        assert_eq!(
            Isbn13::parse(text).map(|i| i.to_string()),
            expected.map(str::to_owned),
            "{text}"
        );
    }

    #[test]
    fn reads_both_lengths_and_refuses_what_is_no_isbn() {
        check("978-0-306-40615-7", Ok("9780306406157"));
        check("0-306-40615-2", Ok("9780306406157"));
        check("0-8044-2957-X", Ok("9780804429573"));
        check("9791090636071", Ok("9791090636071"));
        check("9780306406158", Err(IsbnError::CheckDigit));
        check("0306406153", Err(IsbnError::CheckDigit));
        check("9790060115615", Err(IsbnError::Prefix));
        check("97803064061570", Err(IsbnError::Length(14)));
        check("978030640615", Err(IsbnError::Length(12)));
        check("978030640615a", Err(IsbnError::Character('a')));
        check("", Err(IsbnError::Length(0)));
    }
}
