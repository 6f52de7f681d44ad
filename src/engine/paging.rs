//! How long a page of Portals may be. The platform's documented maximum is tried first; a portal
//! that allows less refuses it, and what it takes is remembered.

use super::observe::MIRRORS;
use super::run::Run;
use super::stop::{Stop, by_fault};
use crate::fault::Fault;
use crate::limits::ASSETS_PER_PAGE;
use crate::state::cursor::PageSize;
use crate::state::store::StateFault;
use crate::state::{keys, store};

/// What is known of the portal's pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paging {
    /// As it is stored, with its version, once it was looked up.
    stored: Option<Option<(u32, u64)>>,
    /// What a refusal taught this run.
    tried: Option<u32>,
}

/// Entries a page.
pub fn size(run: &mut Run) -> Result<u32, Stop> {
    let stored = match run.paging.stored {
        Some(stored) => stored,
        None => {
            let found = store::get::<PageSize>(run.platform, &key())?;
            found.map(|found| (found.value.size, found.version))
        }
    };
    run.paging.stored = Some(stored);
    let known = stored.map_or(ASSETS_PER_PAGE, |(size, _)| size);
    Ok(run.paging.tried.unwrap_or(known).clamp(1, ASSETS_PER_PAGE))
}

/// After a refusal: half of it; `None` if one is too much already.
fn halve(run: &mut Run) -> Result<Option<u32>, Stop> {
    let size = size(run)?;
    let half = (size > 1).then_some(size / 2);
    run.paging.tried = half;
    Ok(half)
}

/// After a page that was not refused: a smaller size is kept for the next runs.
fn taken(run: &mut Run) -> Result<(), Stop> {
    let Some(size) = run.paging.tried else { return Ok(()) };
    let stored = run.paging.stored.flatten();
    if stored.is_none_or(|(known, _)| known != size) {
        let version = stored.map(|(_, version)| version);
        match store::put(run.platform, &key(), version, &PageSize { size }) {
            Ok(version) => run.paging.stored = Some(Some((size, version))),
            // Another flow learnt it at the same time.
            Err(StateFault::Conflict(_)) => return Ok(()),
            Err(other) => return Err(other.into()),
        }
    }
    run.paging.tried = None;
    Ok(())
}

/// What a listing does with the answer to a page: `None` if it begins anew with shorter pages. Only
/// a first page is asked for again, so that pages of two lengths never mix.
pub fn taught<T>(run: &mut Run, page: u32, answer: Result<T, Fault>) -> Result<Option<T>, Stop> {
    match answer {
        Ok(found) => {
            taken(run)?;
            Ok(Some(found))
        }
        Err(fault @ Fault::Refused(_)) if page == 0 => match halve(run)? {
            Some(_) => Ok(None),
            None => Err(by_fault(run.platform, VENDOR, fault)),
        },
        Err(fault) => Err(by_fault(run.platform, VENDOR, fault)),
    }
}

const VENDOR: &str = "Smint.io Portals";

fn key() -> String {
    keys::cursor(MIRRORS, "portals-page-size")
}
