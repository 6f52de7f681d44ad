//! Which title and products an asset belongs to, and which purchase covers it.

/// The linking rules.
#[derive(Debug, Default)]
pub struct Rules;
