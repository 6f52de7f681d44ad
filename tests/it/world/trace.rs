//! What happened, as a hash: two runs from one seed must give the same one. With `keep` the lines
//! stay, for a person who looks for the difference.

/// FNV-1a, continued from `hash`.
pub fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    let start = hash ^ 0xCBF2_9CE4_8422_2325;
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The events so far.
#[derive(Debug, Default)]
pub struct Trace {
    hash: u64,
    lines: Vec<String>,
    /// Whether lines are kept.
    pub keep: bool,
}

impl Trace {
    /// Adds an event.
    pub fn note(&mut self, line: String) {
        self.hash = fnv(self.hash, line.as_bytes());
        if self.keep {
            self.lines.push(line);
        }
    }

    /// The hash of all events so far.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The kept lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}
