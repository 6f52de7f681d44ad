//! `simulate`: both vendors on loopback until Ctrl-C.

use std::time::Duration;

use host_harness::config_file::Logging;
use host_harness::simulation::{Scale, Simulation};
use serde_json::json;
use simulators::faults::{Fault, NAMES};

use super::arguments::SimulateOptions;
use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

/// Runs the command. The result is shown once everything is served and written, so that a
/// script can wait for it.
pub async fn simulate(context: &Context, options: &SimulateOptions) -> Result<Status, Failure> {
    context.start_log(&Logging::default());
    if options.fault.iter().any(|name| name == "list") {
        show_faults(context);
        return Ok(Status::Done);
    }
    let faults = faults(&options.fault)?;
    let scale = Scale { titles: options.titles, seed: options.seed, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await?;
    simulation.set_faults(&faults, options.seed);
    if let Some(path) = &options.write_config {
        simulation.write_config(path)?;
    }
    let [consonance, images, smintio, files] = simulation.origins();
    let machine = || {
        json!({
            "consonance": consonance,
            "images": images,
            "smintio": smintio,
            "files": files,
            "config": options.write_config,
        })
    };
    let person = || {
        let written = match &options.write_config {
            Some(path) => format!("\n\nTry: connector --config {} check", path.display()),
            None => String::new(),
        };
        format!(
            "Consonance  {consonance} (images {images})\nSmint.io    {smintio} (files {files})\n\n\
             {}{written}\nCtrl-C ends it.",
            simulation.summary()
        )
    };
    context.output.show(machine, person);
    std::future::pending::<()>().await;
    Ok(Status::Done)
}

fn show_faults(context: &Context) {
    let machine = || {
        let fault = |(name, what): &(&str, &str)| json!({ "name": name, "what": what });
        json!(NAMES.iter().map(fault).collect::<Vec<_>>())
    };
    let person = || {
        let mut shown = table(&["fault", "what goes wrong"]);
        for (name, what) in NAMES {
            shown.add_row([name, what]);
        }
        shown.to_string()
    };
    context.output.show(machine, person);
}

/// The faults of these names; an unknown one is answered with all that there are.
fn faults(names: &[String]) -> Result<Vec<Fault>, Failure> {
    let unknown = |name: &String| {
        let known: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        Failure::Usage(format!("there is no fault {name:?}; there are {}", known.join(", ")))
    };
    names.iter().map(|name| Fault::named(name).ok_or_else(|| unknown(name))).collect()
}
