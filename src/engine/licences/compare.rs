//! What is there against what shall be. Two purchases of one content in one project share a page, and
//! so a link: the first of them has it, and it stays as long as any of them wants it. A link that
//! was there before us is a person's.

use std::collections::{BTreeMap, BTreeSet};

use super::desired::Wished;
use super::flight::Flight;
use super::refused;
use crate::config::Withdrawal;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lookup;
use crate::engine::observe::purchases::Freshness;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::stock_licences::Wish;
use crate::model::ids::{PurchaseId, WorkId};
use crate::model::title::Title;
use crate::order;
use crate::report::RecordState;
use crate::state::licence_link::LicenceLink;
use crate::state::link::{LinkKey, PlacedLink};
use crate::state::store;

/// Every record of ours, with its version.
pub type Known = BTreeMap<PurchaseId, (LicenceLink, u64)>;

/// Titles looked up at once.
const AT_ONCE: usize = 50;

/// Everything stored about links of purchases.
pub fn known(run: &Run) -> Result<Known, Stop> {
    let mut known = Known::new();
    store::scan(run.platform, "licence-link/", |entry| {
        let link = store::decode::<LicenceLink>(entry)?;
        known.insert(PurchaseId(link.value.purchase.clone()), (link.value, link.version));
        Ok(())
    })?;
    Ok(known)
}

/// What holds of all purchases together.
struct Together {
    /// Which purchase has each wanted link.
    owners: BTreeMap<LinkKey, PurchaseId>,
    /// Links that are ours, or may be.
    ours: BTreeSet<LinkKey>,
    /// Which purchases' records hold each link.
    holders: BTreeMap<LinkKey, BTreeSet<PurchaseId>>,
    freshness: Freshness,
}

/// Compares. The flights come in the order of the purchases' ids.
pub fn compare(
    run: &mut Run,
    wishes: BTreeMap<PurchaseId, Wished>,
    mut known: Known,
    freshness: Freshness,
) -> Result<Vec<Flight>, Stop> {
    let together = Together {
        owners: owners(&wishes),
        ours: ours(&known),
        holders: holders(&known),
        freshness,
    };
    let mut flights = Vec::with_capacity(wishes.len());
    let mut rest: Vec<(PurchaseId, Wished)> = wishes.into_iter().collect();
    while !rest.is_empty() {
        let later = rest.split_off(rest.len().min(AT_ONCE));
        let works = order::set(rest.iter().filter_map(|(_, w)| work(w)));
        let titles = lookup::titles(run, &works.into_iter().collect::<Vec<_>>())?;
        for (purchase, wished) in std::mem::replace(&mut rest, later) {
            let stored = known.remove(&purchase);
            let mut flight = flight(purchase, &wished, stored);
            settle(run, &mut flight, wished.wish, &together, &titles);
            flights.push(flight);
        }
    }
    Ok(flights)
}

fn work(wished: &Wished) -> Option<WorkId> {
    match &wished.wish {
        Wish::Link { work, .. } => Some(*work),
        _ => None,
    }
}

fn owners(wishes: &BTreeMap<PurchaseId, Wished>) -> BTreeMap<LinkKey, PurchaseId> {
    let mut owners = BTreeMap::new();
    for (purchase, wished) in wishes {
        if let Wish::Link { links, .. } = &wished.wish {
            for link in links {
                owners.entry(link.key()).or_insert_with(|| purchase.clone());
            }
        }
    }
    owners
}

fn ours(known: &Known) -> BTreeSet<LinkKey> {
    order::set(known.values().flat_map(|(link, _)| link.maybe_ours()).map(|link| link.key()))
}

fn holders(known: &Known) -> BTreeMap<LinkKey, BTreeSet<PurchaseId>> {
    let mut holders: BTreeMap<LinkKey, BTreeSet<PurchaseId>> = BTreeMap::new();
    for (purchase, (record, _)) in known {
        for link in &record.links {
            holders.entry(link.key()).or_default().insert(purchase.clone());
        }
    }
    holders
}

fn flight(purchase: PurchaseId, wished: &Wished, stored: Option<(LicenceLink, u64)>) -> Flight {
    let (stored, version) = match stored {
        Some((stored, version)) => (stored, Some(version)),
        None => (LicenceLink { purchase: purchase.0.clone(), ..LicenceLink::default() }, None),
    };
    Flight {
        purchase,
        title: String::new(),
        why: String::new(),
        work: stored.work,
        stored,
        version,
        kept: Vec::new(),
        links: Vec::new(),
        old: Vec::new(),
        snapshot: wished.snapshot.clone(),
        end: None,
        written: false,
        linked: Vec::new(),
        adopts: Vec::new(),
        refused: Vec::new(),
        given_up: Vec::new(),
    }
}

fn settle(
    run: &mut Run,
    flight: &mut Flight,
    wish: Wish,
    together: &Together,
    titles: &BTreeMap<WorkId, Title>,
) {
    match wish {
        Wish::Hold { state, kind, why } => {
            if state == RecordState::Inbox {
                run.inbox.raise(Item::new(kind, &flight.record(), why.clone()));
            }
            flight.stop(state, why);
        }
        Wish::Withdraw(why) => {
            flight.why.clone_from(&why);
            part(flight, &[], together);
            if is_settled(flight) {
                flight.stop(RecordState::Skipped, why);
            } else {
                leave(run, flight, together);
            }
        }
        Wish::Link { work, title, links, why } => {
            flight.title = title;
            flight.why = why;
            flight.work = work.0;
            let mut mine: Vec<PlacedLink> =
                links.into_iter().filter(|link| is_for(together, link, flight, titles)).collect();
            let asked = refused::leave_out(run, flight, &mut mine);
            part(flight, &mine, together);
            if let Some(why) = asked.filter(|_| is_settled(flight)) {
                flight.stop(RecordState::Inbox, why);
            } else if is_settled(flight) {
                flight.stop(RecordState::Unchanged, "");
            } else if !flight.old.is_empty() {
                leave(run, flight, together);
            } else if together.freshness == Freshness::Stale {
                flight.stop(RecordState::Deferred, STALE);
            }
        }
    }
}

const STALE: &str = "the licence feed cannot be read now";

/// Whether a wanted link is this purchase's to have.
fn is_for(
    together: &Together,
    link: &PlacedLink,
    flight: &Flight,
    titles: &BTreeMap<WorkId, Title>,
) -> bool {
    let key = link.key();
    let owned = together.owners.get(&key) == Some(&flight.purchase);
    owned && (together.ours.contains(&key) || !is_there(titles, link))
}

/// Whether a link of that key is on its product.
pub fn is_there(titles: &BTreeMap<WorkId, Title>, link: &PlacedLink) -> bool {
    let products = titles.values().flat_map(|title| &title.products);
    products
        .filter(|product| product.id.0 == link.product)
        .flat_map(|product| &product.web_links)
        .any(|there| there.link == link.link && there.role == link.role)
}

/// Sorts the links into those that stay, come and go.
fn part(flight: &mut Flight, wanted: &[PlacedLink], together: &Together) {
    let committed = |link: &PlacedLink| {
        flight.stored.links.iter().find(|known| known.key() == link.key()).cloned()
    };
    let wants = |link: &PlacedLink| wanted.iter().any(|wanted| wanted.key() == link.key());
    let mut kept: Vec<PlacedLink> = wanted.iter().filter_map(committed).collect();
    // What another purchase wants is that one's, and is kept here until its record has it.
    let others = |link: &&PlacedLink| together.owner_of(link).is_some() && !wants(link);
    let gives = flight.stored.links.iter().filter(others);
    kept.extend(gives.filter(|link| !together.is_handed_over(link)).cloned());
    let links: Vec<PlacedLink> =
        wanted.iter().filter(|link| committed(link).is_none()).cloned().collect();
    // What nobody wants any more is taken off once, by the first purchase that has it.
    let goes = |link: &PlacedLink| {
        let first = together.holders.get(&link.key()).and_then(BTreeSet::first);
        let mine = first.is_none_or(|first| *first == flight.purchase);
        !wants(link) && together.owner_of(link).is_none() && mine
    };
    flight.old = flight.stored.maybe_ours().into_iter().filter(goes).collect();
    flight.adopts =
        links.iter().map(PlacedLink::key).filter(|key| together.ours.contains(key)).collect();
    flight.kept = kept;
    flight.links = links;
}

impl Together {
    /// The purchase that has a wanted link.
    fn owner_of(&self, link: &PlacedLink) -> Option<&PurchaseId> {
        self.owners.get(&link.key())
    }

    /// Whether the record of the purchase that has it says so already.
    fn is_handed_over(&self, link: &PlacedLink) -> bool {
        let holders = self.holders.get(&link.key());
        self.owner_of(link).is_some_and(|owner| holders.is_some_and(|all| all.contains(owner)))
    }
}

/// Whether the record says already what shall be.
fn is_settled(flight: &Flight) -> bool {
    flight.writes() == 0
        && flight.stored.pending.is_none()
        && flight.stored.links.len() == flight.kept.len()
}

/// Links that go: by policy, or by a person's word.
fn leave(run: &mut Run, flight: &mut Flight, together: &Together) {
    if together.freshness == Freshness::Stale {
        return flight.stop(RecordState::Deferred, STALE);
    }
    if flight.old.is_empty() || run.config.engine.withdrawal == Withdrawal::Auto {
        return;
    }
    let message = format!(
        "our links to purchase {} on work {} should come off: {}",
        flight.purchase, flight.stored.work, flight.why
    );
    let item = Item::about(Kind::Withdrawal, &flight.record(), message.clone(), flight.why.clone());
    match run.inbox.decision(&item) {
        Some("withdraw") => {}
        Some("keep") => {
            let why = format!("a person keeps its links: {}", flight.why);
            flight.stop(RecordState::Skipped, why);
        }
        _ => {
            run.inbox.raise(item);
            flight.stop(RecordState::Inbox, message);
        }
    }
}
