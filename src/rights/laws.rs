//! The laws of the decision (docs/RIGHTS.md), on random policies and uses. A failure prints the
//! seed; the same seed makes the same world.

use std::cmp::Reverse;

use super::*;
use crate::model::licence::Bound;

pub(in crate::rights) mod random;
pub(super) mod world;

use random::Random;
use world::{LISTS, World};

const ROUNDS: u64 = if cfg!(debug_assertions) { 2_000 } else { 20_000 };

/// Less is better.
fn goodness(decision: &Decision) -> (Verdict, Reverse<Option<crate::model::date::Day>>) {
    (decision.verdict, Reverse(decision.until))
}

/// Changes a random world by `change`; the law says what may come of it. Worlds that the change
/// does not apply to (`false`) are skipped, and some must not be.
fn check(
    law: &str,
    change: impl Fn(&mut Random, &mut World) -> bool,
    holds: impl Fn(&Decision, &Decision) -> bool,
) {
    let mut applied = 0;
    for seed in 0..ROUNDS {
        let mut random = Random::new(seed);
        let before = World::random(&mut random);
        let mut after = before.clone();
        if !change(&mut random, &mut after) {
            continue;
        }
        applied += 1;
        let (was, is) = (before.decide(), after.decide());
        assert!(
            holds(&was, &is),
            "{law}: seed {seed}\n{was:#?}\nbecame\n{is:#?}\nby\n{before:#?}\nbecoming\n{after:#?}"
        );
    }
    assert!(applied > ROUNDS / 20, "{law}: applied to {applied} worlds only");
}

fn never_better(was: &Decision, is: &Decision) -> bool {
    goodness(is) >= goodness(was)
}

/// What becomes unknown may soften a refusal and improves nothing else.
fn softened_at_most(was: &Decision, is: &Decision) -> bool {
    never_better(was, is) || (was.verdict, is.verdict) == (Verdict::Blocked, Verdict::NeedsReview)
}

fn same(was: &Decision, is: &Decision) -> bool {
    goodness(was) == goodness(is) && was.deciding_codes() == is.deciding_codes()
}

#[test]
fn worlds_reach_every_verdict() {
    let mut seen = [0u32; 4];
    for seed in 0..ROUNDS {
        let decision = World::random(&mut Random::new(seed)).decide();
        if let Some(count) = seen.get_mut(decision.verdict as usize) {
            *count += 1;
        }
        let rest = decision.reasons.get(decision.deciding..).unwrap_or_default();
        let weight = decision.verdict.weight();
        assert!(decision.deciding_reasons().iter().all(|r| Some(r.weight) == weight));
        assert_eq!(decision.until.is_some(), decision.verdict == Verdict::ClearedUntil);
        assert!(decision.verdict == Verdict::Cleared || decision.deciding > 0, "seed {seed}");
        assert!(rest.iter().all(|r| r.term.is_some() || Some(r.weight) < weight), "seed {seed}");
    }
    assert!(seen.iter().all(|count| u64::from(*count) > ROUNDS / 200), "{seen:?}");
}

#[test]
fn more_countries_never_improve() {
    check(
        "a country more",
        |random, world| {
            let territory = &mut world.asked.territory;
            !territory.known.is_empty() && territory.known.insert_code(world::country(random))
        },
        never_better,
    );
}

#[test]
fn more_media_never_improve() {
    check(
        "a medium more",
        |_, world| {
            let media = &mut world.asked.media;
            let some = media.print || media.digital;
            (media.print, media.digital) = (true, true);
            some
        },
        never_better,
    );
}

#[test]
fn more_copies_never_improve() {
    check(
        "more copies",
        |random, world| {
            let more = random.below(200_000);
            let asked = &mut world.asked;
            let planned = random.below(2) == 0;
            let run = if planned { &mut asked.planned_run } else { &mut asked.prior_run };
            let Run::Copies(copies) = run else { return false };
            *copies += more;
            true
        },
        never_better,
    );
}

#[test]
fn a_denial_more_never_improves() {
    check(
        "a denial more",
        |random, world| {
            let list = random.below(LISTS);
            let key = world::any_key(random, list);
            let Some(term) = world.some_term(random) else { return false };
            world::lists(term, list).restricted.push(key);
            true
        },
        never_better,
    );
}

#[test]
fn an_end_or_an_earlier_end_never_improves() {
    check(
        "an end",
        |random, world| {
            let day = world::day(random);
            let Some(term) = world.some_term(random) else { return false };
            let sooner = |bound: &Bound| match bound {
                Bound::None => true,
                Bound::Day(was) => day < *was,
                Bound::Unreadable(_) => false,
            };
            let applies = sooner(&term.valid_until);
            term.valid_until = Bound::Day(day);
            applies
        },
        never_better,
    );
}

#[test]
fn an_unknown_fact_softens_at_most() {
    check("a fact becomes unknown", |random, world| world.forget(random), softened_at_most);
}

#[test]
fn an_unknown_grant_softens_at_most() {
    check(
        "an unknown key is granted",
        |random, world| {
            let list = random.below(LISTS + 1);
            let Some(term) = world.some_term(random) else { return false };
            match list {
                LISTS => term.usage_limits.push("quantity_of_2031".to_owned()),
                _ => world::lists(term, list).allowed.push("key_of_2031".to_owned()),
            }
            true
        },
        softened_at_most,
    );
}

#[test]
fn order_case_and_duplicates_do_not_matter() {
    check(
        "order, case, duplicates",
        |random, world| {
            world.purchase.policy.terms.iter_mut().for_each(|term| world::stir(random, term));
            true
        },
        same,
    );
}

#[test]
fn time_that_passes_never_improves() {
    check(
        "a later day",
        |random, world| {
            let days = i64::try_from(random.below(1_000)).unwrap_or(0);
            world.asked.today += time::Duration::days(days);
            true
        },
        never_better,
    );
}

#[test]
fn a_term_less_improves_only_without_its_denial() {
    check(
        "a term less",
        |random, world| {
            let terms = &mut world.purchase.policy.terms;
            if terms.len() < 2 {
                return false;
            }
            let at = usize::try_from(random.below(terms.len() as u64)).unwrap_or(0);
            let mut gone = terms.remove(at);
            let denies =
                (0..LISTS).any(|list| !world::lists(&mut gone, list).restricted.is_empty());
            !denies && gone.is_editorial_use != Some(true)
        },
        never_better,
    );
}

#[test]
fn the_decision_is_a_function_of_its_inputs() {
    check("nothing", |_, _| true, |was, is| was == is);
}
