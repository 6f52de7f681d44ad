//! One file per flow: what was observed, to what shall be. Pure: no clock, no store, no requests.

pub mod approved_assets;
pub mod clearance;
pub mod fit;
pub mod placement;
