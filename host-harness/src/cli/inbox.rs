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
use super::output::counted;
use super::table::table;

mod stored;

/// Items asked for at once.
const PAGE: u32 = 500;

/// Runs the command.
pub async fn inbox(context: &Context, options: &InboxOptions) -> Result<Status, Failure> {
    let opened = context.open_stored().await?;
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
            let item = opened.tenant.inbox_show(id).await?;
            opened.tenant.inbox_resolve(id, choice).await?;
            let machine = || json!({ "id": id, "choice": choice, "instead-of": item.answer });
            context.output.show(machine, || resolved(&item, choice));
        }
        InboxCommand::Replay { id } => {
            opened.tenant.inbox_replay(id).await?;
            let person = || format!("{id} is dropped; the next run looks at its record afresh.");
            context.output.show(|| json!({ "replayed": id }), person);
        }
        InboxCommand::Reset { flow, yes } => {
            stored::reset(context, &opened.tenant, flow, *yes).await?;
        }
        InboxCommand::Export { out, overwrite } => {
            let out = stored::target(out.as_deref(), *overwrite)?;
            stored::export(context, &opened.tenant, out).await?;
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

/// An id is the kind and the record, so neither has a column of its own.
fn list(items: &[Item]) -> String {
    if items.is_empty() {
        return "Nothing waits for a person.".to_owned();
    }
    let mut shown = table(&["id", "what happened", "choices", "answer"]);
    for item in items {
        let choices: Vec<&str> = item.choices.iter().map(|choice| choice.id.as_str()).collect();
        let answer = item.answer.as_deref().unwrap_or_default();
        shown.add_row([&item.id, &item.message, &choices.join(", "), answer]);
    }
    let answered = items.iter().filter(|item| item.answer.is_some()).count();
    let open = items.len() - answered;
    let waits = match answered {
        0 => String::new(),
        some => format!(
            "; {some} answered, which can be changed until a run begins (about a title or a \
             purchase: until it is read well)"
        ),
    };
    let open = counted(open, "open item");
    format!("{shown}\n\n{open}; answer one with `inbox resolve ID CHOICE`{waits}")
}

/// What an answer does, in the words in which it was offered.
fn resolved(item: &Item, choice: &str) -> String {
    let id = &item.id;
    let earlier = match &item.answer {
        Some(earlier) if earlier != choice => format!(" instead of `{earlier}`"),
        _ => String::new(),
    };
    let label = item.choices.iter().find(|offered| offered.id == choice);
    let label = label.map_or_else(String::new, |offered| format!("\n  {}.", offered.label));
    format!("{id} is answered with `{choice}`{earlier}; the next run acts on it.{label}")
}

fn to_text(item: &Item) -> String {
    let Item { id, kind, record_id, message, choices, answer, since, details } = item;
    let mut text = format!(
        "{id}\n  kind:   {kind}\n  record: {record_id}\n  since:  {}\n\n  {message}\n",
        show_instant(*since)
    );
    for choice in choices {
        // Writing into a String cannot fail.
        write!(text, "\n  {}: {}", choice.id, choice.label).ok();
    }
    if let Some(answer) = answer {
        write!(text, "\n\n  answered: {answer}").ok();
    }
    if let Some(details) = in_lines(details) {
        write!(text, "\n\n  details:{details}").ok();
    }
    text
}

/// Details as one line per key; none: there are none.
fn in_lines(details: &str) -> Option<String> {
    let details = serde_json::from_str(details).unwrap_or_else(|_| Value::from(details));
    let Value::Object(members) = details else {
        return (!details.is_null()).then(|| format!(" {}", plain(&details)));
    };
    let lines = members.iter().map(|(key, value)| format!("\n    {key}: {}", plain(value)));
    let lines: String = lines.collect();
    (!lines.is_empty()).then_some(lines)
}

/// A value as people write it: texts without quotes, lists by their members.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.replace('\n', "\n      "),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
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
        "answer": item.answer,
        "since": item.since,
        "details": details,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_lines_of_keys_and_values() {
        let cases = [
            (r#"{"facts":"gone 7"}"#, Some("\n    facts: gone 7")),
            (r#"{"a":[1,"b"],"c":null}"#, Some("\n    a: 1, b\n    c: -")),
            (r#""words""#, Some(" words")),
            ("no JSON", Some(" no JSON")),
            ("{}", None),
            ("null", None),
        ];
        for (details, expected) in cases {
            assert_eq!(in_lines(details).as_deref(), expected, "{details}");
        }
    }
}
