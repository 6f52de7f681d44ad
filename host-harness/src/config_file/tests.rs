//! What a file becomes, and how many of its mistakes are told at once.

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::config_file::section::parse_duration;
use crate::credentials::{Kind, SecretRef};
use crate::telemetry::logging::Format;

const GOOD: &str = r#"
first-run = "plan"
start-from = 2026-01-02
list = [1, 2.5, true, { at = 2026-01-02T03:04:05Z }]

[platform]
store = "state/c.redb"
tenant = "house"

[platform.egress]
allow-loopback = true
allow = [{ origin = "https://*.cdn.example", methods = ["GET", "HEAD"] }]

[platform.credentials.consonance]
kind = "api-key"
key = { env = "CONSONANCE_KEY" }

[platform.credentials.smintio]
kind = "oauth2-refresh"
token-endpoint = "https://x.example/connect/token"
client-id = "id"
client-secret = { file = "client.secret" }
refresh-token = { file = "/run/secrets/refresh" }
origins = ["https://x.example"]

[platform.limits]
memory-mib = 32
deadline = "5m"

[platform.logging]
format = "json"
level = "info"
"#;

#[test]
fn a_good_file_is_split_between_the_host_and_the_component() {
    let file = ConfigFile::parse(GOOD, Path::new("/etc/c")).unwrap();
    let expected = serde_json::json!({
        "first-run": "plan",
        "start-from": "2026-01-02",
        "list": [1, 2.5, true, {"at": "2026-01-02T03:04:05Z"}],
    });
    let connector: serde_json::Value = serde_json::from_str(&file.connector).unwrap();
    assert_eq!(connector, expected);
    let platform = file.platform;
    assert_eq!(platform.store, Path::new("/etc/c/state/c.redb"));
    assert_eq!(platform.tenant, "house");
    assert_eq!(platform.allow.len(), 1);
    assert!(platform.addresses.allow_loopback && !platform.addresses.allow_private);
    assert_eq!(platform.limits.memory_bytes_max, 32 << 20);
    assert_eq!(platform.budget.deadline, Duration::from_secs(300));
    assert_eq!(platform.logging.format, Format::Json);
    let Kind::OAuth2Refresh { client, refresh_token } = &platform.connections[1].kind else {
        panic!("{:?}", platform.connections[1]);
    };
    assert_eq!(client.client_secret, SecretRef::File("/etc/c/client.secret".into()));
    assert_eq!(*refresh_token, SecretRef::File("/run/secrets/refresh".into()));
}

#[test]
fn an_empty_file_has_safe_defaults() {
    let file = ConfigFile::parse("", Path::new("")).unwrap();
    assert_eq!(file.connector, "{}");
    assert!(file.platform.allow.is_empty());
    assert!(!file.platform.addresses.allow_loopback);
    assert_eq!(file.platform.limits.memory_bytes_max, 64 << 20);
}

#[test]
fn ten_mistakes_are_ten_problems_at_once() {
    let text = r#"
[platform]
stroe = "x"
tenant = "a/b"
[platform.egress]
allow-loopback = "yes"
allow = [{ origin = "https://*" }, { methods = ["GET"] }]
[platform.credentials.a]
kind = "api-key"
key = "hunter2-in-the-clear"
[platform.credentials.b]
kind = "oauth2-refresh"
token-endpoint = "not an address"
client-id = "i"
client-secret = { env = "S" }
[platform.credentials.c]
kind = "password"
[platform.limits]
memory-mib = 1
[platform.logging]
format = "xml"
"#;
    let Err(ConfigError::Problems(problems, _)) = ConfigFile::parse(text, Path::new("")) else {
        panic!("the file must be refused");
    };
    let mut paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    paths.sort_unstable();
    let expected = [
        "platform.credentials.a.key",
        "platform.credentials.b.refresh-token",
        "platform.credentials.b.token-endpoint",
        "platform.credentials.c.kind",
        "platform.egress.allow-loopback",
        "platform.egress.allow[0].origin",
        "platform.egress.allow[1].origin",
        "platform.limits.memory-mib",
        "platform.logging.format",
        "platform.stroe",
        "platform.tenant",
    ];
    assert_eq!(paths, expected);
    let shown = format!("{problems:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(problems.iter().all(|p| !p.expected.is_empty() && !p.fix.is_empty()));
}

#[test]
fn what_is_no_toml_says_where() {
    let Err(ConfigError::Unreadable(reason)) = ConfigFile::parse("a = [", Path::new("")) else {
        panic!("the file must be refused");
    };
    assert!(reason.contains("line 1"), "{reason}");
}

#[test]
fn durations_have_a_unit() {
    let cases = [
        ("500ms", Some(500)),
        ("30s", Some(30_000)),
        ("10m", Some(600_000)),
        ("2h", Some(7_200_000)),
        ("1d", Some(86_400_000)),
        ("30", None),
        ("s", None),
        ("-1s", None),
        ("18446744073709551615h", None),
    ];
    for (text, millis) in cases {
        assert_eq!(parse_duration(text).ok(), millis.map(Duration::from_millis), "{text}");
    }
}
