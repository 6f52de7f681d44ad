//! From the mirrors to operations: survey every asset, judge it, settle who may have a contested
//! edition, compare with what is there, guard. Reads the store, sends nothing, changes nothing.

mod awaited;
pub mod change;
pub mod contest;
pub mod covers;
pub mod diff;
pub mod guard;
pub mod judge;
pub mod losses;
mod notes;
pub mod operation;
pub mod past;
pub mod planner;
pub mod refused;
pub mod rest;
pub mod sketch;
pub mod survey;
pub mod undone;
