//! Book-trade and rights types in the words of the trade: no vendor words, no I/O.
//! What a mirror holds derives serde: mirrors are caches in exactly this shape, and one that cannot be
//! read any more is read from the vendor again.

pub mod asset;
pub mod country;
pub mod date;
pub mod declaration;
pub mod delivery;
pub mod ids;
pub mod isbn;
pub mod language;
pub mod licence;
pub mod product;
pub mod publication;
pub mod role;
pub mod title;
