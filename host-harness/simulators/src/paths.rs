//! Paths with holes, query strings and forms. A malformed escape stays as it is.

use std::collections::BTreeMap;

/// The texts in a template's holes, if the path fits it.
pub fn fit(template: &str, path: &str) -> Option<Vec<String>> {
    let mut holes = Vec::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(holes),
            (Some(hole), Some(text)) if hole.starts_with('{') && !text.is_empty() => {
                holes.push(unescape(text, false));
            }
            (Some(fixed), Some(text)) if fixed == text => {}
            _ => return None,
        }
    }
}

/// The first value of each name in a query string or form.
pub fn pairs(encoded: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for pair in encoded.split('&').filter(|p| !p.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        found.entry(unescape(name, true)).or_insert_with(|| unescape(value, true));
    }
    found
}

fn unescape(text: &str, plus_is_space: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| hex_byte(bytes.get(at + 1..at + 3)?)).flatten();
        out.push(match escaped {
            Some(value) => value,
            None if byte == b'+' && plus_is_space => b' ',
            None => byte,
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_and_queries() {
        let cases: &[(&str, &str, Option<&[&str]>)] = &[
            ("/a/{x}/b", "/a/1%3A2/b", Some(&["1:2"])),
            ("/a/{x}/b", "/a//b", None),
            ("/a/{x}", "/a/1/b", None),
            ("/a/{x}/{y}", "/a/%zz/%C3%A9", Some(&["%zz", "é"])),
        ];
        for (template, path, expected) in cases {
            let found = fit(template, path);
            let found: Option<Vec<&str>> =
                found.as_ref().map(|f| f.iter().map(String::as_str).collect());
            assert_eq!(found.as_deref(), *expected, "{template} {path}");
        }
        let found = pairs("a=1+2&b&a=3&c=%2B");
        assert_eq!(found.get("a").map(String::as_str), Some("1 2"));
        assert_eq!(found.get("b").map(String::as_str), Some(""));
        assert_eq!(found.get("c").map(String::as_str), Some("+"));
    }
}
