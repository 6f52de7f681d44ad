//! Where rotated refresh tokens are kept: beside the tenants' state, out of the guest's reach.
//!
//! Invariant: `put` returns only when the token is durable.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;

use crate::state::durable::DurableFile;

/// Keeps secrets of the platform.
pub trait Vault: Send + Sync {
    /// A kept secret.
    fn get(&self, key: &str) -> Result<Option<String>>;
    /// Keeps a secret, durably before it returns.
    fn put(&self, key: &str, secret: &str) -> Result<()>;
}

impl Vault for DurableFile {
    fn get(&self, key: &str) -> Result<Option<String>> {
        self.secret(key)
    }

    fn put(&self, key: &str, secret: &str) -> Result<()> {
        self.put_secret(key, secret)
    }
}

/// A vault that forgets, for tests and for calls without a tenant.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<String, String>>);

impl Vault for MemoryVault {
    fn get(&self, key: &str) -> Result<Option<String>> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned())
    }

    fn put(&self, key: &str, secret: &str) -> Result<()> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key.to_owned(), secret.to_owned());
        Ok(())
    }
}
