//! The whole suite in one binary, so that everything is linked once.
//!
//! `bench` is the world that the others act in. `seeds` and `kills` prove that faults and deaths
//! change nothing in the end, `killed_answers` that no answer is lost or stretched by a death; `people` that a person's acts are respected; `second_run` that
//! nothing is written twice and plan equals run; `bad_bodies` and `records` that nonsense destroys
//! nothing; `storms` and `personalities` that it all holds at once and at other vendors. `audit`
//! looks up the truth.
//! `all_flows` that the flows of one tenant leave each other's work alone; `plan_pages` that a plan's pages fit together; `statements` what people state about rights.
//! `shelves` tests the flows towards Smint.io: cards, kits and tags; `shares` what outsiders see of
//! them, `paused_shelves` such runs over several calls, `contexts` tags by an adapter; `crossing` two
//! flows at the same collection. `conformance` is the table of what the simulators do,
//! through both doors.
//! `reevaluation` tests that verdicts follow the clock and each fact; `licences` the links of
//! purchases, `notes` the sentences on rights links, `snapshots` that every delivery of a licence is
//! kept for ever and named where it counted.
//! `rest` tests older images beside newer ones, `troubled` files that are in trouble.
//! `modes` runs the connector against every named mode of the vendors.
//! `component` tests the built component and the command line, `tidy` the house rules.
#![allow(clippy::disallowed_methods, reason = "tests run programs and read files")]

mod all_flows;
mod audit;
mod bad_bodies;
mod bench;

mod cancelled;
mod choices;
mod component;
mod conformance;
mod contexts;
mod crossing;
mod files;
mod guard;
mod killed_answers;
mod kills;
mod licences;
mod licences_crossing;
mod listing;
mod lost_and_refused;
mod modes;
mod notes;
mod paused_shelves;
mod people;
mod personalities;
mod plan_pages;
mod questions;
mod records;
mod reevaluation;
mod replayed;
mod rest;
mod second_run;
mod seeds;
mod shares;
mod shelves;
mod snapshots;
mod statements;
mod storms;
mod tasks;
mod tidy;
mod troubled;
mod undo;
