//! Times, and what they were measured on.
//!
//! Invariant: percentiles are of the samples themselves, never interpolated.

use std::time::Duration;

use host_harness::clock::{now_ms, show_instant};

/// The sample below which a share of all samples lies.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

/// Microseconds with one decimal.
pub fn microseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e7).round() / 10.0
}

/// Seconds with two decimals.
pub fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100.0).round() / 100.0
}

/// A quotient with two decimals.
pub fn ratio(above: Duration, below: Duration) -> f64 {
    (above.as_secs_f64() / below.as_secs_f64() * 100.0).round() / 100.0
}

/// How often a second, as a whole number.
pub fn per_second(count: usize, time: Duration) -> u64 {
    (count as f64 / time.as_secs_f64()).round() as u64
}

/// The processor and how many of its cores there are.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("processor not named", |(_, name)| name);
    format!("{cores} cores, {name}")
}

/// How busy the machine is, this measurement included: processes that want to run, averaged over
/// the last 1, 5 and 15 minutes.
pub fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let shown: Vec<&str> = load.split_whitespace().take(3).collect();
    if shown.is_empty() { "not known".to_owned() } else { shown.join(" ") }
}

/// The moment of the measurement.
pub fn today() -> String {
    show_instant(now_ms())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples() {
        let samples: Vec<Duration> = (1..=101).map(Duration::from_micros).collect();
        for (share, expected) in [(0.0, 1), (0.5, 51), (0.99, 100), (1.0, 101)] {
            assert_eq!(percentile(&samples, share), Duration::from_micros(expected), "{share}");
        }
        assert_eq!(percentile(&[], 0.5), Duration::ZERO);
    }
}
