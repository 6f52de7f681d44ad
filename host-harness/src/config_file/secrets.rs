//! What the connections that are used need and that is not there: their tables, environment
//! variables and files. A mistake of whoever starts the process, told like any other one of the
//! configuration.
//!
//! Invariant: a secret is looked at here and dropped; no problem repeats it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Problem;
use super::section::problem;
use crate::credentials::{ConnectionSettings, Kind, SecretRef};

/// The key at which the component's part names a connection, wherever it uses one.
const USES: &str = "connection";

/// One problem for each of them, in the order of the names. `told` are the problems that are known
/// already: a table that has one is not missing.
pub fn missing(connector: &str, known: &[ConnectionSettings], told: &[Problem]) -> Vec<Problem> {
    let document: Value = serde_json::from_str(connector).unwrap_or_default();
    let mut used = BTreeSet::new();
    collect(&document, &mut used);
    let mut problems = Vec::new();
    for name in used {
        let path = format!("platform.credentials.{name}");
        match known.iter().find(|connection| connection.name == name) {
            Some(connection) => problems.extend(unreadable(connection)),
            None if told.iter().any(|problem| is_inside(&problem.path, &path)) => {}
            None => problems.push(problem(
                &path,
                "nothing",
                "the table of a connection that is used",
                "add it, or name another connection where this one is used",
            )),
        }
    }
    problems
}

fn is_inside(path: &str, table: &str) -> bool {
    path.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn collect<'d>(value: &'d Value, used: &mut BTreeSet<&'d str>) {
    match value {
        Value::Object(members) => {
            used.extend(members.get(USES).and_then(Value::as_str));
            members.values().for_each(|member| collect(member, used));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, used)),
        _ => {}
    }
}

fn unreadable(connection: &ConnectionSettings) -> Vec<Problem> {
    let name = &connection.name;
    let secrets = secrets(&connection.kind).into_iter();
    let unread = secrets.filter_map(|(key, secret)| Some((key, secret, secret.read().err()?)));
    unread
        .map(|(key, secret, error)| {
            let found = match secret {
                SecretRef::Env(variable) if !is_set(variable) => {
                    format!("no value in the environment variable {variable}")
                }
                SecretRef::File(path) if !path.exists() => format!("no file {}", path.display()),
                _ => format!("{error:#}"),
            };
            let path = format!("platform.credentials.{name}.{key}");
            problem(&path, &found, "the secret in it", &fix(name, key, secret))
        })
        .collect()
}

fn fix(name: &str, key: &str, secret: &SecretRef) -> String {
    match secret {
        SecretRef::Env(_) => {
            "set it where the connector is started, or write { file = \"PATH\" }".to_owned()
        }
        SecretRef::File(_) if key == REFRESH_TOKEN => {
            format!("run `connector login {name}`, which writes it")
        }
        SecretRef::File(_) => "write the secret into it, and nothing else".to_owned(),
    }
}

const REFRESH_TOKEN: &str = "refresh-token";

fn secrets(kind: &Kind) -> Vec<(&'static str, &SecretRef)> {
    match kind {
        Kind::ApiKey { key, .. } => vec![("key", key)],
        Kind::OAuth2Refresh { client, refresh_token } => {
            vec![("client-secret", &client.client_secret), (REFRESH_TOKEN, refresh_token)]
        }
        Kind::OAuth2ClientCredentials { client } => vec![("client-secret", &client.client_secret)],
    }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
