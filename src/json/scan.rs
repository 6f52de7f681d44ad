//! The tokens of a JSON text. Nothing here is generic, so that it is compiled once.

use std::borrow::Cow;
use std::fmt::Display;

use serde::de::{Expected, Unexpected};

/// How deep lists and objects may nest, so that hostile text cannot use up the stack.
const DEPTH_MAX: u32 = 128;

/// Why a text cannot be read, for a person. A single pointer, because every step returns it.
#[derive(Debug)]
pub struct Error(Box<Reason>);

#[derive(Debug)]
struct Reason(String);

impl Error {
    #[cold]
    fn new(reason: String) -> Self {
        Self(Box::new(Reason(reason)))
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: Display>(reason: T) -> Self {
        Self::new(reason.to_string())
    }
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub enum Number {
    /// A whole number without a sign.
    Natural(u64),
    /// A whole number below zero.
    Negative(i64),
    /// Any other.
    Fraction(f64),
}

/// A text and how far it was read.
pub struct Scan<'de> {
    text: &'de str,
    at: usize,
    depth: u32,
    /// Whether a key is being read: numbers in it stand in quotes.
    pub in_key: bool,
}

impl<'de> Scan<'de> {
    pub fn new(text: &'de str) -> Self {
        Self::from(text, 0)
    }

    /// A text that is read from somewhere within.
    pub fn from(text: &'de str, at: usize) -> Self {
        Self { text, at, depth: 0, in_key: false }
    }

    /// How far it was read.
    pub fn at(&self) -> usize {
        self.at
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte with which the next token begins; 0, which begins none, at the end.
    #[inline]
    pub fn peek(&mut self) -> u8 {
        match self.byte() {
            Some(byte) if byte > b' ' => byte,
            _ => self.peek_past_blanks(),
        }
    }

    fn peek_past_blanks(&mut self) -> u8 {
        while let Some(byte) = self.byte() {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return byte,
            }
        }
        0
    }

    /// Whether the next token is this byte; if so, it is read.
    #[inline]
    pub fn take(&mut self, expected: u8) -> bool {
        let found = self.peek() == expected;
        self.at += usize::from(found);
        found
    }

    /// Reads this byte, or complains.
    #[inline]
    pub fn expect(&mut self, expected: u8) -> Result<(), Error> {
        if self.take(expected) { Ok(()) } else { Err(self.stray()) }
    }

    #[cold]
    fn stray(&self) -> Error {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => Error::new(format!("no JSON: {found:?} at byte {}", self.at)),
            None => Error::new("the text ends too early (EOF)".to_owned()),
        }
    }

    /// Nothing but blanks may follow.
    pub fn end(&mut self) -> Result<(), Error> {
        self.peek();
        if self.at < self.text.len() {
            return Err(Error::new(format!("trailing characters at byte {}", self.at)));
        }
        Ok(())
    }

    /// Reads the bracket that begins a list or an object.
    pub fn open(&mut self, bracket: u8) -> Result<(), Error> {
        self.expect(bracket)?;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Error::new(format!("nested deeper than {DEPTH_MAX} levels")));
        }
        Ok(())
    }

    /// Whether another element follows; reads the comma before it, or else the closing bracket.
    pub fn more(&mut self, first: bool, bracket: u8) -> Result<bool, Error> {
        if self.take(bracket) {
            self.depth -= 1;
            return Ok(false);
        }
        if first {
            return Ok(true);
        }
        self.expect(b',')?;
        if self.peek() == bracket { Err(self.stray()) } else { Ok(true) }
    }

    /// Reads the bracket that ends a list or an object.
    pub fn close(&mut self, bracket: u8) -> Result<(), Error> {
        self.expect(bracket)?;
        self.depth -= 1;
        Ok(())
    }

    /// The content of a variant may follow only where the variant is a key.
    pub fn content(&mut self, in_object: bool) -> Result<(), Error> {
        if in_object { Ok(()) } else { Err(Error::new("this variant has a content".to_owned())) }
    }

    /// Whether the next token is `null`; if so, it is read.
    #[inline]
    pub fn null(&mut self) -> bool {
        self.peek() == b'n' && self.word("null")
    }

    /// Reads `null`.
    pub fn expect_null(&mut self) -> Result<(), Error> {
        if self.null() { Ok(()) } else { Err(self.stray()) }
    }

    /// Reads `true` or `false`, if one of them is next.
    pub fn flag(&mut self) -> Option<bool> {
        match self.peek() {
            b't' if self.word("true") => Some(true),
            b'f' if self.word("false") => Some(false),
            _ => None,
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let found = rest.starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// Reads a text.
    pub fn string(&mut self) -> Result<Cow<'de, str>, Error> {
        let (start, end, escaped) = self.raw_string()?;
        let whole = self.text;
        if !escaped {
            return Ok(Cow::Borrowed(whole.get(start + 1..end - 1).unwrap_or_default()));
        }
        let quoted = whole.get(start..end).unwrap_or_default();
        serde_json::from_str(quoted).map(Cow::Owned).map_err(|error| Error::new(error.to_string()))
    }

    /// Reads a text as it stands: where it begins and ends with its quotes, and whether anything
    /// in it is escaped.
    fn raw_string(&mut self) -> Result<(usize, usize, bool), Error> {
        self.expect(b'"')?;
        let start = self.at - 1;
        let mut escaped = false;
        let bytes = self.text.as_bytes();
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let plain = plain(rest);
            self.at += plain;
            match rest.get(plain) {
                None => return Err(self.stray()),
                Some(b'"') => {
                    self.at += 1;
                    return Ok((start, self.at, escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    self.at = (self.at + 2).min(bytes.len());
                }
                _ => return Err(Error::new("a control character in a text".to_owned())),
            }
        }
    }

    /// Reads a number, if one is next.
    pub fn number(&mut self) -> Result<Option<Number>, Error> {
        let quoted = match self.peek() {
            b'-' | b'0'..=b'9' => false,
            b'"' if self.in_key => true,
            _ => return Ok(None),
        };
        self.at += usize::from(quoted);
        let start = self.at;
        while let Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') = self.byte() {
            self.at += 1;
        }
        let number = number(self.text.get(start..self.at).unwrap_or_default())?;
        if quoted && self.byte() != Some(b'"') {
            return Err(self.stray());
        }
        self.at += usize::from(quoted);
        Ok(Some(number))
    }

    /// Reads a value of whatever kind and forgets it.
    pub fn skip(&mut self) -> Result<(), Error> {
        match self.peek() {
            b'"' => self.raw_string().map(|_| ()),
            b'n' => self.expect_null(),
            b't' | b'f' => self.flag().map(|_| ()).ok_or_else(|| self.stray()),
            b'-' | b'0'..=b'9' => self.number().map(|_| ()),
            bracket @ (b'[' | b'{') => self.skip_all(bracket),
            _ => Err(self.stray()),
        }
    }

    fn skip_all(&mut self, bracket: u8) -> Result<(), Error> {
        // In ASCII a closing bracket stands two places after its opening one.
        let close = bracket + 2;
        self.open(bracket)?;
        let mut first = true;
        while self.more(first, close)? {
            if bracket == b'{' {
                self.raw_string()?;
                self.expect(b':')?;
            }
            self.skip()?;
            first = false;
        }
        Ok(())
    }

    /// The complaint that the next value is not of the expected kind.
    #[cold]
    pub fn mismatch(&mut self, expected: &dyn Expected) -> Error {
        self.kind(expected).unwrap_or_else(|broken| broken)
    }

    fn kind(&mut self, expected: &dyn Expected) -> Result<Error, Error> {
        let wrong = |found| <Error as serde::de::Error>::invalid_type(found, expected);
        Ok(match self.peek() {
            b'"' => wrong(Unexpected::Str(&self.string()?)),
            b'[' => wrong(Unexpected::Seq),
            b'{' => wrong(Unexpected::Map),
            b'n' if self.null() => wrong(Unexpected::Other("null")),
            b't' if self.word("true") => wrong(Unexpected::Bool(true)),
            b'f' if self.word("false") => wrong(Unexpected::Bool(false)),
            _ => match self.number()? {
                Some(Number::Natural(number)) => wrong(Unexpected::Unsigned(number)),
                Some(Number::Negative(number)) => wrong(Unexpected::Signed(number)),
                Some(Number::Fraction(number)) => wrong(Unexpected::Float(number)),
                None => self.stray(),
            },
        })
    }
}

/// How many bytes stand before the first quote, backslash or control character. Eight at a time,
/// because the host may interrupt each turn of a loop, and looks each time whether it should.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        // The highest bit of a byte is set where it is less than `bound`; and, after the first
        // such byte, maybe elsewhere.
        let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
        let quote = below(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
        let special = (below(word, 0x20) | quote | backslash) & (ONES * 0x80);
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    chunks.len() * 8 + rest.iter().position(special).unwrap_or(rest.len())
}

/// A number as JSON writes them.
fn number(text: &str) -> Result<Number, Error> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole && !digits.starts_with('0') {
        if let Ok(natural) = text.parse() {
            return Ok(Number::Natural(natural));
        }
        if let Ok(negative) = text.parse() {
            return Ok(Number::Negative(negative));
        }
    }
    if text == "0" {
        return Ok(Number::Natural(0));
    }
    serde_json::from_str(text).map(Number::Fraction).map_err(|error| Error::new(error.to_string()))
}
