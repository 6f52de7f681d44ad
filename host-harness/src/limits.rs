//! What one call into the component may use, and the meter that enforces it.
//!
//! Invariant: every bound is a setting with a default and a reason; the guest can never make the
//! host allocate, wait or compute without limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use wasmtime::ResourceLimiter;

/// Bounds of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Linear memory of the guest. The engine of the connector stays flat far below it.
    pub memory_bytes_max: usize,
    /// Elements of one table. A Rust component has one table of some thousand functions.
    pub table_elements_max: usize,
    /// Live entries of the host's resource table: streams, bodies, pollables.
    pub resources_max: usize,
    /// Live handles on the guest's side.
    pub handles_max: usize,
    /// Bytes that the guest may hand to the host in one call of an import.
    pub import_bytes_max: usize,
    /// How long the guest may compute in one call, waits not counted.
    pub compute: Duration,
    /// How long a call without a budget of its own may last, waits included.
    pub call: Duration,
    /// How long past its budget a call may last before it is cut off.
    pub grace: Duration,
    /// How long one call of an import may last.
    pub import: Duration,
    /// Calls that may run at once in this process.
    pub calls_at_once_max: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes_max: 64 << 20,
            table_elements_max: 20_000,
            resources_max: 10_000,
            handles_max: 10_000,
            import_bytes_max: 32 << 20,
            compute: Duration::from_secs(300),
            call: Duration::from_secs(120),
            grace: Duration::from_secs(45),
            import: Duration::from_secs(45),
            calls_at_once_max: 16,
        }
    }
}

/// The largest memory that any call of a platform has reached, in bytes.
#[derive(Clone, Debug, Default)]
pub struct PeakMemory(Arc<AtomicUsize>);

impl PeakMemory {
    /// The peak so far.
    pub fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Begins anew, for a measurement of what comes next.
    pub fn forget(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn raise(&self, bytes: usize) {
        self.0.fetch_max(bytes, Ordering::Relaxed);
    }
}

/// How long the guest waited for the store in all calls of a platform, and how often.
#[derive(Clone, Debug, Default)]
pub struct StoreTime(Arc<(AtomicU64, AtomicU64)>);

impl StoreTime {
    /// The time and the number of calls so far.
    pub fn sum(&self) -> (Duration, u64) {
        let (nanoseconds, calls) = &*self.0;
        (Duration::from_nanos(nanoseconds.load(Ordering::Relaxed)), calls.load(Ordering::Relaxed))
    }

    /// Adds one call.
    pub fn add(&self, spent: Duration) {
        let (nanoseconds, calls) = &*self.0;
        let spent = u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX);
        nanoseconds.fetch_add(spent, Ordering::Relaxed);
        calls.fetch_add(1, Ordering::Relaxed);
    }
}

/// Allows or refuses growth, and remembers the peak.
#[derive(Debug)]
pub struct Meter {
    memory_bytes_max: usize,
    table_elements_max: usize,
    peak: PeakMemory,
}

impl Meter {
    /// A meter for one call.
    pub fn new(limits: &Limits, peak: PeakMemory) -> Self {
        Self {
            memory_bytes_max: limits.memory_bytes_max,
            table_elements_max: limits.table_elements_max,
            peak,
        }
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let allowed = desired <= self.memory_bytes_max;
        if allowed {
            self.peak.raise(desired);
        } else {
            tracing::warn!(desired, limit = self.memory_bytes_max, "the guest asks for memory");
        }
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= self.table_elements_max)
    }

    // A component made by the stock tool chain is one module and two small shims.
    fn instances(&self) -> usize {
        16
    }

    fn tables(&self) -> usize {
        16
    }

    fn memories(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_stops_at_the_cap_and_the_peak_is_kept() {
        let peak = PeakMemory::default();
        let mut meter = Meter::new(&Limits::default(), peak.clone());
        for (desired, allowed) in [(1 << 20, true), (64 << 20, true), ((64 << 20) + 1, false)] {
            assert_eq!(meter.memory_growing(0, desired, None).unwrap(), allowed, "{desired}");
        }
        assert_eq!(peak.bytes(), 64 << 20);
        assert!(!meter.table_growing(0, 20_001, None).unwrap());
    }
}
