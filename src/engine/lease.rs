//! One run at a time per stream. The lease is a hint about time and a proof by epoch: before each
//! effect the holder renews it by compare-and-swap, so a run that slept past its lease notices
//! before it writes. One stray request per lost lease is possible; the next run repairs it.

use crate::limits::LEASE_MS;
use crate::platform::Platform;
use crate::state::store::{self, StateFault};
use crate::state::{keys, lease::Lease};

use super::stop::Stop;

/// A lease that we hold.
#[derive(Debug)]
pub struct Held {
    key: String,
    lease: Lease,
    version: u64,
}

/// Takes the lease of a stream.
pub fn acquire(platform: &dyn Platform, stream: &str, run_id: &str) -> Result<Held, Stop> {
    let key = keys::lease(stream);
    let current = store::get::<Lease>(platform, &key)?;
    let now = platform.now().0;
    if current.as_ref().is_some_and(|c| c.value.until > now) {
        return Err(Stop::Busy);
    }
    let epoch = current.as_ref().map_or(0, |c| c.value.epoch) + 1;
    let lease = Lease { epoch, run_id: run_id.to_owned(), until: now.saturating_add(LEASE_MS) };
    match store::put(platform, &key, current.map(|c| c.version), &lease) {
        Ok(version) => Ok(Held { key, lease, version }),
        Err(StateFault::Conflict(_)) => Err(Stop::Busy),
        Err(other) => Err(other.into()),
    }
}

impl Held {
    /// Makes sure that we still hold it, for at least half its length from now.
    pub fn renew(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        let now = platform.now().0;
        if self.lease.until > now.saturating_add(LEASE_MS / 2) {
            return Ok(());
        }
        self.put_until(platform, now.saturating_add(LEASE_MS))
    }

    /// Gives it back, so that the next run need not wait.
    pub fn release(mut self, platform: &dyn Platform) -> Result<(), Stop> {
        self.put_until(platform, 0)
    }

    fn put_until(&mut self, platform: &dyn Platform, until: u64) -> Result<(), Stop> {
        let lease = Lease { until, ..self.lease.clone() };
        match store::put(platform, &self.key, Some(self.version), &lease) {
            Ok(version) => {
                self.version = version;
                self.lease = lease;
                Ok(())
            }
            Err(StateFault::Conflict(_)) => Err(Stop::Busy),
            Err(other) => Err(other.into()),
        }
    }
}
