//! `simulate`: both vendors on loopback until Ctrl-C.

use std::time::Duration;

use host_harness::config_file::Logging;
use host_harness::simulation::{Scale, Simulation};
use serde_json::json;

use super::arguments::SimulateOptions;
use super::context::Context;
use super::exit::{Failure, Status};

/// Runs the command. The result is shown once everything is served and written, so that a
/// script can wait for it.
pub async fn simulate(context: &Context, options: &SimulateOptions) -> Result<Status, Failure> {
    context.start_log(&Logging::default());
    let scale = Scale { titles: options.titles, seed: options.seed, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await?;
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
