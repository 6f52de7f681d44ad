//! Consonance: requests, answers, errors. Requests are values for the engine to send; answers
//! become model types. Names that no source confirms stand in the profile, and nowhere else.

pub mod decode;
pub mod error;
pub mod profile;
pub mod prove;
pub mod request;
mod wire;

pub use profile::{Profile, Write};
