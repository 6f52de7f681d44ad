//! An absolute address in the three parts that `wasi:http` wants. An address comes from a vendor
//! as often as from us, so whatever could be read in two ways is refused here.

/// The parts of an `http` or `https` address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// Whether it is `https`.
    pub tls: bool,
    /// Host and port.
    pub authority: &'a str,
    /// Path and query, beginning with `/`.
    pub path_with_query: String,
}

/// Splits an address. The fragment is left out, since it is never sent.
pub fn split(url: &str) -> Result<Address<'_>, String> {
    let bad = |what: &str| Err(format!("the address {what}"));
    if url.chars().any(|c| c.is_control() || c == ' ' || c == '\\') {
        return bad("holds a space, a backslash or a control character");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return bad("is not absolute");
    };
    let tls = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => false,
        _ => return bad("is neither http nor https"),
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let (authority, path) = match rest.find(['/', '?']) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    if authority.is_empty() || authority.starts_with(':') {
        return bad("names no host");
    }
    if authority.contains('@') {
        return bad("holds a user name");
    }
    let path_with_query = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Ok(Address { tls, authority, path_with_query })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_split_or_refused() {
        let good = [
            ("https://a.example", true, "a.example", "/"),
            ("HTTP://127.0.0.1:4010/x/y?z=1&w=%20#top", false, "127.0.0.1:4010", "/x/y?z=1&w=%20"),
            ("https://a.example?q=1", true, "a.example", "/?q=1"),
            ("https://[::1]:80/ü", true, "[::1]:80", "/ü"),
            (
                "https://a.example/?next=https://b.example/@",
                true,
                "a.example",
                "/?next=https://b.example/@",
            ),
        ];
        for (url, tls, authority, path) in good {
            let expected = Address { tls, authority, path_with_query: path.to_owned() };
            assert_eq!(split(url), Ok(expected), "{url}");
        }
        let bad = [
            ("/relative", "not absolute"),
            ("ftp://a.example/", "neither http"),
            ("https:///path", "no host"),
            ("https://:80/", "no host"),
            ("https://good.example@evil.example/", "user name"),
            ("https://a.example\\@evil.example/", "backslash"),
            ("https://a.example/\r\nx: y", "control"),
            ("", "not absolute"),
        ];
        for (url, why) in bad {
            let refused = split(url).expect_err(url);
            assert!(refused.contains(why), "{url}: {refused}");
        }
    }
}
