//! Editions that would lose an image of ours while others keep it. What policy lets a whole
//! withdrawal do, it lets this do; whatever is not sure waits for a person, and stays meanwhile.

use super::diff::Basis;
use super::operation::Operation;
use super::planner::Standing;
use super::rest;
use crate::config::Withdrawal;
use crate::engine::inbox::{Item, Kind};
use crate::flows::placement::{Loss, Missing, Placement};
use crate::state::link::Placed;

/// What becomes of a change that takes editions from an image.
pub enum Losses {
    /// None is lost, or they may go.
    Go,
    /// The older image is made again for them first.
    Make(Box<Operation>),
    /// They go once a person says so.
    Ask(Item),
    /// A person lets the image stay as it is, for this reason.
    Keep(String),
}

/// Looks at the editions that the image is on and shall not be on any more.
pub fn losses(
    standing: &Standing,
    basis: &Basis,
    placed: &Placed,
    placement: &Placement,
) -> Losses {
    let mut unasked = lost(placed, placement);
    unasked.retain(|m| m.loss != Loss::Chosen);
    let carried = |m: &Missing| m.loss == Loss::Unfit && rest::carries(standing, basis, m.product);
    if unasked.iter().all(carried) {
        return Losses::Go;
    }
    if let Some(operation) = rest::make(standing, basis, placement, &unasked) {
        return Losses::Make(Box::new(operation));
    }
    let reasons: Vec<&str> = unasked.iter().map(|m| m.why.trim_end_matches('.')).collect();
    let reasons = reasons.join("; ");
    let message = format!(
        "our image on work {} should come off some of its editions: {reasons}. Until you answer, \
         it stays as it is",
        placed.asked.work
    );
    let facts = format!("{} {} {reasons}", placed.id, placement.appearance.version);
    let item = Item::about(Kind::Withdrawal, standing.asset.as_str(), message, facts);
    // One broken rule is enough: an image that may not be there does not wait for the others.
    let by_policy = basis.withdrawal == Withdrawal::Auto
        && unasked.iter().any(|missing| missing.loss == Loss::Certain);
    match basis.inbox.decision(&item) {
        Some("withdraw") => Losses::Go,
        Some("keep") => Losses::Keep(format!("a person keeps it there: {reasons}")),
        _ if by_policy => Losses::Go,
        _ => Losses::Ask(item),
    }
}

fn lost(placed: &Placed, placement: &Placement) -> Vec<Missing> {
    let is_lost = |product: &&i64| !placement.appearance.products.contains(product);
    let reason = |product: &i64| {
        placement.missing.iter().find(|m| m.product == *product).cloned().unwrap_or_else(|| {
            let why = format!("it is not for product {product} any more");
            Missing { product: *product, why, loss: Loss::Certain }
        })
    };
    placed.asked.products.iter().filter(is_lost).map(reason).collect()
}
