//! The command line: one file per command.
//!
//! Invariant: results go to standard output, everything else to standard error; the exit code
//! says what a script must know.

mod arguments;
mod bench;
mod changes;
mod check;
mod clearance;
mod config_init;
mod context;
mod demo;
mod discover;
mod exit;
mod explain;
mod inbox;
mod interrupt;
mod kits;
mod login;
mod matrix;
mod output;
mod plan;
mod rights;
mod run;
mod simulate;
mod table;
mod totals;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use context::Context;
use exit::{Failure, Status};

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the runtime cannot be started: {error}");
            return Status::Unavailable.into();
        }
    };
    let status = runtime.block_on(async {
        let context = Context::new(&arguments);
        let patience = patience(&arguments.command);
        tokio::select! {
            status = dispatch(&context, &arguments) => status,
            () = context.interrupts.nth(patience) => Ok(interrupted(&arguments.command)),
        }
    });
    // A store call that is still under way must not hold the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    match status {
        Ok(_) if let Some(why) = output::lost() => {
            eprintln!("the results could not be written: {why}. What was done stays done.");
            Status::Unavailable.into()
        }
        Ok(status) => status.into(),
        Err(failure) => {
            output::failure(&failure, arguments.json);
            failure.status().into()
        }
    }
}

/// Which interruption cuts a command off: one that holds a lease ends in order at the first.
fn patience(command: &Command) -> u32 {
    match command {
        Command::Run(_) | Command::Plan(_) => 2,
        _ => 1,
    }
}

/// Ctrl-C is how a simulation ends; anything else was cut off. What was committed stays; the lease
/// of a run that is cut off ends by itself.
fn interrupted(command: &Command) -> Status {
    match command {
        Command::Simulate(_) => Status::Done,
        _ => Status::Interrupted,
    }
}

async fn dispatch(context: &Context, arguments: &Arguments) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Bench(options) => bench::bench(context, options).await,
        Command::Demo(options) => demo::demo(context, options).await,
        Command::Config(config) => config_init::config(context, config),
        Command::Login(options) => login::login(context, options).await,
        Command::Check => check::check(context).await,
        Command::Discover => discover::discover(context).await,
        Command::Plan(options) => plan::plan(context, options).await,
        Command::Run(options) => run::run(context, options).await,
        Command::Explain { subject } => explain::explain(context, subject).await,
        Command::Inbox(inbox) => inbox::inbox(context, inbox).await,
        Command::Rights(options) => rights::rights(context, options).await,
        Command::Kits => kits::kits(context).await,
        Command::Clearance(options) => clearance::clearance(context, options).await,
        Command::Simulate(options) => simulate::simulate(context, options).await,
    }
}
