//! `discover`: what can be chosen in the configuration.

use serde_json::{Value, json};

use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

/// Runs the command.
pub async fn discover(context: &Context) -> Result<Status, Failure> {
    let opened = context.open().await?;
    let choices = opened.tenant.discover(opened.budget).await?;
    context.progress.finish();
    let machine = || {
        let choices = choices.iter().map(
            |choice| json!({ "kind": choice.kind, "value": choice.value, "label": choice.label }),
        );
        choices.collect::<Value>()
    };
    let person = || {
        let mut shown = table(&["kind", "value", "label"]);
        for choice in &choices {
            shown.add_row([&choice.kind, &choice.value, &choice.label]);
        }
        shown.to_string()
    };
    context.output.show(machine, person);
    Ok(Status::Done)
}
