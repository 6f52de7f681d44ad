//! The members of launch kits before we add to them: what a person put there first is that
//! person's and stays when we would take it off. Tags are ours as a whole and are not read.

use std::collections::BTreeSet;

use super::compare::deleted;
use super::flight::Flight;
use super::listing;
use super::shares::{self, opens};
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::shelf::Sharing;
use crate::limits::PAGES_MAX;
use crate::model::ids::CollectionId;
use crate::smintio::portals::{decode, request};

/// Reads the members where it matters.
pub fn look(run: &mut Run, flights: &mut [Flight]) -> Result<(), Stop> {
    for flight in flights.iter_mut() {
        let looks = matters(flight) || (opens(flight) && is_open(flight));
        if opens(flight) && !is_open(flight) {
            // Who is in it is not known now.
            flight.desired.share = Sharing::Untouched;
        }
        let Some(id) = flight.shelf.collection.clone().filter(|_| looks) else { continue };
        let Some(theirs) = read(run, &CollectionId(id.clone()))? else {
            lost(run, flight, id)?;
            continue;
        };
        shares::strangers(run, flight, &theirs);
        let Some(members) = &flight.desired.members else { continue };
        let adopted = flight.shelf.wanted.is_empty() && flight.version.is_none();
        let there: Vec<String> = members.intersection(&theirs).cloned().collect();
        for asset in there {
            // A collection that carries our marker and that we forgot was filled by us.
            if flight.shelf.wanted.insert(asset.clone()) && adopted {
                flight.shelf.ours.insert(asset);
            }
        }
    }
    Ok(())
}

/// An interrupted addition is repeated as it is: its assets are ours whoever sees them first.
fn matters(flight: &Flight) -> bool {
    let is_kit = flight.desired.marker.starts_with('C');
    let open = is_open(flight);
    let adds = flight.desired.members.as_ref();
    is_kit && open && adds.is_some_and(|members| !members.is_subset(&flight.shelf.wanted))
}

fn is_open(flight: &Flight) -> bool {
    flight.end.is_none() && flight.shelf.pending.is_none()
}

/// Its members were not to be had: a person may have deleted it since the listing.
fn lost(run: &mut Run, flight: &mut Flight, id: String) -> Result<(), Stop> {
    if listing::gone(run, std::slice::from_ref(&id))?.is_empty() {
        let detail = format!("Portals shows collection {id}, but does not find its assets");
        return Err(Stop::VendorUnavailable(detail));
    }
    deleted(run, flight);
    Ok(())
}

/// Who is in it; `None`: Portals does not find it.
fn read(run: &mut Run, collection: &CollectionId) -> Result<Option<BTreeSet<String>>, Stop> {
    let mut members = BTreeSet::new();
    let mut result_set: Option<String> = None;
    let mut page = 0;
    while page < PAGES_MAX {
        let portals = &run.config.portals;
        let at = (page, paging::size(run)?);
        let call =
            request::search_collection_assets(portals, collection, at, result_set.as_deref());
        let found = tasks::one(run, call)?.and_then(|text| decode::asset_page(portals, &text));
        if matches!(found, Err(Fault::NotFound(_))) {
            return Ok(None);
        }
        let Some(found) = paging::taught(run, page, found)? else { continue };
        page += 1;
        let is_empty = found.assets.is_empty();
        members.extend(found.assets.into_iter().flatten().map(|head| head.id.0));
        if !found.has_more || is_empty {
            return Ok(Some(members));
        }
        result_set = found.result_set.or(result_set);
    }
    Err(Stop::LimitReached(format!("collection {collection} has more than {PAGES_MAX} pages")))
}
