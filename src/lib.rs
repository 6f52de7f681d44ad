//! The connector between Consonance and Smint.io. See ARCHITECTURE.md for the data's path.

pub mod limits;
pub mod model;
pub mod platform;
