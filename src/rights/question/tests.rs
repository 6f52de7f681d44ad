//! Use tests.
