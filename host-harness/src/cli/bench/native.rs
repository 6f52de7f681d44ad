//! The connector's `Platform` over this harness's store, without a network: the same code that
//! runs in the component, natively.
//!
//! Invariant: nothing leaves the process. A request is refused, so that a measurement which
//! would need one fails instead of measuring something else.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use consonance_smintio::model::date;
use consonance_smintio::platform::{
    ConditionalPut, CredentialError, DeleteOutcome, Entry, ExchangeError, Level, Platform,
    PutOutcome, Request, Response, StateError, StoreTraits, Token,
};
use host_harness::clock::now_ms;
use host_harness::state::{self, Store};

/// The platform.
pub struct Native {
    store: Arc<dyn Store>,
    began: Instant,
    waited: Cell<(Duration, u64)>,
}

impl Native {
    /// Over a store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, began: Instant::now(), waited: Cell::default() }
    }

    /// How long the store was waited for, and how often it was called.
    pub fn store_time(&self) -> (Duration, u64) {
        self.waited.get()
    }

    fn timed<R>(
        &self,
        call: impl FnOnce(&dyn Store) -> Result<R, state::Error>,
    ) -> Result<R, StateError> {
        let began = Instant::now();
        let result = call(self.store.as_ref());
        let (waited, calls) = self.waited.get();
        self.waited.set((waited + began.elapsed(), calls + 1));
        result.map_err(error)
    }
}

fn error(error: state::Error) -> StateError {
    match error {
        state::Error::Unavailable(text) => StateError::Unavailable(text),
        state::Error::OutcomeUnknown(text) => StateError::OutcomeUnknown(text),
        state::Error::TooLarge(bytes) => StateError::TooLarge(bytes),
        state::Error::Quota(text) => StateError::Quota(text),
        state::Error::Denied(text) => StateError::Denied(text),
        state::Error::Other(text) => StateError::Other(text),
    }
}

fn entry(entry: state::Entry) -> Entry {
    Entry { key: entry.key, value: entry.value, version: entry.version }
}

fn put(put: &ConditionalPut) -> state::ConditionalPut {
    state::ConditionalPut { key: put.key.clone(), expected: put.expected, value: put.value.clone() }
}

impl Platform for Native {
    fn exchange(
        &self,
        requests: &[Request],
        _in_flight_max: usize,
        done: &mut dyn FnMut(usize, Result<Response, ExchangeError>),
    ) {
        for index in 0..requests.len() {
            done(index, Err(ExchangeError::Denied("no network in a measurement".to_owned())));
        }
    }

    fn get(&self, key: &str) -> Result<Option<Entry>, StateError> {
        Ok(self.timed(|store| store.get(key))?.map(entry))
    }

    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, StateError> {
        let found = self.timed(|store| store.get_many(keys))?;
        Ok(found.into_iter().map(|found| found.map(entry)).collect())
    }

    fn scan(
        &self,
        prefix: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError> {
        let page = self.timed(|store| store.scan(prefix, start, limit))?;
        Ok((page.entries.into_iter().map(entry).collect(), page.next))
    }

    fn put_if(&self, wanted: &ConditionalPut) -> Result<PutOutcome, StateError> {
        let wanted = put(wanted);
        Ok(match self.timed(|store| store.put_if(&wanted))? {
            state::PutOutcome::Stored(version) => PutOutcome::Stored(version),
            state::PutOutcome::Lost(current) => PutOutcome::Lost(current.map(entry)),
        })
    }

    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, StateError> {
        Ok(match self.timed(|store| store.delete_if(key, expected))? {
            state::DeleteOutcome::Deleted => DeleteOutcome::Deleted,
            state::DeleteOutcome::Lost(current) => DeleteOutcome::Lost(current.map(entry)),
        })
    }

    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError> {
        let puts: Vec<state::ConditionalPut> = puts.iter().map(put).collect();
        self.timed(|store| store.apply(&puts))
    }

    fn store_traits(&self) -> Result<StoreTraits, StateError> {
        let traits = self.store.traits();
        Ok(StoreTraits {
            conditional_writes: traits.conditional_writes,
            value_bytes_max: traits.value_bytes_max,
        })
    }

    fn now(&self) -> date::Instant {
        date::Instant(now_ms())
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn wait_until(&self, monotonic_ms: u64) {
        std::thread::sleep(Duration::from_millis(monotonic_ms.saturating_sub(self.monotonic_ms())));
    }

    fn random(&self) -> u64 {
        self.began.elapsed().as_nanos() as u64
    }

    fn authorization(&self, _connection: &str) -> Result<Token, CredentialError> {
        Err(CredentialError::Unavailable("no network in a measurement".to_owned()))
    }

    fn rejected(&self, _connection: &str, _generation: u64) {}

    fn log(&self, _level: Level, _message: &str, _fields: &[(&str, String)]) {}

    fn progress(&self, _stage: &str, _done: u64, _total: Option<u64>) {}
}
