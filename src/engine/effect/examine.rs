//! Files that Consonance failed on in this run. Each is looked at before the run ends, so that one
//! that is no image is known as such, and the next run does not ask for it again.

use super::address::{Addressed, addresses};
use super::execute::REQUESTS_EACH;
use super::flight::refuse;
use crate::engine::lookup;
use crate::engine::plan::planner::Plan;
use crate::engine::plan::sketch::{self, Image, Sketch};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::ids::WorkId;

/// Looks at the files of the operations that failed, as far as the budget goes: the next run looks
/// at the others.
pub fn examine(run: &mut Run, plan: &Plan) -> Result<(), Stop> {
    let failed = std::mem::take(&mut run.failed);
    let sends = |sketch: &&Sketch| matches!(sketch.image, Image::New | Image::Replaced);
    let suspects: Vec<Sketch> = plan
        .operations
        .iter()
        .filter(sends)
        .filter(|sketch| failed.contains(&sketch.asset))
        .take(run.caller.budget.of_requests(REQUESTS_EACH))
        .cloned()
        .collect();
    let works: Vec<WorkId> = suspects.iter().flat_map(Sketch::works).collect();
    let titles = lookup::titles(run, &works)?;
    let again = sketch::operations(run, plan, &suspects, &titles)?;
    for (operation, addressed) in addresses(run, again.into_values().collect())? {
        if let Addressed::Wrong(why) = addressed {
            let version = operation.desired.as_ref().map_or("", |d| d.version.as_str());
            refuse(run, &operation.asset, version, &why)?;
        }
    }
    Ok(())
}
