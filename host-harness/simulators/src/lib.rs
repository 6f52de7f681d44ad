//! Consonance and Smint.io as the connector meets them.
//!
//! Each vendor is a deterministic core (`http::Vendor`: a request and an instant in, a response
//! out, no clock, no I/O). `server` puts the cores on loopback; the tests drive the same cores in
//! process under a virtual clock. Nothing here shares a type with the connector: what an answer
//! looks like follows the vendors' facts, never the connector's wishes.
#![allow(
    clippy::disallowed_methods,
    reason = "the servers live in real time; the cores take time as a value"
)]

pub mod consonance;
pub mod faults;
pub mod http;
pub mod image_file;
pub mod modes;
pub mod pair;
mod paths;
pub mod server;
pub mod smintio;
pub mod world;
