//! Arguments other than the configuration, and what is wrong with them. Every check returns all
//! its problems, so that a caller mends them in one go.

use super::error::{ApiError, Problem};
use crate::model::date::{Day, parse_day};

/// What one call may use before it must stop and return `paused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How long it may run, in milliseconds of monotonic time.
    pub deadline_ms: u64,
    /// How many HTTP requests it may send.
    pub max_requests: u32,
    /// How many changes it may make at the vendors.
    pub max_writes: u32,
}

/// An hour: a run that needs more is resumed, and a platform's time-outs stay above it.
const DEADLINE_MS_MAX: u64 = 3_600_000;

impl Budget {
    /// The budget, if a call can work with it.
    pub fn checked(self) -> Result<Self, ApiError> {
        let mut problems = Vec::new();
        if !(1..=DEADLINE_MS_MAX).contains(&self.deadline_ms) {
            problems.push(Problem::new(
                "budget.deadline-ms",
                self.deadline_ms.to_string(),
                "1 to 3,600,000 milliseconds",
                "give each call at most an hour and call again after a pause",
            ));
        }
        if self.max_requests == 0 {
            problems.push(Problem::new(
                "budget.max-requests",
                "0",
                "1 or more",
                "allow at least one request, or do not call",
            ));
        }
        if problems.is_empty() { Ok(self) } else { Err(ApiError::InputInvalid(problems)) }
    }
}

/// A page size between 1 and `max`.
pub fn page_limit(limit: u32, max: u32) -> Result<usize, ApiError> {
    match usize::try_from(limit) {
        Ok(size) if (1..=max).contains(&limit) => Ok(size),
        _ => Err(ApiError::InputInvalid(vec![Problem::new(
            "limit",
            limit.to_string(),
            &format!("1 to {max}"),
            "ask for a smaller page and go on at its `next`",
        )])),
    }
}

/// A calendar day.
pub fn day(path: &str, text: &str) -> Result<Day, ApiError> {
    parse_day(text).ok_or_else(|| {
        ApiError::InputInvalid(vec![Problem::new(
            path,
            text,
            "a day that exists, as YYYY-MM-DD",
            "write the day like 2027-03-31",
        )])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn paths<T: std::fmt::Debug>(result: Result<T, ApiError>, expected: &[&str]) {
        let Err(ApiError::InputInvalid(problems)) = result else {
            panic!("not refused: {result:?}");
        };
        let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, expected);
    }

    #[test]
    fn a_budget_says_everything_that_is_wrong_with_it() {
        let budget =
            |deadline_ms, max_requests| Budget { deadline_ms, max_requests, max_writes: 0 };
        assert_eq!(budget(1, 1).checked(), Ok(budget(1, 1)));
        assert_eq!(budget(3_600_000, 1).checked(), Ok(budget(3_600_000, 1)));
        paths(budget(0, 1).checked(), &["budget.deadline-ms"]);
        paths(budget(3_600_001, 1).checked(), &["budget.deadline-ms"]);
        paths(budget(0, 0).checked(), &["budget.deadline-ms", "budget.max-requests"]);
    }

    #[test]
    fn page_sizes_have_both_bounds() {
        assert_eq!(page_limit(1, 1_000), Ok(1));
        assert_eq!(page_limit(1_000, 1_000), Ok(1_000));
        paths(page_limit(0, 1_000), &["limit"]);
        paths(page_limit(1_001, 1_000), &["limit"]);
    }

    #[test]
    fn days_must_exist() {
        assert!(day("until", "2028-02-29").is_ok());
        for text in ["2027-02-29", "2027-2-1", "01.02.2027", "2027-02-01T00:00:00Z", ""] {
            paths(day("until", text), &["until"]);
        }
    }
}
