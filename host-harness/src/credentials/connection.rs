//! One connection: its current secret, its generation and its refresh.
//!
//! Invariant: one refresh at a time (whoever waits finds the new token), a rotated refresh token
//! is durable before the access token that came with it is used, and nothing but a 401 or the
//! end of a token's life causes a refresh.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex as SyncMutex, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::oauth::{self, Answer, Grant};
use super::placeholder::{self, Found};
use super::settings::{ConnectionSettings, Kind, OAuth2Client, SecretRef};
use super::{Error, Surroundings, Token};
use crate::egress::origin::Origin;

/// A token is renewed this long before it ends, so that no request carries a dying one.
const MARGIN: Duration = Duration::from_secs(60);
/// The life of a token whose endpoint does not say.
const LIFETIME_UNSTATED: Duration = Duration::from_secs(300);
/// How many generations a request in flight may lag behind.
const GENERATIONS_KEPT: usize = 3;

/// A named connection.
pub struct Connection {
    settings: ConnectionSettings,
    origins: Vec<Origin>,
    nonce: String,
    surroundings: Surroundings,
    live: Mutex<Live>,
    issued: SyncMutex<Vec<(u64, SecretString)>>,
    /// The newest generation with which the other side did what was asked.
    accepted: AtomicU64,
}

/// What is known about the credential now.
#[derive(Default)]
struct Live {
    generation: u64,
    /// Until when the newest generation may be used.
    usable_until: Option<Instant>,
    /// The hash of the secret that the other side refused, and its reason.
    refused: Option<(String, String)>,
    /// The hash of a key that was refused once.
    doubted: Option<String>,
}

impl Connection {
    /// A connection that has not been used yet.
    pub fn new(
        settings: ConnectionSettings,
        origins: Vec<Origin>,
        surroundings: Surroundings,
    ) -> Self {
        Self {
            settings,
            origins,
            nonce: placeholder::nonce(),
            surroundings,
            live: Mutex::default(),
            issued: SyncMutex::default(),
            accepted: AtomicU64::default(),
        }
    }

    /// The placeholder for a usable credential.
    pub async fn authorization(&self) -> Result<Token, Error> {
        let mut live = self.live.lock().await;
        if live.usable_until.is_none_or(|until| Instant::now() >= until) {
            self.renew(&mut live).await?;
        }
        let scheme = match &self.settings.kind {
            Kind::ApiKey { scheme, .. } => scheme,
            Kind::OAuth2Refresh { .. } | Kind::OAuth2ClientCredentials { .. } => "Bearer",
        };
        let placeholder = placeholder::write(&self.settings.name, live.generation, &self.nonce);
        Ok(Token { header: format!("{scheme} {placeholder}"), generation: live.generation })
    }

    /// Notes a 401. An older generation changes nothing, because a newer one is already there, and
    /// neither does one that was noted before. A key is handed out once more, because one 401 can be
    /// a vendor's accident; where it is refused again before anything was done with it, the fault is
    /// the key's.
    pub async fn rejected(&self, generation: u64) {
        let mut live = self.live.lock().await;
        if live.generation != generation || live.usable_until.is_none() {
            return;
        }
        live.usable_until = None;
        if let Kind::ApiKey { .. } = self.settings.kind
            && let Some(key) = self.issued(generation)
        {
            let key = Some(hash(&key));
            let is_new = self.accepted.load(Ordering::Relaxed) < generation;
            if is_new && live.doubted == key {
                live.refused = key.map(|key| (key, "the key was refused".to_owned()));
            } else {
                live.doubted = key;
            }
        }
    }

    /// Notes that the other side did what was asked with this generation.
    pub fn accepted(&self, generation: u64) {
        self.accepted.fetch_max(generation, Ordering::Relaxed);
    }

    /// The secret behind a placeholder, if it may go to `origin`.
    pub fn reveal(&self, found: &Found<'_>, origin: &Origin) -> Result<SecretString, String> {
        if found.nonce != self.nonce {
            return Err("the placeholder is not ours".to_owned());
        }
        if !self.origins.contains(origin) {
            let name = &self.settings.name;
            return Err(format!("the secret of connection `{name}` may not go to {origin}"));
        }
        self.issued(found.generation).ok_or_else(|| "the placeholder is too old".to_owned())
    }

    async fn renew(&self, live: &mut Live) -> Result<(), Error> {
        match &self.settings.kind {
            Kind::ApiKey { key, .. } => self.renew_key(live, key),
            Kind::OAuth2Refresh { client, refresh_token } => {
                self.renew_token(live, client, Some(refresh_token)).await
            }
            Kind::OAuth2ClientCredentials { client } => self.renew_token(live, client, None).await,
        }
    }

    fn renew_key(&self, live: &mut Live, key: &SecretRef) -> Result<(), Error> {
        let secret = self.read(key)?;
        self.not_refused(live, &secret, key)?;
        // A key has no end of its own; it is read again once a day and after each refusal.
        self.issue(live, secret, Duration::from_secs(86_400));
        Ok(())
    }

    async fn renew_token(
        &self,
        live: &mut Live,
        client: &OAuth2Client,
        refresh: Option<&SecretRef>,
    ) -> Result<(), Error> {
        let client_secret = self.read(&client.client_secret)?;
        let configured = refresh.map(|refresh| self.read(refresh)).transpose()?;
        let proof = configured.as_ref().unwrap_or(&client_secret);
        self.not_refused(live, proof, refresh.unwrap_or(&client.client_secret))?;
        // Kept under the configured token's hash: after a new consent the old one is ignored.
        let kept_under = format!("{}/{}", self.settings.name, hash(proof));
        let current = match configured.as_ref() {
            Some(token) => Some(self.kept(&kept_under)?.unwrap_or_else(|| token.clone())),
            None => None,
        };
        let sender = self.surroundings.client.as_ref();
        let grant = current.as_ref().map_or(Grant::ClientCredentials, Grant::Refresh);
        match oauth::ask(sender, client, &client_secret, &grant).await {
            Answer::Token { access, refresh: rotated, lifetime } => {
                if let (Some(rotated), Some(_)) = (rotated, &current) {
                    self.keep(&kept_under, &rotated)?;
                }
                let lifetime = lifetime.unwrap_or(LIFETIME_UNSTATED);
                self.issue(live, access, lifetime - MARGIN.min(lifetime / 4));
                Ok(())
            }
            Answer::Refused(reason) => {
                live.refused = Some((hash(proof), reason.clone()));
                let source = refresh.unwrap_or(&client.client_secret);
                Err(self.needs_consent(&reason, source))
            }
            Answer::Unavailable(reason) => Err(Error::Unavailable(reason)),
        }
    }

    fn issue(&self, live: &mut Live, secret: SecretString, usable: Duration) {
        live.generation += 1;
        live.usable_until = Some(Instant::now() + usable);
        live.refused = None;
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.push((live.generation, secret));
        let old = issued.len().saturating_sub(GENERATIONS_KEPT);
        issued.drain(..old);
    }

    fn issued(&self, generation: u64) -> Option<SecretString> {
        let issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.iter().find(|(found, _)| *found == generation).map(|(_, secret)| secret.clone())
    }

    /// Asks nobody again with a secret that was refused.
    fn not_refused(
        &self,
        live: &Live,
        secret: &SecretString,
        source: &SecretRef,
    ) -> Result<(), Error> {
        match &live.refused {
            Some((refused, reason)) if *refused == hash(secret) => {
                Err(self.needs_consent(reason, source))
            }
            _ => Ok(()),
        }
    }

    fn needs_consent(&self, reason: &str, source: &SecretRef) -> Error {
        let name = &self.settings.name;
        let login = match &self.settings.kind {
            Kind::OAuth2Refresh { refresh_token, .. } if refresh_token == source => {
                format!("run `connector login {name}`, or ")
            }
            _ => String::new(),
        };
        Error::NeedsConsent(format!(
            "connection `{name}`: {reason}; {login}get a new one from the vendor and put it into \
             {source}"
        ))
    }

    fn read(&self, secret: &SecretRef) -> Result<SecretString, Error> {
        let name = &self.settings.name;
        secret
            .read()
            .map_err(|error| Error::NeedsConsent(format!("connection `{name}`: {error:#}")))
    }

    fn kept(&self, key: &str) -> Result<Option<SecretString>, Error> {
        let kept = self.surroundings.vault.get(key);
        Ok(kept.map_err(|error| Error::Unavailable(format!("{error:#}")))?.map(Into::into))
    }

    fn keep(&self, key: &str, token: &SecretString) -> Result<(), Error> {
        let put = self.surroundings.vault.put(key, token.expose_secret());
        put.map_err(|error| {
            Error::Unavailable(format!("the new refresh token cannot be kept: {error:#}"))
        })
    }
}

/// Tells secrets apart without keeping them.
fn hash(secret: &SecretString) -> String {
    let digest = Sha256::digest(secret.expose_secret());
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}
