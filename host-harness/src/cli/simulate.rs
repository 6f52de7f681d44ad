//! `simulate`: both vendors on loopback until Ctrl-C.

use std::time::Duration;

use host_harness::config_file::Logging;
use host_harness::simulation::{Scale, Simulation};
use serde_json::json;
use simulators::modes::{self, Modes};

use super::arguments::SimulateOptions;
use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

/// Runs the command. The result is shown once everything is served and written, so that a
/// script can wait for it.
pub async fn simulate(context: &Context, options: &SimulateOptions) -> Result<Status, Failure> {
    context.start_log(&Logging::default());
    if options.fault.iter().any(|name| name == "list") {
        show_modes(context);
        return Ok(Status::Done);
    }
    let modes = Modes::named(&options.fault).map_err(|unknown| {
        let known: Vec<&str> = modes::all().iter().map(|mode| mode.name).collect();
        Failure::Usage(format!("{unknown}; there are {}", known.join(", ")))
    })?;
    if let Some(path) = options.write_config.as_ref().filter(|path| path.exists())
        && !options.overwrite
    {
        return Err(Failure::Usage(format!(
            "{} exists already: name another file, or add --overwrite. A new simulator knows nothing \
             of an old one's images, so give it a store of its own, too",
            path.display()
        )));
    }
    let scale = Scale { titles: options.titles, seed: options.seed, latency: Duration::ZERO };
    let simulation = Simulation::in_modes(scale, &modes).await?;
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
            "push": simulation.push,
            "faults": options.fault,
            "config": options.write_config,
        })
    };
    let person = || {
        let written = match &options.write_config {
            Some(path) => format!("\n\nTry: connector --config {} check", path.display()),
            None => String::new(),
        };
        let push = match &simulation.push {
            Some(push) => format!("Events      {push}\n"),
            None => String::new(),
        };
        let faults = match options.fault.as_slice() {
            [] => String::new(),
            named => format!("Faults      {}\n", named.join(", ")),
        };
        format!(
            "Consonance  {consonance} (images {images})\nSmint.io    {smintio} (files {files})\n{push}{faults}\n\
             {}{written}\nCtrl-C ends it.",
            simulation.summary()
        )
    };
    context.output.show(machine, person);
    std::future::pending::<()>().await;
    Ok(Status::Done)
}

fn show_modes(context: &Context) {
    let machine = || {
        let mode = |mode: modes::Mode| json!({ "name": mode.name, "vendor": mode.side.to_string(), "what": mode.what });
        json!(modes::all().into_iter().map(mode).collect::<Vec<_>>())
    };
    let person = || {
        let mut shown = table(&["name", "vendor", "what it does"]);
        for mode in modes::all() {
            shown.add_row([mode.name, &mode.side.to_string(), mode.what]);
        }
        shown.to_string()
    };
    context.output.show(machine, person);
}
