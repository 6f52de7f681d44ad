//! `demo`: both vendors, the component, two runs, and a table of what happened.
//!
//! Invariant: exit code 0 means that both runs were done and the second wrote nothing.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use host_harness::bindings::exports::consonance_smintio::connector::connector::{
    CheckResult, RunState,
};
use host_harness::simulation::{Scale, Simulation};
use serde_json::json;

use super::arguments::DemoOptions;
use super::context::{Context, Opened};
use super::exit::{Failure, Status};
use super::output::counted;
use super::run::{settle, status};
use super::totals::{Totals, state_in_words};

/// The flow that is shown.
const FLOW: &str = "approved-assets";

/// Runs the command.
pub async fn demo(context: &Context, options: &DemoOptions) -> Result<Status, Failure> {
    let folder = Folder::new(options.keep.as_deref())?;
    context.progress.progress("making both vendors", 0, None);
    let scale = Scale { titles: options.titles, seed: options.seed, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await?;
    let path = folder.path.join("connector.toml");
    simulation.write_config(&path)?;
    context.progress.finish();
    context.output.note(&format!("Both vendors are up.\n{}\n", simulation.summary()));

    let opened = context.open_file(&path).await?;
    let checks = opened.tenant.check(opened.budget).await?;
    context.progress.finish();
    context.output.note(&checked(&checks));
    if let Some(failed) = checks.iter().find(|check| check.outcome == "failed") {
        return Err(Failure::Usage(format!("{}: {}", failed.name, failed.detail)));
    }
    let first = timed(context, &opened, "First run").await?;
    if first.0 != RunState::Done {
        return Ok(unfinished("first", &first.0));
    }
    let second = timed(context, &opened, "Second run").await?;
    if second.0 != RunState::Done {
        return Ok(unfinished("second", &second.0));
    }
    Ok(conclude(context, &first, &second, opened.tenant.platform().peak_memory().bytes()))
}

/// How a run ended and what it did.
type Ended = (RunState, Totals);

async fn timed(context: &Context, opened: &Opened, name: &str) -> Result<Ended, Failure> {
    let started = Instant::now();
    let (state, totals) = settle(context, &opened.tenant, FLOW, opened.budget, true).await?;
    let seconds = started.elapsed().as_secs_f32();
    context.output.note(&format!(
        "{name}, {seconds:.1} s\n{}\n",
        totals.to_text(&totals.end_in_words(&state))
    ));
    Ok((state, totals))
}

fn conclude(context: &Context, first: &Ended, second: &Ended, peak: usize) -> Status {
    let machine = || {
        json!({
            "first": first.1.to_json(&first.0),
            "second": second.1.to_json(&second.0),
            "peak-guest-memory-bytes": peak,
        })
    };
    let (wrote, again) = (first.1.writes, second.1.writes);
    let person = || {
        let mib = peak.div_ceil(1 << 20);
        let verdict = if again == 0 {
            "Nothing moved at the vendors, so nothing was written again."
        } else {
            "That is wrong: nothing had moved at the vendors."
        };
        format!(
            "The first run made {}, the second {again}. {verdict}\nThe component used at most {mib} \
             MiB.",
            counted(wrote, "change")
        )
    };
    context.output.show(machine, person);
    if again == 0 { Status::Done } else { Status::Problem }
}

fn unfinished(which: &str, state: &RunState) -> Status {
    eprintln!("The {which} run is not done: {}", state_in_words(state));
    status(state)
}

fn checked(checks: &[CheckResult]) -> String {
    let count = |outcome: &str| checks.iter().filter(|check| check.outcome == outcome).count();
    format!(
        "Check: {} proven, {} unproven (accepted by the configuration), {} failed\n",
        count("proven"),
        count("unproven"),
        count("failed")
    )
}

/// The demo's folder: kept if a person named it, else taken away at the end.
pub struct Folder {
    /// Where.
    pub path: PathBuf,
    temporary: bool,
}

impl Folder {
    /// Makes it.
    pub fn new(keep: Option<&Path>) -> Result<Self, Failure> {
        let (path, temporary) = match keep {
            Some(path) => (path.to_owned(), false),
            None => {
                let name = format!("connector-demo-{}", std::process::id());
                (std::env::temp_dir().join(name), true)
            }
        };
        std::fs::create_dir_all(&path).map_err(|error| {
            Failure::Usage(format!("the folder {} cannot be made: {error}", path.display()))
        })?;
        Ok(Self { path, temporary })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary {
            // A leftover in the temporary folder does no harm.
            std::fs::remove_dir_all(&self.path).ok();
        }
    }
}
