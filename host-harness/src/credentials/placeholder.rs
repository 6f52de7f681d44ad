//! The text that stands for a secret inside the guest:
//! `{{credential:NAME:GENERATION:NONCE}}`.
//!
//! Invariant: the nonce is random for each connection and process, so that a placeholder cannot
//! be guessed or come from somebody else's data.

use secrecy::{ExposeSecret, SecretString};

/// How every placeholder begins.
pub const MARK: &str = "{{credential:";
const END: &str = "}}";

/// A placeholder found in a header value.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The connection's name.
    pub connection: &'a str,
    /// The generation.
    pub generation: u64,
    /// The nonce.
    pub nonce: &'a str,
    start: usize,
    end: usize,
}

/// Writes a placeholder.
pub fn write(connection: &str, generation: u64, nonce: &str) -> String {
    format!("{MARK}{connection}:{generation}:{nonce}{END}")
}

/// The one placeholder of a header value.
pub fn find(header: &str) -> Option<Found<'_>> {
    let start = header.find(MARK)?;
    let length = header[start..].find(END)?;
    let inner = &header[start + MARK.len()..start + length];
    let (rest, nonce) = inner.rsplit_once(':')?;
    let (connection, generation) = rest.rsplit_once(':')?;
    let end = start + length + END.len();
    let generation = generation.parse().ok()?;
    Some(Found { connection, generation, nonce, start, end })
}

/// The header value with the secret in place.
pub fn replace(header: &str, found: &Found<'_>, secret: &SecretString) -> SecretString {
    let (before, after) = (&header[..found.start], &header[found.end..]);
    format!("{before}{}{after}", secret.expose_secret()).into()
}

/// Whether text or bytes hold a placeholder, also one that was percent-encoded.
pub fn contains_mark(bytes: &[u8]) -> bool {
    [MARK.as_bytes(), b"%7B%7Bcredential", b"%7b%7bcredential"]
        .iter()
        .any(|mark| bytes.windows(mark.len()).any(|window| window == *mark))
}

/// A random nonce.
pub fn nonce() -> String {
    let mut bytes = [0_u8; 16];
    // Without randomness of the system there can be no secrets; 0 would be a guessable nonce.
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_found_and_replaced() {
        let header = format!("Bearer {}", write("smint", 7, "ab"));
        let found = find(&header).unwrap();
        assert_eq!((found.connection, found.generation, found.nonce), ("smint", 7, "ab"));
        assert_eq!(replace(&header, &found, &"s3".into()).expose_secret(), "Bearer s3");
    }

    #[test]
    fn text_that_is_no_placeholder_is_not_found() {
        for header in ["Bearer x", "{{credential:", "{{credential:a}}", "{{credential:a:b:c}}"] {
            assert_eq!(find(header), None, "{header}");
        }
    }

    #[test]
    fn a_mark_is_seen_in_any_place() {
        for (text, seen) in
            [("a {{credential:x:1:n}}", true), ("?q=%7B%7Bcredential%3A", true), ("{{x}}", false)]
        {
            assert_eq!(contains_mark(text.as_bytes()), seen, "{text}");
        }
    }
}
