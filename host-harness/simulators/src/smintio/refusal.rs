//! What this server says when it does not do as asked. The body is always
//! `{error_code, error_message, error_details?}` (facts 1.6), with no-store headers.

use crate::http::Response;
use serde_json::{Value, json};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// `error_code`.
    pub code: &'static str,
    /// `error_message`.
    pub message: String,
    /// `error_details.uuid`.
    pub uuid: Option<String>,
}

impl Refusal {
    /// A refusal without details.
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), uuid: None }
    }

    /// 404 for a record.
    pub fn not_found(what: &str, uuid: &str) -> Self {
        Self::new(404, "not_found", format!("The {what} was not found")).about(uuid)
    }

    /// 400 for an argument.
    pub fn argument(message: impl Into<String>) -> Self {
        Self::new(400, "argument_invalid", message)
    }

    /// 403 for a record.
    pub fn denied(what: &str, uuid: &str) -> Self {
        Self::new(403, "permission_denied", format!("Access to the {what} is denied")).about(uuid)
    }

    /// Names the record.
    pub fn about(mut self, uuid: &str) -> Self {
        self.uuid = Some(uuid.to_owned());
        self
    }

    /// The body.
    pub fn body(&self) -> Value {
        let mut body = json!({"error_code": self.code, "error_message": self.message});
        if let Some(uuid) = &self.uuid {
            body["error_details"] = json!({"uuid": uuid});
        }
        body
    }

    /// The answer.
    pub fn response(&self) -> Response {
        let mut response = Response::json(self.status, &self.body());
        for (name, value) in [
            ("cache-control", "no-cache, no-store, must-revalidate"),
            ("pragma", "no-cache"),
            ("expires", "0"),
        ] {
            response.headers.push((name.to_owned(), value.to_owned()));
        }
        response
    }
}

/// A JSON answer that must not be stored.
pub fn answer(body: &Value) -> Response {
    let mut response = Response::json(200, body);
    response.headers.push(("cache-control".to_owned(), "no-store".to_owned()));
    response
}
