//! The connections of a tenant. The platform owns tokens and their refresh.
//!
//! Invariant: the guest only ever sees placeholders. A secret leaves this module in two ways: to
//! its own token endpoint, and through `reveal`, into the `authorization` header of a request to
//! an origin of its connection.

mod connection;
pub mod login;
mod oauth;
mod placeholder;
mod settings;
mod vault;

use std::collections::BTreeMap;
use std::sync::Arc;

use secrecy::SecretString;

pub use crate::bindings::consonance_smintio::connector::credentials::{Error, Token};
pub use connection::Connection;
pub use oauth::{Answer, TokenClient};
pub use placeholder::{MARK, contains_mark};
pub use settings::{ConnectionSettings, Kind, OAuth2Client, SecretRef};
pub use vault::{MemoryVault, Vault};

use crate::egress::origin::Origin;

/// What a broker needs from the rest of the platform.
#[derive(Clone)]
pub struct Surroundings {
    /// Sends the token requests.
    pub client: Arc<dyn TokenClient>,
    /// Keeps rotated refresh tokens.
    pub vault: Arc<dyn Vault>,
}

/// The connections by name.
#[derive(Clone, Default)]
pub struct Broker(Arc<BTreeMap<String, Arc<Connection>>>);

impl Broker {
    /// A broker for these connections, each with the origins that its secret may go to.
    pub fn new(
        connections: Vec<(ConnectionSettings, Vec<Origin>)>,
        surroundings: &Surroundings,
    ) -> Self {
        let made = connections.into_iter().map(|(settings, origins)| {
            let name = settings.name.clone();
            (name, Arc::new(Connection::new(settings, origins, surroundings.clone())))
        });
        Self(Arc::new(made.collect()))
    }

    /// The placeholder to send for a connection.
    pub async fn authorization(&self, connection: &str) -> Result<Token, Error> {
        let Some(found) = self.0.get(connection) else {
            return Err(Error::NeedsConsent(format!(
                "there is no connection `{connection}`: add the table \
                 [platform.credentials.{connection}]"
            )));
        };
        // A task of its own: a guest call that is cut off while a token is being refreshed must
        // not lose the refresh token that the vendor has just rotated.
        let found = Arc::clone(found);
        let refresh = tokio::spawn(async move { found.authorization().await });
        refresh.await.unwrap_or_else(|error| Err(Error::Unavailable(error.to_string())))
    }

    /// The vendor answered 401 to this generation.
    pub async fn rejected(&self, connection: &str, generation: u64) {
        if let Some(found) = self.0.get(connection) {
            found.rejected(generation).await;
        }
    }

    /// The vendor did what was asked with this header value, a placeholder in it.
    pub fn accepted(&self, header: &str) {
        if let Some(found) = placeholder::find(header)
            && let Some(connection) = self.0.get(found.connection)
        {
            connection.accepted(found.generation);
        }
    }

    /// The header value with the secret in place of the placeholder, if it may go to `origin`.
    pub fn reveal(&self, header: &str, origin: &Origin) -> Result<SecretString, String> {
        let found = placeholder::find(header).ok_or("`authorization` holds no placeholder")?;
        let connection = self.0.get(found.connection).ok_or("the placeholder is not ours")?;
        let secret = connection.reveal(&found, origin)?;
        Ok(placeholder::replace(header, &found, &secret))
    }
}

#[cfg(test)]
mod tests;
