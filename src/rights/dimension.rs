//! The ten dimensions of a grant. Each file holds one, in the same shape: a `check` that compares
//! what the grant states with what the use needs and writes down what it found.
//! Invariant: ignorance is never a pass, and a bad value never makes a finding better.

pub(super) mod editorial;
pub(super) mod industry;
pub(super) mod keys;
pub(super) mod language;
pub(super) mod media;
pub(super) mod placement;
pub(super) mod print_run;
pub(super) mod size;
pub(super) mod territory;
pub(super) mod time;
pub(super) mod usage;
