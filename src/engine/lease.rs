//! One run at a time per stream. The lease is a hint about time and a proof by epoch: before each
//! effect the holder renews it by compare-and-swap, so a run that slept past its lease notices
//! before it writes. One stray request per lost lease is possible; the next run repairs it.

use crate::limits::LEASE_MS;
use crate::platform::Platform;
use crate::state::store::{self, StateFault};
use crate::state::{keys, lease::Lease};

use super::stop::Stop;

/// The leases that a run holds: that of its flow, and for a while that of the mirrors.
#[derive(Debug)]
pub struct Held {
    run_id: String,
    leases: Vec<One>,
}

#[derive(Debug)]
struct One {
    key: String,
    lease: Lease,
    version: u64,
}

/// Takes the lease of a stream.
pub fn acquire(platform: &dyn Platform, stream: &str, run_id: &str) -> Result<Held, Stop> {
    let lease = take(platform, stream, run_id)?;
    Ok(Held { run_id: run_id.to_owned(), leases: vec![lease] })
}

fn take(platform: &dyn Platform, stream: &str, run_id: &str) -> Result<One, Stop> {
    let key = keys::lease(stream);
    let current = store::get::<Lease>(platform, &key)?;
    let now = platform.now().0;
    if current.as_ref().is_some_and(|c| c.value.until > now) {
        return Err(Stop::Busy);
    }
    let epoch = current.as_ref().map_or(0, |c| c.value.epoch) + 1;
    let lease = Lease { epoch, run_id: run_id.to_owned(), until: now.saturating_add(LEASE_MS) };
    match store::put(platform, &key, current.map(|c| c.version), &lease) {
        Ok(version) => Ok(One { key, lease, version }),
        Err(StateFault::Conflict(_)) => Err(Stop::Busy),
        Err(other) => Err(other.into()),
    }
}

impl Held {
    /// Takes the lease of another stream, too.
    pub fn join(&mut self, platform: &dyn Platform, stream: &str) -> Result<(), Stop> {
        let lease = take(platform, stream, &self.run_id)?;
        self.leases.push(lease);
        Ok(())
    }

    /// Gives the lease of one stream back.
    pub fn leave(&mut self, platform: &dyn Platform, stream: &str) -> Result<(), Stop> {
        let key = keys::lease(stream);
        let of_stream = |one: &mut One| one.key == key;
        self.leases.extract_if(.., of_stream).try_for_each(|mut one| one.put_until(platform, 0))
    }

    /// Makes sure that we still hold all, for at least half their length from now.
    pub fn renew(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        self.leases.iter_mut().try_for_each(|one| one.renew(platform))
    }

    /// Gives all back, so that the next run need not wait.
    pub fn release(self, platform: &dyn Platform) -> Result<(), Stop> {
        let mut end = Ok(());
        for mut one in self.leases {
            end = end.and(one.put_until(platform, 0));
        }
        end
    }
}

impl One {
    fn renew(&mut self, platform: &dyn Platform) -> Result<(), Stop> {
        let now = platform.now().0;
        if self.lease.until > now.saturating_add(LEASE_MS / 2) {
            return Ok(());
        }
        self.put_until(platform, now.saturating_add(LEASE_MS))
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
