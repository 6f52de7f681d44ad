//! All collections of the portal that carry a marker of ours. What is missing here is gone only
//! after a direct look.

use std::collections::BTreeMap;

use crate::engine::lease::Held;
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::shelf::marker;
use crate::limits::PAGES_MAX;
use crate::model::ids::CollectionId;
use crate::smintio::portals::{decode, request};

/// A collection as it was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What was listed.
#[derive(Debug, Default)]
pub struct Listing {
    by_marker: BTreeMap<String, Vec<Listed>>,
    by_id: BTreeMap<String, Listed>,
}

impl Listing {
    /// The collections that carry a marker, by id.
    pub fn marked(&self, marker: &str) -> &[Listed] {
        self.by_marker.get(marker).map_or(&[], Vec::as_slice)
    }

    /// The collection of that id.
    pub fn of_id(&self, id: &str) -> Option<&Listed> {
        self.by_id.get(id)
    }

    fn add(&mut self, listed: Listed) {
        if self.by_id.contains_key(&listed.id) {
            return;
        }
        if let Some(marker) = marker(&listed.name) {
            self.by_marker.entry(marker.to_owned()).or_default().push(listed.clone());
        }
        self.by_id.insert(listed.id.clone(), listed);
    }
}

/// Lists every collection. The names of those without a marker are kept only if `ours` knows
/// their ids: a person may have renamed one of ours.
pub fn read(
    run: &mut Run,
    lease: &mut Held,
    ours: &std::collections::BTreeSet<String>,
) -> Result<Listing, Stop> {
    let mut listing = Listing::default();
    let mut page = 0;
    while page < PAGES_MAX {
        lease.renew(run.platform)?;
        let at = (page, paging::size(run)?);
        let answer = tasks::one(run, request::collections_search(&run.config.portals, "", at))?;
        let found = answer.and_then(|text| decode::collections(&run.config.portals, &text));
        let Some(found) = paging::taught(run, page, found)? else { continue };
        page += 1;
        run.platform.progress("collections", u64::from(page), None);
        let is_empty = found.collections.is_empty();
        for head in found.collections {
            let (id, name) = (head.id.0, head.name.unwrap_or_default());
            if ours.contains(&id) || marker(&name).is_some() {
                listing.add(Listed { id, name });
            }
        }
        if !found.has_more || is_empty {
            return Ok(listing);
        }
    }
    Err(Stop::LimitReached(format!("Portals lists more than {PAGES_MAX} pages of collections")))
}

/// Which of these collections are gone: Portals says so when asked for each.
pub fn gone(run: &mut Run, ids: &[String]) -> Result<Vec<String>, Stop> {
    let calls = ids
        .iter()
        .map(|id| request::collection(&run.config.portals, &CollectionId(id.clone())))
        .collect();
    let answers = tasks::all(run, calls)?;
    let mut gone = Vec::new();
    for (id, answer) in ids.iter().zip(answers) {
        let found = answer.and_then(|text| decode::collection(&run.config.portals, &text));
        // Seen, or not sure: it stays.
        if matches!(found, Err(Fault::NotFound(_))) {
            gone.push(id.clone());
        }
    }
    Ok(gone)
}
