//! Finds ISBNs in what people type: file names, titles, keywords. A number that can only be a
//! mistyped ISBN (13 digits from 978 or 979 whose check digit does not fit) is reported, never
//! mended; any other number is no ISBN.

use crate::model::isbn::{Isbn13, IsbnError};

/// What a text holds, each once, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Valid ISBNs; ISBN-10 is converted.
    pub good: Vec<Isbn13>,
    /// Mistyped ones as they stand in the text, and what is wrong with them.
    pub bad: Vec<(String, IsbnError)>,
}

/// Groups of an ISBN-13 are parted by four marks; a stray fifth is forgiven.
const MARKS_MAX: usize = 5;

/// Finds ISBNs in free text.
pub fn find(text: &str) -> Found {
    let mut found = Found::default();
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let starts = c.is_ascii_digit() && !before.is_some_and(|b: char| b.is_ascii_digit());
        let taken = if starts { number(rest, text, &mut found) } else { 0 };
        let taken = taken.max(c.len_utf8());
        before = rest.get(..taken).and_then(|part| part.chars().next_back());
        rest = rest.get(taken..).unwrap_or_default();
    }
    found
}

/// Reads the value of a field that is meant for ISBNs: what looks like a number must be one.
pub fn read_field(text: &str) -> Found {
    let mut found = Found::default();
    for part in text.split([',', ';', '/', '|', '\n', '\t']) {
        let part = part.trim();
        let bare = part.trim_start_matches(|c: char| !c.is_ascii_digit());
        let one = find(part);
        if one == Found::default() && bare.chars().any(|c| c.is_ascii_digit()) {
            match Isbn13::parse(bare.trim()) {
                Ok(isbn) => found.add(isbn),
                Err(error) => found.bad.push((part.to_owned(), error)),
            }
        }
        one.good.into_iter().for_each(|isbn| found.add(isbn));
        found.bad.extend(one.bad);
    }
    found
}

/// Whether a text is a number and nothing else, as a field for ISBNs would hold it.
pub fn looks_like_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X') || is_mark(c) || c.is_whitespace());
    (9..=14).contains(&digits) && others
}

impl Found {
    fn add(&mut self, isbn: Isbn13) {
        if !self.good.contains(&isbn) {
            self.good.push(isbn);
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}')
}

/// Reads an ISBN at the start of `rest`, and says how many bytes it took: none if there is none.
fn number(rest: &str, whole: &str, found: &mut Found) -> usize {
    if let Some(taken) =
        take(rest, 13).filter(|t| t.digits.starts_with("978") || t.digits.starts_with("979"))
    {
        match Isbn13::parse(&taken.digits) {
            Ok(isbn) => found.add(isbn),
            Err(IsbnError::CheckDigit) => {
                let text = rest.get(..taken.bytes).unwrap_or_default().to_owned();
                found.bad.push((text, IsbnError::CheckDigit));
            }
            // An ISMN or another number: not ours to judge.
            Err(_) => return 0,
        }
        return taken.bytes;
    }
    let Some(taken) = take(rest, 10) else { return 0 };
    if !is_likely_ten(rest, whole, &taken) {
        return 0;
    }
    let Ok(isbn) = Isbn13::parse(&taken.digits) else { return 0 };
    found.add(isbn);
    taken.bytes
}

/// One number in eleven has a fitting ISBN-10 check digit, so in free text it also needs the look
/// of one: its groups, the word ISBN, or its place at the very start.
fn is_likely_ten(rest: &str, whole: &str, taken: &Taken) -> bool {
    taken.marks == 3
        || rest.len() == whole.trim_start().len()
        || whole.to_lowercase().contains("isbn")
}

struct Taken {
    digits: String,
    marks: usize,
    bytes: usize,
}

/// Takes exactly so many symbols with at most one mark between two of them; no digit may follow.
fn take(rest: &str, symbols: usize) -> Option<Taken> {
    let mut taken = Taken { digits: String::new(), marks: 0, bytes: 0 };
    let mut after_mark = true;
    for (at, c) in rest.char_indices() {
        if taken.digits.len() == symbols {
            return if c.is_ascii_digit() { None } else { finish(taken) };
        }
        let is_x = symbols == 10 && taken.digits.len() == 9 && matches!(c, 'x' | 'X');
        if c.is_ascii_digit() || is_x {
            taken.digits.push(c);
            taken.bytes = at + c.len_utf8();
            after_mark = false;
        } else if is_mark(c) && !after_mark {
            taken.marks += 1;
            after_mark = true;
        } else {
            return None;
        }
    }
    if taken.digits.len() == symbols { finish(taken) } else { None }
}

fn finish(taken: Taken) -> Option<Taken> {
    (taken.marks <= MARKS_MAX).then_some(taken)
}

#[cfg(test)]
mod tests;
