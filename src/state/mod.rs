//! What is stored between runs. Every value carries a format version; a newer one than ours stops
//! the run, an older one is migrated when it is read. Mirrors (`title/`, `asset/`, `licence/`) are
//! caches of what the vendors showed: one that cannot be read is read from the vendor again.
//! Links, intents, cursors and decisions are our own memory and never guessed.

pub mod audit;
pub mod context;
pub mod cursor;
pub mod flow;
pub mod guard;
pub mod inbox;
pub mod intent;
pub mod keys;
pub mod lease;
pub mod licence_link;
pub mod link;
pub mod looked;
pub mod mirror;
pub mod refusal;
pub mod shelf;
pub mod statement;
pub mod store;
pub mod task;
pub mod unlisted;

/// The format of everything stored. Grows when an older component could no longer read it.
pub const FORMAT: u32 = 1;
