//! What people do outside a run stands in the audit beside what runs do.

use serde_json::Value;

use super::error::ApiError;
use crate::engine::stop::Stop;
use crate::platform::Platform;
use crate::state::audit::AuditEntry;
use crate::state::{keys, store};

/// Writes down what a person did.
pub fn audit(
    platform: &dyn Platform,
    action: &str,
    asset: &str,
    why: String,
    document: Value,
) -> Result<(), ApiError> {
    let now = platform.now().0;
    let run_id = format!("{now:013}-{:08x}", platform.random() & 0xffff_ffff);
    let entry = AuditEntry {
        run_id: run_id.clone(),
        sequence: 0,
        at: now,
        action: action.to_owned(),
        asset: asset.to_owned(),
        work: 0,
        why,
        document,
    };
    store::put(platform, &keys::audit(&run_id, 0), None, &entry)
        .map(|_| ())
        .map_err(|fault| Stop::from(fault).into())
}
