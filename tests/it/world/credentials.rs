//! The platform's credentials. Like a careful platform it hands out placeholders and swaps the
//! real value in on the way out, for the connection's own origin only. Refreshed tokens survive
//! kills, as they do on a real platform.

use super::vendors::Vendors;
use consonance_smintio::platform::{CredentialError, Token};
use simulators::http::Request;
use std::collections::BTreeMap;

/// What a placeholder looks like. A request that carries one anywhere else is refused.
pub const MARK: &str = "placeholder!";

/// A token is renewed so long before its end.
const MARGIN_MS: u64 = 60_000;

/// A connection's secret.
pub enum Secret {
    /// A key: the whole value of the header.
    Key(String),
    /// OAuth 2 with a refresh token, refreshed at `/connect/token` of the origin.
    Refresh {
        /// The client.
        client_id: String,
        /// Its secret.
        client_secret: String,
        /// The refresh token; it may rotate.
        refresh_token: String,
    },
}

struct Connection {
    origin: String,
    secret: Secret,
    generation: u64,
    /// The current header value and its end.
    current: Option<(String, u64)>,
}

/// All connections.
#[derive(Default)]
pub struct Credentials(BTreeMap<String, Connection>);

impl Credentials {
    /// A connection whose secret goes to one origin only.
    pub fn add(&mut self, name: &str, origin: &str, secret: Secret) {
        let origin = origin.to_owned();
        let connection = Connection { origin, secret, generation: 0, current: None };
        self.0.insert(name.to_owned(), connection);
    }

    /// The placeholder for a connection, refreshed if need be.
    pub fn authorization(
        &mut self,
        name: &str,
        now: u64,
        vendors: &mut Vendors,
    ) -> Result<Token, CredentialError> {
        let Some(connection) = self.0.get_mut(name) else {
            return Err(CredentialError::NeedsConsent(format!("no connection {name}")));
        };
        if connection.current.as_ref().is_none_or(|(_, end)| now >= *end) {
            connection.current = Some(connection.renew(now, vendors)?);
            connection.generation += 1;
        }
        let generation = connection.generation;
        Ok(Token { header: format!("{MARK}{name}/{generation}"), generation })
    }

    /// A 401: the next call refreshes, unless a newer generation is already there.
    pub fn rejected(&mut self, name: &str, generation: u64) {
        if let Some(connection) = self.0.get_mut(name)
            && connection.generation == generation
        {
            connection.current = None;
        }
    }

    /// The real value behind a placeholder, if it may go to `origin`.
    pub fn reveal(&self, header: &str, origin: &str) -> Result<String, String> {
        let (name, _) = header
            .strip_prefix(MARK)
            .and_then(|rest| rest.split_once('/'))
            .ok_or("the authorization header is none of ours")?;
        let connection = self.0.get(name).ok_or("the placeholder is none of ours")?;
        if connection.origin != origin {
            return Err(format!("the secret of {name} may not go to {origin}"));
        }
        // A token refused meanwhile is sent all the same: the vendor answers 401 to it.
        Ok(connection.current.as_ref().map(|(value, _)| value.clone()).unwrap_or_default())
    }
}

impl Connection {
    /// The value of the header, and until when it may be used.
    fn renew(&mut self, now: u64, vendors: &mut Vendors) -> Result<(String, u64), CredentialError> {
        let (client_id, client_secret, refresh_token) = match &mut self.secret {
            Secret::Key(header) => return Ok((header.clone(), u64::MAX)),
            Secret::Refresh { client_id, client_secret, refresh_token } => {
                (client_id, client_secret, refresh_token)
            }
        };
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.as_str()),
            ("client_id", client_id.as_str()),
            ("client_secret", client_secret.as_str()),
        ];
        let answer = vendors
            .send(now, &token_request(&self.origin, &form))
            .ok_or_else(|| CredentialError::Unavailable("nobody at the token endpoint".into()))?;
        let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status == 400 || answer.status == 403 {
            return Err(CredentialError::NeedsConsent(body["error"].to_string()));
        }
        let Some(access) = body["access_token"].as_str().filter(|_| answer.status == 200) else {
            return Err(CredentialError::Unavailable(format!("status {}", answer.status)));
        };
        if let Some(rotated) = body["refresh_token"].as_str() {
            *refresh_token = rotated.to_owned();
        }
        let life_ms = body["expires_in"].as_u64().unwrap_or(300).saturating_mul(1_000);
        Ok((format!("Bearer {access}"), now.saturating_add(life_ms.saturating_sub(MARGIN_MS))))
    }
}

fn token_request(origin: &str, form: &[(&str, &str)]) -> Request {
    let pairs: Vec<String> =
        form.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
    Request {
        method: "POST".to_owned(),
        origin: origin.to_owned(),
        target: "/connect/token".to_owned(),
        headers: vec![kind],
        body: pairs.join("&").into_bytes(),
    }
}

/// Percent-encodes all but letters and digits.
fn escape(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(escape).collect()
}
