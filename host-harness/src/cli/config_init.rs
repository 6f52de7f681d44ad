//! `config init`: a commented configuration to start from.
//!
//! Invariant: an existing file is never overwritten, and the file holds no secret.

use std::io::Write as _;

use serde_json::json;

use super::arguments::{ConfigCommand, ConfigOptions};
use super::context::Context;
use super::exit::{Failure, Status};

const TEMPLATE: &str = include_str!("config_init/connector.toml");

/// Runs the command.
pub fn config(context: &Context, options: &ConfigOptions) -> Result<Status, Failure> {
    match options.command {
        ConfigCommand::Init => init(context),
    }
}

fn init(context: &Context) -> Result<Status, Failure> {
    let path = &context.config;
    let shown = path.display();
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = made.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::Usage(format!(
            "{shown} is already there: move it away first, or name another with --config"
        )),
        _ => Failure::Usage(format!("{shown} cannot be written: {error}")),
    })?;
    file.write_all(TEMPLATE.as_bytes())
        .map_err(|error| Failure::Usage(format!("{shown} cannot be written: {error}")))?;
    let machine = || json!({ "written": path });
    let person = || {
        format!(
            "{shown} is written. Fill in the addresses and the connections, then:\n  connector \
             login smintio   brings a person's consent\n  connector check           proves that \
             it works\n  connector discover        lists what can be chosen\n  connector plan  \
             \x20         shows what a run would do"
        )
    };
    context.output.show(machine, person);
    Ok(Status::Done)
}
