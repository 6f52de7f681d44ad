//! The reference platform of the connector: what a host must do around the component, as a
//! library. The CLI `connector` and the tests are built on it.
//!
//! The path of one call: `platform` compiles the component once; a `tenant` binds a
//! configuration, its connections and its store; each call gets a fresh wasmtime store with
//! `limits`, and `imports` answers the guest from `state`, `credentials`, `egress` and
//! `telemetry`.
#![allow(
    clippy::disallowed_methods,
    reason = "the harness is the platform: it owns the clock, the environment and the sockets"
)]

pub mod bindings;
pub mod clock;
pub mod config_file;
pub mod credentials;
pub mod egress;
pub mod engine;
pub mod error;
pub mod imports;
pub mod limits;
pub mod platform;
pub mod private_file;
pub mod simulation;
pub mod state;
pub mod stop;
pub mod telemetry;
pub mod tenant;
