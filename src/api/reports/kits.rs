//! `reports.launch-kits`: the kits inside their window, how complete each is, and what the last run
//! froze of it. From what was read last, without requests.

use super::LaunchKit;
use crate::api::convert;
use crate::api::error::ApiError;
use crate::engine::budget::{Allowance, Budget};
use crate::engine::observe::purchases::Freshness;
use crate::engine::run::Run;
use crate::engine::shelves::{desired, known};
use crate::flows::kit;
use crate::model::ids::CollectionId;
use crate::order;
use crate::platform::Platform;

/// The launch kits inside their window, the least complete first.
pub fn launch_kits(platform: &dyn Platform, config: &str) -> Result<Vec<LaunchKit>, ApiError> {
    let config = convert::config(config)?;
    let nothing = Allowance { deadline_ms: 1, max_requests: 0, max_writes: 0 };
    let mut run = Run::begin(platform, &config, kit::FLOW, Budget::start(platform, nothing));
    run.inbox.load_decisions(platform)?;
    let known = known::whole(&run)?;
    let mut kits = Vec::new();
    desired::each_kit(&mut run, Freshness::Fresh, |_, title, _, group| {
        let made = kit::kit(&config.kit, title, &group.members, &group.others);
        let shelf = known.get(&format!("C{}", title.id)).map(|(shelf, _)| shelf);
        let manifest = shelf.and_then(|shelf| shelf.manifest.clone());
        kits.push(LaunchKit {
            title: title.title.clone(),
            collection: shelf.and_then(|s| s.collection.clone()).map(CollectionId),
            complete_percent: made.complete_percent,
            missing: made.missing,
            manifest_sha256: manifest.as_ref().map(|m| m.sha256.clone()),
            manifest: manifest.map(|m| m.document),
            shared_until: shelf
                .and_then(|s| s.share.as_ref())
                .filter(|share| !share.id.is_empty())
                .map(|share| share.until.clone()),
        });
    })?;
    order::sort_by(&mut kits, &|a, b| {
        (a.complete_percent, &a.title).cmp(&(b.complete_percent, &b.title))
    });
    Ok(kits)
}
