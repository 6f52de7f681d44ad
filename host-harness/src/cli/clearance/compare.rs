//! A decision against what a case expects.
//!
//! Invariant: equal means the same verdict, the same day and the same set of codes at the
//! deciding severity; a case that expects nothing differs.

use std::collections::BTreeSet;

use host_harness::bindings::exports::consonance_smintio::connector::rights::Evaluation;
use serde_json::Value;

use crate::cli::output::verdict;

/// What differs, as one line, if anything does.
pub fn difference(case: &Value, evaluation: &Evaluation) -> Option<String> {
    let expect = &case["expect"];
    let id = &evaluation.id;
    if !expect.is_object() {
        return Some(format!("{id}: the case has no `expect`"));
    }
    let found = found(evaluation);
    let expected = Compared {
        verdict: text(&expect["verdict"]).unwrap_or_default(),
        until: text(&expect["until"]),
        codes: codes(&expect["reasons"]),
    };
    if case["id"].as_str().is_some_and(|wanted| wanted != id) {
        return Some(format!("{}: decided as {id}", case["id"]));
    }
    (found != expected).then(|| format!("{id}: expected {expected}, found {found}"))
}

/// The parts that are compared.
#[derive(PartialEq, Eq)]
struct Compared {
    verdict: String,
    until: Option<String>,
    codes: BTreeSet<String>,
}

impl std::fmt::Display for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.verdict)?;
        if let Some(until) = &self.until {
            write!(f, " {until}")?;
        }
        let codes: Vec<&str> = self.codes.iter().map(String::as_str).collect();
        write!(f, " [{}]", codes.join(" "))
    }
}

fn found(evaluation: &Evaluation) -> Compared {
    let decision = &evaluation.decision;
    let deciding = usize::try_from(decision.deciding).unwrap_or(usize::MAX);
    Compared {
        verdict: verdict(decision.verdict).to_owned(),
        until: decision.until.clone(),
        codes: decision.reasons.iter().take(deciding).map(|reason| reason.code.clone()).collect(),
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

fn codes(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use host_harness::bindings::consonance_smintio::connector::types::{Decision, Reason, Verdict};
    use serde_json::json;

    use super::*;

    fn reason(code: &str) -> Reason {
        Reason { code: code.into(), dimension: "time".into(), key: None, term: None }
    }

    fn evaluation() -> Evaluation {
        let decision = Decision {
            verdict: Verdict::ClearedUntil,
            until: Some("2027-01-31".to_owned()),
            reasons: vec![reason("B"), reason("A"), reason("MINOR")],
            deciding: 2,
        };
        Evaluation { id: "v1".to_owned(), decision }
    }

    #[test]
    fn verdict_day_and_deciding_codes_are_compared() {
        let good =
            json!({"verdict": "cleared_until", "until": "2027-01-31", "reasons": ["A", "B"]});
        let cases = [
            (good.clone(), None),
            (
                json!({"verdict": "cleared", "until": "2027-01-31", "reasons": ["A", "B"]}),
                Some("expected cleared "),
            ),
            (
                json!({"verdict": "cleared_until", "reasons": ["A", "B"]}),
                Some("found cleared_until 2027-01-31"),
            ),
            (
                json!({"verdict": "cleared_until", "until": "2027-01-31", "reasons": ["A"]}),
                Some("[A]"),
            ),
            (json!(null), Some("no `expect`")),
        ];
        for (expect, expected) in cases {
            let found = difference(&json!({"id": "v1", "expect": expect}), &evaluation());
            match expected {
                None => assert_eq!(found, None),
                Some(part) => assert!(found.unwrap().contains(part), "{part}"),
            }
        }
        let other = json!({"id": "v2", "expect": good});
        assert!(difference(&other, &evaluation()).unwrap().contains("decided as v1"));
    }
}
