//! `inbox changes`: what runs changed at Consonance, from the audit.

use host_harness::clock::show_instant;
use host_harness::tenant::Tenant;
use serde_json::{Value, json};

use super::exit::Failure;
use super::output::counted;
use super::table::table;

/// Entries asked for at once.
const PAGE: u32 = 500;

/// All changes, or those of one run, oldest first.
pub async fn all(tenant: &Tenant, run: Option<&str>) -> Result<Vec<Value>, Failure> {
    let mut changes = Vec::new();
    let mut start = None;
    loop {
        let page = tenant.audit(run, start.as_deref(), PAGE).await?;
        for entry in page.entries {
            let document: Value = serde_json::from_str(&entry.document).unwrap_or_default();
            changes.push(json!({
                "change": format!("{}/{}", entry.run_id, entry.sequence),
                "at": entry.at,
                "action": document["action"],
                "asset": document["asset"],
                "work": document["work"],
                "why": document["why"],
            }));
        }
        match page.next {
            Some(next) => start = Some(next),
            None => return Ok(changes),
        }
    }
}

/// The changes as people read them.
pub fn list(changes: &[Value]) -> String {
    if changes.is_empty() {
        return "Nothing was changed.".to_owned();
    }
    let mut shown = table(&["change", "when", "what", "asset", "work", "why"]);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for change in changes {
        shown.add_row([
            text(&change["change"]),
            show_instant(change["at"].as_u64().unwrap_or_default()),
            text(&change["action"]),
            text(&change["asset"]),
            text(&change["work"]),
            text(&change["why"]),
        ]);
    }
    let changes = counted(changes.len(), "change");
    format!("{shown}\n\n{changes}; take one back with `inbox undo CHANGE`")
}
