//! Sources made ready once, for many decisions. Invariant: the decision is that of the best
//! source, and a source's is that of its best grant, which the facts of the whole asset only worsen.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use crate::model::date::Day;
use crate::model::declaration::Declaration;
use crate::model::licence::Purchase;
use crate::order;

use super::Sources;
use super::asked::Use;
use super::asset::AssetFacts;
use super::decision::{Decision, Verdict};
use super::dimension::usage;
use super::findings::Findings;
use super::grant::Grant;
use super::need::NeedTable;
use super::profiles::{filled, profile_for};
use super::reason::{Code, Dimension, Key, Reason};

static DEFAULT_NEEDS: LazyLock<Arc<NeedTable>> = LazyLock::new(Arc::default);

/// Sources, made ready.
#[derive(Clone, Debug)]
pub struct Resolved {
    sources: Vec<Source>,
    needs: Arc<NeedTable>,
}

#[derive(Clone, Debug)]
struct Source {
    id: Arc<str>,
    grants: Vec<Grant>,
    /// Of a purchase.
    asset: Option<AssetFacts>,
    profile: Option<Arc<str>>,
}

/// What makes one alternative better than another; less is better.
type Rank = (Verdict, Reverse<Option<Day>>, u32, u32);

impl Resolved {
    /// With the default need table.
    pub fn of(sources: &Sources) -> Self {
        Self::with_needs(sources, DEFAULT_NEEDS.clone())
    }

    /// With a tenant's need table.
    pub fn with_needs(sources: &Sources, needs: Arc<NeedTable>) -> Self {
        let purchases = sources.purchases.iter().map(|p| Source::of_purchase(p, sources));
        let declarations = sources.declarations.iter().map(|d| Source::of_declaration(d));
        Self { sources: purchases.chain(declarations).collect(), needs }
    }

    /// Decides one use.
    pub fn decide(&self, asked: &Use) -> Decision {
        let decided = self.sources.iter().enumerate().map(|(index, source)| {
            let (rank, mut decision) = source.decide(asked, &self.needs);
            decision.source_index = Some(index);
            (rank, decision)
        });
        // The first of several equal ones stays.
        let best = decided.min_by_key(|(rank, _)| *rank);
        best.map_or_else(no_source, |(_, decision)| decision)
    }
}

fn no_source() -> Decision {
    let mut found = Findings::new(None);
    found.review(Code::NoRightsSource, Dimension::Asset, Key::None);
    conclude(found, Vec::new()).1
}

impl Source {
    fn of_purchase(purchase: &Purchase, sources: &Sources) -> Self {
        let terms = &purchase.policy.terms;
        let profile = profile_for(purchase, sources.profiles);
        let grants = match profile {
            Some(profile) => filled(terms, &profile.term).iter().map(Grant::of_term).collect(),
            None => terms.iter().map(Grant::of_term).collect(),
        };
        let applied = purchase.policy.profile.as_deref();
        let profile = profile.map(|p| p.id.as_str()).or(applied).map(Arc::from);
        Self {
            id: purchase.id.as_str().into(),
            grants,
            asset: Some(AssetFacts::of(purchase, profile.is_some())),
            profile,
        }
    }

    fn of_declaration(declaration: &Declaration) -> Self {
        Self {
            id: declaration.id.as_str().into(),
            grants: vec![Grant::of_declaration(declaration)],
            asset: None,
            profile: None,
        }
    }

    fn decide(&self, asked: &Use, needs: &NeedTable) -> (Rank, Decision) {
        let is_purchase = self.asset.is_some();
        let term = |index: usize| u32::try_from(index + 1).ok().filter(|_| is_purchase);
        let mut all: Vec<Findings> = self
            .grants
            .iter()
            .enumerate()
            .map(|(index, grant)| grant.check(term(index), asked, needs))
            .collect();
        let best = (0..all.len()).min_by_key(|i| all.get(*i).map(rank));
        let mut found = match best {
            Some(best) => all.remove(best),
            None => {
                let mut nothing = Findings::new(None);
                nothing.review(Code::TermsEmpty, Dimension::Asset, Key::None);
                nothing
            }
        };
        if found.verdict().is_cleared() {
            self.contest(best, asked, needs, &mut found);
        }
        found.speak_for(None);
        if let Some(asset) = &self.asset {
            asset.check(asked, &mut found);
        }
        // What is said of the use itself is said once.
        let others = all.into_iter().flat_map(|findings| findings.reasons);
        let others = others.filter(|reason| reason.term.is_some()).collect();
        let (rank, mut decision) = conclude(found, others);
        decision.source = Some(self.id.clone());
        decision.profile.clone_from(&self.profile);
        (rank, decision)
    }

    /// A term that denies this usage, or is for editorial use only, makes a person look although
    /// another term covers the use.
    fn contest(&self, best: Option<usize>, asked: &Use, needs: &NeedTable, found: &mut Findings) {
        let others = self.grants.iter().enumerate().filter(|(index, _)| Some(*index) != best);
        for (index, grant) in others {
            found.speak_for(u32::try_from(index + 1).ok());
            if let Some(key) = usage::denial(&grant.usages, asked.role, needs) {
                found.review(Code::DeniedByOtherTerm, Dimension::Usage, key);
            }
            if grant.is_editorial == Some(true) {
                found.review(Code::EditorialOtherTerm, Dimension::Editorial, Key::None);
            }
        }
    }
}

fn rank(found: &Findings) -> Rank {
    let verdict = found.verdict();
    let until = found.until.filter(|_| verdict == Verdict::ClearedUntil);
    (verdict, Reverse(until), found.failing(), found.unknown())
}

/// The decision that the findings amount to; the other terms' reasons follow.
fn conclude(found: Findings, others: Vec<Reason>) -> (Rank, Decision) {
    let rank = rank(&found);
    let (verdict, Reverse(until), ..) = rank;
    let mut reasons = found.reasons;
    order::sort_by_key(&mut reasons, |reason| Reverse(reason.weight));
    let deciding = reasons.iter().filter(|r| Some(r.weight) == verdict.weight()).count();
    reasons.extend(others);
    let copies = found.copies;
    let decision = Decision {
        verdict,
        until,
        reasons,
        deciding,
        source: None,
        source_index: None,
        profile: None,
        copies,
    };
    (rank, decision)
}

#[cfg(test)]
mod tests;
