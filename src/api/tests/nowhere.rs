//! A platform on which nothing is there and nothing answers.

use crate::model::date::Instant;
use crate::platform::{
    ConditionalPut, CredentialError, DeleteOutcome, Entry, ExchangeError, Level, Platform,
    PutOutcome, Request, Response, StateError, StoreTraits, Token,
};

pub struct Nowhere;

fn away<T>() -> Result<T, StateError> {
    Err(StateError::Unavailable("nowhere".into()))
}

impl Platform for Nowhere {
    fn exchange(
        &self,
        requests: &[Request],
        _in_flight_max: usize,
        done: &mut dyn FnMut(usize, Result<Response, ExchangeError>),
    ) {
        for index in 0..requests.len() {
            done(index, Err(ExchangeError::NotSent("nowhere".into())));
        }
    }

    fn get(&self, _key: &str) -> Result<Option<Entry>, StateError> {
        away()
    }

    fn get_many(&self, _keys: &[String]) -> Result<Vec<Option<Entry>>, StateError> {
        away()
    }

    fn scan(
        &self,
        _prefix: &str,
        _start: Option<&str>,
        _limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError> {
        away()
    }

    fn put_if(&self, _put: &ConditionalPut) -> Result<PutOutcome, StateError> {
        away()
    }

    fn delete_if(&self, _key: &str, _expected: u64) -> Result<DeleteOutcome, StateError> {
        away()
    }

    fn apply(&self, _puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError> {
        away()
    }

    fn store_traits(&self) -> Result<StoreTraits, StateError> {
        away()
    }

    fn now(&self) -> Instant {
        Instant(0)
    }

    fn monotonic_ms(&self) -> u64 {
        0
    }

    fn wait_until(&self, _monotonic_ms: u64) {}

    fn random(&self) -> u64 {
        0
    }

    fn authorization(&self, _connection: &str) -> Result<Token, CredentialError> {
        Err(CredentialError::Unavailable("nowhere".into()))
    }

    fn rejected(&self, _connection: &str, _generation: u64) {}

    fn log(&self, _level: Level, _message: &str, _fields: &[(&str, String)]) {}

    fn progress(&self, _stage: &str, _done: u64, _total: Option<u64>) {}
}
