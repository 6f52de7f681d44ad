//! Portals: search, details, downloads, collections through `execute`. Every call starts a
//! background task; what it finds comes as text inside the task. Names that no source confirms
//! stand in the profile, and nowhere else.

pub mod decode;
pub mod profile;
pub mod request;
mod wire;

pub use super::error;
pub use profile::Profile;
