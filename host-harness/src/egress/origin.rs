//! An origin: scheme, host and port, in one canonical spelling.
//!
//! Invariant: two spellings of the same origin are equal values; user information, paths,
//! queries and fragments are refused, never ignored.

use std::fmt;

use url::{Host, Url};

/// Scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// `http` or `https`.
    pub scheme: String,
    /// The host, in lower case; IPv6 without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Origin {
    /// Reads `[scheme://]host[:port][/]`; without a scheme it is `https`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&whole).map_err(|error| format!("no address: {error}"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address here has no user name".to_owned());
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err("an address here ends with the host or the port".to_owned());
        }
        Self::of(&url)
    }

    /// The origin of an absolute address.
    pub fn of(url: &Url) -> Result<Self, String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("only http and https, not `{}`", url.scheme()));
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_ascii_lowercase(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err("there is no host".to_owned()),
        };
        let port = url.port_or_known_default().ok_or("there is no port")?;
        Ok(Self { scheme: url.scheme().to_owned(), host, port })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port } = self;
        if host.contains(':') {
            write!(f, "{scheme}://[{host}]:{port}")
        } else {
            write!(f, "{scheme}://{host}:{port}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_origin_are_equal() {
        let cases = [
            ("https://API.Example", "https://api.example:443"),
            ("api.example", "https://api.example:443"),
            ("https://api.example./", "https://api.example:443"),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010"),
            ("http://0x7f.1", "http://127.0.0.1:80"),
            ("https://[::1]:8443", "https://[::1]:8443"),
            ("https://bücher.example", "https://xn--bcher-kva.example:443"),
        ];
        for (text, expected) in cases {
            assert_eq!(Origin::parse(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in ["", "ftp://a", "https://u@a", "https://a/path", "https://a?q", "https://a#f"] {
            assert!(Origin::parse(text).is_err(), "{text}");
        }
    }
}
