//! Web links have a natural key (product, address, role), so each is looked for before it is made.
//! One that replaces another under the same key is known by not being the old one; the old one goes
//! only when the new one was seen.

use std::collections::BTreeMap;

use super::flight::{Flight, refuse_link};
use crate::config;
use crate::consonance::{decode, request, request::NewWebLink};
use crate::engine::inbox::{Item, Kind};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::model::ids::{ProductId, WebLinkId, WorkId};
use crate::model::product::WebLink;
use crate::model::title::Title;
use crate::platform::{Call, Response};
use crate::state::intent::Stage;
use crate::state::link::PlacedLink;

/// Titles as they were read last.
pub type Titles = BTreeMap<WorkId, Title>;

/// Links that shall be there in the end, and ours that shall not.
pub struct Change<'a> {
    /// The work they are on.
    pub work: WorkId,
    /// Those that shall be there.
    pub links: &'a [PlacedLink],
    /// Ours that go.
    pub old: &'a [PlacedLink],
}

/// A request for a link.
pub struct Needed {
    /// The request.
    pub call: Call,
    /// The link that it makes; none: it deletes one.
    pub creates: Option<PlacedLink>,
}

/// How a request for a link ended.
pub enum Ended {
    /// As it should.
    Done,
    /// A read will tell.
    Unknown,
    /// The vendor does not do it, and says why.
    Refused(String),
}

impl Change<'_> {
    /// The link as Consonance shows it, if it is there.
    pub fn made<'t>(&self, titles: &'t Titles, link: &PlacedLink) -> Option<&'t WebLink> {
        let same_product = |old: &&PlacedLink| old.product == link.product;
        let is_old = |there: &&WebLink| {
            self.old.iter().filter(same_product).any(|old| self.is_old(old, there))
        };
        with_key(titles, link).find(|there| !is_old(there))
    }

    /// A link of ours that is still there and shall not be.
    fn left<'t>(&self, titles: &'t Titles, old: &PlacedLink) -> Option<&'t WebLink> {
        with_key(titles, old).find(|there| self.is_old(old, there))
    }

    /// Whether what is there on the product is the old one, and not the one that takes its place.
    fn is_old(&self, old: &PlacedLink, there: &WebLink) -> bool {
        if !is_same_key(old, there) {
            return false;
        }
        match (self.successor(old), old.id) {
            // A person may have put a link of the same address and role beside ours.
            (None, Some(id)) => there.id.0 == id,
            (None, None) => there.note == old.note,
            (Some(_), Some(id)) => there.id.0 == id,
            (Some(new), None) => there.note == old.note && there.note != new.note,
        }
    }

    /// The link that takes the place of an old one under its natural key.
    fn successor(&self, old: &PlacedLink) -> Option<&PlacedLink> {
        let key = |link: &PlacedLink| (link.product, link.link.clone(), link.role.clone());
        self.links.iter().find(|new| key(new) == key(old))
    }

    /// The requests that are needed now. What this run made already is not made again, even if a
    /// read does not show it yet.
    pub fn needed(
        &self,
        config: &config::Consonance,
        titles: &Titles,
        made: &[PlacedLink],
    ) -> Vec<Needed> {
        let missing = |link: &&PlacedLink| self.made(titles, link).is_none();
        let create = self.links.iter().filter(missing).filter(|link| !made.contains(link));
        let create = create.map(|link| {
            let new = NewWebLink {
                product: ProductId(link.product),
                work: self.work,
                link: link.link.clone(),
                role: link.role.clone(),
                note: link.note.clone(),
            };
            Needed { call: request::create_web_link(config, &new), creates: Some(link.clone()) }
        });
        let may_go = |old: &&PlacedLink| {
            self.successor(old).is_none_or(|new| self.made(titles, new).is_some())
        };
        let delete = self
            .old
            .iter()
            .filter(may_go)
            .filter_map(|old| self.left(titles, old))
            .map(|there| request::delete_web_link(config, WebLinkId(there.id.0)))
            .map(|call| Needed { call, creates: None });
        create.chain(delete).collect()
    }

    /// Whether none of the old ones is there any more.
    pub fn is_cleared(&self, titles: &Titles) -> bool {
        self.old.iter().all(|old| self.left(titles, old).is_none())
    }

    /// The links that are there, as they are remembered; one that Consonance refused is not ours.
    pub fn settled(&self, titles: &Titles) -> Vec<PlacedLink> {
        let settled = |link: &PlacedLink| {
            let there = self.made(titles, link)?;
            let shown = (there.note != link.note).then(|| there.note.clone());
            Some(PlacedLink { id: Some(there.id.0), shown, ..link.clone() })
        };
        self.links.iter().filter_map(settled).collect()
    }
}

fn is_same_key(link: &PlacedLink, there: &WebLink) -> bool {
    there.link == link.link && there.role == link.role
}

fn with_key<'t>(titles: &'t Titles, link: &PlacedLink) -> impl Iterator<Item = &'t WebLink> {
    titles
        .values()
        .flat_map(|title| &title.products)
        .filter(|product| product.id.0 == link.product)
        .flat_map(|product| &product.web_links)
        .filter(|there| is_same_key(link, there))
}

/// The links of a flight.
pub fn change(flight: &Flight) -> Change<'_> {
    Change {
        work: WorkId(flight.intent.desired.as_ref().map_or(0, |d| d.work)),
        links: &flight.intent.links,
        old: &flight.intent.old_links,
    }
}

/// Brings the web links of every replacing flight in line.
pub fn bring_in_line(run: &mut Run, flights: &mut [Flight], titles: &Titles) -> Result<(), Stop> {
    let mut calls = Vec::new();
    let mut owners = Vec::new();
    for (index, flight) in flights.iter().enumerate() {
        if matches!(flight.intent.stage, Stage::Replacing { .. }) && !flight.unsettled {
            let config = &run.config.consonance;
            for needed in change(flight).needed(config, titles, &flight.linked) {
                calls.push(needed.call);
                owners.push((index, needed.creates));
            }
        }
    }
    for ((index, creates), answer) in owners.into_iter().zip(send(run, calls)?) {
        let Some(flight) = flights.get_mut(index) else { continue };
        let deletes = creates.is_none();
        match ended(run, deletes, answer)? {
            Ended::Done => flight.linked.extend(creates),
            Ended::Unknown => flight.unsettled = true,
            Ended::Refused(words) => {
                // A link that must go and does not, or whose successor does not come: not again
                // and again within one run.
                let waits = deletes || !flight.intent.old_links.is_empty();
                flight.unsettled |= waits;
                flight.asks |= waits;
                if let Some(link) = creates {
                    refuse_link(run, flight, &link, &words)?;
                    continue;
                }
                let why =
                    format!("Consonance refuses to remove a link to the image's rights: {words}");
                run.inbox.raise(Item::new(Kind::BadRecord, &flight.intent.asset, why));
            }
        }
    }
    Ok(())
}

/// Sends the requests, which are counted as writes.
pub fn send(run: &mut Run, calls: Vec<Call>) -> Result<Vec<Result<Response, Fault>>, Stop> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let count = calls.len();
    run.caller.budget.spend_writes(count);
    // Where the budget ends before the first of them, the next call sends and counts them.
    let answers = run.consonance(calls)?;
    run.report.writes += count as u64;
    Ok(answers)
}

/// What an answer to such a request says.
pub fn ended(run: &Run, deletes: bool, answer: Result<Response, Fault>) -> Result<Ended, Stop> {
    let answer = answer.and_then(|response| match deletes {
        true => decode::deleted(&response.body),
        false => decode::created_web_link(&response.body).map(|_| ()),
    });
    match answer {
        Ok(()) => Ok(Ended::Done),
        Err(Fault::NotFound(_)) if deletes => Ok(Ended::Done),
        Err(Fault::Unknown(_) | Fault::Transient(_) | Fault::Unreadable(_)) => Ok(Ended::Unknown),
        Err(Fault::Refused(words) | Fault::NotFound(words)) => Ok(Ended::Refused(words)),
        Err(fault) => Err(by_fault(run.platform, "Consonance", fault)),
    }
}

#[cfg(test)]
mod tests;
