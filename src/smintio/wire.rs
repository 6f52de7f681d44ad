//! The error body that CLAPI-C and Portals share.

use serde::Deserialize;

use crate::limits::SMINTIO_BODY_BYTES_MAX;
use crate::vendor::wire::answer;

/// `{error_code, error_message, ...}`; the details may hold ids and are left out.
#[derive(Debug, Default, Deserialize)]
pub struct ErrorBody {
    pub error_code: Option<String>,
    pub error_message: Option<String>,
}

/// What an error body says, for a person.
pub fn words(body: &[u8]) -> Option<String> {
    let error: ErrorBody = answer(body, SMINTIO_BODY_BYTES_MAX).ok()?;
    match (error.error_code, error.error_message) {
        (Some(code), Some(message)) => Some(format!("{code}, {message}")),
        (code, message) => code.or(message),
    }
}
