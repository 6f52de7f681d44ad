//! The configuration that reaches a simulation.
//!
//! Invariant: it uses nothing that a tenant's own configuration could not say.

use std::path::Path;

use anyhow::{Context, Result};
use simulators::smintio::unconfirmed::ITEM_JPEG;
use simulators::world::{LEGAL_ENTITY, collections};
use toml::{Table, Value, toml};

use super::secrets::{CLIENT_ID, SecretFiles};
use super::{POLL_MIN_MS, Simulation, smintio};

/// The approval collections with the role of their members.
const SOURCES: [(&str, &str); 4] = [
    (collections::COVERS, "front_cover"),
    (collections::STOCK_COVERS, "front_cover"),
    (collections::AUTHOR_PHOTOS, "author_photo"),
    (collections::PROMOTION, "marketing_digital"),
];

impl Simulation {
    /// Writes a configuration that reaches both vendors, and its secrets beside it.
    pub fn write_config(&self, path: &Path) -> Result<()> {
        let shown = path.display();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("making the folder of {shown}"))?;
        }
        let files = self.secrets.write_beside(path)?;
        let mut config = self.connector();
        config.insert("platform".to_owned(), self.platform(path, &files).into());
        let text = toml::to_string_pretty(&config).context("writing TOML")?;
        let about = "# Reaches both simulated vendors for as long as they run.\n";
        std::fs::write(path, format!("{about}{text}")).with_context(|| format!("writing {shown}"))
    }

    /// What belongs to the component.
    fn connector(&self) -> Table {
        let portal = smintio::Settings::default().portal_uuid;
        let (consonance, smintio) = (&self.origins.consonance, &self.origins.smintio);
        let pause = i64::try_from(2 * POLL_MIN_MS).unwrap_or(i64::MAX);
        let mut config = toml! {
            first-run = "apply"
            accept-unproven = true

            [consonance]
            connection = "consonance"

            [smintio.clapi]
            connection = "smintio"
            content-page = "https://tenant.example/project/{project}/content/{element}"

            [smintio.portals]
            connection = "smintio"
            asset-page = "https://portal.example/asset/{asset}"

            [rights]
            default-language = "eng"

            [engine]
            settle-ms = 2000
            processing-poll-ms = 100
        };
        set(&mut config, &["consonance", "base-url"], consonance.as_str());
        set(&mut config, &["smintio", "clapi", "base-url"], smintio.as_str());
        set(&mut config, &["smintio", "portals", "base-url"], smintio.as_str());
        set(&mut config, &["smintio", "portals", "portal"], portal);
        set(&mut config, &["smintio", "portals", "poll-ms"], pause);
        let files = vec![toml::Value::from(self.origins.files.as_str())];
        set(&mut config, &["smintio", "portals", "download-origins"], files);
        set(&mut config, &["rights", "legal-entity"], LEGAL_ENTITY);
        config.insert("source".to_owned(), sources());
        config.insert("declaration".to_owned(), tables(&self.world.declarations));
        config.insert("provider-profile".to_owned(), tables(&self.world.provider_profiles));
        config
    }

    /// What belongs to the host.
    fn platform(&self, path: &Path, files: &SecretFiles) -> Table {
        let store = path.with_extension("redb");
        let token_endpoint = format!("{}/connect/token", self.origins.smintio);
        let mut platform = toml! {
            [egress]
            allow-loopback = true

            [credentials.consonance]
            kind = "api-key"
            scheme = "Bearer"

            [credentials.smintio]
            kind = "oauth2-refresh"
        };
        set(&mut platform, &["store"], name(&store));
        let files_origin = toml! { methods = ["GET"] };
        let mut rule = files_origin;
        rule.insert("origin".to_owned(), self.origins.files.clone().into());
        set(&mut platform, &["egress", "allow"], vec![rule]);
        let secret = |file: &Path| Table::from_iter([("file".to_owned(), name(file).into())]);
        set(&mut platform, &["credentials", "consonance", "key"], secret(&files.consonance_key));
        let smintio = ["credentials", "smintio"];
        for (key, value) in [
            ("token-endpoint", Value::from(token_endpoint)),
            ("client-id", CLIENT_ID.into()),
            ("client-secret", secret(&files.client_secret).into()),
            ("refresh-token", secret(&files.refresh_token).into()),
        ] {
            set(&mut platform, &[smintio[0], smintio[1], key], value);
        }
        platform
    }
}

fn sources() -> Value {
    let source = |(collection, role): (&str, &str)| {
        Value::Table(Table::from_iter([
            ("collection".to_owned(), collection.into()),
            ("role".to_owned(), role.into()),
            ("download-item".to_owned(), ITEM_JPEG.into()),
        ]))
    };
    Value::Array(SOURCES.map(source).to_vec())
}

/// Paths in a configuration are relative to its folder, and all files lie in one.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn set(table: &mut Table, path: &[&str], value: impl Into<Value>) {
    match path {
        [] => {}
        [key] => {
            table.insert((*key).to_owned(), value.into());
        }
        [key, rest @ ..] => {
            let inner = table.entry(*key).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

/// JSON objects as tables; TOML has no null, so a member without a value is left out.
fn tables(objects: &[serde_json::Value]) -> Value {
    Value::Array(objects.iter().filter_map(from_json).collect())
}

fn from_json(value: &serde_json::Value) -> Option<Value> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::Bool(flag) => Some((*flag).into()),
        serde_json::Value::Number(number) => {
            number.as_i64().map(Value::from).or_else(|| number.as_f64().map(Value::from))
        }
        serde_json::Value::String(text) => Some(text.clone().into()),
        serde_json::Value::Array(items) => {
            Some(Value::Array(items.iter().filter_map(from_json).collect()))
        }
        serde_json::Value::Object(members) => {
            let members =
                members.iter().filter_map(|(key, value)| Some((key.clone(), from_json(value)?)));
            Some(Value::Table(members.collect()))
        }
    }
}
