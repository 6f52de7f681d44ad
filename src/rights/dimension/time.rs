//! Time: the licence window against the use window, in whole days. An imprecise first day is
//! compared at both ends; where the ends disagree, nothing is known.

use crate::model::date::{Day, show_day};
use crate::model::licence::Bound;
use crate::rights::asked::{Use, UseFrom};
use crate::rights::findings::Findings;
use crate::rights::reason::{Code, Dimension, Key};

const DIMENSION: Dimension = Dimension::Time;

/// The dates of a grant.
#[derive(Clone, Debug, Default)]
pub(in crate::rights) struct Window {
    /// First day.
    pub from: Bound,
    /// Last day.
    pub until: Bound,
    /// The first use must be by this day.
    pub first_use: Bound,
}

/// Compares the windows. `ended` is the code for a grant that is over.
pub(in crate::rights) fn check(window: &Window, ended: Code, asked: &Use, findings: &mut Findings) {
    let first_days = match asked.use_from {
        UseFrom::Day(day) => Some((day, day)),
        UseFrom::Between(a, b) => Some((a.min(b), a.max(b))),
        UseFrom::Unknown => None,
    };
    check_use(asked, first_days, findings);
    let is_bound = [&window.from, &window.until, &window.first_use];
    if first_days.is_none() && is_bound.iter().any(|bound| **bound != Bound::None) {
        findings.review(Code::UseDateUnknown, DIMENSION, Key::None);
    }
    if let Some(first) = day_of(&window.from, findings) {
        compare(first_days, |day| day < first, (Code::NotYetValid, first), findings);
    }
    if let Some(last) = day_of(&window.until, findings) {
        if asked.today > last {
            findings.fail(ended, DIMENSION, Key::Text(show_day(last).into()));
        } else {
            compare(first_days, |day| day > last, (ended, last), findings);
        }
        if asked.use_until.is_none_or(|day| day > last) {
            findings.ends(last);
        }
    }
    if let Some(deadline) = day_of(&window.first_use, findings) {
        let missed = (Code::FirstUseDeadlineMissed, deadline);
        compare(first_days, |day| day > deadline, missed, findings);
    }
}

/// A use that ends before it begins is a contradiction; one that may do so is imprecise.
fn check_use(asked: &Use, first_days: Option<(Day, Day)>, findings: &mut Findings) {
    let reversed = matches!(asked.use_from, UseFrom::Between(a, b) if a > b);
    let ends_before = |day: Day| asked.use_until.is_some_and(|until| until < day);
    match first_days {
        _ if reversed => {
            findings.review_use(Code::DatesContradictory, Dimension::Use, Key::None);
        }
        Some((earliest, _)) if ends_before(earliest) => {
            findings.review_use(Code::DatesContradictory, Dimension::Use, Key::None);
        }
        Some((_, latest)) if ends_before(latest) => {
            findings.review_use(Code::DateImprecise, Dimension::Use, Key::None);
        }
        _ => {}
    }
}

/// The day of a bound. Something that is no date is unknown, never no limit.
fn day_of(bound: &Bound, findings: &mut Findings) -> Option<Day> {
    match bound {
        Bound::None => None,
        Bound::Day(day) => Some(*day),
        Bound::Unreadable(text) => {
            findings.review(Code::DateImprecise, DIMENSION, Key::Text(text.as_str().into()));
            None
        }
    }
}

fn compare(
    first_days: Option<(Day, Day)>,
    fails: impl Fn(Day) -> bool,
    (code, bound): (Code, Day),
    findings: &mut Findings,
) {
    let Some((earliest, latest)) = first_days else { return };
    let key = || Key::Text(show_day(bound).into());
    match (fails(earliest), fails(latest)) {
        (false, false) => {}
        (true, true) => findings.fail(code, DIMENSION, key()),
        _ => findings.review(Code::DateImprecise, DIMENSION, key()),
    }
}
