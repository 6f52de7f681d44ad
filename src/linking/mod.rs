//! Which title and products an asset belongs to, and which purchase covers it.
