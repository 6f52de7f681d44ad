//! The command `connector`: the reference platform for people and scripts.
#![allow(
    clippy::disallowed_methods,
    reason = "the command is part of the platform: it owns the clock and the environment"
)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
