//! `check`: proves that a configuration works, without writing.

use serde_json::{Value, json};

use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

/// Runs the command: exit code 1 if a proof failed.
pub async fn check(context: &Context) -> Result<Status, Failure> {
    let opened = context.open().await?;
    let results = opened.tenant.check(opened.budget).await?;
    context.progress.finish();
    let machine = || {
        let results = results.iter().map(|result| {
            json!({ "name": result.name, "outcome": result.outcome, "detail": result.detail })
        });
        results.collect::<Value>()
    };
    let person = || {
        let mut shown = table(&["outcome", "what", "seen"]);
        for result in &results {
            shown.add_row([&result.outcome, &result.name, &result.detail]);
        }
        shown.to_string()
    };
    context.output.show(machine, person);
    let failed = results.iter().any(|result| result.outcome == "failed");
    Ok(if failed { Status::Problem } else { Status::Done })
}
