//! An edition has one front cover. Where several approved assets claim it, the one that is there
//! stays, and a person chooses; nothing is guessed.

use std::collections::BTreeMap;

use super::planner::Standing;
use crate::engine::inbox::{Draft, Item, Kind};
use crate::flows::placement::{Judgement, Loss};
use crate::model::ids::AssetId;
use crate::model::role::Role;
use crate::order;
use crate::report::RecordState;

type Edition = (i64, i64, Role);

/// How the reason begins for which a loser comes off: a person's word, which needs no second one.
const CHOSEN: &str = "a person chose ";

/// Whether an image comes off because a person chose another one for its editions.
pub fn is_lost(why: &str) -> bool {
    why.starts_with(CHOSEN)
}

/// How a contested edition was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// The product.
    pub product: i64,
    /// The role.
    pub role: Role,
    /// Who claims it.
    pub claimants: Vec<AssetId>,
    /// Who has it; none: nobody goes until one is chosen.
    pub winner: Option<AssetId>,
    /// Whether a person chose the winner; else it was there first.
    pub chosen: bool,
}

/// Settles every contested edition, and says how. Assets that lose all their editions are held.
pub fn settle(standings: &mut [Standing], inbox: &Draft) -> Vec<Contest> {
    let mut contests = Vec::new();
    for ((work, product, role), claimants) in claims(standings) {
        if claimants.len() < 2 {
            continue;
        }
        let facing: Vec<&Standing> = claimants.iter().filter_map(|at| standings.get(*at)).collect();
        let facts = facts(&facing);
        let winner = winner(&facing, inbox, product, &facts);
        let chosen = winner
            .as_ref()
            .is_some_and(|w| inbox.decision(&question(w, String::new(), &facts)) == Some("use"));
        let is_winner_there =
            |w: &AssetId| facing.iter().any(|s| s.asset == *w && is_there(s, product));
        let settled = winner.clone().filter(|w| chosen && is_winner_there(w));
        contests.push(Contest {
            product,
            role,
            claimants: facing.iter().map(|s| s.asset.clone()).collect(),
            winner: winner.clone(),
            chosen,
        });
        for at in claimants {
            let Some(standing) = standings.get_mut(at) else { continue };
            if winner.as_ref() != Some(&standing.asset) {
                lose(standing, (work, product, role), winner.as_ref(), &facts, chosen);
                make_place(standing, settled.as_ref());
            }
        }
    }
    share_out(standings);
    contests
}

/// Where another asset has an edition that a new file does not fit, the older image has no place.
fn share_out(standings: &mut [Standing]) {
    let claims = claims(standings);
    for (at, standing) in standings.iter_mut().enumerate() {
        let Judgement::Place(placement) = &mut standing.judgement else { continue };
        let (work, role) = (placement.work.0, placement.role);
        for missing in placement.missing.iter_mut().filter(|m| m.loss == Loss::Unfit) {
            let others = claims.get(&(work, missing.product, role));
            if others.is_some_and(|others| others.iter().any(|other| *other != at)) {
                missing.loss = Loss::Unsure;
                missing.why = format!("another asset is the {role} of product {}", missing.product);
            }
        }
    }
}

/// The places of the standings that claim each edition.
fn claims(standings: &[Standing]) -> BTreeMap<Edition, Vec<usize>> {
    let mut claims: BTreeMap<Edition, Vec<usize>> = BTreeMap::new();
    for (at, standing) in standings.iter().enumerate() {
        let Judgement::Place(placement) = &standing.judgement else { continue };
        if placement.role.is_exclusive() {
            for product in placement.products() {
                let edition = (placement.work.0, product.0, placement.role);
                claims.entry(edition).or_default().push(at);
            }
        }
    }
    claims
}

fn facts(claimants: &[&Standing]) -> String {
    let mut names: Vec<&str> = claimants.iter().map(|s| s.asset.as_str()).collect();
    order::sort(&mut names);
    names.join(" ")
}

/// The question that a losing asset raises.
fn question(asset: &AssetId, message: String, facts: &str) -> Item {
    Item::about(Kind::Ambiguous, asset.as_str(), message, facts.to_owned())
}

fn winner(claimants: &[&Standing], inbox: &Draft, product: i64, facts: &str) -> Option<AssetId> {
    let chosen: Vec<&AssetId> = claimants
        .iter()
        .map(|s| &s.asset)
        .filter(|a| inbox.decision(&question(a, String::new(), facts)) == Some("use"))
        .collect();
    if let [one] = chosen.as_slice() {
        return Some((*one).clone());
    }
    let mut incumbents = claimants.iter().filter(|s| is_there(s, product));
    match (incumbents.next(), incumbents.next()) {
        (Some(one), None) => Some(one.asset.clone()),
        _ => None,
    }
}

/// Whether our image of it is on the edition.
fn is_there(standing: &Standing, product: i64) -> bool {
    let placed = standing.link.as_ref().and_then(|link| link.resource.as_ref());
    placed.is_some_and(|placed| placed.asked.products.contains(&product))
}

/// Once the chosen one is there, a loser that has no edition left comes off.
fn make_place(standing: &mut Standing, settled: Option<&AssetId>) {
    if let (Judgement::Hold { kind: Kind::Ambiguous, .. }, Some(winner)) =
        (&standing.judgement, settled)
    {
        let why = format!("{CHOSEN}{winner} for its editions");
        standing.judgement = Judgement::Withdraw { why, certain: true, decision: None };
    }
}

fn lose(
    standing: &mut Standing,
    (_, product, role): Edition,
    winner: Option<&AssetId>,
    facts: &str,
    chosen: bool,
) {
    let Judgement::Place(placement) = &mut standing.judgement else { return };
    let why = format!("several approved assets are the {role} of product {product}");
    placement.miss(product, why, if chosen { Loss::Chosen } else { Loss::Unsure });
    if !placement.appearance.products.is_empty() {
        return;
    }
    let others: Vec<&str> = facts.split(' ').filter(|a| *a != standing.asset.as_str()).collect();
    let stays = winner.map_or_else(
        || "none goes until one is chosen".to_owned(),
        |w| format!("{w} stays until another is chosen"),
    );
    let message = format!(
        "several approved assets are the {role} of one edition (product {product}), also {}: {stays}",
        others.join(", ")
    );
    standing.judgement = Judgement::Hold {
        state: RecordState::Inbox,
        kind: Kind::Ambiguous,
        why: message,
        facts: Some(facts.to_owned()),
        choices: Vec::new(),
    };
}
