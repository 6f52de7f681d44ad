//! Smint.io (identity, CLAPI-C, Portals, files) as a deterministic core.
