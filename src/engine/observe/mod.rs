//! Reads what changed at both vendors into the mirrors. A record that cannot be read never
//! overwrites what is known; what is missing from a listing is gone only after a direct look.

pub mod assets;
pub mod purchases;
pub mod titles;
pub mod works;
