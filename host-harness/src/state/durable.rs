//! The durable store: one redb file for all tenants of a platform, one table per tenant.
//!
//! Invariant: a write that was answered with success survives a crash of the process and of the
//! machine. redb commits with `Durability::Immediate`: each `put-if`, `delete-if` and `apply` is
//! one transaction and one sync of the file. A weaker setting (one sync at the end of a guest
//! call) would lose the intent of a write whose effect a vendor already has, so there is none;
//! the engine batches with `apply` instead.

use std::fmt;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use redb::{
    Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, Table, TableDefinition,
    TableError, WriteTransaction,
};

use super::{
    ConditionalPut, DeleteOutcome, Entry, Error, Page, PutOutcome, Store, check_count, check_key,
    check_put, page_of,
};

type Secrets = TableDefinition<'static, &'static str, &'static str>;

/// The last version given, per file.
const COUNTER: TableDefinition<'static, &'static str, u64> = TableDefinition::new("versions");
/// Refresh tokens that a vendor has rotated; the guest cannot reach this table.
const SECRETS: Secrets = TableDefinition::new("platform/credentials");
const LAST: &str = "last";

/// Another process holds the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreInUse(PathBuf);

impl fmt::Display for StoreInUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the store {} is in use by another process: wait until that run ends, or give this \
             one its own `platform.store`",
            self.0.display()
        )
    }
}

impl std::error::Error for StoreInUse {}

/// An open file.
#[derive(Clone)]
pub struct DurableFile(Arc<Database>);

impl DurableFile {
    /// Opens or makes the file. Another process that holds it is a clear error.
    pub fn open(path: &Path) -> Result<Self> {
        let shown = path.display();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("making the folder {}", folder.display()))?;
        }
        let database = Database::create(path).map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen => StoreInUse(path.to_owned()).into(),
            DatabaseError::UpgradeRequired(version) => anyhow!(
                "the store {shown} has the old file format {version}, which this version does \
                 not read"
            ),
            other => anyhow!("the store {shown} cannot be opened: {other}"),
        })?;
        only_for_the_owner(path)?;
        Ok(Self(Arc::new(database)))
    }

    /// The key space of one tenant.
    pub fn tenant(&self, name: &str) -> DurableStore {
        DurableStore { database: Arc::clone(&self.0), table: format!("tenant/{name}") }
    }

    /// A stored secret of the platform.
    pub fn secret(&self, key: &str) -> Result<Option<String>> {
        let transaction = self.0.begin_read()?;
        match transaction.open_table(SECRETS) {
            Ok(table) => Ok(table.get(key)?.map(|value| value.value().to_owned())),
            Err(TableError::TableDoesNotExist(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Stores a secret of the platform durably before it returns.
    pub fn put_secret(&self, key: &str, secret: &str) -> Result<()> {
        let mut transaction = self.0.begin_write()?;
        transaction.set_durability(Durability::Immediate)?;
        transaction.open_table(SECRETS)?.insert(key, secret)?;
        transaction.commit()?;
        Ok(())
    }
}

/// The file holds refresh tokens and a tenant's records: nobody else may read it.
#[cfg(unix)]
fn only_for_the_owner(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .with_context(|| format!("protecting {}", path.display()))
}

#[cfg(not(unix))]
fn only_for_the_owner(_path: &Path) -> Result<()> {
    Ok(())
}

/// One tenant's table.
#[derive(Clone)]
pub struct DurableStore {
    database: Arc<Database>,
    table: String,
}

impl DurableStore {
    fn definition(&self) -> TableDefinition<'_, &'static str, (u64, &'static [u8])> {
        TableDefinition::new(&self.table)
    }

    /// Runs a write in one durable transaction; `false` from `change` means nothing was written.
    fn write<R>(
        &self,
        change: impl FnOnce(&mut Writer<'_>) -> Result<(R, bool), Error>,
    ) -> Result<R, Error> {
        let mut transaction = self.database.begin_write().map_err(unavailable)?;
        transaction.set_durability(Durability::Immediate).map_err(unavailable)?;
        let (result, changed) = {
            let mut writer = Writer::open(&transaction, self.definition())?;
            let (result, changed) = change(&mut writer)?;
            if changed {
                writer.save_counter()?;
            }
            (result, changed)
        };
        if changed {
            transaction.commit().map_err(|error| Error::OutcomeUnknown(error.to_string()))?;
        } else {
            transaction.abort().map_err(unavailable)?;
        }
        Ok(result)
    }
}

/// The tables of one write.
struct Writer<'t> {
    values: Table<'t, &'static str, (u64, &'static [u8])>,
    counter: Table<'t, &'static str, u64>,
    last_version: u64,
}

impl<'t> Writer<'t> {
    fn open(
        transaction: &'t WriteTransaction,
        values: TableDefinition<'_, &'static str, (u64, &'static [u8])>,
    ) -> Result<Self, Error> {
        let values = transaction.open_table(values).map_err(unavailable)?;
        let counter = transaction.open_table(COUNTER).map_err(unavailable)?;
        let last_version = counter.get(LAST).map_err(unavailable)?.map_or(0, |last| last.value());
        Ok(Self { values, counter, last_version })
    }

    fn entry(&self, key: &str) -> Result<Option<Entry>, Error> {
        read(&self.values, key)
    }

    fn version(&self, key: &str) -> Result<Option<u64>, Error> {
        Ok(self.values.get(key).map_err(unavailable)?.map(|value| value.value().0))
    }

    fn put(&mut self, put: &ConditionalPut) -> Result<u64, Error> {
        self.last_version += 1;
        let value = (self.last_version, put.value.as_slice());
        self.values.insert(put.key.as_str(), value).map_err(unavailable)?;
        Ok(self.last_version)
    }

    fn save_counter(&mut self) -> Result<(), Error> {
        self.counter.insert(LAST, self.last_version).map_err(unavailable)?;
        Ok(())
    }
}

fn read(
    table: &impl ReadableTable<&'static str, (u64, &'static [u8])>,
    key: &str,
) -> Result<Option<Entry>, Error> {
    let value = table.get(key).map_err(unavailable)?;
    Ok(value.map(|value| entry(key, value.value())))
}

fn entry(key: &str, (version, value): (u64, &[u8])) -> Entry {
    Entry { key: key.to_owned(), value: value.to_owned(), version }
}

fn unavailable(error: impl std::fmt::Display) -> Error {
    Error::Unavailable(error.to_string())
}

impl Store for DurableStore {
    fn get(&self, key: &str) -> Result<Option<Entry>, Error> {
        Ok(self.get_many(&[key.to_owned()])?.pop().flatten())
    }

    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, Error> {
        check_count(keys.len())?;
        keys.iter().try_for_each(|key| check_key(key))?;
        let transaction = self.database.begin_read().map_err(unavailable)?;
        match transaction.open_table(self.definition()) {
            Ok(table) => keys.iter().map(|key| read(&table, key)).collect(),
            Err(TableError::TableDoesNotExist(_)) => Ok(vec![None; keys.len()]),
            Err(error) => Err(unavailable(error)),
        }
    }

    fn scan(&self, prefix: &str, start: Option<&str>, limit: u32) -> Result<Page, Error> {
        let transaction = self.database.begin_read().map_err(unavailable)?;
        let table = match transaction.open_table(self.definition()) {
            Ok(table) => table,
            Err(TableError::TableDoesNotExist(_)) => {
                return Ok(Page { entries: Vec::new(), next: None });
            }
            Err(error) => return Err(unavailable(error)),
        };
        let from = Bound::Included(start.map_or(prefix, |start| start.max(prefix)));
        let range = table.range::<&str>((from, Bound::Unbounded)).map_err(unavailable)?;
        let entries = range
            .map(|item| match item {
                Ok((key, value)) => Ok(entry(key.value(), value.value())),
                Err(error) => Err(unavailable(error)),
            })
            .take_while(|item| item.as_ref().map_or(true, |entry| entry.key.starts_with(prefix)));
        page_of(entries, limit)
    }

    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, Error> {
        check_put(put)?;
        self.write(|writer| {
            if writer.version(&put.key)? != put.expected {
                return Ok((PutOutcome::Lost(writer.entry(&put.key)?), false));
            }
            Ok((PutOutcome::Stored(writer.put(put)?), true))
        })
    }

    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, Error> {
        check_key(key)?;
        self.write(|writer| {
            if writer.version(key)? != Some(expected) {
                return Ok((DeleteOutcome::Lost(writer.entry(key)?), false));
            }
            writer.values.remove(key).map_err(unavailable)?;
            Ok((DeleteOutcome::Deleted, true))
        })
    }

    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, Error> {
        check_count(puts.len())?;
        puts.iter().try_for_each(check_put)?;
        self.write(|writer| {
            let mut versions = Vec::with_capacity(puts.len());
            for put in puts {
                if writer.version(&put.key)? != put.expected {
                    break;
                }
                versions.push(writer.put(put)?);
            }
            let changed = !versions.is_empty();
            Ok((versions, changed))
        })
    }
}
