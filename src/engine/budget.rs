//! What one call may use: time, requests, changes. Spent down as the run goes on.

use crate::model::date::Instant;
use crate::platform::Platform;

use super::stop::Stop;

/// What one call may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How long the call may run, in milliseconds of monotonic time.
    pub deadline_ms: u64,
    /// Requests.
    pub max_requests: u32,
    /// Changes at the vendors.
    pub max_writes: u32,
}

/// What is left of it.
#[derive(Debug)]
pub struct Budget {
    deadline: u64,
    requests_left: u32,
    writes_left: u32,
    max_writes: u32,
}

impl Budget {
    /// A fresh budget from now on.
    pub fn start(platform: &dyn Platform, allowance: Allowance) -> Self {
        Self {
            deadline: platform.monotonic_ms().saturating_add(allowance.deadline_ms),
            requests_left: allowance.max_requests,
            writes_left: allowance.max_writes,
            max_writes: allowance.max_writes,
        }
    }

    /// How many of `wanted` requests may still be sent.
    pub fn requests(&self, wanted: usize) -> usize {
        wanted.min(usize::try_from(self.requests_left).unwrap_or(usize::MAX))
    }

    /// Counts requests that were sent.
    pub fn spend_requests(&mut self, sent: usize) {
        let sent = u32::try_from(sent).unwrap_or(u32::MAX);
        self.requests_left = self.requests_left.saturating_sub(sent);
    }

    /// How many things that need so many requests each fit into what is left.
    pub fn of_requests(&self, each: u32) -> usize {
        usize::try_from(self.requests_left / each.max(1)).unwrap_or(usize::MAX)
    }

    /// How many of the first operations fit into what is left, given the changes of each.
    pub fn operations(&self, writes: impl Iterator<Item = usize>, requests_each: u32) -> usize {
        let left = usize::try_from(self.writes_left).unwrap_or(usize::MAX);
        let mut sum = 0_usize;
        let fit = |writes: &usize| {
            sum = sum.saturating_add(*writes);
            sum <= left
        };
        writes.take_while(fit).count().min(self.of_requests(requests_each))
    }

    /// Whether so many changes would not even fit into the whole budget.
    pub fn never_fits(&self, writes: usize) -> bool {
        writes > usize::try_from(self.max_writes).unwrap_or(usize::MAX)
    }

    /// Counts changes that were sent.
    pub fn spend_writes(&mut self, sent: usize) {
        let sent = u32::try_from(sent).unwrap_or(u32::MAX);
        self.writes_left = self.writes_left.saturating_sub(sent);
    }

    /// Milliseconds until the deadline.
    pub fn time_left_ms(&self, platform: &dyn Platform) -> u64 {
        self.deadline.saturating_sub(platform.monotonic_ms())
    }

    /// Stops the run if its time is up.
    pub fn check_time(&self, platform: &dyn Platform) -> Result<(), Stop> {
        if self.time_left_ms(platform) == 0 { Err(Stop::Paused(platform.now())) } else { Ok(()) }
    }

    /// Waits, unless the deadline comes first: then the run pauses until the wait would be over.
    pub fn wait(&self, platform: &dyn Platform, ms: u64) -> Result<(), Stop> {
        if self.time_left_ms(platform) <= ms {
            return Err(Stop::Paused(platform.now().plus_ms(ms)));
        }
        platform.wait_until(platform.monotonic_ms().saturating_add(ms));
        Ok(())
    }

    /// The end of a run that has used up its requests or changes.
    pub fn used_up(platform: &dyn Platform) -> Stop {
        let now: Instant = platform.now();
        Stop::Paused(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_fit_by_what_they_need() {
        let budget = |requests_left, writes_left| Budget {
            deadline: 0,
            requests_left,
            writes_left,
            max_writes: 4,
        };
        let fits = |budget: Budget| budget.operations([2, 2, 4].into_iter(), 10);
        assert_eq!(fits(budget(100, 100)), 3);
        assert_eq!(fits(budget(100, 4)), 2);
        assert_eq!(fits(budget(100, 3)), 1, "a small budget goes on all the same");
        assert_eq!(fits(budget(100, 1)), 0);
        assert_eq!(fits(budget(19, 100)), 1);
        assert!(!budget(1, 0).never_fits(4));
        assert!(budget(1, 0).never_fits(5));
    }
}
