//! The seeded in-process world: both vendors' cores, a store, clocks and chance behind the
//! connector's `Platform`. Invariants: nothing happens that the seed and the test did not say, so
//! one seed gives one trace; store, credentials and vendors outlive the connector.

mod clock;
mod credentials;
mod egress;
mod faults;
mod kill;
mod platform;
mod rng;
mod storage;
mod store;
mod trace;
mod vendors;

#[cfg(test)]
mod tests;

pub use credentials::Secret;
pub use faults::FaultOptions;
pub use kill::{Ending, KillAt, When, run_killed};
pub use rng::Rng;
pub use vendors::{Shared, Vendors, split};

use clock::Clock;
use consonance_smintio::model::date::Instant;
use credentials::Credentials;
use simulators::http::Vendor;
use std::cell::RefCell;
use std::collections::BTreeMap;
use store::Store;
use trace::Trace;

/// A call to the store that somebody else is faster than.
#[derive(Debug, PartialEq, Eq)]
enum StoreCall {
    /// A key is deleted.
    Delete(String),
    /// Keys with this prefix are listed.
    Scan(String),
}

/// What somebody else does.
type Deed = Box<dyn FnOnce(&SeededWorld) + Send>;

/// The world of a seed.
pub struct SeededWorld {
    seed: u64,
    /// What somebody else does just before the connector makes this call to the store.
    before: RefCell<Option<(StoreCall, Deed)>>,
    inner: RefCell<Inner>,
}

/// What is behind the trait.
struct Inner {
    clock: Clock,
    store: Store,
    vendors: Vendors,
    credentials: Credentials,
    options: FaultOptions,
    fault_rng: Rng,
    order_rng: Rng,
    guest_rng: Rng,
    /// The calls since counting began, by name.
    calls: Vec<&'static str>,
    kill: Option<KillAt>,
    logs: Vec<String>,
    trace: Trace,
}

impl SeededWorld {
    /// A world without vendors and faults.
    pub fn new(seed: u64, start: Instant) -> Self {
        let inner = Inner {
            clock: Clock::new(start.0),
            store: Store::default(),
            vendors: Vendors::default(),
            credentials: Credentials::default(),
            options: FaultOptions::none(),
            fault_rng: Rng::new(seed, "faults"),
            order_rng: Rng::new(seed, "order"),
            guest_rng: Rng::new(seed, "guest"),
            calls: Vec::new(),
            kill: None,
            logs: Vec::new(),
            trace: Trace::default(),
        };
        Self { seed, before: RefCell::default(), inner: RefCell::new(inner) }
    }

    /// With a vendor at its origins (`http://host:port`). Pass a `Shared` to keep a hand on it.
    /// An answer with status 0 never arrives, for wrappers that swallow answers.
    #[must_use]
    pub fn vendor(self, origins: &[&str], vendor: impl Vendor + 'static) -> Self {
        self.inner.borrow_mut().vendors.add(origins, Box::new(vendor));
        self
    }

    /// With a connection whose secret goes to one origin.
    #[must_use]
    pub fn connection(self, name: &str, origin: &str, secret: Secret) -> Self {
        self.inner.borrow_mut().credentials.add(name, origin, secret);
        self
    }

    /// From now on these faults happen. `FaultOptions::none()` heals the world.
    pub fn set_faults(&self, options: FaultOptions) {
        self.inner.borrow_mut().options = options;
    }

    /// Time passes between two runs.
    pub fn advance(&self, ms: u64) {
        let mut inner = self.inner.borrow_mut();
        inner.clock.advance(ms);
        let now = inner.clock.true_ms;
        inner.vendors.pump(now);
    }

    /// Somebody sets the connector's wall clock; the monotonic one and the vendors' go on.
    pub fn set_wall_clock(&self, now: Instant) {
        self.inner.borrow_mut().clock.wall_ms = now.0;
    }

    /// Everything that is stored, with which worlds are compared.
    pub fn state(&self) -> BTreeMap<String, Vec<u8>> {
        self.inner.borrow().store.contents()
    }

    /// Damages the store: writes a value whatever is there.
    pub fn overwrite(&self, key: &str, value: &[u8]) {
        self.inner.borrow_mut().store.put(key, value.to_vec());
    }

    /// Somebody else acts on the same store, once, just before the connector deletes this key.
    pub fn before_delete(&self, key: &str, deed: impl FnOnce(&Self) + Send + 'static) {
        *self.before.borrow_mut() = Some((StoreCall::Delete(key.to_owned()), Box::new(deed)));
    }

    /// The same, just before it lists the keys with this prefix.
    pub fn before_scan(&self, prefix: &str, deed: impl FnOnce(&Self) + Send + 'static) {
        *self.before.borrow_mut() = Some((StoreCall::Scan(prefix.to_owned()), Box::new(deed)));
    }

    /// Names of the calls since counting began: how often and where a run can be killed. Killing
    /// at `log` and `progress` differs from killing at the next call by nothing that lasts.
    pub fn calls(&self) -> Vec<&'static str> {
        self.inner.borrow().calls.clone()
    }

    /// Begins counting at 1 again.
    pub fn count_anew(&self) {
        self.inner.borrow_mut().calls.clear();
    }

    /// The log so far.
    pub fn logs(&self) -> Vec<String> {
        self.inner.borrow().logs.clone()
    }

    /// Keeps the lines of the trace from now on.
    pub fn keep_trace(&self) {
        self.inner.borrow_mut().trace.keep = true;
    }

    /// The kept lines.
    pub fn trace(&self) -> Vec<String> {
        self.inner.borrow().trace.lines().to_vec()
    }

    /// The hash of everything that happened.
    pub fn trace_hash(&self) -> u64 {
        self.inner.borrow().trace.hash()
    }

    /// What a failing test prints, so that it can be run again.
    pub fn record(&self) -> String {
        let inner = self.inner.borrow();
        format!("seed {} at call {}; {}", self.seed, inner.calls.len(), inner.options)
    }

    fn arm(&self, kill: Option<KillAt>) {
        self.inner.borrow_mut().kill = kill;
    }
}
