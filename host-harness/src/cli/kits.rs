//! `kits`: the launch kits inside their window, the least complete first.

use host_harness::bindings::exports::consonance_smintio::connector::reports::LaunchKit;
use serde_json::{Value, json};

use super::context::Context;
use super::exit::{Failure, Status};
use super::output::counted;
use super::table::table;

/// Digits of a hash that people compare.
const HASH_DIGITS: usize = 12;

/// Runs the command.
pub async fn kits(context: &Context) -> Result<Status, Failure> {
    let opened = context.open_stored().await?;
    let kits = opened.tenant.launch_kits().await?;
    context.output.show(|| kits.iter().map(to_json).collect::<Value>(), || to_text(&kits));
    Ok(Status::Done)
}

fn to_text(kits: &[LaunchKit]) -> String {
    if kits.is_empty() {
        return "No title is inside its launch window.".to_owned();
    }
    let columns =
        ["title", "complete", "what is missing", "collection", "manifest", "shared until"];
    let mut shown = table(&columns);
    for kit in kits {
        let hash: Option<String> =
            kit.manifest_sha256.as_ref().map(|hash| hash.chars().take(HASH_DIGITS).collect());
        let not_made = || "not made yet".to_owned();
        shown.add_row([
            kit.title.clone(),
            format!("{} %", kit.complete_percent),
            kit.missing.join("; "),
            kit.collection.clone().unwrap_or_else(not_made),
            hash.unwrap_or_else(not_made),
            kit.shared_until.clone().unwrap_or_default(),
        ]);
    }
    let hint = "`run --flow launch-metadata` brings them up to date";
    format!("{shown}\n\n{}; {hint}", counted(kits.len(), "kit"))
}

fn to_json(kit: &LaunchKit) -> Value {
    let manifest: Option<Value> =
        kit.manifest.as_deref().and_then(|text| serde_json::from_str(text).ok());
    json!({
        "title": kit.title,
        "collection": kit.collection,
        "complete-percent": kit.complete_percent,
        "missing": kit.missing,
        "manifest-sha256": kit.manifest_sha256,
        "manifest": manifest,
        "shared-until": kit.shared_until,
    })
}
