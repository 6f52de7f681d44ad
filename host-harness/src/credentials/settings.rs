//! What the configuration says about a connection.
//!
//! Invariant: a secret is never written in the configuration, only where it is found.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use secrecy::SecretString;

use crate::egress::origin::Origin;

/// Where a secret is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRef {
    /// In an environment variable.
    Env(String),
    /// In a file; white space around it is not part of it.
    File(PathBuf),
}

impl SecretRef {
    /// Reads the secret.
    pub fn read(&self) -> Result<SecretString> {
        let text = match self {
            Self::Env(name) => std::env::var(name)
                .with_context(|| format!("the environment variable {name} cannot be read"))?,
            Self::File(path) => std::fs::read_to_string(path)
                .with_context(|| format!("the secret file {} cannot be read", path.display()))?,
        };
        let text = text.trim();
        if text.is_empty() || text.chars().any(char::is_control) {
            bail!("the secret in {self} is empty or has a line break inside");
        }
        Ok(text.to_owned().into())
    }
}

impl std::fmt::Display for SecretRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable {name}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
        }
    }
}

/// How a connection proves itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A key that does not change by itself, sent as `SCHEME KEY`.
    ApiKey {
        /// `Bearer` or `Token`.
        scheme: String,
        /// The key.
        key: SecretRef,
    },
    /// OAuth 2.0 with a refresh token that a person's consent has brought.
    OAuth2Refresh {
        /// Where tokens come from.
        client: OAuth2Client,
        /// The first refresh token; a rotated one is kept by the platform.
        refresh_token: SecretRef,
    },
    /// OAuth 2.0 between machines.
    OAuth2ClientCredentials {
        /// Where tokens come from.
        client: OAuth2Client,
    },
}

/// The client that a token endpoint knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth2Client {
    /// The token endpoint.
    pub token_endpoint: String,
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: SecretRef,
    /// The scopes to ask for.
    pub scopes: Vec<String>,
}

/// One connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionSettings {
    /// The name that the guest's configuration uses.
    pub name: String,
    /// How it proves itself.
    pub kind: Kind,
    /// Where its secret may go; empty: to the origins that the connector names for it.
    pub origins: Vec<Origin>,
}
