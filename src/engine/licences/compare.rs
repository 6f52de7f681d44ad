//! What is there against what shall be. Two purchases of one content in one project share a page, and
//! so a link: the first of them has it, and it stays as long as any of them wants it. A link that
//! was there before us is a person's.

use std::collections::BTreeMap;

use super::desired::{self, Wished};
use super::flight::Flight;
use super::together::Together;
use super::{commit, refused};
use crate::config::Withdrawal;
use crate::engine::inbox::{Item, Kind};
use crate::engine::lookup::{self, Index};
use crate::engine::observe::purchases::Freshness;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::stock_licences::Wish;
use crate::model::ids::{PurchaseId, WorkId};
use crate::model::title::Title;
use crate::order;
use crate::report::RecordState;
use crate::state::licence_link::LicenceLink;
use crate::state::link::PlacedLink;
use crate::state::{keys, store};

/// What a comparison finds.
#[derive(Debug, Default)]
pub struct Compared {
    /// The purchases whose links change, in the order of their keys.
    pub flights: Vec<Flight>,
    /// How many purchases have links of ours.
    pub linked: usize,
}

/// Compares: once to see what holds of all purchases together, and once for each of them.
pub fn compare(run: &mut Run, freshness: Freshness) -> Result<Compared, Stop> {
    let index = Index::read(run)?;
    let mut together = Together::of_records(run, freshness)?;
    let mut total = 0_u64;
    desired::each_wishes(run, &index, |run, wishes| {
        together.add_wishes(&wishes);
        total += wishes.len() as u64;
        run.platform.progress("linking", total, None);
        Ok(())
    })?;
    let (mut compared, mut done) = (Compared::default(), 0_u64);
    desired::each_wishes(run, &index, |run, wishes| {
        done += wishes.len() as u64;
        some(run, wishes, &together, &mut compared)?;
        run.platform.progress("comparing", done, Some(total));
        run.inbox.relieve(run.platform)
    })?;
    Ok(compared)
}

fn some(
    run: &mut Run,
    wishes: Vec<(PurchaseId, Wished)>,
    together: &Together,
    compared: &mut Compared,
) -> Result<(), Stop> {
    let works = order::set(wishes.iter().filter_map(|(_, wished)| work(wished)));
    let titles = lookup::titles(run, &works.into_iter().collect::<Vec<_>>())?;
    let keys: Vec<String> = wishes.iter().map(|(id, _)| keys::licence_link(id)).collect();
    let known = store::get_many::<LicenceLink>(run.platform, &keys)?;
    for ((purchase, wished), known) in wishes.into_iter().zip(known) {
        let mut flight = flight(purchase, &wished, known.map(|k| (k.value, k.version)));
        if together.is_as_added(&flight.purchase, &wished.wish) {
            settle(run, &mut flight, wished.wish, together, &titles);
        } else {
            flight.stop(RecordState::Deferred, MOVED);
        }
        compared.linked += usize::from(!flight.stored.links.is_empty());
        if flight.is_open() {
            compared.flights.push(flight);
        } else {
            commit::report(run, &flight);
        }
    }
    Ok(())
}

fn work(wished: &Wished) -> Option<WorkId> {
    match &wished.wish {
        Wish::Link { work, .. } => Some(*work),
        _ => None,
    }
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
            } else if together.freshness() == Freshness::Stale {
                flight.stop(RecordState::Deferred, STALE);
            }
        }
    }
}

const MOVED: &str = "what is known of it changed while the run compared; the next run decides";

const STALE: &str = "the licence feed cannot be read now";

/// Whether a wanted link is this purchase's to have.
fn is_for(
    together: &Together,
    link: &PlacedLink,
    flight: &Flight,
    titles: &BTreeMap<WorkId, Title>,
) -> bool {
    let key = link.key();
    together.is_owned_by(&key, &flight.purchase)
        && (together.is_ours(&key) || !is_there(titles, link))
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
    let others = |link: &&PlacedLink| together.is_wanted(link) && !wants(link);
    let gives = flight.stored.links.iter().filter(others);
    kept.extend(gives.filter(|link| !together.is_handed_over(link)).cloned());
    let links: Vec<PlacedLink> =
        wanted.iter().filter(|link| committed(link).is_none()).cloned().collect();
    // What nobody wants any more is taken off once, by the first purchase that has it.
    let goes = |link: &PlacedLink| {
        !wants(link) && !together.is_wanted(link) && together.is_first(link, &flight.purchase)
    };
    flight.old = flight.stored.maybe_ours().into_iter().filter(goes).collect();
    flight.adopts = links.iter().map(PlacedLink::key).filter(|key| together.is_ours(key)).collect();
    flight.kept = kept;
    flight.links = links;
}

/// Whether the record says already what shall be.
fn is_settled(flight: &Flight) -> bool {
    flight.writes() == 0
        && flight.stored.pending.is_none()
        && flight.stored.links.len() == flight.kept.len()
}

/// Links that go: by policy, or by a person's word.
fn leave(run: &mut Run, flight: &mut Flight, together: &Together) {
    if together.freshness() == Freshness::Stale {
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
