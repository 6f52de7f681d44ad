//! One use, country by country where the decision differs: what is cleared where.

use crate::model::country::CountrySet;

use super::asked::{Territory, Use};
use super::decision::{Decision, Verdict};
use super::reason::Code;
use super::resolved::Resolved;

/// A part of the market with one decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The countries; empty: wherever the sales rights are not stated.
    pub countries: CountrySet,
    /// The decision there.
    pub decision: Decision,
}

/// What parts have in common.
type Likeness = (Verdict, Option<crate::model::date::Day>, Vec<Code>);

/// Decides a use, and splits its territory if the decision is not the same everywhere.
pub fn parts(resolved: &Resolved, asked: &Use) -> Vec<Part> {
    let whole = resolved.decide(asked);
    let single = asked.territory.known.len() + usize::from(asked.territory.unknown_rest) <= 1;
    if whole.verdict.is_cleared() || single {
        return vec![Part { countries: asked.territory.known, decision: whole }];
    }
    let mut groups: Vec<(Likeness, Territory)> = Vec::new();
    for territory in one_by_one(&asked.territory) {
        let decision = resolved.decide(&Use { territory, ..asked.clone() });
        let likeness = (decision.verdict, decision.until, decision.deciding_codes());
        match groups.iter_mut().find(|(other, there)| {
            *other == likeness && there.unknown_rest == territory.unknown_rest
        }) {
            Some((_, there)) => there.known = there.known.union(territory.known),
            None => groups.push((likeness, territory)),
        }
    }
    let part = |(_, territory): (Likeness, Territory)| Part {
        countries: territory.known,
        decision: resolved.decide(&Use { territory, ..asked.clone() }),
    };
    groups.into_iter().map(part).collect()
}

fn one_by_one(territory: &Territory) -> Vec<Territory> {
    let one = |code: &'static str| {
        let (known, _) = CountrySet::from_codes([code]);
        Territory { known, unknown_rest: false }
    };
    let mut all: Vec<Territory> = territory.known.codes().map(one).collect();
    if territory.unknown_rest {
        all.push(Territory { known: CountrySet::EMPTY, unknown_rest: true });
    }
    all
}
