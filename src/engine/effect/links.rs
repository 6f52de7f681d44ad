//! Web links have a natural key (product, address, role), so each is looked for before it is made.

use std::collections::BTreeMap;

use super::flight::{Flight, refuse_link};
use crate::consonance::{decode, request, request::NewWebLink};
use crate::engine::inbox::{Item, Kind};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::model::ids::{ProductId, WebLinkId, WorkId};
use crate::model::product::WebLink;
use crate::model::title::Title;
use crate::platform::Call;
use crate::state::intent::Stage;
use crate::state::link::PlacedLink;

/// Brings the web links of every replacing flight in line.
pub fn bring_in_line(
    run: &mut Run,
    flights: &mut [Flight],
    titles: &BTreeMap<WorkId, Title>,
) -> Result<(), Stop> {
    let mut calls = Vec::new();
    let mut owners = Vec::new();
    for (index, flight) in flights.iter().enumerate() {
        if matches!(flight.intent.stage, Stage::Replacing { .. }) && !flight.unsettled {
            for (call, creates) in needed(run, flight, titles) {
                calls.push(call);
                owners.push((index, creates));
            }
        }
    }
    if calls.is_empty() {
        return Ok(());
    }
    run.caller.budget.spend_writes(calls.len());
    run.report.writes += calls.len() as u64;
    let answers = run.consonance(calls)?;
    for ((index, creates), answer) in owners.into_iter().zip(answers) {
        let Some(flight) = flights.get_mut(index) else { continue };
        let ended = answer.and_then(|response| match creates {
            None => decode::deleted(&response.body),
            Some(_) => decode::created_web_link(&response.body).map(|_| ()),
        });
        match ended {
            Ok(()) | Err(Fault::NotFound(_)) => {}
            Err(Fault::Unknown(_) | Fault::Transient(_) | Fault::Unreadable(_)) => {
                flight.unsettled = true;
            }
            Err(Fault::Refused(words)) => match creates {
                Some(link) => refuse_link(run, flight, &link, &words)?,
                None => {
                    // A link that must go and does not: not again and again within one run.
                    flight.unsettled = true;
                    flight.asks = true;
                    let why = format!(
                        "Consonance refuses to remove a link to the image's rights: {words}"
                    );
                    run.inbox.raise(Item::new(Kind::BadRecord, &flight.intent.asset, why));
                }
            },
            Err(fault) => return Err(by_fault(run.platform, "Consonance", fault)),
        }
    }
    Ok(())
}

/// The changes that are still needed, with the link that a call creates; none: it deletes one.
fn needed(
    run: &Run,
    flight: &Flight,
    titles: &BTreeMap<WorkId, Title>,
) -> Vec<(Call, Option<PlacedLink>)> {
    let config = &run.config.consonance;
    let create = flight.intent.links.iter().filter(|l| found(titles, l).is_none()).map(|link| {
        let work = flight.intent.desired.as_ref().map_or(0, |d| d.work);
        let new = NewWebLink {
            product: ProductId(link.product),
            work: WorkId(work),
            link: link.link.clone(),
            role: link.role.clone(),
            note: link.note.clone(),
        };
        (request::create_web_link(config, &new), Some(link.clone()))
    });
    let delete = flight
        .intent
        .old_links
        .iter()
        .filter_map(|link| found(titles, link))
        .map(|there| (request::delete_web_link(config, WebLinkId(there.id.0)), None));
    create.chain(delete).collect()
}

/// The link as Consonance shows it.
pub fn found<'a>(titles: &'a BTreeMap<WorkId, Title>, link: &PlacedLink) -> Option<&'a WebLink> {
    titles
        .values()
        .flat_map(|title| &title.products)
        .filter(|product| product.id.0 == link.product)
        .flat_map(|product| &product.web_links)
        .find(|w| w.link == link.link && w.role == link.role)
}
