//! Smint.io: licence purchases (CLAPI-C) and Portals.

pub mod clapi;
pub mod portals;
