//! A seeded stream of numbers for each thing that is made, so that one more title changes no other.

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Rng(u64);

impl Rng {
    /// The stream for one thing: the world's seed, what it is, and its number.
    pub fn new(seed: u64, what: &str, number: usize) -> Self {
        // FNV-1a keeps streams of different names apart.
        let name = what.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut rng = Self(seed ^ name.rotate_left(17) ^ (number as u64).wrapping_mul(0x9e37_79b9));
        rng.next();
        rng
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `limit` (which is at least 1).
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).unsigned_abs() + 1) as i64
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of the choices.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let first = |seed, what, number| Rng::new(seed, what, number).next();
        assert_eq!(first(1, "title", 2), first(1, "title", 2));
        for other in [first(2, "title", 2), first(1, "asset", 2), first(1, "title", 3)] {
            assert_ne!(first(1, "title", 2), other);
        }
        let mut rng = Rng::new(1, "x", 0);
        assert!((0..1000).all(|_| (3..=5).contains(&rng.between(3, 5))));
        let hits = (0..10_000).filter(|_| rng.percent(30)).count();
        assert!((2800..3200).contains(&hits), "{hits}");
    }
}
