//! When a request is sent again, and after how long. Pure: the caller waits and sends.
//! Attempts, base delays and the bucket follow what the AWS SDKs do ("standard" retry mode).

use crate::fault::Fault;
use crate::limits::{ATTEMPTS_MAX, WAIT_INSIDE_MS_MAX};

/// First delay after a passing fault, doubled each time.
const BASE_MS: u64 = 50;
/// First delay after the vendor asked to slow down, doubled each time.
const BASE_THROTTLED_MS: u64 = 1_000;
/// Retries cost tokens, so that a vendor in trouble is not hit by four times the load.
const BUCKET: u32 = 500;
const COST: u32 = 14;
const COST_THROTTLED: u32 = 5;
const REFUND: u32 = 1;

/// The retry budget of a run.
#[derive(Debug)]
pub struct Bucket(u32);

impl Default for Bucket {
    fn default() -> Self {
        Self(BUCKET)
    }
}

impl Bucket {
    /// A success gives back a little.
    pub fn refund(&mut self) {
        self.0 = (self.0 + REFUND).min(BUCKET);
    }

    fn take(&mut self, cost: u32) -> bool {
        match self.0.checked_sub(cost) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// The wait before the next attempt, or `None` if there shall be none. `attempt` counts from 1;
/// `random` is uniform.
pub fn next_wait_ms(bucket: &mut Bucket, fault: &Fault, attempt: u32, random: u64) -> Option<u64> {
    if attempt >= ATTEMPTS_MAX {
        return None;
    }
    let doubled = |base: u64| base.saturating_mul(1 << attempt.saturating_sub(1).min(10));
    let (cost, least, spread) = match fault {
        Fault::Transient(_) | Fault::Unreadable(_) => (COST, 0, doubled(BASE_MS)),
        Fault::Throttled { wait_ms: Some(asked), .. } => (COST_THROTTLED, *asked, BASE_MS),
        Fault::Throttled { wait_ms: None, .. } => (COST_THROTTLED, 0, doubled(BASE_THROTTLED_MS)),
        _ => return None,
    };
    let wait = least.saturating_add(random % (spread.min(WAIT_INSIDE_MS_MAX) + 1));
    (wait <= WAIT_INSIDE_MS_MAX && bucket.take(cost)).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttled(wait_ms: Option<u64>) -> Fault {
        Fault::Throttled { wait_ms, detail: String::new() }
    }

    #[test]
    fn retries_passing_faults_within_bounds() {
        let mut bucket = Bucket::default();
        for attempt in 1..ATTEMPTS_MAX {
            let wait =
                next_wait_ms(&mut bucket, &Fault::Transient(String::new()), attempt, u64::MAX);
            assert!(wait.is_some_and(|w| w <= BASE_MS << (attempt - 1)), "{attempt}: {wait:?}");
        }
        assert_eq!(next_wait_ms(&mut bucket, &throttled(None), ATTEMPTS_MAX, 0), None);
    }

    #[test]
    fn honours_the_vendor_and_gives_long_waits_back() {
        let mut bucket = Bucket::default();
        assert_eq!(next_wait_ms(&mut bucket, &throttled(Some(7_000)), 1, 0), Some(7_000));
        assert_eq!(next_wait_ms(&mut bucket, &throttled(Some(20_001)), 1, 0), None);
    }

    #[test]
    fn never_repeats_what_may_have_happened_or_was_refused() {
        let mut bucket = Bucket::default();
        for fault in [
            Fault::Unknown(String::new()),
            Fault::Denied(String::new()),
            Fault::Refused(String::new()),
            Fault::NotFound(String::new()),
            Fault::Unauthorized,
        ] {
            assert_eq!(next_wait_ms(&mut bucket, &fault, 1, 0), None, "{fault:?}");
        }
    }

    #[test]
    fn a_vendor_in_trouble_is_left_alone() {
        let mut bucket = Bucket::default();
        let fault = Fault::Transient(String::new());
        let granted = (0..1_000).filter(|_| next_wait_ms(&mut bucket, &fault, 1, 0).is_some());
        assert_eq!(granted.count(), 35);
    }
}
