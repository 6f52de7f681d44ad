//! A panic is a bug of ours and ends the instance. All that is left to do is to say where it was,
//! so that it can be found; its text is kept back, because it may quote data.

use super::bindings::consonance_smintio::connector::telemetry::{self, Field, Level};
use std::sync::Once;

static HOOK: Once = Once::new();

/// Reports the place of every panic to the platform's log.
pub fn report_to_platform() {
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let fields = [Field { name: "place".to_owned(), value: place }];
            telemetry::log(Level::Error, "the connector stopped on a bug of its own", &fields);
        }));
    });
}
