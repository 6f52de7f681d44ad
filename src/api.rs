//! The exported functions as plain Rust over a `Platform`, one module per exported interface;
//! `guest` puts bindings around them. Records mirror `wit/` field by field, in the crate's own
//! types, so that tests and the component call the same code.

pub mod assets;
mod audit;
pub mod availability;
pub mod connector;
mod convert;
pub mod decision;
pub mod error;
pub mod flows;
pub mod inbox;
pub mod input;
pub mod reports;
pub mod rights;
pub mod target;

pub use decision::{Decision, Reason, Verdict};
pub use error::{ApiError, Problem};
pub use input::Budget;
pub use target::{Target, TargetKind};

#[cfg(test)]
mod tests;
