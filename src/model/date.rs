//! Calendar days and instants. There is no clock here: instants come in as values.

/// A calendar day (proleptic Gregorian, years -9999 to 9999).
pub type Day = time::Date;

/// Reads `YYYY-MM-DD`, nothing else.
pub fn parse_day(text: &str) -> Option<Day> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    Day::parse(text, &format).ok()
}

/// `YYYY-MM-DD`.
pub fn show_day(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// An instant in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub u64);

impl Instant {
    /// The UTC day it falls on. Instants beyond the calendar's end fall on its last day.
    pub fn day(self) -> Day {
        let seconds = i64::try_from(self.0 / 1000).unwrap_or(i64::MAX);
        time::OffsetDateTime::from_unix_timestamp(seconds)
            .map_or(Day::MAX, time::OffsetDateTime::date)
    }

    /// Later by so many milliseconds.
    #[must_use]
    pub fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}
