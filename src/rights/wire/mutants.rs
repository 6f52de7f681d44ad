//! Worked cases with bad values in them. Whatever stands in a field, the decision never panics, is
//! the same when asked again, and is never better for the bad value than a law of docs/RIGHTS.md
//! allows. A failure prints seed and number; the same numbers make the same mutant.

use std::cmp::Reverse;

use serde_json::Value;

use super::tests::every_case;
use super::*;
use crate::rights::laws::random::Random;
use crate::rights::{Decision, Verdict};

mod damage;

use damage::{DAMAGES, Law};

/// Mutants of one test run.
const MUTANTS: u64 = 20_000;
/// Mutants of the long run, which is started by hand.
const MUTANTS_LONG: u64 = 5_000_000;
/// The seed of both.
const SEED: u64 = 2_026;

#[test]
fn no_bad_value_improves_a_verdict() {
    mutate(MUTANTS);
}

/// `cargo test --release --lib five_million -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes: 5,000,000 mutants, started by hand"]
fn no_bad_value_of_five_million_improves_a_verdict() {
    mutate(MUTANTS_LONG);
}

/// A worked case with its answer before any damage.
struct Worked {
    json: Value,
    decision: Decision,
}

fn worked() -> Vec<Worked> {
    let read = |json: Value| {
        let case = read_case(&json.to_string()).expect("a worked case");
        Worked { json, decision: evaluate(&case) }
    };
    every_case().into_iter().map(read).collect()
}

fn mutate(count: u64) {
    let worked = worked();
    let mut applied = vec![0_u64; DAMAGES.len()];
    let mut verdicts = [0_u64; 4];
    let mut refused = 0_u64;
    let mut random = Random::new(SEED);
    let mut done = 0;
    while done < count {
        let at = usize::try_from(random.below(worked.len() as u64)).expect("an index");
        let case = &worked[at];
        let mut json = case.json.clone();
        let Some((law, names)) = damage(&mut random, &mut json, &mut applied) else { continue };
        done += 1;
        let said = || format!("seed {SEED}, mutant {done}, {names:?}: {json}");
        // A misspelt field of ours is a problem, and a problem clears nothing.
        let Ok(mutant) = read_case(&json.to_string()) else {
            refused += 1;
            continue;
        };
        let decision = evaluate(&mutant);
        verdicts[decision.verdict as usize] += 1;
        assert_eq!(decision, evaluate(&mutant), "another answer: {}", said());
        well_formed(&decision, &said);
        assert!(law.holds(&case.decision, &decision), "{law:?} is broken: {}", said());
    }
    for (damage, applied) in DAMAGES.iter().zip(&applied) {
        assert!(*applied > count / 1_000, "{} was done {applied} times only", damage.name);
    }
    assert!(verdicts.iter().all(|n| *n > count / 1_000), "{verdicts:?}");
    eprintln!("seed {SEED}: {count} mutants, verdicts {verdicts:?}, refused as misspelt {refused}");
}

/// One to three bad values. Together they promise what the weakest of them promises.
fn damage(
    random: &mut Random,
    json: &mut Value,
    applied: &mut [u64],
) -> Option<(Law, Vec<&'static str>)> {
    let mut law = Law::NeverBetter;
    let mut names = Vec::new();
    for _ in 0..=random.below(3) {
        let at = usize::try_from(random.below(DAMAGES.len() as u64)).expect("an index");
        let damage = &DAMAGES[at];
        if (damage.act)(random, json) {
            applied[at] += 1;
            law = law.max(damage.law);
            names.push(damage.name);
        }
    }
    (!names.is_empty()).then_some((law, names))
}

fn well_formed(decision: &Decision, said: &dyn Fn() -> String) {
    let weight = decision.verdict.weight();
    let deciding = decision.deciding_reasons();
    assert!(deciding.iter().all(|reason| Some(reason.weight) == weight), "{}", said());
    assert_eq!(decision.until.is_some(), decision.verdict == Verdict::ClearedUntil, "{}", said());
    assert!(decision.verdict == Verdict::Cleared || !deciding.is_empty(), "{}", said());
    assert!(!crate::rights::sentence(decision).is_empty(), "{}", said());
}

impl Law {
    fn holds(self, was: &Decision, is: &Decision) -> bool {
        let goodness = |decision: &Decision| (decision.verdict, Reverse(decision.until));
        let never_better = goodness(is) >= goodness(was);
        match self {
            Self::NeverBetter => never_better,
            Self::SoftensAtMost => {
                never_better
                    || (was.verdict, is.verdict) == (Verdict::Blocked, Verdict::NeedsReview)
            }
        }
    }
}

/// The harness itself: a decision that a bad value improved is found.
#[test]
fn an_improvement_would_be_found() {
    let cleared = worked().into_iter().find(|w| w.decision.verdict == Verdict::Cleared);
    let blocked = worked().into_iter().find(|w| w.decision.verdict == Verdict::Blocked);
    let (cleared, blocked) = (cleared.expect("a case").decision, blocked.expect("a case").decision);
    for law in [Law::NeverBetter, Law::SoftensAtMost] {
        assert!(law.holds(&cleared, &blocked) && !law.holds(&blocked, &cleared));
    }
    let mut review = blocked.clone();
    review.verdict = Verdict::NeedsReview;
    assert!(Law::SoftensAtMost.holds(&blocked, &review));
    assert!(!Law::NeverBetter.holds(&blocked, &review));
}
