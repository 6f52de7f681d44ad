//! Compares what shall be with what is: three-way, against the base pair of our last write. What a
//! person changed since then is reported and left alone until somebody decides.

use std::collections::BTreeSet;

use super::contest;
use super::losses::{Losses, losses};
use super::notes::{Notes, notes};
use super::operation::Operation;
use super::planner::Standing;
use super::rest;
use crate::config::Withdrawal;
use crate::engine::inbox::{Draft, Item, Kind};
use crate::flows::placement::{Judgement, Loss, Missing, Placement};
use crate::model::ids::{ProductId, ResourceId, WorkId};
use crate::model::title::{Resource, Title};
use crate::state::keys::sha256_hex;
use crate::state::link::{Link, Placed, PlacedLink, Shown};

/// What an asset needs.
#[derive(Debug)]
pub enum Diff {
    /// Nothing to do.
    Agreed,
    /// Nothing there and nothing wanted, for this reason.
    NotWanted(String),
    /// Changes.
    Write(Box<Operation>),
    /// A person decides first.
    Ask(Item),
    /// A person decided to leave it.
    Left(String),
}

/// What the comparison rests on.
pub struct Basis<'a> {
    /// The title as it was read last.
    pub title: Option<&'a Title>,
    /// Every supporting resource of ours.
    pub ours: &'a BTreeSet<ResourceId>,
    /// What people decided.
    pub inbox: &'a Draft,
    /// Whether we may take something off by ourselves.
    pub withdrawal: Withdrawal,
}

/// Compares one asset.
pub fn diff(standing: &Standing, basis: &Basis) -> Diff {
    match &standing.judgement {
        Judgement::Hold { why, .. } => Diff::Left(why.clone()),
        Judgement::Withdraw { why, certain, .. } => withdraw(standing, basis, why, *certain),
        Judgement::Place(placement) => place(standing, basis, placement),
    }
}

fn place(standing: &Standing, basis: &Basis, placement: &Placement) -> Diff {
    let link = standing.link.as_ref();
    let Some(placed) = link.and_then(|l| l.resource.as_ref()) else {
        return first(standing, basis, placement);
    };
    let moves = placed.asked.work != placement.work.0;
    let mut restore = false;
    if !moves && let Some(title) = basis.title {
        let there = title.resources.iter().find(|r| r.id.0 == placed.id);
        match edited(standing, basis, placed, there) {
            Edit::None => {}
            Edit::Accepted if there.is_none() => {
                return Diff::Left("a person took it off the title, and that was accepted".into());
            }
            Edit::Accepted => {}
            Edit::Restore => restore = true,
            Edit::Open(item) => return Diff::Ask(item),
        }
    }
    if let Some(end) = rest::end(standing, basis, placement) {
        return match end {
            Diff::Write(end) if !moves => both(standing, basis, placement, end),
            end => end,
        };
    }
    if !moves {
        match losses(standing, basis, placed, placement) {
            Losses::Go => {}
            Losses::Make(operation) => return Diff::Write(operation),
            Losses::Ask(item) => return Diff::Ask(item),
            Losses::Keep(why) => return Diff::Left(why),
        }
    }
    if let Some(other) = gains_taken(standing, basis, placed, placement) {
        return other;
    }
    let same = placed.asked == placement.appearance && !restore;
    let mut operation = operation(standing, placement, link);
    if let Notes::Ask(item) = notes(basis, &mut operation) {
        return Diff::Ask(item);
    }
    if same {
        operation.create = false;
        let quiet = operation.writes() == 0;
        return if quiet { Diff::Agreed } else { Diff::Write(Box::new(operation)) };
    }
    operation.why = if restore {
        format!("a person asked to restore it; {}", placement.why)
    } else {
        format!("{}; {}", difference(placed, placement), placement.why)
    };
    operation.old = Some(placed.clone());
    Diff::Write(Box::new(operation))
}

/// The older image goes, and with it whatever else is to be done for the asset: whoever lost a right
/// waits for no second run.
fn both(standing: &Standing, basis: &Basis, placement: &Placement, end: Box<Operation>) -> Diff {
    let mut link = standing.link.clone();
    let rest = link.as_mut().and_then(|link| link.rest.take());
    let without = Standing {
        asset: standing.asset.clone(),
        approved: standing.approved,
        judgement: standing.judgement.clone(),
        link,
        rests_on: standing.rests_on.clone(),
    };
    match place(&without, basis, placement) {
        Diff::Write(other) if other.create && other.copies.is_none() => {
            Diff::Write(Box::new(Operation {
                also: rest,
                by_rights: end.by_rights || other.by_rights,
                why: format!("{}; {}", end.why.trim_end_matches('.'), other.why),
                ..*other
            }))
        }
        _ => Diff::Write(end),
    }
}

/// Editions that it would gain and that carry somebody else's image of that kind.
fn gains_taken(
    standing: &Standing,
    basis: &Basis,
    placed: &Placed,
    placement: &Placement,
) -> Option<Diff> {
    let is_new = |p: &ProductId| !placed.asked.products.contains(&p.0);
    let mut foreign = foreign(basis, placement);
    foreign.retain(|resource| {
        let shared = |p: &&ProductId| placement.appearance.products.contains(&p.0);
        resource.products.iter().filter(shared).any(is_new)
    });
    if foreign.is_empty() {
        return None;
    }
    let ids: Vec<String> = foreign.iter().map(|r| r.id.to_string()).collect();
    let message = format!(
        "it is for more editions of {:?} now, and these already have a {} that is not ours \
         (resource {}): `add` puts ours beside it, `adopt` leaves all as it is",
        placement.title,
        placement.role,
        ids.join(", ")
    );
    let facts = format!("gains {} {ids:?}", placed.id);
    let item = Item::about(Kind::Adoption, standing.asset.as_str(), message, facts);
    let item = item.without("replace");
    match basis.inbox.decision(&item) {
        Some("add") => None,
        Some("adopt") => Some(Diff::Left("a person keeps the other image on them".to_owned())),
        _ => Some(Diff::Ask(item)),
    }
}

fn difference(placed: &Placed, placement: &Placement) -> &'static str {
    let (was, is) = (&placed.asked, &placement.appearance);
    if was.work != is.work {
        "it belongs to another title now"
    } else if was.version != is.version {
        "there is a new version of the file"
    } else if was.variant != is.variant {
        "it has another role now"
    } else if was.products != is.products {
        "it is for other editions now"
    } else {
        "its texts changed"
    }
}

enum Edit {
    None,
    Accepted,
    Restore,
    Open(Item),
}

fn edited(standing: &Standing, basis: &Basis, placed: &Placed, there: Option<&Resource>) -> Edit {
    let (message, facts) = match there {
        Some(resource) if shown(resource) == placed.shown => return Edit::None,
        Some(resource) => (
            format!(
                "somebody changed our image {} in Consonance: it shows {}, we had {}",
                placed.id,
                describe(&shown(resource)),
                describe(&placed.shown)
            ),
            // With the id: the answer is about this image, not about the one that replaces it.
            format!("{} {:?}", placed.id, shown(resource)),
        ),
        None => (
            format!("somebody took our image {} off the title in Consonance", placed.id),
            format!("gone {}", placed.id),
        ),
    };
    let facts = sha256_hex(facts.as_bytes());
    let item = Item::about(Kind::ForeignEdit, standing.asset.as_str(), message, facts);
    match basis.inbox.decision(&item) {
        Some("accept") => Edit::Accepted,
        Some("restore") => Edit::Restore,
        _ => Edit::Open(item),
    }
}

fn describe(shown: &Shown) -> String {
    format!(
        "products {:?}, caption {:?}, copyright {:?}, credit {:?}",
        shown.products, shown.caption, shown.copyright, shown.required_credit
    )
}

/// The fields of a resource that a person could change.
pub fn shown(resource: &Resource) -> Shown {
    Shown {
        products: resource.products.iter().map(|p| p.0).collect(),
        caption: resource.caption.clone(),
        copyright: resource.copyright.clone(),
        required_credit: resource.required_credit.clone(),
    }
}

/// The first time on this title: what is there already is never touched without a person's word.
fn first(standing: &Standing, basis: &Basis, placement: &Placement) -> Diff {
    let link = standing.link.as_ref();
    let mut operation = operation(standing, placement, link);
    let foreign = foreign(basis, placement);
    if foreign.is_empty() {
        return Diff::Write(Box::new(operation));
    }
    let ids: Vec<String> = foreign.iter().map(|r| r.id.to_string()).collect();
    let may_replace = covers_all(basis, placement);
    let limit = if may_replace {
        ""
    } else {
        ". `replace` is not possible: it would take the other editions' images off as well"
    };
    let message = format!(
        "{:?} already has a {} on these editions that is not ours (resource {}): say what to \
         do{limit}",
        placement.title,
        placement.role,
        ids.join(", ")
    );
    let item =
        Item::about(Kind::Adoption, standing.asset.as_str(), message, format!("foreign {ids:?}"));
    let item = if may_replace { item } else { item.without("replace") };
    match basis.inbox.decision(&item) {
        Some("adopt") => Diff::Agreed,
        Some("add") => Diff::Write(Box::new(operation)),
        Some("replace") if may_replace => {
            operation.unlink_previous = true;
            Diff::Write(Box::new(operation))
        }
        _ => Diff::Ask(item),
    }
}

fn same_kind<'a>(basis: &'a Basis, placement: &'a Placement) -> impl Iterator<Item = &'a Resource> {
    let resources = basis.title.map(|t| t.resources.as_slice()).unwrap_or_default();
    resources.iter().filter(|r| r.variant == placement.appearance.variant)
}

fn foreign<'a>(basis: &'a Basis, placement: &'a Placement) -> Vec<&'a Resource> {
    if !placement.role.is_exclusive() {
        return Vec::new();
    }
    let on_ours =
        |r: &&Resource| r.products.iter().any(|p| placement.appearance.products.contains(&p.0));
    same_kind(basis, placement).filter(|r| !basis.ours.contains(&r.id)).filter(on_ours).collect()
}

/// Consonance detaches the whole work's products, so replacing is safe only if the new image covers
/// every edition that the earlier ones cover, be they ours or not.
fn covers_all(basis: &Basis, placement: &Placement) -> bool {
    same_kind(basis, placement)
        .flat_map(|r| &r.products)
        .all(|p| placement.appearance.products.contains(&p.0))
}

fn operation(standing: &Standing, placement: &Placement, link: Option<&Link>) -> Operation {
    let base = link.map(|l| l.web_links.as_slice()).unwrap_or_default();
    let mut wanted = placement.links.clone();
    let elsewhere = |l: &PlacedLink| !placement.appearance.products.contains(&l.product);
    wanted.extend(rest::links(link).into_iter().filter(elsewhere));
    let (links, old_links) = merged_links(&wanted, base);
    Operation {
        asset: standing.asset.clone(),
        title: placement.title.clone(),
        work: placement.work,
        why: placement.why.clone(),
        by_rights: link
            .and_then(|l| l.resource.as_ref())
            .is_some_and(|p| is_forbidden(p, placement)),
        copies: None,
        beside: link
            .and_then(|l| l.rest.as_ref())
            .map_or_else(Vec::new, |r| r.asked.products.clone()),
        desired: Some(placement.appearance.clone()),
        create: true,
        old: None,
        also: None,
        links,
        old_links,
        unlink_previous: false,
        download_item: placement.download_item.clone(),
        fit: placement.fit,
        rests_on: standing.rests_on.clone(),
    }
}

/// Whether an edition that carries it may not carry it any more.
fn is_forbidden(placed: &Placed, placement: &Placement) -> bool {
    let broken = |m: &&Missing| m.loss == Loss::Certain;
    placement.missing.iter().filter(broken).any(|m| placed.asked.products.contains(&m.product))
}

/// The links that shall be there (with ids where they are), and ours that go.
fn merged_links(wanted: &[PlacedLink], base: &[PlacedLink]) -> (Vec<PlacedLink>, Vec<PlacedLink>) {
    let equal = |a: &PlacedLink, b: &PlacedLink| {
        (a.product, &a.link, &a.role, &a.note) == (b.product, &b.link, &b.role, &b.note)
    };
    let kept =
        wanted.iter().map(|w| base.iter().find(|b| equal(b, w)).unwrap_or(w).clone()).collect();
    let gone = base.iter().filter(|b| !wanted.iter().any(|w| equal(b, w))).cloned().collect();
    (kept, gone)
}

fn withdraw(standing: &Standing, basis: &Basis, why: &str, certain: bool) -> Diff {
    let Some(link) = &standing.link else { return Diff::NotWanted(why.to_owned()) };
    if link.resource.is_none() && link.rest.is_none() && link.web_links.is_empty() {
        return Diff::NotWanted(why.to_owned());
    }
    let message = format!("our image on work {} should come off: {why}", link.work);
    let item = Item::about(Kind::Withdrawal, standing.asset.as_str(), message, why.to_owned());
    let decided = basis.inbox.decision(&item);
    let by_policy = certain && basis.withdrawal == Withdrawal::Auto;
    match decided {
        Some("keep") => Diff::Left(format!("a person keeps it there: {why}")),
        Some("withdraw") => Diff::Write(Box::new(taken_off(standing, basis, link, why))),
        _ if by_policy || contest::is_lost(why) => {
            Diff::Write(Box::new(taken_off(standing, basis, link, why)))
        }
        _ => Diff::Ask(item),
    }
}

fn taken_off(standing: &Standing, basis: &Basis, link: &Link, why: &str) -> Operation {
    let by_rights = matches!(standing.judgement, Judgement::Withdraw { decision: Some(_), .. });
    Operation {
        asset: standing.asset.clone(),
        title: basis.title.map(|t| t.title.clone()).unwrap_or_default(),
        work: WorkId(link.work),
        why: why.to_owned(),
        by_rights,
        copies: None,
        beside: Vec::new(),
        desired: None,
        create: false,
        old: link.resource.clone().or_else(|| link.rest.clone()),
        also: link.rest.clone().filter(|_| link.resource.is_some()),
        links: Vec::new(),
        old_links: link.web_links.clone(),
        unlink_previous: false,
        download_item: String::new(),
        fit: crate::state::intent::Fit::default(),
        rests_on: standing.rests_on.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::AssetId;
    use crate::model::role::Role;
    use crate::state::intent::Fit;
    use crate::state::link::Appearance;

    fn resource(id: i64, product: i64) -> Resource {
        Resource {
            id: ResourceId(id),
            variant: None,
            products: vec![ProductId(product)],
            url: None,
            remote_url: None,
            file_name: None,
            file_size: None,
            height: None,
            aspect_ratio: None,
            media_type: None,
            caption: None,
            copyright: None,
            required_credit: None,
            audience: None,
            processing: false,
            job_status: None,
        }
    }

    fn placement(product: i64) -> Placement {
        let appearance = Appearance { work: 1, products: vec![product], ..Appearance::default() };
        Placement {
            work: WorkId(1),
            title: String::new(),
            role: Role::FrontCover,
            appearance,
            links: Vec::new(),
            refused: Vec::new(),
            copy_refused: false,
            download_item: String::new(),
            fit: Fit::default(),
            missing: Vec::new(),
            why: String::new(),
        }
    }

    /// A foreign cover is on product 2, where ours shall go; a person asked to replace it.
    fn replaces(beside: &[Resource], ours: &[i64]) -> bool {
        let mut title = crate::linking::testing::title(&[(1, "BB", "04"), (2, "BC", "04")]);
        title.resources = beside.iter().cloned().chain([resource(9, 2)]).collect();
        let placement = placement(2);
        let standing = Standing {
            asset: AssetId("a".to_owned()),
            approved: true,
            judgement: Judgement::Place(Box::new(placement.clone())),
            link: None,
            rests_on: Vec::new(),
        };
        let ours = ours.iter().copied().map(ResourceId).collect();
        let basis = Basis {
            title: Some(&title),
            ours: &ours,
            inbox: &Draft::default(),
            withdrawal: Withdrawal::Ask,
        };
        let Diff::Ask(item) = diff(&standing, &basis) else { panic!("a question") };
        // None of its own: those of its kind, with `replace`.
        let offered = item.choices.is_empty();
        assert_eq!(offered, covers_all(&basis, &placement));
        let others: Vec<&str> = item.choices.iter().map(|(id, _)| id.as_str()).collect();
        assert!(offered || others == ["adopt", "add"], "{others:?}");
        offered
    }

    #[test]
    fn the_plan_says_what_changed() {
        let asked = placement(1).appearance;
        let placed = Placed {
            id: 7,
            asked: asked.clone(),
            shown: Shown::default(),
            at: 0,
            past: Vec::new(),
        };
        let cases = [
            (Appearance { work: 2, ..asked.clone() }, "it belongs to another title now"),
            (
                Appearance { version: "2".into(), ..asked.clone() },
                "there is a new version of the file",
            ),
            (Appearance { variant: Some("a".into()), ..asked.clone() }, "it has another role now"),
            (Appearance { products: vec![2], ..asked.clone() }, "it is for other editions now"),
            (Appearance { caption: Some("c".into()), ..asked }, "its texts changed"),
        ];
        for (appearance, expected) in cases {
            let placement = Placement { appearance, ..placement(1) };
            assert_eq!(difference(&placed, &placement), expected);
        }
    }

    #[test]
    fn replacing_takes_no_other_edition_off() {
        assert!(replaces(&[], &[]));
        assert!(!replaces(&[resource(8, 1)], &[]), "somebody else's");
        assert!(!replaces(&[resource(8, 1)], &[8]), "our own");
    }
}
