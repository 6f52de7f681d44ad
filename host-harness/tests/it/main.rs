//! The command line and the built component, as a platform meets them. Its presence also makes
//! `cargo test` build the binary `connector`, which the suite in `tests/` drives.
#![allow(clippy::disallowed_methods, reason = "tests run programs and read files")]

mod command_line;
mod commands;
mod interrupted;
mod login;
mod schema;
mod simulated;
mod slips;
