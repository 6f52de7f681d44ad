//! Smint.io's time stamps as UTC days: RFC 3339, a plain date, or the nested object of the Java
//! client. What cannot be read is never taken for "no date".

use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::model::date::{Day, parse_day};
use crate::vendor::wire::Json;

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The UTC day.
    pub day: Day,
    /// Whether it is the first instant of that day.
    pub midnight: bool,
}

impl Stamp {
    /// The first day that lies wholly at or after it.
    pub fn first_whole_day(self) -> Day {
        if self.midnight { self.day } else { self.day.next_day().unwrap_or(self.day) }
    }
}

/// Reads a stamp in any of the three forms; `None`: it is none of them.
pub fn read(json: &Json) -> Option<Stamp> {
    match json {
        Json::String(text) => text_stamp(text.trim()),
        Json::Object(_) => nested(json),
        _ => None,
    }
}

fn text_stamp(text: &str) -> Option<Stamp> {
    if let Some(day) = parse_day(text) {
        return Some(Stamp { day, midnight: true });
    }
    utc(OffsetDateTime::parse(text, &Rfc3339).ok()?)
}

/// `{dateTime: {date: {year, month, day}, time: {hour, minute, second, nano}}, offset: {totalSeconds}}`.
fn nested(json: &Json) -> Option<Stamp> {
    let number = |path: &str| json.pointer(path).and_then(Json::as_i64);
    let small = |path: &str| number(path).and_then(|n| u8::try_from(n).ok());
    let date = Date::from_calendar_date(
        i32::try_from(number("/dateTime/date/year")?).ok()?,
        Month::try_from(small("/dateTime/date/month")?).ok()?,
        small("/dateTime/date/day")?,
    );
    let clock = Time::from_hms_nano(
        small("/dateTime/time/hour")?,
        small("/dateTime/time/minute")?,
        small("/dateTime/time/second").unwrap_or(0),
        number("/dateTime/time/nano").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
    );
    let offset = i32::try_from(number("/offset/totalSeconds")?).ok()?;
    let offset = UtcOffset::from_whole_seconds(offset).ok()?;
    utc(PrimitiveDateTime::new(date.ok()?, clock.ok()?).assume_offset(offset))
}

/// The day in UTC. At the calendar's ends the day moves no further.
fn utc(at: OffsetDateTime) -> Option<Stamp> {
    let local = PrimitiveDateTime::new(at.date(), at.time());
    let shift = Duration::seconds(i64::from(at.offset().whole_seconds()));
    let utc = local.checked_sub(shift).unwrap_or(local);
    Some(Stamp { day: utc.date(), midnight: utc.time() == Time::MIDNIGHT })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::show_day;

    fn check(json: &str, expected: Option<(&str, bool)>) {
        let found = read(&crate::vendor::wire::tree(json.as_bytes(), 1_000).unwrap());
        let found = found.map(|s| (show_day(s.day), s.midnight));
        assert_eq!(found, expected.map(|(d, m)| (d.to_owned(), m)), "{json}");
    }

    #[test]
    fn three_forms_and_nonsense() {
        check(r#""2019-07-01T05:18:51.397267+00:00""#, Some(("2019-07-01", false)));
        check(r#""2026-12-31T23:30:00-05:00""#, Some(("2027-01-01", false)));
        check(r#""2026-05-01T00:00:00+02:00""#, Some(("2026-04-30", false)));
        check(r#""2026-05-01T00:00:00Z""#, Some(("2026-05-01", true)));
        check(r#""2026-05-01""#, Some(("2026-05-01", true)));
        check(r#""9999-12-31T23:59:59.9999999-08:00""#, Some(("9999-12-31", false)));
        check(r#""0001-01-01T00:00:00+00:00""#, Some(("0001-01-01", true)));
        check(r#""2026-05-01T00:00:00""#, None);
        check(r#""2026-02-30""#, None);
        check(r#""soon""#, None);
        check(r#""""#, None);
        check("20260501", None);
        check(
            r#"{"dateTime":{"date":{"year":2019,"month":7,"day":1},"time":{"hour":23,"minute":18,"second":51,"nano":397267000}},"offset":{"totalSeconds":-7200}}"#,
            Some(("2019-07-02", false)),
        );
        check(
            r#"{"dateTime":{"date":{"year":2019,"month":13,"day":1},"time":{"hour":5,"minute":18}},"offset":{"totalSeconds":0}}"#,
            None,
        );
        check(r#"{"dateTime":{"date":{"year":2019,"month":7,"day":1}}}"#, None);
        check(r#"{"dateTime":{"date":{"year":9e18,"month":7,"day":1}}}"#, None);
    }

    #[test]
    fn an_embargo_starts_with_the_first_whole_day() {
        let first = |text: &str| show_day(read(&Json::from(text)).unwrap().first_whole_day());
        assert_eq!(first("2026-05-01T00:00:00+02:00"), "2026-05-01");
        assert_eq!(first("2026-05-01T00:00:00Z"), "2026-05-01");
        assert_eq!(first("2026-05-01T08:00:00Z"), "2026-05-02");
        assert_eq!(first("9999-12-31T23:59:59Z"), "9999-12-31");
    }
}
