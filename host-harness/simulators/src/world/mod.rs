//! What both vendors start with: seeds, and the generator that makes them from real titles.
//!
//! Everything is made from (titles, seed, today) alone: the same options give the same world, and
//! a larger world begins with the titles of a smaller one.

pub mod seed;

mod assets;
pub mod collections;
mod countries;
mod generate;
mod isbn;
mod products;
mod purchases;
mod rights;
mod rng;
mod subjects;
mod summary;
#[cfg(test)]
mod tests;
mod titles;
mod works;

pub use assets::FAULTS;
pub use generate::{Options, generate};
pub use purchases::{LEGAL_ENTITY, SPECIALS, Special};
pub(crate) use rng::Rng;
pub use summary::Summary;
