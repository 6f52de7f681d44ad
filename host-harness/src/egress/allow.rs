//! Layer 1: which scheme, host, port and method may be called.
//!
//! Invariant: a rule is parsed once, when the configuration is read; `*` stands for exactly one
//! leading label and for nothing else.

use super::origin::Origin;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    origin: Origin,
    any_leading_label: bool,
    methods: Vec<String>,
}

impl Rule {
    /// Reads `[scheme://][*.]host[:port]` with the methods that it allows.
    pub fn parse(pattern: &str, methods: &[String]) -> Result<Self, String> {
        let (before, after) = pattern.split_once("://").unwrap_or(("https", pattern));
        let (any_leading_label, rest) = match after.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, after),
        };
        if rest.contains('*') {
            return Err("`*` may only stand for one leading label, as in `*.cdn.example`".into());
        }
        let origin = Origin::parse(&format!("{before}://{rest}"))?;
        if any_leading_label && (!origin.host.contains('.') || is_address(&origin.host)) {
            return Err("after `*.` a name with two labels or more is expected".to_owned());
        }
        if methods.is_empty() {
            return Err("a rule names at least one method".to_owned());
        }
        let methods = methods.iter().map(|method| method.to_ascii_uppercase()).collect();
        Ok(Self { origin, any_leading_label, methods })
    }

    /// Whether the rule allows this call.
    pub fn allows(&self, method: &str, origin: &Origin) -> bool {
        let host = match origin.host.split_once('.') {
            Some((label, rest)) if self.any_leading_label && !label.is_empty() => rest,
            _ if self.any_leading_label => return false,
            _ => &origin.host,
        };
        host == self.origin.host
            && origin.scheme == self.origin.scheme
            && origin.port == self.origin.port
            && self.methods.iter().any(|allowed| allowed == method)
    }
}

fn is_address(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_allows_what_it_names_and_nothing_else() {
        let cases = [
            ("https://api.example", "GET", "https://api.example", true),
            ("api.example", "GET", "https://API.example:443", true),
            ("https://api.example", "DELETE", "https://api.example", false),
            ("https://api.example", "GET", "http://api.example", false),
            ("https://api.example", "GET", "https://api.example:8443", false),
            ("https://api.example", "GET", "https://api.example.evil.test", false),
            ("https://*.cdn.example", "GET", "https://a.cdn.example", true),
            ("https://*.cdn.example", "GET", "https://cdn.example", false),
            ("https://*.cdn.example", "GET", "https://a.b.cdn.example", false),
            ("https://*.cdn.example", "GET", "https://evilcdn.example", false),
            ("http://127.0.0.1:4010", "POST", "http://127.0.0.1:4010", true),
            ("http://127.0.0.1:4010", "POST", "http://127.0.0.1:4011", false),
        ];
        let methods = ["get".to_owned(), "POST".to_owned()];
        for (pattern, method, origin, allowed) in cases {
            let rule = Rule::parse(pattern, &methods).unwrap();
            let origin = Origin::parse(origin).unwrap();
            assert_eq!(rule.allows(method, &origin), allowed, "{pattern}: {method} {origin}");
        }
    }

    #[test]
    fn loose_patterns_are_refused() {
        let methods = ["GET".to_owned()];
        for pattern in [
            "*",
            "https://*",
            "*.com",
            "*.",
            "a.*.example",
            "*.*.example",
            "*.127.0.0.1",
            "ftp://a",
        ] {
            assert!(Rule::parse(pattern, &methods).is_err(), "{pattern}");
        }
        assert!(Rule::parse("https://a.example", &[]).is_err());
    }
}
