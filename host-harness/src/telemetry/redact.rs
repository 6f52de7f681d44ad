//! Takes secrets, signatures and control characters out of text.
//!
//! Invariant: the query and fragment of an address never appear, because a signed address is a
//! credential, and no character can forge a line of the log.

/// What goes before a secret in a header or a message.
const SCHEMES: [&str; 4] = ["bearer ", "basic ", "token ", "apikey "];

/// The text without what must not be logged.
pub fn redact(text: &str) -> String {
    let escaped: String = text
        .chars()
        .flat_map(|c| {
            let control = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
            if control { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect();
    without_queries(&without_credentials(&escaped))
}

/// Cuts each address at its query or fragment, and its user information.
fn without_queries(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let after = at + "://".len();
        let end = rest[after..].find(ends_address).map_or(rest.len(), |length| after + length);
        let address = &rest[after..end];
        kept.push_str(&rest[..after]);
        let path = address.find(['?', '#']).unwrap_or(address.len());
        let (shown, hidden) = address.split_at(path);
        let host_end = shown.find('/').unwrap_or(shown.len());
        match shown[..host_end].rfind('@') {
            Some(user) => {
                kept.push_str("...");
                kept.push_str(&shown[user..]);
            }
            None => kept.push_str(shown),
        }
        if !hidden.is_empty() {
            kept.push_str("?...");
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | ')' | ']' | '}' | '|' | '\\')
}

/// Hides long words that follow the name of an authorization scheme.
fn without_credentials(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((start, length)) = next_credential(&lower, at) {
        kept.push_str(&text[at..start]);
        kept.push_str("...");
        at = start + length;
    }
    kept.push_str(&text[at..]);
    kept
}

/// The next word of 12 characters or more behind a scheme's name. ASCII lower case keeps byte
/// positions, so they hold in the original text too.
fn next_credential(lower: &str, from: usize) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for scheme in SCHEMES {
        let mut search = from;
        while let Some(found) = lower[search..].find(scheme) {
            let start = search + found + scheme.len();
            let length = lower[start..].find(ends_address).unwrap_or(lower.len() - start);
            if length >= 12 {
                if best.is_none_or(|(first, _)| start < first) {
                    best = Some((start, length));
                }
                break;
            }
            search = start;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_and_the_rest_is_kept() {
        let cases = [
            ("12 titles read", "12 titles read"),
            ("got https://a.b/c/d.jpg?sig=xyz&e=1, then", "got https://a.b/c/d.jpg?... then"),
            ("(https://a.b/c#frag)", "(https://a.b/c?...)"),
            ("https://user:pw@host/x", "https://...@host/x"),
            ("two http://a/?1 http://b/?2", "two http://a/?... http://b/?..."),
            ("authorization: Bearer abcdefghijklmnop", "authorization: Bearer ..."),
            ("BEARER abcdefghijklmnop bearer ponmlkjihgfedcba x", "BEARER ... bearer ... x"),
            ("the token is old", "the token is old"),
            ("line\nforged", "line\\u{a}forged"),
            ("Größe ✓ https://ü.example/ä?ö", "Größe ✓ https://ü.example/ä?..."),
        ];
        for (text, expected) in cases {
            assert_eq!(redact(text), expected, "{text}");
        }
    }
}
