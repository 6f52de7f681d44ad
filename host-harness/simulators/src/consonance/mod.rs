//! Consonance as a deterministic core.
