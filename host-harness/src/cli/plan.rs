//! `plan`: what a run would do now.

use host_harness::bindings::consonance_smintio::connector::types::Error;
use host_harness::bindings::exports::consonance_smintio::connector::connector::{
    Change, PlanResult, RunState,
};
use host_harness::error::CallError;
use serde_json::{Value, json};

use super::arguments::PlanOptions;
use super::context::{Context, Opened};
use super::exit::{Failure, Status};
use super::interrupt::{ended, in_order};
use super::output::counted;
use super::run::{pause, status};
use super::table::table;
use super::totals::{Totals, state_in_words};

/// The most changes that are asked for at once.
const PAGE: usize = 1_000;

/// Changes that are shown to a person who does not say how many.
const SHOWN: usize = 50;

/// How often a plan is begun again because its pages no longer fit together.
const BEGINNINGS: u32 = 3;

/// Pauses of one page: a vendor that is slow for a while is waited for, a page that never comes is not.
const PAUSES_MAX: u32 = 100;

/// A plan, or as much of it as was asked for.
struct Collected {
    state: RunState,
    totals: Totals,
    changes: Vec<Change>,
    more: bool,
}

/// Runs the command.
pub async fn plan(context: &Context, options: &PlanOptions) -> Result<Status, Failure> {
    let opened = context.open().await?;
    let most = match options.limit {
        // A machine wants all of it, unless it says otherwise.
        None if options.all || context.output.is_json() => usize::MAX,
        limit => limit.unwrap_or(SHOWN),
    };
    let found = collect(context, &opened, options, most).await?;
    let machine = || {
        let mut report = found.totals.to_json(&found.state);
        report["changes"] = found.changes.iter().map(to_json).collect();
        report["more"] = found.more.into();
        report
    };
    // A plan that waits for its acceptance is a plan: that is what was asked for.
    let ended = match found.state {
        RunState::AwaitingAcceptance(_) => Status::Done,
        ref other => ended(context, status(other)),
    };
    context.output.show(machine, || to_text(&found, ended));
    Ok(ended)
}

async fn collect(
    context: &Context,
    opened: &Opened,
    options: &PlanOptions,
    most: usize,
) -> Result<Collected, Failure> {
    let mut begun = 1;
    loop {
        match pages(context, opened, options, most).await {
            Err(Failure::Call(CallError::Refused(Error::Conflict(_)))) if begun < BEGINNINGS => {
                begun += 1;
            }
            ended => return ended,
        }
    }
}

/// All pages of one plan, up to so many changes.
async fn pages(
    context: &Context,
    opened: &Opened,
    options: &PlanOptions,
    most: usize,
) -> Result<Collected, Failure> {
    let first = first_page(context, opened, options, most).await?;
    let (mut totals, PlanResult { state, mut changes, mut next, report }) = first;
    totals.add(report);
    let mut pauses = 0;
    while let Some(start) = next.take() {
        let room = most.saturating_sub(changes.len());
        if room == 0 {
            next = Some(start);
            break;
        }
        context.progress.progress("planning", changes.len() as u64, None);
        let page = ask(context, opened, options, Some(&start), room).await?;
        totals.add_requests(page.report);
        match page.state {
            RunState::Done => {
                pauses = 0;
                changes.extend(page.changes);
                next = page.next;
            }
            state if context.interrupts.is_asked() => {
                return Ok(Collected { state, totals, changes, more: true });
            }
            // The same page once more: what the earlier ones rest on is kept.
            RunState::Paused(at) if !options.no_wait && pauses < PAUSES_MAX => {
                pauses += 1;
                pause(context, at).await;
                next = Some(start);
            }
            _ => {
                let why = "the plan stopped before its last page: try again";
                return Err(CallError::Refused(Error::Conflict(why.to_owned())).into());
            }
        }
    }
    Ok(Collected { state, totals, changes, more: next.is_some() })
}

/// The first page reads what changed, and may have to wait for it.
async fn first_page(
    context: &Context,
    opened: &Opened,
    options: &PlanOptions,
    most: usize,
) -> Result<(Totals, PlanResult), Failure> {
    let mut totals = Totals::default();
    loop {
        let page = ask(context, opened, options, None, most).await?;
        match page.state {
            RunState::Paused(at) if !options.no_wait && !context.interrupts.is_asked() => {
                totals.add_requests(page.report);
                pause(context, at).await;
            }
            _ => return Ok((totals, page)),
        }
    }
}

async fn ask(
    context: &Context,
    opened: &Opened,
    options: &PlanOptions,
    start: Option<&str>,
    most: usize,
) -> Result<PlanResult, Failure> {
    let limit = u32::try_from(most.clamp(1, PAGE)).unwrap_or(1);
    let tenant = &opened.tenant;
    let plan = tenant.plan(&options.flow, start, limit, opened.budget);
    let page = in_order(context, tenant, plan).await;
    context.progress.finish();
    Ok(page?)
}

fn to_text(found: &Collected, ended: Status) -> String {
    let Collected { state, totals, changes, more } = found;
    let is_plan = ended == Status::Done;
    let count = match (changes.len(), more) {
        (0, _) if !is_plan => "There is no plan yet.".to_owned(),
        (0, _) => "Nothing is to be changed.".to_owned(),
        (number, false) => {
            format!("{} planned; nothing was changed.", counted(number, "change"))
        }
        (number, true) if !is_plan => {
            format!("The first {}. Nothing was changed.", counted(number, "change"))
        }
        (number, true) => format!(
            "The first {}; `plan --all` shows every one. Nothing was changed.",
            counted(number, "change")
        ),
    };
    let mut parts = vec![totals.to_tables(), count];
    match state {
        RunState::Done => {}
        _ if ended == Status::Interrupted => parts.push("interrupted before its end".to_owned()),
        other => parts.push(state_in_words(other)),
    }
    if !changes.is_empty() {
        parts.insert(0, show(changes));
    }
    parts.join("\n\n")
}

fn show(changes: &[Change]) -> String {
    let mut shown = table(&["action", "title", "products", "asset", "why"]);
    for change in changes {
        let products: Vec<String> = change.product_ids.iter().map(ToString::to_string).collect();
        let asset = change.asset.as_deref().unwrap_or("-");
        shown.add_row([&change.action, &change.title, &products.join(", "), asset, &change.why]);
    }
    shown.to_string()
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
