//! `run`: one flow until it is done.

use std::time::Duration;

use host_harness::bindings::consonance_smintio::connector::types::Budget;
use host_harness::bindings::exports::consonance_smintio::connector::connector::RunState;
use host_harness::clock::{show_instant, until};
use host_harness::tenant::Tenant;

use super::arguments::RunOptions;
use super::context::{Context, Opened};
use super::exit::{Failure, Status};
use super::interrupt::{ended, in_order, sleep};
use super::totals::Totals;

/// The shortest wait between two calls, so that a pause that is over at once does not spin.
const WAIT_MIN: Duration = Duration::from_millis(100);

/// How often a lease that somebody else holds is asked for again.
const BUSY_WAIT: Duration = Duration::from_secs(2);

/// A run that was killed leaves its lease behind, which ends by itself within two minutes.
const BUSY_MAX: Duration = Duration::from_secs(130);

/// What is said while waiting for it.
const HELD: &str = "Another run of this flow holds the lease, or was killed and its lease has not \
                    run out yet; waiting for up to two minutes.";

/// What is said after an interruption.
const GOES_ON: &str = "Interrupted. No lease is left behind; the next run goes on from here.";

/// Runs the command.
pub async fn run(context: &Context, options: &RunOptions) -> Result<Status, Failure> {
    loop {
        // Opened for each run: between two runs the store is free for other commands.
        let ended = once(context, options).await;
        let Some(every) = options.every else {
            return ended;
        };
        // What only a person can mend ends the loop; what may pass by itself does not.
        match ended {
            Err(failure) if failure.status() == Status::Unavailable => eprintln!("{failure}"),
            Err(failure) => return Err(failure),
            Ok(_) => {}
        }
        sleep(context, every).await;
        if context.interrupts.is_asked() {
            return Ok(Status::Interrupted);
        }
    }
}

async fn once(context: &Context, options: &RunOptions) -> Result<Status, Failure> {
    let Opened { tenant, budget } = context.open().await?;
    let (state, totals) = settle(context, &tenant, &options.flow, budget, !options.no_wait).await?;
    let ended = ended(context, status(&state));
    // Until when an interrupted run pauses is nothing that anybody waits for.
    let end = match ended {
        Status::Interrupted => "interrupted before its end".to_owned(),
        _ => totals.end_in_words(&state),
    };
    context.output.show(|| totals.to_json(&state), || totals.to_text(&end));
    if ended == Status::Interrupted {
        eprintln!("{GOES_ON}");
    }
    Ok(ended)
}

/// Calls until the flow is done or cannot go on by itself, waiting while it is paused.
pub async fn settle(
    context: &Context,
    tenant: &Tenant,
    flow: &str,
    budget: Budget,
    wait: bool,
) -> Result<(RunState, Totals), Failure> {
    let mut totals = Totals::default();
    let mut busy = Duration::ZERO;
    loop {
        let result = in_order(context, tenant, tenant.run(flow, budget)).await;
        context.progress.finish();
        let result = result?;
        let state = result.state;
        let is_held = state == RunState::Busy && busy < BUSY_MAX;
        if !is_held || !wait {
            totals.add(result.report);
        }
        match state {
            RunState::Busy if wait && is_held => {
                if busy.is_zero() {
                    eprintln!("{HELD}");
                }
                busy += BUSY_WAIT;
                sleep(context, BUSY_WAIT).await;
            }
            RunState::Paused(at) if wait => pause(context, at).await,
            _ => return Ok((state, totals)),
        }
        if context.interrupts.is_asked() {
            return Ok((state, totals));
        }
    }
}

/// Waits until an instant, and says so if it is long enough to be noticed.
pub async fn pause(context: &Context, at: u64) {
    let wait = until(at).max(WAIT_MIN);
    if wait > Duration::from_secs(2) {
        let stage = format!("waiting until {}", show_instant(at));
        context.progress.progress(&stage, 0, None);
    }
    sleep(context, wait).await;
    context.progress.finish();
}

/// The exit code for the end of a run.
pub fn status(state: &RunState) -> Status {
    match state {
        RunState::Done => Status::Done,
        RunState::Paused(_) => Status::Unavailable,
        RunState::Busy => Status::Busy,
        RunState::AwaitingAcceptance(_) => Status::WaitsForPerson,
    }
}
