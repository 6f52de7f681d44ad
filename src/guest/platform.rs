//! The platform as the component's imports give it. One call in, one call out: what is decided
//! here is only how a type is spelt on the other side.

use super::bindings::consonance_smintio::connector::{credentials, state, telemetry};
use super::bindings::wasi::clocks::{monotonic_clock, wall_clock};
use super::bindings::wasi::random::random;
use super::exchange;
use crate::model::date::Instant;
use crate::platform::{
    ConditionalPut, CredentialError, DeleteOutcome, Entry, ExchangeError, Level, Platform,
    PutOutcome, Request, Response, StateError, StoreTraits, Token,
};

/// Nanoseconds in a millisecond.
const NS_PER_MS: u64 = 1_000_000;

/// The component's imports.
pub struct Imports;

impl Platform for Imports {
    fn exchange(
        &self,
        requests: &[Request],
        in_flight_max: usize,
        done: &mut dyn FnMut(usize, Result<Response, ExchangeError>),
    ) {
        exchange::exchange(requests, in_flight_max, done);
    }

    fn get(&self, key: &str) -> Result<Option<Entry>, StateError> {
        Ok(state::get(key)?.map(Entry::from))
    }

    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, StateError> {
        let entries = state::get_many(keys)?;
        Ok(entries.into_iter().map(|entry| entry.map(Entry::from)).collect())
    }

    fn scan(
        &self,
        prefix: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError> {
        let page = state::scan(prefix, start, limit)?;
        Ok((page.entries.into_iter().map(Entry::from).collect(), page.next))
    }

    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, StateError> {
        Ok(match state::put_if(&put.into())? {
            state::PutOutcome::Stored(version) => PutOutcome::Stored(version),
            state::PutOutcome::Lost(current) => PutOutcome::Lost(current.map(Entry::from)),
        })
    }

    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, StateError> {
        Ok(match state::delete_if(key, expected)? {
            state::DeleteOutcome::Deleted => DeleteOutcome::Deleted,
            state::DeleteOutcome::Lost(current) => DeleteOutcome::Lost(current.map(Entry::from)),
        })
    }

    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError> {
        let puts: Vec<state::ConditionalPut> = puts.iter().map(Into::into).collect();
        Ok(state::apply(&puts)?)
    }

    fn store_traits(&self) -> Result<StoreTraits, StateError> {
        let traits = state::traits()?;
        Ok(StoreTraits {
            conditional_writes: traits.conditional_writes,
            value_bytes_max: traits.value_bytes_max,
        })
    }

    fn now(&self) -> Instant {
        let now = wall_clock::now();
        let ms = u64::from(now.nanoseconds) / NS_PER_MS;
        Instant(now.seconds.saturating_mul(1_000)).plus_ms(ms)
    }

    fn monotonic_ms(&self) -> u64 {
        monotonic_clock::now() / NS_PER_MS
    }

    fn wait_until(&self, monotonic_ms: u64) {
        monotonic_clock::subscribe_instant(monotonic_ms.saturating_mul(NS_PER_MS)).block();
    }

    fn random(&self) -> u64 {
        random::get_random_u64()
    }

    fn authorization(&self, connection: &str) -> Result<Token, CredentialError> {
        let token = credentials::authorization(connection).map_err(|error| match error {
            credentials::Error::NeedsConsent(text) => CredentialError::NeedsConsent(text),
            credentials::Error::Unavailable(text) => CredentialError::Unavailable(text),
        })?;
        Ok(Token { header: token.header, generation: token.generation })
    }

    fn rejected(&self, connection: &str, generation: u64) {
        credentials::rejected(connection, generation);
    }

    fn log(&self, level: Level, message: &str, fields: &[(&str, String)]) {
        let level = match level {
            Level::Debug => telemetry::Level::Debug,
            Level::Info => telemetry::Level::Info,
            Level::Warn => telemetry::Level::Warn,
            Level::Error => telemetry::Level::Error,
        };
        let field = |(name, value): &(&str, String)| telemetry::Field {
            name: (*name).to_owned(),
            value: value.clone(),
        };
        telemetry::log(level, message, &fields.iter().map(field).collect::<Vec<_>>());
    }

    fn progress(&self, stage: &str, done: u64, total: Option<u64>) {
        telemetry::progress(stage, done, total);
    }
}

impl From<state::Entry> for Entry {
    fn from(entry: state::Entry) -> Self {
        Self { key: entry.key, value: entry.value, version: entry.version }
    }
}

impl From<&ConditionalPut> for state::ConditionalPut {
    fn from(put: &ConditionalPut) -> Self {
        Self { key: put.key.clone(), expected: put.expected, value: put.value.clone() }
    }
}

impl From<state::Error> for StateError {
    fn from(error: state::Error) -> Self {
        match error {
            state::Error::Unavailable(text) => Self::Unavailable(text),
            state::Error::OutcomeUnknown(text) => Self::OutcomeUnknown(text),
            state::Error::TooLarge(bytes) => Self::TooLarge(bytes),
            state::Error::Quota(text) => Self::Quota(text),
            state::Error::Denied(text) => Self::Denied(text),
            state::Error::Other(text) => Self::Other(text),
        }
    }
}
