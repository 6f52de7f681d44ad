//! The one file that people write: `connector.toml`.
//!
//! The table `[platform]` is for this host and is taken out; the rest becomes the JSON document
//! that the component gets as its configuration.
//!
//! Invariant: all problems of `[platform]` are found in one reading, each with its path, in the
//! form in which the component reports its own.

mod credentials;
mod json;
mod platform;
mod secrets;
mod section;

use std::path::{Path, PathBuf};

pub use crate::bindings::consonance_smintio::connector::types::Problem;
pub use json::to_json;
pub use platform::{Budget, Logging, PlatformSettings};
pub use section::parse_duration;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// What belongs to the host.
    pub platform: PlatformSettings,
    /// What belongs to the component, as JSON.
    pub connector: String,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum ConfigError {
    /// There is none.
    Missing(PathBuf),
    /// It cannot be read, or is no TOML.
    Unreadable(String),
    /// The host's part says things that cannot be used; beside it what could be read of the file.
    Problems(Vec<Problem>, Box<ConfigFile>),
}

impl ConfigFile {
    /// Reads a file. Paths in it are relative to its folder.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => ConfigError::Missing(path.to_owned()),
            _ => ConfigError::Unreadable(format!("{} cannot be read: {error}", path.display())),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|error| match error {
            ConfigError::Unreadable(reason) => {
                ConfigError::Unreadable(format!("{}: {reason}", path.display()))
            }
            other => other,
        })
    }

    /// Reads the text of a file in a folder.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, ConfigError> {
        let mut table: toml::Table =
            text.parse().map_err(|error| ConfigError::Unreadable(format!("no TOML: {error}")))?;
        let mut problems = Vec::new();
        let platform = platform::read(table.remove("platform"), folder, &mut problems);
        let file = Self { platform, connector: to_json(table).to_string() };
        if problems.is_empty() {
            Ok(file)
        } else {
            Err(ConfigError::Problems(problems, Box::new(file)))
        }
    }

    /// What the connections that are used need and that is not there; `told` are the problems that
    /// are known already.
    pub fn missing_secrets(&self, told: &[Problem]) -> Vec<Problem> {
        secrets::missing(&self.connector, &self.platform.connections, told)
    }
}

#[cfg(test)]
mod tests;
