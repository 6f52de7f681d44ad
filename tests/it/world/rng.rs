//! Chance from a seed: splitmix64. The same seed gives the same numbers on every machine.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed for one purpose. Purposes have streams of their own, so that a new
    /// draw for one of them does not change what the others see.
    pub fn new(seed: u64, purpose: &str) -> Self {
        Self(super::trace::fnv(seed, purpose.as_bytes()))
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to and without `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.draw().checked_rem(end).unwrap_or(0)
    }

    /// Whether something happens that happens `rate` times in 10,000. A rate of 0 draws nothing.
    pub fn hit(&mut self, rate: u32) -> bool {
        rate > 0 && self.below(10_000) < u64::from(rate)
    }
}
