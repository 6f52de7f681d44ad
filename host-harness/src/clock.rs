//! The wall clock of this process, and instants as people read them.
//!
//! Invariant: instants are milliseconds since 1970 in UTC, as in the WIT world.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::macros::format_description;

/// Now.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// How long until an instant; nothing if it has passed.
pub fn until(instant_ms: u64) -> Duration {
    Duration::from_millis(instant_ms.saturating_sub(now_ms()))
}

/// An instant as `2027-03-04 05:06:07 UTC`.
pub fn show_instant(instant_ms: u64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    i64::try_from(instant_ms / 1_000)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_else(|| format!("{instant_ms} ms after 1970"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_in_utc() {
        assert_eq!(show_instant(1_804_050_367_123), "2027-03-03 05:06:07 UTC");
        assert_eq!(show_instant(u64::MAX), format!("{} ms after 1970", u64::MAX));
    }
}
