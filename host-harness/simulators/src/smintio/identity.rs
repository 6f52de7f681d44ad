//! Discovery, the token endpoint, and who may call. Tokens are stateless, as on the real platform:
//! a refresh leaves the old refresh token valid, and only time ends a token (or a test's hand).

mod authorize;

pub use authorize::authorize;

use super::Smintio;
use super::refusal::{Refusal, answer};
use super::settings::{Settings, TokenMode};
use super::signer::Signer;
use crate::http::{InstantMs, Request, Response};
use crate::paths;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The issuer is global, not the tenant's host (facts 1.2).
const ISSUER: &str = "https://portal.smint.io/";
const SCOPES: [&str; 5] =
    ["smintio.full", "openid", "profile", "offline_access", "smintio.portals.frontend"];

/// The state of the token service.
#[derive(Default)]
pub struct Identity {
    counter: u64,
    /// Access tokens numbered below this are refused.
    access_from: u64,
    /// Refresh tokens numbered below this are refused; the first one has number 0.
    refresh_from: u64,
    /// What the token endpoint answers.
    pub mode: TokenMode,
    codes: authorize::Codes,
}

impl Identity {
    /// A token service that begins in this mode.
    pub fn new(mode: TokenMode) -> Self {
        Self { mode, ..Self::default() }
    }

    /// Ends every access token that was handed out.
    pub fn expire_access(&mut self) {
        self.access_from = self.counter + 1;
    }

    /// Ends every refresh token, the first one included: a person must consent again.
    pub fn expire_refresh(&mut self) {
        self.refresh_from = self.counter + 1;
    }

    fn next(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }
}

/// `GET /.well-known/openid-configuration`.
pub fn discovery(settings: &Settings) -> Response {
    let at = |path: &str| format!("{}{path}", settings.api_origin);
    answer(&json!({
        "issuer": ISSUER,
        "authorization_endpoint": at("/connect/authorize"),
        "token_endpoint": at("/connect/token"),
        "userinfo_endpoint": at("/connect/userinfo"),
        "jwks_uri": at("/.well-known/openid-configuration/jwks"),
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "scopes_supported": SCOPES,
    }))
}

/// `POST /connect/token`.
pub fn token(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    match server.identity.mode {
        TokenMode::Empty => return answer(&json!({})),
        TokenMode::Html => return Response::new(200, "text/html", "<html>Sign in</html>"),
        TokenMode::NotFound => return Response::new(404, "text/html", "<html>Not found</html>"),
        TokenMode::InvalidGrant => {
            return oauth_error(400, "invalid_grant", "The grant is invalid");
        }
        TokenMode::AccessDenied => {
            return oauth_error(403, "access_denied", "The user is disabled");
        }
        TokenMode::Normal | TokenMode::RefreshTokenOmitted | TokenMode::LifetimeOmitted => {}
    }
    grant(server, now, request).unwrap_or_else(|refused| refused)
}

fn grant(server: &mut Smintio, now: InstantMs, request: &Request) -> Result<Response, Response> {
    let form = read_form(request)?;
    let of = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let settings = &server.settings;
    let known = !settings.client_id.is_empty() && of("client_id") == settings.client_id;
    if !known || of("client_secret") != settings.client_secret {
        return Err(oauth_error(401, "invalid_client", "The client credentials are invalid"));
    }
    let scope = granted(of("scope"), &settings.granted_scope)?;
    match of("grant_type") {
        "refresh_token" => {
            if !refresh_is_valid(server, now, of("refresh_token")) {
                return Err(oauth_error(400, "invalid_grant", "The refresh token is not valid"));
            }
            Ok(answer(&tokens(server, now, &scope, true)))
        }
        "authorization_code" => {
            let scope = authorize::redeem(server, now, &form)?;
            Ok(answer(&tokens(server, now, &scope, true)))
        }
        "client_credentials" if settings.client_credentials => {
            Ok(answer(&tokens(server, now, &scope, false)))
        }
        "client_credentials" => {
            Err(oauth_error(400, "unauthorized_client", "This client may not use this grant"))
        }
        _ => Err(oauth_error(400, "unsupported_grant_type", "This grant type is not supported")),
    }
}

fn read_form(request: &Request) -> Result<BTreeMap<String, String>, Response> {
    let kind = request.header("content-type").unwrap_or_default();
    let body = std::str::from_utf8(&request.body);
    match body {
        Ok(body) if kind.starts_with("application/x-www-form-urlencoded") => Ok(paths::pairs(body)),
        _ => Err(oauth_error(400, "invalid_request", "The body must be a form")),
    }
}

/// The scope asked for, if all of it may be granted.
fn granted(asked: &str, allowed: &str) -> Result<String, Response> {
    if asked.is_empty() {
        return Ok(allowed.to_owned());
    }
    let allowed: Vec<&str> = allowed.split_whitespace().collect();
    if asked.split_whitespace().all(|s| allowed.contains(&s)) {
        return Ok(asked.to_owned());
    }
    Err(oauth_error(400, "invalid_scope", "The scope is not allowed for this client"))
}

fn tokens(server: &mut Smintio, now: InstantMs, scope: &str, refreshable: bool) -> Value {
    let settings = &server.settings;
    let mode = server.identity.mode;
    let expires = now + settings.access_token_lifetime_s * 1_000;
    let access = mint(&server.signer, "at", server.identity.next(), expires, scope);
    let mut body = json!({
        "access_token": access,
        "id_token": mint(&server.signer, "it", server.identity.next(), expires, "openid"),
        "token_type": "Bearer",
        "scope": scope,
    });
    if mode != TokenMode::LifetimeOmitted {
        body["expires_in"] = json!(settings.access_token_lifetime_s);
    }
    if refreshable && settings.rotate_refresh_token && mode != TokenMode::RefreshTokenOmitted {
        let expires = now + settings.refresh_token_lifetime_s * 1_000;
        let refresh = mint(&server.signer, "rt", server.identity.next(), expires, scope);
        body["refresh_token"] = json!(refresh);
    }
    body
}

/// Opaque text: kind, number, end, scopes, signature.
fn mint(signer: &Signer, kind: &str, number: u64, expires: InstantMs, scope: &str) -> String {
    let scopes: u32 = SCOPES
        .iter()
        .enumerate()
        .filter(|(_, known)| scope.split_whitespace().any(|s| s == **known))
        .map(|(bit, _)| 1 << bit)
        .sum();
    let head = format!("{kind}.{number:x}.{expires:x}.{scopes:x}");
    let signature = signer.sign(&["token", &head]);
    format!("{head}.{signature}")
}

/// Number, end and scopes of a token of ours.
fn read(signer: &Signer, kind: &str, token: &str) -> Option<(u64, InstantMs, u32)> {
    let (head, signature) = token.rsplit_once('.')?;
    if signer.sign(&["token", head]) != signature {
        return None;
    }
    let mut parts = head.split('.');
    if parts.next()? != kind {
        return None;
    }
    let mut number = || u64::from_str_radix(parts.next()?, 16).ok();
    Some((number()?, number()?, u32::try_from(number()?).ok()?))
}

fn refresh_is_valid(server: &Smintio, now: InstantMs, token: &str) -> bool {
    let first = &server.settings.refresh_token;
    if !first.is_empty() && token == first {
        return server.identity.refresh_from == 0;
    }
    read(&server.signer, "rt", token)
        .is_some_and(|(number, expires, _)| number >= server.identity.refresh_from && now < expires)
}

/// `GET /connect/userinfo`.
pub fn user_info(server: &Smintio, now: InstantMs, request: &Request) -> Response {
    match authorise(server, now, request, &["openid"]) {
        Ok(()) => answer(&json!({"sub": server.signer.uuid("user", 1)})),
        Err(refused) => refused,
    }
}

/// Lets a call through, or answers 401 with an empty body, or 403 `permission_denied`.
pub fn authorise(
    server: &Smintio,
    now: InstantMs,
    request: &Request,
    any_of: &[&str],
) -> Result<(), Response> {
    let Some(token) = request.header("authorization").and_then(|h| h.strip_prefix("Bearer "))
    else {
        return Err(challenge("Bearer"));
    };
    let skew = server.settings.clock_skew_s * 1_000;
    let scopes = read(&server.signer, "at", token)
        .filter(|(number, expires, _)| {
            *number >= server.identity.access_from && now < expires + skew
        })
        .map(|(_, _, scopes)| scopes)
        .ok_or_else(|| challenge("Bearer error=\"invalid_token\""))?;
    let held = |scope: &&str| {
        SCOPES.iter().position(|known| known == scope).is_some_and(|bit| scopes >> bit & 1 == 1)
    };
    if any_of.iter().any(held) {
        return Ok(());
    }
    let message = "The access token lacks a required scope";
    Err(Refusal::new(403, "permission_denied", message).response())
}

fn challenge(scheme: &str) -> Response {
    let headers = vec![("www-authenticate".to_owned(), scheme.to_owned())];
    Response { status: 401, headers, body: Vec::new() }
}

fn oauth_error(status: u16, error: &str, description: &str) -> Response {
    Response::json(status, &json!({"error": error, "error_description": description}))
}
