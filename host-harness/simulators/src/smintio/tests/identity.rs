//! Conformance: identity and the gate in front of every API (facts 1.1, 1.2, 7.1).

use super::super::{ServiceMode, TokenMode};
use super::Row;
use super::bench::{Bench, Reading};

const REFRESH: &str = "grant_type=refresh_token&client_id=client&client_secret=secret";
const FEED: &str = "/consumer/v1/licensePurchaseTransactions/sync";

pub const ROWS: &[Row] = &[
    Row { name: "discovery has a global issuer", source: "7.1", check: discovery },
    Row { name: "a refresh answers all fields", source: "1.2", check: refresh },
    Row { name: "the old refresh token stays valid", source: "1.2", check: old_refresh },
    Row { name: "refresh tokens end after 15 days", source: "1.2", check: refresh_ends },
    Row { name: "bad token requests are refused", source: "1.2", check: bad_requests },
    Row { name: "client credentials are off by default", source: "7.1", check: client_credentials },
    Row { name: "token modes", source: "7.1", check: modes },
    Row { name: "no or bad bearer is 401 with an empty body", source: "7.1", check: bearer },
    Row { name: "access tokens end after an hour", source: "1.2", check: access_ends },
    Row { name: "a missing scope is 403", source: "7.1", check: scope },
    Row { name: "maintenance redirects every path", source: "1.1", check: maintenance },
    Row { name: "an unknown host is no tenant", source: "1.1", check: tenant },
    Row { name: "unknown paths and revocation are 404", source: "7.1, 7.2 item 8", check: unknown },
];

fn discovery(b: &mut Bench) {
    let found = b.send("GET", "http://api.test", "/.well-known/openid-configuration", vec![], "");
    let body = found.json();
    assert_eq!(body["issuer"], "https://portal.smint.io/");
    assert_eq!(body["token_endpoint"], "http://api.test/connect/token");
    let jwks = "http://api.test/.well-known/openid-configuration/jwks";
    assert_eq!(body["jwks_uri"], jwks);
}

fn refresh(b: &mut Bench) {
    let body = b.token_answer();
    for field in ["access_token", "refresh_token", "id_token"] {
        assert!(body[field].as_str().is_some_and(|t| t.len() > 20), "{field}");
    }
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 3_600);
    assert_eq!(body["scope"], "smintio.full openid profile offline_access");
}

fn old_refresh(b: &mut Bench) {
    let first = b.token_answer();
    let second = first["refresh_token"].as_str().unwrap_or_default();
    assert_ne!(second, "first-refresh");
    for token in ["first-refresh", second, "first-refresh"] {
        assert_eq!(b.post_token(&format!("{REFRESH}&refresh_token={token}")).status, 200);
    }
    b.server.expire_refresh_tokens();
    for token in ["first-refresh", second] {
        let refused = b.post_token(&format!("{REFRESH}&refresh_token={token}"));
        assert_eq!(
            (refused.status, refused.json()["error"].as_str()),
            (400, Some("invalid_grant"))
        );
    }
}

fn refresh_ends(b: &mut Bench) {
    let body = b.token_answer();
    let form = format!("{REFRESH}&refresh_token={}", body["refresh_token"].as_str().unwrap_or(""));
    b.now += 15 * 86_400_000 - 1;
    assert_eq!(b.post_token(&form).status, 200);
    b.now += 1;
    assert_eq!(b.post_token(&form).status, 400);
}

fn bad_requests(b: &mut Bench) {
    let cases = [
        ("grant_type=refresh_token&refresh_token=first-refresh", 401, "invalid_client"),
        ("grant_type=refresh_token&client_id=client&client_secret=x", 401, "invalid_client"),
        (&format!("{REFRESH}&refresh_token=other"), 400, "invalid_grant"),
        (&format!("{REFRESH}&refresh_token=first-refresh&scope=all"), 400, "invalid_scope"),
        (
            "grant_type=password&client_id=client&client_secret=secret",
            400,
            "unsupported_grant_type",
        ),
    ];
    for (form, status, error) in cases {
        let refused = b.post_token(form);
        assert_eq!((refused.status, refused.json()["error"].as_str()), (status, Some(error)));
    }
    let json = b.send("POST", "http://api.test", "/connect/token", vec![], "{}");
    assert_eq!(json.json()["error"], "invalid_request");
}

fn client_credentials(b: &mut Bench) {
    let form = "grant_type=client_credentials&client_id=client&client_secret=secret";
    assert_eq!(b.post_token(form).json()["error"], "unauthorized_client");
    b.set(|s| s.client_credentials = true);
    let body = b.post_token(form).json();
    assert!(body["access_token"].is_string() && body.get("refresh_token").is_none());
}

fn modes(b: &mut Bench) {
    let form = format!("{REFRESH}&refresh_token=first-refresh");
    for (mode, status, starts) in [
        (TokenMode::InvalidGrant, 400, "{\"error\":\"invalid_grant\""),
        (TokenMode::AccessDenied, 403, "{\"error\":\"access_denied\""),
        (TokenMode::Empty, 200, "{}"),
        (TokenMode::Html, 200, "<html>"),
        (TokenMode::NotFound, 404, "<html>"),
    ] {
        b.server.set_token_mode(mode);
        let answer = b.post_token(&form);
        assert_eq!(answer.status, status, "{mode:?}");
        assert!(answer.text().starts_with(starts), "{mode:?}: {}", answer.text());
    }
    for (mode, absent) in [
        (TokenMode::RefreshTokenOmitted, "refresh_token"),
        (TokenMode::LifetimeOmitted, "expires_in"),
    ] {
        b.server.set_token_mode(mode);
        let body = b.post_token(&form).json();
        assert!(body["access_token"].is_string() && body.get(absent).is_none(), "{mode:?}");
    }
    b.set(|s| s.rotate_refresh_token = false);
    assert!(b.post_token(&form).json().get("refresh_token").is_none());
}

fn bearer(b: &mut Bench) {
    let none = b.send("GET", "http://api.test", FEED, vec![], "");
    assert_eq!((none.status, none.body.len(), none.header("www-authenticate")), (401, 0, "Bearer"));
    b.token.push('0');
    for target in [FEED, "/frontend/v1/backgroundTasks/1"] {
        let bad = b.raw("GET", target, "");
        assert_eq!((bad.status, bad.body.len()), (401, 0), "{target}");
        assert_eq!(bad.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
}

fn access_ends(b: &mut Bench) {
    b.now += 3_600_000 - 1;
    assert_eq!(b.raw("GET", FEED, "").status, 200);
    b.now += 1;
    assert_eq!(b.raw("GET", FEED, "").status, 401);
    b.sign_in();
    b.server.expire_access_tokens();
    assert_eq!(b.raw("GET", FEED, "").status, 401);
    b.sign_in();
    assert_eq!(b.raw("GET", FEED, "").status, 200);
}

fn scope(b: &mut Bench) {
    b.set(|s| s.granted_scope = "openid smintio.portals.frontend".to_owned());
    let refused = b.raw("GET", FEED, "");
    assert_eq!((refused.status, refused.code().as_str()), (403, "permission_denied"));
    let portals = b.execute("IAssetsSearch", "getFeatureSupportAsync", "{}");
    assert_eq!(portals.status, 200);
}

fn maintenance(b: &mut Bench) {
    b.server.set_service_mode(ServiceMode::Maintenance);
    for target in [FEED, "/connect/token", "/x"] {
        let moved = b.raw("GET", target, "");
        assert_eq!(
            (moved.status, moved.header("location")),
            (302, "/Error?errorCode=maintenance_mode")
        );
    }
    b.server.set_service_mode(ServiceMode::TenantSelector);
    assert_eq!(b.raw("GET", FEED, "").header("location"), "/TenantSelector");
}

fn tenant(b: &mut Bench) {
    let refused = b.send("GET", "http://other.test", FEED, vec![], "");
    assert_eq!((refused.status, refused.code().as_str()), (404, "tenant_not_found"));
}

fn unknown(b: &mut Bench) {
    for (method, target) in [
        ("POST", "/connect/revocation"),
        ("GET", "/"),
        ("GET", "/consumer/v1/assets"),
        ("POST", FEED),
        ("DELETE", FEED),
        ("GET", "/frontend/v1/portals"),
    ] {
        let refused = b.raw(method, target, "");
        assert_eq!((refused.status, refused.code().as_str()), (404, "not_found"), "{target}");
        assert_eq!(refused.header("cache-control"), "no-cache, no-store, must-revalidate");
    }
}
