//! The whole suite in one binary, so that everything is linked once.
//!
//! `bench` is the world that the others act in. `seeds` and `kills` prove that faults and deaths
//! change nothing in the end; `people` that a person's acts are respected; `second_run` that
//! nothing is written twice and plan equals run; `bad_bodies` that nonsense destroys nothing.
//! `component` tests the built component and the command line, `tidy` the house rules.
#![allow(clippy::disallowed_methods, reason = "tests run programs and read files")]

mod bad_bodies;
mod bench;

mod component;
mod kills;
mod people;
mod second_run;
mod seeds;
mod tidy;
