//! Carries operations out. Each one is stored as an intent before anything is sent, walks through
//! its stages (sending, created, replacing), and is committed last; a run that dies in between
//! leaves an intent from which the next run goes on.

pub mod address;
pub mod commit;
pub mod create;
pub mod drive;
pub mod examine;
pub mod execute;
pub mod flight;
pub mod links;
pub mod orphans;
pub mod prepare;
pub mod recover;
pub mod replace;
pub mod settle;
