//! Need table.
