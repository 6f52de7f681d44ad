//! The connector's `Platform` over the world. Every call but the reading of a clock is counted,
//! costs a little time and can be the one at which the connector is killed.

use super::{Inner, SeededWorld, StoreCall, egress, kill, storage};
use consonance_smintio::model::date::Instant;
use consonance_smintio::platform::{
    ConditionalPut, CredentialError, DeleteOutcome, Entry, ExchangeError, Level, Platform,
    PutOutcome, Request, Response, StateError, StoreTraits, Token,
};
use kill::{KillAt, When};

/// What a call costs at least.
const CALL_MS: u64 = 1;
/// What a request costs more, at most.
const REQUEST_MS_MAX: u64 = 60;

impl SeededWorld {
    /// One counted call.
    fn call<T>(&self, name: &'static str, act: impl FnOnce(&mut Inner) -> T) -> T {
        let mut inner = self.inner.borrow_mut();
        inner.calls.push(name);
        inner.clock.advance(CALL_MS);
        let at = |when| Some(KillAt { call: inner.calls.len() as u64, when });
        let (before, after) = (at(When::Before), at(When::After));
        if inner.kill == before {
            drop(inner);
            kill::die();
        }
        let result = act(&mut inner);
        if inner.kill == after {
            drop(inner);
            kill::die();
        }
        result
    }

    /// Somebody else is faster than this call, if a test says so.
    fn somebody_acts(&self, call: &StoreCall) {
        let planned = self.before.take();
        match planned {
            Some((awaited, deed)) if awaited == *call => deed(self),
            other => *self.before.borrow_mut() = other,
        }
    }

    fn draw(&self, end: usize) -> usize {
        let mut inner = self.inner.borrow_mut();
        usize::try_from(inner.order_rng.below(end as u64)).unwrap_or(0)
    }
}

/// A request under way. It reaches the vendor at one moment and comes back at a later one, and
/// others overtake it between.
struct Flying {
    index: usize,
    result: Option<Result<Response, ExchangeError>>,
}

impl Platform for SeededWorld {
    fn exchange(
        &self,
        requests: &[Request],
        in_flight_max: usize,
        done: &mut dyn FnMut(usize, Result<Response, ExchangeError>),
    ) {
        let mut waiting = 0..requests.len();
        let mut flying: Vec<Flying> = Vec::new();
        loop {
            let free = in_flight_max.max(1) - flying.len();
            flying.extend(waiting.by_ref().take(free).map(|index| Flying { index, result: None }));
            if flying.is_empty() {
                return;
            }
            let position = self.draw(flying.len());
            match flying[position].result.take() {
                None => {
                    let request = &requests[flying[position].index];
                    let result = self.call("request", |inner| {
                        let ms = inner.order_rng.below(REQUEST_MS_MAX);
                        inner.clock.advance(ms);
                        egress::send(inner, request)
                    });
                    flying[position].result = Some(result);
                }
                Some(result) => {
                    let index = flying.swap_remove(position).index;
                    done(index, result);
                }
            }
        }
    }

    fn get(&self, key: &str) -> Result<Option<Entry>, StateError> {
        self.call("get", |inner| {
            storage::answers(inner)?;
            Ok(inner.store.get(key))
        })
    }

    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, StateError> {
        self.call("get-many", |inner| {
            storage::answers(inner)?;
            Ok(keys.iter().map(|key| inner.store.get(key)).collect())
        })
    }

    fn scan(
        &self,
        prefix: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError> {
        self.somebody_acts(&StoreCall::Scan(prefix.to_owned()));
        self.call("scan", |inner| storage::scan(inner, prefix, start, limit))
    }

    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, StateError> {
        self.call("put-if", |inner| storage::put_if(inner, put))
    }

    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, StateError> {
        self.somebody_acts(&StoreCall::Delete(key.to_owned()));
        self.call("delete-if", |inner| storage::delete_if(inner, key, expected))
    }

    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError> {
        self.call("apply", |inner| storage::apply(inner, puts))
    }

    fn store_traits(&self) -> Result<StoreTraits, StateError> {
        self.call("traits", |inner| Ok(inner.store.traits))
    }

    fn now(&self) -> Instant {
        Instant(self.inner.borrow().clock.wall_ms)
    }

    fn monotonic_ms(&self) -> u64 {
        self.inner.borrow().clock.monotonic_ms
    }

    fn wait_until(&self, monotonic_ms: u64) {
        self.call("wait-until", |inner| {
            inner.clock.advance_to(monotonic_ms);
            let now = inner.clock.true_ms;
            inner.vendors.pump(now);
            inner.trace.note(format!("wait until {monotonic_ms}"));
        });
    }

    fn random(&self) -> u64 {
        self.call("random", |inner| inner.guest_rng.draw())
    }

    fn authorization(&self, connection: &str) -> Result<Token, CredentialError> {
        self.call("authorization", |inner| {
            let now = inner.clock.true_ms;
            inner.credentials.authorization(connection, now, &mut inner.vendors)
        })
    }

    fn rejected(&self, connection: &str, generation: u64) {
        self.call("rejected", |inner| inner.credentials.rejected(connection, generation));
    }

    fn log(&self, level: Level, message: &str, fields: &[(&str, String)]) {
        self.call("log", |inner| {
            let line = format!("{level:?} {message} {fields:?}");
            inner.trace.note(line.clone());
            inner.logs.push(line);
        });
    }

    fn progress(&self, stage: &str, done: u64, total: Option<u64>) {
        self.call("progress", |inner| {
            inner.trace.note(format!("progress {stage} {done} {total:?}"));
        });
    }
}
