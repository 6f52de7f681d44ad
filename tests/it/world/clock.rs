//! Time, which moves only when somebody says so.

/// Three clocks in milliseconds. They move together; a test may set the wall clock apart.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// What the connector sees, since 1970.
    pub wall_ms: u64,
    /// What the vendors see, since 1970.
    pub true_ms: u64,
    /// Since the world began.
    pub monotonic_ms: u64,
}

impl Clock {
    /// The clocks at the beginning.
    pub fn new(start_ms: u64) -> Self {
        Self { wall_ms: start_ms, true_ms: start_ms, monotonic_ms: 0 }
    }

    /// All clocks go on.
    pub fn advance(&mut self, ms: u64) {
        for clock in [&mut self.wall_ms, &mut self.true_ms, &mut self.monotonic_ms] {
            *clock = clock.saturating_add(ms);
        }
    }

    /// All clocks go on until the monotonic one shows `monotonic_ms`; a past instant is now.
    pub fn advance_to(&mut self, monotonic_ms: u64) {
        self.advance(monotonic_ms.saturating_sub(self.monotonic_ms));
    }
}
