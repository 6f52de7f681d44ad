//! The secrets of the simulated vendors, new for each simulation.
//!
//! Invariant: they are written only into files that nobody else may read, never into the
//! configuration.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::private_file;

/// The OAuth client; not a secret.
pub const CLIENT_ID: &str = "connector";

/// What the vendors ask for.
pub struct Secrets {
    /// Consonance's API key.
    pub consonance_key: String,
    /// The OAuth client's secret.
    pub client_secret: String,
    /// The refresh token of a consent.
    pub refresh_token: String,
}

/// Where the secrets were written.
pub struct SecretFiles {
    /// Consonance's API key.
    pub consonance_key: PathBuf,
    /// The OAuth client's secret.
    pub client_secret: PathBuf,
    /// The refresh token.
    pub refresh_token: PathBuf,
}

impl Secrets {
    /// New ones.
    pub fn random() -> Self {
        Self { consonance_key: word(32), client_secret: word(40), refresh_token: word(40) }
    }

    /// Writes each into a file beside the configuration, named after it.
    pub fn write_beside(&self, config: &Path) -> Result<SecretFiles> {
        let write = |ending: &str, secret: &str| {
            let path = config.with_extension(ending);
            private_file::create(&path)
                .and_then(|mut file| writeln!(file, "{secret}"))
                .with_context(|| format!("writing the secret file {}", path.display()))?;
            Ok::<_, anyhow::Error>(path)
        };
        Ok(SecretFiles {
            consonance_key: write("consonance-key", &self.consonance_key)?,
            client_secret: write("smintio-client-secret", &self.client_secret)?,
            refresh_token: write("smintio-refresh-token", &self.refresh_token)?,
        })
    }
}

/// A word of random letters and digits.
fn word(length: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789xy";
    let mut bytes = vec![0_u8; length];
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 64)])).collect()
}
