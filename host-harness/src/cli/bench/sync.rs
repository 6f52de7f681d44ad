//! A first run and a run without changes, with the component, the durable store and both
//! simulated vendors on loopback.
//!
//! Invariant: seconds are those of the whole run, calls and the waits between them included.

use std::time::{Duration, Instant};

use host_harness::simulation::{Scale, Simulation};
use serde_json::json;

use super::Figure;
use super::stopwatch::seconds;
use crate::cli::arguments::SyncOptions;
use crate::cli::context::{Context, Opened};
use crate::cli::demo::Folder;
use crate::cli::exit::Failure;
use crate::cli::run::settle;
use crate::cli::totals::state_word;

const FLOW: &str = "approved-assets";

/// Measures.
pub async fn measure(context: &Context, options: &SyncOptions) -> Result<Vec<Figure>, Failure> {
    let folder = Folder::new(None)?;
    let (titles, seed) = (options.scale.titles, options.scale.seed);
    let scale = Scale { titles, seed, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await?;
    let path = folder.path.join("connector.toml");
    simulation.write_config(&path)?;
    let mut opened = context.open_file(&path).await?;
    opened.budget.max_requests = options.max_requests.unwrap_or(opened.budget.max_requests);
    let requests = opened.budget.max_requests;
    let mut figures = vec![
        ("titles".to_owned(), titles.into()),
        ("requests that a call may send".to_owned(), requests.into()),
    ];
    for name in ["first run", "run without changes"] {
        figures.extend(timed(context, &opened, name).await?);
    }
    drop(opened);
    simulation.stop().await;
    Ok(figures)
}

async fn timed(context: &Context, opened: &Opened, name: &str) -> Result<Vec<Figure>, Failure> {
    let (waited_before, calls_before) = opened.tenant.platform().store_time().sum();
    let began = Instant::now();
    let (state, totals) = settle(context, &opened.tenant, FLOW, opened.budget, true).await?;
    let took = began.elapsed();
    let (waited, calls) = opened.tenant.platform().store_time().sum();
    let peak = opened.tenant.platform().peak_memory().bytes();
    let figure = |what: &str, value| (format!("{name}: {what}"), value);
    Ok(vec![
        figure("ended", state_word(&state).into()),
        figure("seconds", seconds(took).into()),
        figure("of these waiting for the store", seconds(waited - waited_before).into()),
        figure("calls of the store", (calls - calls_before).into()),
        figure("calls of the component", totals.run_ids.len().into()),
        figure("requests", totals.requests.values().sum::<u64>().into()),
        figure("requests by kind", json!(totals.requests)),
        figure("changes at the vendors", totals.writes.into()),
        figure("records", totals.to_json(&state)["totals"].clone()),
        figure("peak guest memory so far, bytes", peak.into()),
    ])
}
