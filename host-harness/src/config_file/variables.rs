//! Environment variables that a connection's secret shall come from and that are not set: a mistake
//! of whoever starts the process, told like any other one of the configuration.

use super::Problem;
use super::section::problem;
use crate::credentials::{ConnectionSettings, Kind, SecretRef};

/// One problem for each of them.
pub fn unset(connections: &[ConnectionSettings]) -> Vec<Problem> {
    let secrets = connections.iter().flat_map(|connection| {
        let of = secrets(&connection.kind).into_iter();
        of.map(|(key, secret)| (connection.name.as_str(), key, secret))
    });
    let unset = secrets.filter_map(|(connection, key, secret)| match secret {
        SecretRef::Env(name) if !is_set(name) => Some((connection, key, name)),
        SecretRef::Env(_) | SecretRef::File(_) => None,
    });
    unset
        .map(|(connection, key, name)| {
            problem(
                &format!("platform.credentials.{connection}.{key}"),
                &format!("no value in the environment variable {name}"),
                "the secret in it",
                "set it where the connector is started, or write { file = \"PATH\" }",
            )
        })
        .collect()
}

fn secrets(kind: &Kind) -> Vec<(&'static str, &SecretRef)> {
    match kind {
        Kind::ApiKey { key, .. } => vec![("key", key)],
        Kind::OAuth2Refresh { client, refresh_token } => {
            vec![("client-secret", &client.client_secret), ("refresh-token", refresh_token)]
        }
        Kind::OAuth2ClientCredentials { client } => vec![("client-secret", &client.client_secret)],
    }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
