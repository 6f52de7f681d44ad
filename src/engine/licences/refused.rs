//! Links to a purchase that Consonance refused: they are not asked for again until the link changes
//! or a person says so, and that person is told.

use super::flight::Flight;
use crate::engine::inbox::{Item, Kind, again};
use crate::engine::run::Run;
use crate::state::link::PlacedLink;
use crate::state::refusal::RefusedLink;

/// What a person is asked about the links that are given up; none: there are none.
pub fn told(flight: &Flight) -> Option<Item> {
    let last = flight.given_up.iter().max_by_key(|refused| &refused.run_id)?;
    let products: Vec<String> =
        flight.given_up.iter().map(|refused| refused.link.product.to_string()).collect();
    let message = format!(
        "Consonance refuses a link to the purchase on product {}: {}. It is not tried again until \
         the link changes or somebody says so",
        products.join(", "),
        last.why
    );
    // Another try that fails is another question.
    let facts = format!("link {}", last.run_id);
    let item = Item::about(Kind::BadRecord, &flight.record(), message, facts);
    Some(item.with_choices(again()))
}

/// Takes out of the wanted links those that were refused and are not to be tried again; says why
/// not.
pub fn leave_out(
    run: &mut Run,
    flight: &mut Flight,
    wanted: &mut Vec<PlacedLink>,
) -> Option<String> {
    let is_wanted = |refused: &&RefusedLink| wanted.iter().any(|link| is_same(link, &refused.link));
    flight.given_up = flight.stored.refused.iter().filter(is_wanted).cloned().collect();
    let item = told(flight)?;
    if run.inbox.decision(&item) == Some("retry") {
        flight.given_up.clear();
        return None;
    }
    wanted.retain(|link| !flight.given_up.iter().any(|refused| is_same(link, &refused.link)));
    let why = item.message.clone();
    run.inbox.raise(item);
    Some(why)
}

/// Consonance refuses a link now.
pub fn give_up(run: &mut Run, flight: &mut Flight, link: PlacedLink, words: &str) {
    let (why, run_id) = (words.to_owned(), run.id.clone());
    flight.given_up.push(RefusedLink {
        link: PlacedLink { id: None, ..link.clone() },
        why,
        run_id,
    });
    flight.refused.push(link);
    if let Some(item) = told(flight) {
        run.inbox.raise(item);
    }
}

fn is_same(a: &PlacedLink, b: &PlacedLink) -> bool {
    (a.key(), &a.note) == (b.key(), &b.note)
}
