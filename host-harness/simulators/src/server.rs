//! The cores on loopback.
