//! What stands between a plan of licence links and its effects: the guard, the first run, a changed
//! mapping. And the plan as people see it.

use serde_json::json;

use super::compare::Compared;
use super::flight::Flight;
use crate::engine::inbox::{Item, Kind};
use crate::engine::plan::change::Change;
use crate::engine::plan::guard::{creates_free, withdrawals_free};
use crate::engine::run::Run;
use crate::engine::stream;
use crate::report::RecordState;
use crate::report::words::counted;
use crate::state::flow::FlowMemory;
use crate::state::keys::sha256_hex;
use crate::state::link::PlacedLink;

/// Withholds more links that come or go at once than a person would expect.
pub fn guard(run: &mut Run, memory: &FlowMemory, compared: &mut Compared) {
    let (flights, known) = (&mut compared.flights, compared.linked);
    let count = |flights: &[Flight], of: fn(&Flight) -> bool| {
        flights.iter().filter(|flight| flight.is_open() && of(flight)).count()
    };
    let gone = count(flights, Flight::is_withdrawal);
    if gone > withdrawals_free(known) {
        withhold(run, flights, (gone, known), "withdrawals", Flight::is_withdrawal);
    }
    let new = count(flights, is_new);
    if memory.completed && new > creates_free(known) {
        withhold(run, flights, (new, known), "new links", is_new);
    }
}

fn is_new(flight: &Flight) -> bool {
    flight.version.is_none() && !flight.links.is_empty()
}

fn withhold(
    run: &mut Run,
    flights: &mut [Flight],
    (count, known): (usize, usize),
    what: &str,
    of: fn(&Flight) -> bool,
) {
    let flow = run.report.flow.clone();
    let message = format!(
        "{flow}: {count} {what} at once, where {known} purchases have links: more than expected, \
         so nothing of it is done until it is accepted"
    );
    let record = format!("{flow}:{what}");
    let about = flights.iter().filter(|flight| flight.is_open() && of(flight));
    let facts = sha256_hex(about.map(Flight::record).collect::<Vec<_>>().join(" ").as_bytes());
    let item = Item::about(Kind::Guard, &record, message, facts);
    if run.inbox.decision(&item) == Some("accept") {
        return;
    }
    run.inbox.raise(item);
    for flight in flights.iter_mut().filter(|flight| flight.is_open() && of(flight)) {
        flight.stop(RecordState::Inbox, "withheld by the guard");
    }
}

/// The question that must be answered before anything of this is done.
pub fn awaits(run: &Run, memory: &FlowMemory, flights: &[Flight]) -> Option<Item> {
    let open = || flights.iter().filter(|flight| flight.is_open());
    let new: usize = open().map(|flight| flight.links.len()).sum();
    let gone: usize = open().map(|flight| flight.old.len()).sum();
    let counts = || {
        let to = if new == 1 { "a purchase" } else { "purchases" };
        format!("{} to {to}, {gone} taken off", counted(new, "new link"))
    };
    let changes = open().flat_map(changes).map(|change| change.id);
    stream::first_or_changed(run, memory, counts, changes)
}

/// The changes of a purchase as a plan shows them.
pub fn changes(flight: &Flight) -> Vec<Change> {
    let new = flight.links.iter().map(|link| change(flight, "create-web-link", flight.work, link));
    let old =
        flight.old.iter().map(|link| change(flight, "delete-web-link", flight.stored.work, link));
    new.chain(old).collect()
}

fn change(flight: &Flight, action: &'static str, work: i64, link: &PlacedLink) -> Change {
    let effect = json!({
        "purchase": flight.purchase.as_str(),
        "product": link.product,
        "link": link.link,
        "role": link.role,
    });
    let identity = format!("{} {action} {effect}", flight.purchase);
    Change {
        id: sha256_hex(identity.as_bytes()).chars().take(16).collect(),
        action,
        title: flight.title.clone(),
        work,
        products: vec![link.product],
        asset: String::new(),
        why: flight.why.clone(),
        effect,
    }
}
