//! The `inbox` interface.

use super::Component;
use super::convert::{answer, list};
use crate::api::inbox as api;
use crate::guest::bindings::consonance_smintio::connector::types::Error;
use crate::guest::bindings::exports::consonance_smintio::connector::inbox as wit;
use crate::guest::panic;
use crate::guest::platform::Imports;

impl wit::Guest for Component {
    fn list(config: String, start: Option<String>, limit: u32) -> Result<wit::Page, Error> {
        panic::report_to_platform();
        answer(api::list(&Imports, &config, start.as_deref(), limit))
    }

    fn show(config: String, id: String) -> Result<wit::Item, Error> {
        panic::report_to_platform();
        answer(api::show(&Imports, &config, &id))
    }

    fn resolve(config: String, id: String, choice: String) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::resolve(&Imports, &config, &id, &choice))
    }

    fn replay(config: String, id: String) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::replay(&Imports, &config, &id))
    }

    fn undo(config: String, change: String) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::undo(&Imports, &config, &change))
    }

    fn state_export(
        config: String,
        stream: String,
        start: Option<String>,
        limit: u32,
    ) -> Result<(Vec<String>, Option<String>), Error> {
        panic::report_to_platform();
        let page = api::state_export(&Imports, &config, &stream, start.as_deref(), limit)?;
        Ok((page.lines, page.next))
    }

    fn reset(config: String, stream: String) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::reset(&Imports, &config, &stream))
    }
}

impl From<api::ItemChoice> for wit::Choice {
    fn from(choice: api::ItemChoice) -> Self {
        Self { id: choice.id, label: choice.label }
    }
}

impl From<api::InboxItem> for wit::Item {
    fn from(item: api::InboxItem) -> Self {
        Self {
            id: item.id,
            kind: item.kind,
            record_id: item.record_id,
            message: item.message,
            choices: list(item.choices),
            answer: item.answer,
            since: item.since.0,
            details: item.details,
        }
    }
}

impl From<api::Page> for wit::Page {
    fn from(page: api::Page) -> Self {
        Self { items: list(page.items), next: page.next }
    }
}
