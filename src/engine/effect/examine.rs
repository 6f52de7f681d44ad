//! Files that Consonance failed on in this run. Each is looked at before the run ends, so that one
//! that is no image is known as such, and the next run does not ask for it again.

use super::address::{Addressed, addresses};
use super::execute::REQUESTS_EACH;
use super::flight::refuse;
use crate::engine::plan::operation::Operation;
use crate::engine::run::Run;
use crate::engine::stop::Stop;

/// Looks at the files of the operations that failed, as far as the budget goes: the next run looks
/// at the others.
pub fn examine(run: &mut Run, operations: &[Operation]) -> Result<(), Stop> {
    let failed = std::mem::take(&mut run.failed);
    let suspects: Vec<Operation> = operations
        .iter()
        .filter(|o| o.create && o.copies.is_none() && failed.contains(&o.asset))
        .take(run.caller.budget.of_requests(REQUESTS_EACH))
        .cloned()
        .collect();
    for (operation, addressed) in addresses(run, suspects)? {
        if let Addressed::Wrong(why) = addressed {
            let version = operation.desired.as_ref().map_or("", |d| d.version.as_str());
            refuse(run, &operation.asset, version, &why)?;
        }
    }
    Ok(())
}
