//! `[platform.credentials.NAME]`: the connections.
//!
//! Invariant: a secret that is written into the file itself is refused, and not repeated in the
//! problem.

use std::path::Path;

use toml::Value;

use super::section::{Section, describe};
use crate::credentials::{ConnectionSettings, Kind, OAuth2Client, SecretRef};
use crate::egress::origin::Origin;

const SECRET: &str = "{ env = \"NAME\" } or { file = \"PATH\" }";
const SECRET_FIX: &str = "keep the secret in the environment or in a file of its own";

#[derive(Clone, Copy)]
enum Word {
    ApiKey,
    Refresh,
    ClientCredentials,
}

const KINDS: [(&str, Word); 3] = [
    ("api-key", Word::ApiKey),
    ("oauth2-refresh", Word::Refresh),
    ("oauth2-client-credentials", Word::ClientCredentials),
];

/// Reads all connections.
pub fn read(mut section: Section<'_>, folder: &Path) -> Vec<ConnectionSettings> {
    let mut connections = Vec::new();
    section.sections(|name, table| connections.extend(connection(name, table, folder)));
    connections
}

fn connection(name: String, mut table: Section<'_>, folder: &Path) -> Option<ConnectionSettings> {
    let origins = origins(&mut table);
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        let expected = "a name of letters, digits, `-`, `_` and `.`";
        table.problem("", &format!("the name `{name}`"), expected, "choose such a name");
    }
    let expected = "one of api-key, oauth2-refresh, oauth2-client-credentials";
    let word = match table.take("kind") {
        None => {
            table.missing("kind", expected);
            None
        }
        Some(Value::String(text)) => {
            let word = KINDS.iter().find(|(word, _)| *word == text).map(|(_, word)| *word);
            if word.is_none() {
                table.problem("kind", &format!("`{text}`"), expected, "use one of these words");
            }
            word
        }
        Some(other) => {
            table.problem("kind", &describe(&other), expected, "use one of these words");
            None
        }
    };
    let kind = kind(word?, table, folder)?;
    Some(ConnectionSettings { name, kind, origins })
}

fn kind(word: Word, mut table: Section<'_>, folder: &Path) -> Option<Kind> {
    match word {
        Word::ApiKey => {
            let scheme = table.text("scheme").unwrap_or_else(|| "Bearer".to_owned());
            let key = secret(&mut table, "key", folder);
            if !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                table.problem(
                    "scheme",
                    &format!("`{scheme}`"),
                    "the word before the key, such as Bearer or Token",
                    "write one word",
                );
            }
            table.finish(&["kind", "scheme", "key", "origins"]);
            Some(Kind::ApiKey { scheme, key: key? })
        }
        Word::Refresh => {
            let client = client(&mut table, folder);
            let refresh_token = secret(&mut table, "refresh-token", folder);
            table.finish(&[
                "kind",
                "token-endpoint",
                "client-id",
                "client-secret",
                "refresh-token",
                "scopes",
                "origins",
            ]);
            Some(Kind::OAuth2Refresh { client: client?, refresh_token: refresh_token? })
        }
        Word::ClientCredentials => {
            let client = client(&mut table, folder);
            table.finish(&[
                "kind",
                "token-endpoint",
                "client-id",
                "client-secret",
                "scopes",
                "origins",
            ]);
            Some(Kind::OAuth2ClientCredentials { client: client? })
        }
    }
}

fn client(table: &mut Section<'_>, folder: &Path) -> Option<OAuth2Client> {
    let token_endpoint = table.needed_text("token-endpoint", "the address of the token endpoint");
    if let Some(text) = &token_endpoint
        && let Err(reason) = url::Url::parse(text)
            .map_err(|error| error.to_string())
            .and_then(|url| Origin::of(&url).map(|_| ()))
    {
        table.problem("token-endpoint", &reason, "an https address", "write the whole address");
    }
    let client_id = table.needed_text("client-id", "the id of the client");
    let client_secret = secret(table, "client-secret", folder);
    let scopes = table.texts("scopes").unwrap_or_default();
    Some(OAuth2Client {
        token_endpoint: token_endpoint?,
        client_id: client_id?,
        client_secret: client_secret?,
        scopes,
    })
}

fn origins(table: &mut Section<'_>) -> Vec<Origin> {
    let mut origins = Vec::new();
    for (position, text) in table.texts("origins").unwrap_or_default().iter().enumerate() {
        match Origin::parse(text) {
            Ok(origin) => origins.push(origin),
            Err(reason) => table.problem(
                &format!("origins[{position}]"),
                &format!("`{text}`: {reason}"),
                "scheme, host and port, such as https://api.example",
                "write only these",
            ),
        }
    }
    origins
}

fn secret(table: &mut Section<'_>, key: &str, folder: &Path) -> Option<SecretRef> {
    let Some(value) = table.take(key) else {
        table.missing(key, SECRET);
        return None;
    };
    let mut fields = match value {
        Value::Table(fields) if fields.len() == 1 => fields,
        other => {
            table.problem(key, &describe(&other), SECRET, SECRET_FIX);
            return None;
        }
    };
    match (fields.remove("env"), fields.remove("file")) {
        (Some(Value::String(name)), None) => Some(SecretRef::Env(name)),
        (None, Some(Value::String(path))) => Some(SecretRef::File(folder.join(path))),
        _ => {
            table.problem(key, "a table without a text `env` or `file`", SECRET, SECRET_FIX);
            None
        }
    }
}
