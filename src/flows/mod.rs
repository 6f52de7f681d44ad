//! One file per flow: what was observed, to what shall be. Pure: no clock, no store, no requests.

pub mod approved_assets;
pub mod card;
pub mod clearance;
pub mod context;
pub mod exchange;
pub mod fit;
pub mod kit;
pub mod note;
pub mod placement;
pub mod rights_links;
pub mod several_titles;
pub mod shelf;
pub mod stock_licences;
pub mod tags;
pub mod title_document;
mod troubled;
