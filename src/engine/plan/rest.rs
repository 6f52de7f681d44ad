//! Editions that a new version of a file does not fit. The image of the older version is made again
//! for just these, from Consonance's own copy, and stays beside the new one: new before old. It goes
//! when a later version fits them, when their rights end, or with the asset.

use super::diff::{Basis, Diff};
use super::operation::Operation;
use super::planner::Standing;
use crate::config::Withdrawal;
use crate::engine::inbox::{Item, Kind};
use crate::flows::placement::{Loss, Missing, Placement};
use crate::model::ids::WorkId;
use crate::model::title::Resource;
use crate::order;
use crate::state::intent::Fit;
use crate::state::link::{Appearance, Link, Placed, PlacedLink};

/// Whether the older image is on this edition.
pub fn carries(standing: &Standing, basis: &Basis, product: i64) -> bool {
    let rest = standing.link.as_ref().and_then(|link| link.rest.as_ref());
    rest.is_some_and(|rest| rest.asked.products.contains(&product) && is_there(basis, rest))
}

fn is_there(basis: &Basis, rest: &Placed) -> bool {
    basis.title.is_some_and(|t| t.resources.iter().any(|r| r.id.0 == rest.id))
}

/// The end of the older image, where something ends it.
pub fn end(standing: &Standing, basis: &Basis, placement: &Placement) -> Option<Diff> {
    let link = standing.link.as_ref()?;
    let rest = link.rest.as_ref()?;
    let moved = rest.asked.work != placement.work.0;
    if !moved && basis.title.is_some() && !is_there(basis, rest) {
        // A person took it off: it is not made again.
        return None;
    }
    let (why, loss) = ends(rest, placement)?;
    let covered = |p: &i64| link.resource.as_ref().is_some_and(|r| r.asked.products.contains(p));
    let fits = rest.asked.products.iter().any(|p| placement.appearance.products.contains(p));
    if fits && !rest.asked.products.iter().all(covered) && !moved {
        // New before old: the new image comes first.
        return None;
    }
    let operation = Operation { by_rights: loss == Loss::Certain, ..goes(standing, basis, &why)? };
    let write = Diff::Write(Box::new(operation));
    let by_policy = loss == Loss::Certain && basis.withdrawal == Withdrawal::Auto;
    if moved || loss == Loss::Chosen || by_policy {
        return Some(write);
    }
    let why = why.trim_end_matches('.');
    let message = format!(
        "our older image {} on work {} should come off: {why}. Until you answer, it stays",
        rest.id, rest.asked.work
    );
    let facts = format!("{} {why}", rest.id);
    let item = Item::about(Kind::Withdrawal, standing.asset.as_str(), message, facts);
    match basis.inbox.decision(&item) {
        Some("withdraw") => Some(write),
        Some("keep") => None,
        _ => Some(Diff::Ask(item)),
    }
}

/// The operation that makes the older image again for editions that the new file does not fit, if
/// that is sure: the image is there, whole, and may stay on all of them.
pub fn make(
    standing: &Standing,
    basis: &Basis,
    placement: &Placement,
    lost: &[Missing],
) -> Option<Operation> {
    let link = standing.link.as_ref()?;
    let placed = link.resource.as_ref()?;
    let unfit = !lost.is_empty() && lost.iter().all(|missing| missing.loss == Loss::Unfit);
    let free = link.rest.is_none() && !placement.copy_refused;
    let sure = unfit && free && placed.asked.version != placement.appearance.version;
    let there = basis.title?.resources.iter().find(|r| r.id.0 == placed.id)?;
    if !sure || !is_whole(there) {
        return None;
    }
    let mut products: Vec<i64> = lost.iter().map(|missing| missing.product).collect();
    order::sort(&mut products);
    let names: Vec<&str> = lost.iter().map(|m| m.why.trim_end_matches('.')).collect();
    let why = format!(
        "the image that is there stays where the new file does not fit: {}",
        names.join("; ")
    );
    Some(Operation {
        copies: Some(placed.id),
        desired: Some(Appearance { products, ..placed.asked.clone() }),
        create: true,
        why,
        ..kept(standing, basis, link)
    })
}

fn is_whole(resource: &Resource) -> bool {
    !resource.processing && resource.url.is_some()
}

/// The operation that takes the older image off again, once nothing keeps it.
pub fn goes(standing: &Standing, basis: &Basis, why: &str) -> Option<Operation> {
    let link = standing.link.as_ref()?;
    let rest = link.rest.as_ref()?;
    let mut operation = kept(standing, basis, link);
    operation.why = why.to_owned();
    operation.old = Some(rest.clone());
    operation.desired = link.resource.as_ref().map(|placed| placed.asked.clone());
    let stays = |l: &PlacedLink| {
        let here = link.resource.as_ref().is_some_and(|p| p.asked.products.contains(&l.product));
        here || !rest.asked.products.contains(&l.product)
    };
    let (links, old_links) = operation.links.into_iter().partition(stays);
    (operation.links, operation.old_links) = (links, old_links);
    Some(operation)
}

/// Why the older image may not stay as it is on its editions, and whether that is sure; none: it
/// stays.
fn ends(rest: &Placed, placement: &Placement) -> Option<(String, Loss)> {
    if rest.asked.work != placement.work.0 {
        return Some(("the asset belongs to another title now".to_owned(), Loss::Certain));
    }
    rest.asked.products.iter().find_map(|product| {
        if placement.appearance.products.contains(product) {
            return Some((format!("the new file fits product {product}"), Loss::Chosen));
        }
        match placement.missing.iter().find(|missing| missing.product == *product) {
            Some(missing) if missing.loss == Loss::Unfit => None,
            Some(missing) => Some((missing.why.clone(), missing.loss)),
            None => Some((format!("it is not for product {product} any more"), Loss::Certain)),
        }
    })
}

/// Links of the older image's editions, which stay with it.
pub fn links(link: Option<&Link>) -> Vec<PlacedLink> {
    let Some(link) = link else { return Vec::new() };
    let Some(rest) = &link.rest else { return Vec::new() };
    let of_rest = |l: &&PlacedLink| rest.asked.products.contains(&l.product);
    link.web_links.iter().filter(of_rest).cloned().collect()
}

/// An operation that changes nothing but what is set in it.
fn kept(standing: &Standing, basis: &Basis, link: &Link) -> Operation {
    Operation {
        asset: standing.asset.clone(),
        title: basis.title.map(|t| t.title.clone()).unwrap_or_default(),
        work: WorkId(link.work),
        why: String::new(),
        by_rights: false,
        copies: None,
        beside: Vec::new(),
        desired: None,
        create: false,
        old: None,
        also: None,
        links: link.web_links.clone(),
        old_links: Vec::new(),
        unlink_previous: false,
        download_item: String::new(),
        fit: Fit::default(),
        rests_on: standing.rests_on.clone(),
    }
}
