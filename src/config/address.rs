//! Addresses in the configuration: https, except on this machine, and nothing in them that could
//! be a secret or send a credential elsewhere.

/// An address taken apart.
struct Address<'a> {
    scheme: &'a str,
    user_info: bool,
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

/// Reads a base address: scheme, host and port, given back without a trailing slash.
pub(super) fn base(text: &str) -> Result<String, String> {
    let address = split(text)?;
    if !matches!(address.rest, "" | "/") {
        return Err("a path, query or fragment behind the host".to_owned());
    }
    let host = address.host.to_ascii_lowercase();
    let port = address.port.map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{}://{host}{port}", address.scheme.to_ascii_lowercase()))
}

/// Reads the address of a page with placeholders in braces; the first known one must be there.
pub(super) fn page(text: &str, placeholders: &[&str]) -> Result<String, String> {
    let address = split(text)?;
    if address.rest.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("a blank or control character".to_owned());
    }
    let mut rest = address.rest.to_owned();
    if placeholders.first().is_some_and(|first| !rest.contains(first)) {
        return Err(format!("no {}", placeholders.first().copied().unwrap_or_default()));
    }
    for placeholder in placeholders {
        rest = rest.replace(placeholder, "");
    }
    if rest.contains(['{', '}']) {
        return Err(format!("a placeholder other than {}", placeholders.join(", ")));
    }
    Ok(text.to_owned())
}

/// Whether a base address points at this machine.
pub(super) fn is_loopback(base: &str) -> bool {
    split(base).is_ok_and(|address| is_loopback_host(address.host))
}

fn split(text: &str) -> Result<Address<'_>, String> {
    let (scheme, rest) = text.split_once("://").ok_or("no scheme such as https://")?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (user_info, host_port) = match authority.rsplit_once('@') {
        Some((_, host_port)) => (true, host_port),
        None => (false, authority),
    };
    let (host, port) = match host_port.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (host_port, None),
    };
    check(Address { scheme, user_info, host, port, rest })
}

fn check(address: Address<'_>) -> Result<Address<'_>, String> {
    if address.user_info {
        return Err("a user name or password (not shown)".to_owned());
    }
    if !is_host(address.host) {
        return Err("no usable host name".to_owned());
    }
    let port_is_good = |port: &str| {
        port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|p| p > 0)
    };
    if !address.port.is_none_or(port_is_good) {
        return Err("a port that is none".to_owned());
    }
    match address.scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(address),
        "http" if is_loopback_host(address.host) => Ok(address),
        "http" => Err("http to another machine, which sends credentials in clear".to_owned()),
        _ => Err("a scheme other than https".to_owned()),
    }
}

fn is_host(host: &str) -> bool {
    if host.starts_with('[') {
        let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        return inner.is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// `localhost`, 127.0.0.0/8 and `::1`: a name such as `127.evil.example` is none of them.
fn is_loopback_host(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_addresses() {
        let cases = [
            ("https://web.consonance.app", Ok("https://web.consonance.app")),
            ("HTTPS://Web.Consonance.app/", Ok("https://web.consonance.app")),
            ("https://tenant.example:8443", Ok("https://tenant.example:8443")),
            ("http://127.0.0.1:4000", Ok("http://127.0.0.1:4000")),
            ("http://127.8.9.10:4000", Ok("http://127.8.9.10:4000")),
            ("http://localhost:1", Ok("http://localhost:1")),
            ("http://[::1]:4000", Ok("http://[::1]:4000")),
            ("https://[::1]", Ok("https://[::1]")),
            ("http://tenant.example", Err("in clear")),
            ("http://127.evil.example", Err("in clear")),
            ("http://localhost.evil.example", Err("in clear")),
            ("http://[::2]:4000", Err("in clear")),
            ("ftp://tenant.example", Err("a scheme other than https")),
            ("tenant.example", Err("no scheme")),
            ("https://user:hunter2@tenant.example", Err("a user name or password (not shown)")),
            ("https://tenant.example/api", Err("a path")),
            ("https://tenant.example?x=1", Err("a path, query")),
            ("https://tenant.example#x", Err("fragment")),
            ("https://tenant.example\\@evil", Err("a path")),
            ("https://", Err("host name")),
            ("https://-a.example", Err("host name")),
            ("https://a b.example", Err("host name")),
            ("https://tenant.example:0", Err("port")),
            ("https://tenant.example:70000", Err("port")),
            ("https://tenant.example:+1", Err("port")),
            ("https://tenant.example:", Err("port")),
        ];
        for (text, expected) in cases {
            match (base(text), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text}"),
                (Err(why), Err(part)) => assert!(why.contains(part), "{text}: {why}"),
                (found, _) => panic!("{text}: {found:?}"),
            }
        }
    }

    #[test]
    fn page_addresses() {
        let cases = [
            ("https://a.example/x/{asset}?y={asset}#z", Ok(())),
            ("https://a.example/{asset}/{project}", Ok(())),
            ("https://a.example/{other}/{asset}", Err("a placeholder other")),
            ("https://a.example/", Err("no {asset}")),
            ("https://{asset}.example/{asset}", Err("host name")),
            ("https://a.example/ {asset}", Err("blank")),
            ("http://a.example/{asset}", Err("in clear")),
        ];
        for (text, expected) in cases {
            let found = page(text, &["{asset}", "{project}"]);
            match (&found, expected) {
                (Ok(found), Ok(())) => assert_eq!(found, text),
                (Err(why), Err(part)) => assert!(why.contains(part), "{text}: {why}"),
                _ => panic!("{text}: {found:?}"),
            }
        }
    }

    #[test]
    fn loopback() {
        assert!(is_loopback("http://127.0.0.1:80") && is_loopback("https://localhost"));
        assert!(!is_loopback("https://tenant.example"));
    }
}
