//! The connector between Consonance and Smint.io. See ARCHITECTURE.md for the data's path.
//!
//! Modules in reading order, which is the order of the data:

pub mod api;
pub mod config;
pub mod consonance;
pub mod engine;
pub mod fault;
pub mod flows;
#[cfg(any(test, target_family = "wasm"))]
mod guest;
mod json;
pub mod limits;
pub mod linking;
pub mod model;
pub mod order;
pub mod platform;
pub mod report;
pub mod rights;
pub mod smintio;
pub mod state;
pub mod vendor;
