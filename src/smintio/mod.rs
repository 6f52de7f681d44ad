//! Smint.io: licence purchases (CLAPI-C) and Portals. Two connections that share their error
//! bodies and their way with dates, and no id.

pub mod clapi;
pub mod error;
pub mod portals;
mod stamp;
mod wire;
