//! The authorization code flow: the person consents at once, as one who is signed in does. A code
//! is good for five minutes, once, and only with the redirect address it was made for.

use super::{SCOPES, granted, mint, oauth_error, read};
use crate::http::{InstantMs, Request, Response};
use crate::paths;
use crate::smintio::Smintio;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Facts 1.2: five minutes.
const CODE_LIFETIME_MS: u64 = 300_000;

/// `GET /connect/authorize`. Whatever is wrong with client or redirect address is told to the
/// person: nobody is sent to an address that was not written down beforehand.
pub fn authorize(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    let query = paths::pairs(request.query());
    let of = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let settings = &server.settings;
    let redirect = of("redirect_uri").to_owned();
    let refused = |why| oauth_error(400, "invalid_request", why);
    if settings.client_id.is_empty() || of("client_id") != settings.client_id {
        return oauth_error(400, "invalid_client", "The client is unknown");
    }
    if !settings.redirect_uris.iter().any(|known| fits(known, &redirect)) {
        return refused("The redirect URI is not registered for this client");
    }
    let state = of("state").to_owned();
    if of("response_type") != "code" {
        return sent_back(&redirect, &state, "error", "unsupported_response_type");
    }
    let scope = match granted(of("scope"), &settings.granted_scope) {
        Ok(scope) => scope,
        Err(_) => return sent_back(&redirect, &state, "error", "invalid_scope"),
    };
    let challenge = of("code_challenge").to_owned();
    if !challenge.is_empty() && of("code_challenge_method") != "S256" {
        return sent_back(&redirect, &state, "error", "invalid_request");
    }
    let number = server.identity.next();
    let code = mint(&server.signer, "ac", number, now + CODE_LIFETIME_MS, &scope);
    server.identity.codes.insert(number, Consent { redirect: redirect.clone(), challenge });
    sent_back(&redirect, &state, "code", &code)
}

/// The scope that a code stands for. The code is spent, whatever comes of it.
pub(super) fn redeem(
    server: &mut Smintio,
    now: InstantMs,
    form: &BTreeMap<String, String>,
) -> Result<String, Response> {
    let of = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let refused = || oauth_error(400, "invalid_grant", "The authorization code is not valid");
    let (number, expires, scopes) = read(&server.signer, "ac", of("code")).ok_or_else(refused)?;
    let consent = server.identity.codes.remove(&number).ok_or_else(refused)?;
    let proven =
        consent.challenge.is_empty() || consent.challenge == challenge(of("code_verifier"));
    if now >= expires || consent.redirect != of("redirect_uri") || !proven {
        return Err(refused());
    }
    let held = SCOPES.iter().enumerate().filter(|(bit, _)| scopes >> bit & 1 == 1);
    Ok(held.map(|(_, scope)| *scope).collect::<Vec<_>>().join(" "))
}

/// Codes that were handed out and not redeemed, by number.
pub(super) type Codes = BTreeMap<u64, Consent>;

/// What a code was made for.
pub(super) struct Consent {
    redirect: String,
    /// Empty: the client did without (facts 1.2: only if required per client).
    challenge: String,
}

/// RFC 7636, section 4.2.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn sent_back(redirect: &str, state: &str, name: &str, value: &str) -> Response {
    let joint = if redirect.contains('?') { '&' } else { '?' };
    let state = if state.is_empty() { String::new() } else { format!("&state={state}") };
    let headers = vec![("location".to_owned(), format!("{redirect}{joint}{name}={value}{state}"))];
    Response { status: 302, headers, body: Vec::new() }
}

/// `*` stands for one or more letters, digits and hyphens (facts 1.2).
fn fits(known: &str, given: &str) -> bool {
    let Some((before, after)) = known.split_once('*') else { return known == given };
    let Some(rest) = given.strip_prefix(before) else { return false };
    let reach = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    (1..=reach).any(|end| fits(after, &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::{challenge, fits};

    #[test]
    fn the_example_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn redirect_addresses() {
        for (known, given, expected) in [
            ("https://a.example/cb", "https://a.example/cb", true),
            ("https://a.example/cb", "https://a.example/cb2", false),
            ("https://*.example/cb", "https://t-1.example/cb", true),
            ("https://*.example/cb", "https://a.evil.example/cb", false),
            ("https://*.example/cb", "https://.example/cb", false),
            ("https://*.example/*", "https://a.example/b", true),
        ] {
            assert_eq!(fits(known, given), expected, "{known} {given}");
        }
    }
}
