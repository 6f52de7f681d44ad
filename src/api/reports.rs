//! Readiness, launch kits, the audit: the `reports` interface.

mod kits;

pub use kits::launch_kits;

use super::availability::NotYet;
use super::convert;
use super::error::ApiError;
use super::input::page_limit;
use crate::engine::stop::Stop;
use crate::model::date::{Day, Instant};
use crate::model::ids::{CollectionId, ProductId};
use crate::platform::Platform;
use crate::state::audit;
use crate::state::store::{self, StateFault};

/// One line of the readiness report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadinessLine {
    /// The title.
    pub title: String,
    /// The product.
    pub product_id: ProductId,
    /// The milestone.
    pub milestone: String,
    /// Its day, where it is known.
    pub due: Option<Day>,
    /// The role that is needed.
    pub role: String,
    /// ready, expiring, missing, wrong-specification or rights-unknown.
    pub state: String,
    /// Why, in a sentence.
    pub why: String,
}

/// A launch kit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchKit {
    /// The title.
    pub title: String,
    /// The Portals collection.
    pub collection: Option<CollectionId>,
    /// How complete it is, 0 to 100.
    pub complete_percent: u8,
    /// What is missing and why.
    pub missing: Vec<String>,
    /// The hash of the frozen manifest (SHA-256, hexadecimal).
    pub manifest_sha256: Option<String>,
    /// The manifest as JSON.
    pub manifest: Option<String>,
    /// The last day on which outsiders may see it, `2027-06-30`.
    pub shared_until: Option<String>,
}

/// One change as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The run.
    pub run_id: String,
    /// Its position in the run.
    pub sequence: u32,
    /// When.
    pub at: Instant,
    /// What was done, to what, why and by which rule, as JSON.
    pub document: String,
}

/// A page of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries, oldest first.
    pub entries: Vec<AuditEntry>,
    /// Where to go on; `None` on the last page.
    pub next: Option<String>,
}

/// Which product misses what for which milestone; worst first.
pub fn readiness(
    _platform: &dyn Platform,
    _config: &str,
    _within_days: u32,
) -> Result<Vec<ReadinessLine>, ApiError> {
    NotYet::ReportsReadiness.answer()
}

/// What was changed, by whom and why.
pub fn audit(
    platform: &dyn Platform,
    config: &str,
    run_id: Option<&str>,
    start: Option<&str>,
    limit: u32,
) -> Result<AuditPage, ApiError> {
    convert::config(config)?;
    page_limit(limit, 1_000)?;
    let prefix = run_id.map_or_else(|| "audit/".to_owned(), |id| format!("audit/{id}/"));
    let (entries, next) = store::page(platform, &prefix, start, limit).map_err(state)?;
    let entries = entries
        .iter()
        .map(|entry| {
            let entry = store::decode::<audit::AuditEntry>(entry)?.value;
            Ok(AuditEntry {
                run_id: entry.run_id.clone(),
                sequence: entry.sequence,
                at: Instant(entry.at),
                document: serde_json::to_string(&entry)
                    .map_err(|e| StateFault::Corrupt(e.to_string()))?,
            })
        })
        .collect::<Result<_, StateFault>>()
        .map_err(state)?;
    Ok(AuditPage { entries, next })
}

fn state(fault: StateFault) -> ApiError {
    Stop::from(fault).into()
}
