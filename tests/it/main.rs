//! The whole suite in one binary, so that everything is linked once.
//!
//! `bench` is the world that the others act in. `seeds` and `kills` prove that faults and deaths
//! change nothing in the end; `people` that a person's acts are respected; `second_run` that
//! nothing is written twice and plan equals run; `bad_bodies` and `records` that nonsense destroys
//! nothing; `storms` and `personalities` that it all holds at once and at other vendors. `audit`
//! looks up the truth.
//! `modes` runs the connector against every named mode of the vendors.
//! `shelves` tests the flows towards Smint.io: cards, kits and tags.
//! `conformance` is the table of what the simulators do, through both doors. `component` tests the built component and the command line, `tidy` the house rules.
#![allow(clippy::disallowed_methods, reason = "tests run programs and read files")]

mod audit;
mod bad_bodies;
mod bench;

mod choices;
mod component;
mod conformance;
mod kills;
mod lost_and_refused;
mod modes;
mod people;
mod personalities;
mod records;
mod second_run;
mod seeds;
mod shelves;
mod storms;
mod tidy;
