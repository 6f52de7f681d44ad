//! A first run and a run without changes of every flow, with the component, the durable store and
//! both simulated vendors on loopback; and what an imprint costs that is renamed after that.
//!
//! Invariant: seconds are those of the whole run, calls and the waits between them included.

mod measured;
mod rename;

use std::time::{Duration, Instant};

use host_harness::simulation::{Scale, Simulation};

use super::Figure;
use super::stopwatch::{load, seconds};
use crate::cli::arguments::SyncOptions;
use crate::cli::context::{Context, Opened};
use crate::cli::demo::Folder;
use crate::cli::exit::Failure;
use crate::cli::run::settle;
use crate::cli::totals::state_word;
use measured::{Measured, by_kind};

/// The flows that run today, in the order in which a tenant would switch them on.
pub const FLOWS: [&str; 5] =
    ["approved-assets", "rights-exchange", "launch-metadata", "stock-licences", "title-tags"];

/// Measures: first all first runs, then all runs without changes, so that a flow that undoes
/// another's work would be seen.
pub async fn measure(context: &Context, options: &SyncOptions) -> Result<Vec<Figure>, Failure> {
    let folder = Folder::new(None)?;
    let (titles, seed) = (options.scale.titles, options.scale.seed);
    let scale = Scale { titles, seed, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await?;
    let path = folder.path.join("connector.toml");
    simulation.write_config(&path)?;
    let mut opened = context.open_file(&path).await?;
    opened.budget.max_requests = options.max_requests.unwrap_or(opened.budget.max_requests);
    let mut figures: Vec<Figure> = vec![
        ("titles".to_owned(), titles.into()),
        ("requests that a call may send".to_owned(), opened.budget.max_requests.into()),
        ("load before".to_owned(), load().into()),
    ];
    let mut runs = Vec::new();
    for name in ["first", "again"] {
        for flow in chosen(options) {
            runs.push(timed(context, &opened, name, flow).await?);
        }
    }
    if options.rename_imprint {
        let (what, more) = rename::measure(context, &opened, &simulation).await?;
        figures.extend(what);
        runs.extend(more);
    }
    figures.push(("runs".to_owned(), runs.iter().map(Measured::row).collect()));
    figures.push(("requests by kind, run by run".to_owned(), by_kind(&runs)));
    drop(opened);
    simulation.stop().await;
    Ok(figures)
}

fn chosen(options: &SyncOptions) -> Vec<&str> {
    let named: Vec<&str> = options.flow.iter().map(String::as_str).collect();
    if named.is_empty() { FLOWS.to_vec() } else { named }
}

/// Runs a flow to its end. What it took is told at once, because the next one may take long.
async fn timed(
    context: &Context,
    opened: &Opened,
    name: &'static str,
    flow: &str,
) -> Result<Measured, Failure> {
    let platform = opened.tenant.platform();
    let (waited_before, calls_before) = platform.store_time().sum();
    platform.peak_memory().forget();
    let began = Instant::now();
    let (state, totals) = settle(context, &opened.tenant, flow, opened.budget, true).await?;
    let took = began.elapsed();
    let (waited, store_calls) = platform.store_time().sum();
    let measured = Measured {
        flow: flow.to_owned(),
        run: name,
        ended: state_word(&state),
        seconds: seconds(took),
        store_seconds: seconds(waited - waited_before),
        store_calls: store_calls - calls_before,
        calls: totals.run_ids.len(),
        records: totals.to_json(&state)["totals"].clone(),
        writes: totals.writes,
        peak: platform.peak_memory().bytes(),
        load: load(),
        requests: totals.requests,
    };
    context.output.note(&measured.line());
    Ok(measured)
}
