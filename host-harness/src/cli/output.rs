//! Results for people or for machines.
//!
//! Invariant: with `--json` standard output holds JSON and nothing else. Whoever reads may stop
//! reading (`| head`): that is no failure of the command.

use std::fmt::Display;
use std::io::{ErrorKind, Write as _};
use std::sync::OnceLock;

use host_harness::bindings::consonance_smintio::connector::types::{Decision, Problem, Verdict};
use serde_json::{Value, json};

use super::exit::Failure;

/// How results are shown.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// JSON or text.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a machine reads it.
    pub fn is_json(self) -> bool {
        self.json
    }

    /// Shows a step of a longer command, to people only.
    pub fn note(self, text: &str) {
        if !self.json {
            line(without_padding(text));
        }
    }

    /// Shows a result: `machine` as one JSON document, or what `person` writes.
    pub fn show(self, machine: impl FnOnce() -> Value, person: impl FnOnce() -> String) {
        if self.json {
            line(machine());
        } else {
            line(without_padding(person().trim_end()));
        }
    }
}

/// Why results could not be written.
static LOST: OnceLock<std::io::Error> = OnceLock::new();

/// One line of results.
pub fn line(text: impl Display) {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => drop(LOST.set(error)),
        _ => {}
    }
}

/// Why some results could not be written; `None`: all were, or nobody reads any more.
pub fn lost() -> Option<&'static std::io::Error> {
    LOST.get()
}

/// So many of something: `1 change`, `2 changes`.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Tables pad their last column, which only gets in the way of `grep` and of a copy.
fn without_padding(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Shows why there is no result.
pub fn failure(failure: &Failure, as_json: bool) {
    eprintln!("{failure}");
    if as_json {
        let problems: Vec<Value> = failure.problems().iter().map(problem).collect();
        line(json!({ "error": failure.to_string(), "problems": problems }));
    }
}

/// A problem as one JSON object.
pub fn problem(problem: &Problem) -> Value {
    json!({
        "path": problem.path,
        "found": problem.found,
        "expected": problem.expected,
        "fix": problem.fix,
    })
}

/// A verdict as docs/RIGHTS.md spells it.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Cleared => "cleared",
        Verdict::ClearedUntil => "cleared_until",
        Verdict::NeedsReview => "needs_review",
        Verdict::Blocked => "blocked",
    }
}

/// A decision as one JSON object.
pub fn decision(found: &Decision) -> Value {
    let reasons: Vec<Value> = found
        .reasons
        .iter()
        .map(|reason| {
            json!({
                "code": reason.code,
                "dimension": reason.dimension,
                "key": reason.key,
                "term": reason.term,
            })
        })
        .collect();
    json!({
        "verdict": verdict(found.verdict),
        "until": found.until,
        "reasons": reasons,
        "deciding": found.deciding,
    })
}

/// A decision in a few words.
pub fn decision_in_words(found: &Decision) -> String {
    let mut text = verdict(found.verdict).replace('_', " ");
    if let Some(until) = &found.until {
        text = format!("{text} {until}");
    }
    let deciding = usize::try_from(found.deciding).unwrap_or(usize::MAX);
    let codes: Vec<&str> =
        found.reasons.iter().take(deciding).map(|reason| reason.code.as_str()).collect();
    if codes.is_empty() { text } else { format!("{text} ({})", codes.join(", ")) }
}
