//! What both vendors start with: seeds, and the generator that makes them from real titles.
//!
//! Everything is made from (titles, seed, today) alone: the same options give the same world, and
//! a larger world begins with the titles of a smaller one.

pub mod seed;
