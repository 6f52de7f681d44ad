//! CLAPI-C: the feed of licence purchase transactions. It has no writes; names that no source
//! confirms stand in the profile, and nowhere else.

pub mod decode;
pub mod profile;
pub mod request;
mod wire;

pub use super::error;
pub use profile::Profile;
