//! What the guest tells while it works: events to `tracing`, progress to whoever shows it.
//!
//! Invariant: nothing of the guest's text reaches a log unredacted, even though the guest
//! redacts first.

mod guest_output;
pub mod logging;
pub mod progress;
pub mod redact;

pub use guest_output::GuestOutput;
pub use progress::{ProgressSink, Silent};

use std::fmt::Write as _;

use crate::bindings::consonance_smintio::connector::telemetry::{Field, Level};
use redact::redact;

/// The longest message and the longest field value that is logged.
const TEXT_BYTES_MAX: usize = 4_096;
/// The most fields that are logged with one event.
const FIELDS_MAX: usize = 32;

/// Logs an event of the guest under the target `connector`.
pub fn log(tenant: &str, level: Level, message: &str, fields: &[Field]) {
    let message = redact(cut(message));
    let mut rendered = String::new();
    for field in fields.iter().take(FIELDS_MAX) {
        let separator = if rendered.is_empty() { "" } else { " " };
        let (name, value) = (redact(cut(&field.name)), redact(cut(&field.value)));
        // Writing into a String cannot fail.
        write!(rendered, "{separator}{name}={value}").ok();
    }
    match level {
        Level::Debug => {
            tracing::debug!(target: "connector", tenant, fields = %rendered, "{message}")
        }
        Level::Info => tracing::info!(target: "connector", tenant, fields = %rendered, "{message}"),
        Level::Warn => tracing::warn!(target: "connector", tenant, fields = %rendered, "{message}"),
        Level::Error => {
            tracing::error!(target: "connector", tenant, fields = %rendered, "{message}");
        }
    }
}

/// The text up to the bound, at a character's edge.
fn cut(text: &str) -> &str {
    match text.char_indices().find(|(at, _)| *at >= TEXT_BYTES_MAX) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
