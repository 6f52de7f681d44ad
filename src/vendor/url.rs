//! Addresses from templates. Whatever is filled in is percent-encoded, so that an id can never
//! change the path or the query it stands in.

use std::fmt::Write;

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            _ => write!(out, "%{byte:02X}").unwrap_or_default(),
        }
    }
    // A segment of only dots would climb or vanish.
    if out.bytes().all(|b| b == b'.') { out.replace('.', "%2E") } else { out }
}

/// Fills `{name}` with the encoded value of each pair. What is filled in is not searched again.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let hit = values.iter().find_map(|(name, value)| {
            after.strip_prefix(name).and_then(|a| a.strip_prefix('}')).map(|a| (a, value))
        });
        match hit {
            Some((tail, value)) => {
                out.push_str(&percent(value));
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_filled_in_can_leave_its_place() {
        let template = "/portals/{portal}/{method}";
        let check = |portal: &str, expected: &str| {
            assert_eq!(fill(template, &[("portal", portal), ("method", "m")]), expected);
        };
        check("abc", "/portals/abc/m");
        check("a/b?c#d%", "/portals/a%2Fb%3Fc%23d%25/m");
        check("..", "/portals/%2E%2E/m");
        check("", "/portals//m");
        check("{method}", "/portals/%7Bmethod%7D/m");
        check("2:image:ä", "/portals/2%3Aimage%3A%C3%A4/m");
        assert_eq!(fill("/a{b}{", &[("c", "d")]), "/a{b}{");
    }
}
