//! The exported functions as plain Rust over a `Platform`; `guest` puts bindings around it.
