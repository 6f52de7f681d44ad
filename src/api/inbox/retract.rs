//! What an answer let pass and no run has carried out is taken back together with the answer.

use crate::engine::plan::covers::{self, Class};
use crate::flows::approved_assets::FLOW;
use crate::platform::Platform;
use crate::state::flow::FlowMemory;
use crate::state::keys;
use crate::state::store::{self, StateFault};

/// A mapping that no configuration has: whatever the next plan changes is asked about.
const NO_MAPPING: &str = "taken back";

/// Takes it back, where the id is that of a question about many changes. The flow forgets its consent
/// first: without the covers, but with the consent, everything would pass.
pub fn retract(platform: &dyn Platform, id: &str) -> Result<(), StateFault> {
    let Some(class) = Class::asked_as(id) else { return Ok(()) };
    if Class::PLANS.contains(&class) {
        forget_consent(platform, class)?;
    }
    covers::take_back(platform, class)
}

fn forget_consent(platform: &dyn Platform, class: Class) -> Result<(), StateFault> {
    let key = keys::flow(FLOW);
    let Some(memory) = store::get::<FlowMemory>(platform, &key)? else { return Ok(()) };
    let mut after = memory.value.clone();
    if class == Class::FirstPlan {
        after.accepted &= after.completed;
    } else if covers::is_let_pass(platform, class)? {
        after.mapping_hash = Some(NO_MAPPING.to_owned());
    }
    if after != memory.value {
        store::put(platform, &key, Some(memory.version), &after)?;
    }
    Ok(())
}
