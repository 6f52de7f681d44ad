//! What the two vendors' modules have in common: the guard before every JSON body, HTTP statuses
//! as faults, the mechanics of a wire profile. Nothing here knows a vendor's name or words.

pub mod guard;
pub mod profile;
pub mod retry_after;
pub mod status;
pub mod url;
pub mod wire;
