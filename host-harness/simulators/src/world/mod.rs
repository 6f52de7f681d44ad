//! What both vendors start with.

pub mod seed;
