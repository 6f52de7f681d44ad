//! How a running call is asked to end in an orderly way. Nothing in the world's interfaces says
//! "stop", but a call has a budget of time: the clock by which it measures that leaps ahead, so that
//! it finds its time used up, finishes what it is about, gives its leases back and pauses.
//!
//! Invariant: the clock leaps only while no request of a call is under way, so that no request is
//! given up for it and no answer is missed; and it never goes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use wasmtime_wasi::HostMonotonicClock;

/// More than the longest deadline that a budget can have, in nanoseconds.
const LEAP_NS: u64 = 3_600_001 * 1_000_000;

/// Whether the calls of a tenant shall end.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    asked: AtomicBool,
    under_way: AtomicUsize,
}

impl Stop {
    /// Asks every call, also later ones, to end.
    pub fn ask(&self) {
        self.0.asked.store(true, Ordering::SeqCst);
    }

    /// Counts a request as under way until the value is dropped.
    pub fn request(&self) -> UnderWay {
        self.0.under_way.fetch_add(1, Ordering::SeqCst);
        UnderWay(Arc::clone(&self.0))
    }

    /// The clock of one call.
    pub fn clock(&self) -> CallClock {
        CallClock { stop: self.clone(), began: Instant::now(), ahead_ns: AtomicU64::new(0) }
    }

    fn is_due(&self) -> bool {
        self.0.asked.load(Ordering::SeqCst) && self.0.under_way.load(Ordering::SeqCst) == 0
    }
}

/// A request whose answer the guest has not taken yet.
#[derive(Debug)]
pub struct UnderWay(Arc<Shared>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The monotonic clock of one call.
pub struct CallClock {
    stop: Stop,
    began: Instant,
    ahead_ns: AtomicU64,
}

impl HostMonotonicClock for CallClock {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        // With each reading: whenever a call took its beginning, the next reading is past its end.
        let leap = if self.stop.is_due() { LEAP_NS } else { 0 };
        let ahead = self.ahead_ns.load(Ordering::SeqCst).saturating_add(leap);
        self.ahead_ns.store(ahead, Ordering::SeqCst);
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX).saturating_add(ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_leaps_once_nothing_is_under_way() {
        let stop = Stop::default();
        let clock = stop.clock();
        let calm = clock.now();
        assert!(calm < LEAP_NS);
        let request = stop.request();
        stop.ask();
        assert!(clock.now() < LEAP_NS, "a request is under way");
        drop(request);
        let begun = clock.now();
        assert!(begun > LEAP_NS);
        let request = stop.request();
        assert!(clock.now() - begun < LEAP_NS, "time goes on, and does not go back");
        drop(request);
        assert!(clock.now() - begun > LEAP_NS, "a call that begins now ends, too");
    }
}
