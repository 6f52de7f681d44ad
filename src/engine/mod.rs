//! The run, in the one order in which it is safe: lease, recover, observe, plan, guard, intend,
//! effect, read back, commit, cursor.

pub mod budget;
pub mod call;
pub mod contexts;
pub mod dossier;
pub mod effect;
pub mod inbox;
pub mod lease;
pub mod licences;
pub mod lookup;
pub mod names;
pub mod observe;
pub mod paging;
pub mod plan;
pub mod retry;
pub mod run;
pub mod runner;
pub mod shelves;
pub mod statements;
pub mod stop;
pub mod stream;
pub mod tasks;
