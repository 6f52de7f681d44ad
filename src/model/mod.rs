//! Book-trade and rights types in the words of the trade: no vendor words, no serde, no I/O.

pub mod asset;
pub mod country;
pub mod date;
pub mod declaration;
pub mod ids;
pub mod isbn;
pub mod language;
pub mod licence;
pub mod product;
pub mod role;
pub mod title;
