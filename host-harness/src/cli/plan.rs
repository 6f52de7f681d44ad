//! `plan`: what a run would do now.

use host_harness::bindings::exports::consonance_smintio::connector::connector::{Change, RunState};
use serde_json::{Value, json};

use super::arguments::PlanOptions;
use super::context::{Context, Opened};
use super::exit::{Failure, Status};
use super::run::{pause, status};
use super::table::table;
use super::totals::Totals;

/// Changes asked for at once.
const PAGE: u32 = 1_000;

/// Runs the command.
pub async fn plan(context: &Context, options: &PlanOptions) -> Result<Status, Failure> {
    let opened = context.open().await?;
    let (state, totals, changes) = collect(context, &opened, options).await?;
    let machine = || {
        let mut report = totals.to_json(&state);
        report["changes"] = changes.iter().map(to_json).collect();
        report
    };
    let person = || {
        let shown = show(&changes, options.show);
        format!("{shown}\n\n{} changes planned\n\n{}", changes.len(), totals.to_text(&state))
    };
    context.output.show(machine, person);
    // A plan that waits for its acceptance is a plan: that is what was asked for.
    Ok(match state {
        RunState::AwaitingAcceptance(_) => Status::Done,
        ref other => status(other),
    })
}

async fn collect(
    context: &Context,
    opened: &Opened,
    options: &PlanOptions,
) -> Result<(RunState, Totals, Vec<Change>), Failure> {
    let (mut totals, mut changes) = (Totals::default(), Vec::new());
    let mut start: Option<String> = None;
    loop {
        let page = opened.tenant.plan(&options.flow, start.as_deref(), PAGE, opened.budget).await;
        context.progress.finish();
        let page = page?;
        if let RunState::Paused(at) = page.state
            && !options.no_wait
        {
            totals.add(page.report);
            pause(context, at).await;
            continue;
        }
        totals.add(page.report);
        changes.extend(page.changes);
        match page.next {
            Some(next) => start = Some(next),
            None => return Ok((page.state, totals, changes)),
        }
    }
}

fn show(changes: &[Change], most: usize) -> String {
    let mut shown = table(&["action", "title", "products", "asset", "why"]);
    for change in changes.iter().take(most) {
        let products: Vec<String> = change.product_ids.iter().map(ToString::to_string).collect();
        let asset = change.asset.as_deref().unwrap_or("-");
        shown.add_row([&change.action, &change.title, &products.join(", "), asset, &change.why]);
    }
    let left_out = changes.len().saturating_sub(most);
    if left_out > 0 { format!("{shown}\n({left_out} more)") } else { shown.to_string() }
}

fn to_json(change: &Change) -> Value {
    let effect: Value = serde_json::from_str(&change.effect)
        .unwrap_or_else(|_| Value::String(change.effect.clone()));
    json!({
        "id": change.id,
        "action": change.action,
        "title": change.title,
        "work": change.work_id,
        "products": change.product_ids,
        "asset": change.asset,
        "why": change.why,
        "effect": effect,
    })
}
