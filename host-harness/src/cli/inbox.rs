//! `inbox`: what waits for a person.

use std::fmt::Write as _;

use host_harness::bindings::exports::consonance_smintio::connector::inbox::Item;
use host_harness::clock::show_instant;
use host_harness::tenant::Tenant;
use serde_json::{Value, json};

use super::arguments::{InboxCommand, InboxOptions};
use super::changes;
use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

mod stored;

/// Items asked for at once.
const PAGE: u32 = 500;

/// Runs the command.
pub async fn inbox(context: &Context, options: &InboxOptions) -> Result<Status, Failure> {
    let opened = context.open().await?;
    match &options.command {
        InboxCommand::List { kind } => {
            let mut items = all(&opened.tenant).await?;
            items.retain(|item| kind.as_ref().is_none_or(|kind| item.kind == *kind));
            let machine = || items.iter().map(to_json).collect::<Value>();
            context.output.show(machine, || list(&items));
        }
        InboxCommand::Show { id } => {
            let item = opened.tenant.inbox_show(id).await?;
            context.output.show(|| to_json(&item), || to_text(&item));
        }
        InboxCommand::Resolve { id, choice } => {
            opened.tenant.inbox_resolve(id, choice).await?;
            let machine = || json!({ "id": id, "choice": choice });
            let person = || format!("{id} is answered with `{choice}`; the next run acts on it.");
            context.output.show(machine, person);
        }
        InboxCommand::Replay { id } => {
            opened.tenant.inbox_replay(id).await?;
            let person = || format!("{id} is dropped; the next run looks at its record afresh.");
            context.output.show(|| json!({ "replayed": id }), person);
        }
        InboxCommand::Reset { flow, yes } => {
            stored::reset(context, &opened.tenant, flow, *yes).await?;
        }
        InboxCommand::Export { out } => {
            stored::export(context, &opened.tenant, out.as_deref()).await?;
        }
        InboxCommand::Changes { asset, run } => {
            let mut changes = changes::all(&opened.tenant, run.as_deref()).await?;
            changes.retain(|change| asset.as_ref().is_none_or(|id| change["asset"] == id.as_str()));
            context.output.show(|| Value::from(changes.clone()), || changes::list(&changes));
        }
        InboxCommand::Undo { change } => {
            opened.tenant.inbox_undo(change).await?;
            let machine = || json!({ "change": change, "undone": true });
            let person = || format!("{change} is taken back; the next run acts on it.");
            context.output.show(machine, person);
        }
    }
    Ok(Status::Done)
}

/// All open items.
pub async fn all(tenant: &Tenant) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    let mut start = None;
    loop {
        let page = tenant.inbox_list(start.as_deref(), PAGE).await?;
        items.extend(page.items);
        match page.next {
            Some(next) => start = Some(next),
            None => return Ok(items),
        }
    }
}

fn list(items: &[Item]) -> String {
    if items.is_empty() {
        return "Nothing waits for a person.".to_owned();
    }
    let mut shown = table(&["id", "kind", "record", "what happened", "choices"]);
    for item in items {
        let choices: Vec<&str> = item.choices.iter().map(|choice| choice.id.as_str()).collect();
        shown.add_row([&item.id, &item.kind, &item.record_id, &item.message, &choices.join(", ")]);
    }
    format!("{shown}\n\n{} open items; answer one with `inbox resolve ID CHOICE`", items.len())
}

fn to_text(item: &Item) -> String {
    let Item { id, kind, record_id, message, choices, since, details } = item;
    let mut text = format!(
        "{id}\n  kind:   {kind}\n  record: {record_id}\n  since:  {}\n\n  {message}\n",
        show_instant(*since)
    );
    for choice in choices {
        // Writing into a String cannot fail.
        write!(text, "\n  {}: {}", choice.id, choice.label).ok();
    }
    write!(text, "\n\n  details: {details}").ok();
    text
}

fn to_json(item: &Item) -> Value {
    let choices: Vec<Value> =
        item.choices.iter().map(|c| json!({ "id": c.id, "label": c.label })).collect();
    let details: Value =
        serde_json::from_str(&item.details).unwrap_or_else(|_| Value::String(item.details.clone()));
    json!({
        "id": item.id,
        "kind": item.kind,
        "record": item.record_id,
        "message": item.message,
        "choices": choices,
        "since": item.since,
        "details": details,
    })
}
