//! A person's consent: the authorization code flow (RFC 6749, section 4.1) with PKCE (RFC 7636) and
//! a loopback redirect (RFC 8252).
//!
//! Invariant: the client secret goes to the configured token endpoint only; code, verifier and
//! tokens are neither shown nor logged; only the answer that carries our state counts.

mod callback;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use url::{Host, Url};

use super::oauth::{self, Answer, Grant};
use super::{OAuth2Client, TokenClient};

pub use callback::Callback;

/// What is asked for if the configuration names no scopes: what Smint.io's own connectors ask for.
const SCOPES: [&str; 4] = ["smintio.full", "openid", "profile", "offline_access"];

/// Without this scope there is no refresh token.
const OFFLINE: &str = "offline_access";

/// Why there is no consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginError {
    /// The configuration and the authorization server do not fit together.
    Unusable(String),
    /// The person or the authorization server said no.
    Refused(String),
    /// The authorization server does not answer, or not sensibly.
    Unavailable(String),
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unusable(reason) | Self::Refused(reason) | Self::Unavailable(reason)) = self;
        f.write_str(reason)
    }
}

/// A login that waits for a person.
pub struct Login {
    client: OAuth2Client,
    authorization_endpoint: Url,
    redirect_uri: String,
    state: String,
    verifier: SecretString,
}

/// What a discovery document says (OpenID Connect Discovery 1.0, section 3).
#[derive(Deserialize)]
struct Discovered {
    authorization_endpoint: String,
    token_endpoint: String,
}

impl Login {
    /// Asks the client's authorization server where a person consents.
    pub async fn begin(
        sender: &dyn TokenClient,
        client: OAuth2Client,
        redirect_uri: String,
    ) -> Result<Self, LoginError> {
        let unusable = |reason: String| LoginError::Unusable(reason);
        let at = Url::parse(&client.token_endpoint)
            .and_then(|endpoint| endpoint.join("/.well-known/openid-configuration"))
            .map_err(|error| unusable(format!("the token endpoint is no address: {error}")))?;
        let found = match sender.get(at.as_str()).await {
            Ok((200, body)) => serde_json::from_slice::<Discovered>(&body)
                .map_err(|error| format!("{at} holds no OpenID discovery: {error}")),
            Ok((status, _)) => Err(format!("{at} answered with status {status}")),
            Err(reason) => Err(reason),
        };
        let found = found.map_err(LoginError::Unavailable)?;
        // The secret is sent to this address: it must be the one that the operator wrote down.
        if found.token_endpoint != client.token_endpoint {
            return Err(unusable(format!(
                "the authorization server names the token endpoint {}, the configuration {}: \
                 correct `token-endpoint` if the server is right",
                found.token_endpoint, client.token_endpoint
            )));
        }
        let authorization_endpoint = endpoint(&found.authorization_endpoint)?;
        let (state, verifier) = (random(), random().into());
        Ok(Self { client, authorization_endpoint, redirect_uri, state, verifier })
    }

    /// The address at which the person consents.
    pub fn address(&self) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose_secret()));
        let mut address = self.authorization_endpoint.clone();
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", &self.scopes())
            .append_pair("state", &self.state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        address
    }

    /// What the answer must carry to be ours.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The refresh token that the code stands for.
    pub async fn redeem(
        &self,
        sender: &dyn TokenClient,
        code: &SecretString,
    ) -> Result<SecretString, LoginError> {
        let secret = self.client.client_secret.read();
        let secret = secret.map_err(|error| LoginError::Unusable(format!("{error:#}")))?;
        let Self { redirect_uri, verifier, .. } = self;
        let grant = Grant::Code { code, redirect_uri, verifier };
        match oauth::ask(sender, &self.client, &secret, &grant).await {
            Answer::Token { refresh: Some(refresh), .. } => Ok(refresh),
            Answer::Token { refresh: None, .. } => Err(LoginError::Refused(format!(
                "the authorization server gave no refresh token: ask the vendor to allow the \
                 scope {OFFLINE} for this client"
            ))),
            Answer::Refused(reason) => Err(LoginError::Refused(reason)),
            Answer::Unavailable(reason) => Err(LoginError::Unavailable(reason)),
        }
    }

    fn scopes(&self) -> String {
        let wanted = &self.client.scopes;
        if wanted.is_empty() {
            return SCOPES.join(" ");
        }
        let offline = (!wanted.iter().any(|scope| scope == OFFLINE)).then_some(OFFLINE);
        let all: Vec<&str> = wanted.iter().map(String::as_str).chain(offline).collect();
        all.join(" ")
    }
}

/// An address that a browser may be sent to with the client's id: https, or this machine.
fn endpoint(text: &str) -> Result<Url, LoginError> {
    let refused =
        |why: &str| LoginError::Unavailable(format!("the authorization endpoint {text:?} {why}"));
    let address = Url::parse(text).map_err(|_| refused("is no address"))?;
    let is_here = match address.host() {
        Some(Host::Ipv4(host)) => host.is_loopback(),
        Some(Host::Ipv6(host)) => host.is_loopback(),
        _ => false,
    };
    if address.scheme() == "https" || (address.scheme() == "http" && is_here) {
        return Ok(address);
    }
    Err(refused("is not https"))
}

/// 256 bits that nobody can guess.
fn random() -> String {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests;
