//! What waits for a person, and what is stored, as methods of a tenant.

use super::Tenant;
use crate::bindings::exports::consonance_smintio::connector::inbox::{Item, Page};
use crate::error::CallError;
use crate::platform::within;

/// A page of what is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// JSON objects with `key` and `value`, one a line.
    pub lines: Vec<String>,
    /// Where to go on; absent on the last page.
    pub next: Option<String>,
}

impl Tenant {
    /// One page of the open inbox items.
    pub async fn inbox_list(&self, start: Option<&str>, limit: u32) -> Result<Page, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        let list = exports.call_list(&mut call.store, &self.config, start, limit);
        Ok(within(self.limit(), list).await??)
    }

    /// One inbox item.
    pub async fn inbox_show(&self, id: &str) -> Result<Item, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        Ok(within(self.limit(), exports.call_show(&mut call.store, &self.config, id)).await??)
    }

    /// Answers an inbox item.
    pub async fn inbox_resolve(&self, id: &str, choice: &str) -> Result<(), CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        let resolve = exports.call_resolve(&mut call.store, &self.config, id, choice);
        Ok(within(self.limit(), resolve).await??)
    }

    /// Takes a change back; the next run acts on it.
    pub async fn inbox_undo(&self, change: &str) -> Result<(), CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        let undo = exports.call_undo(&mut call.store, &self.config, change);
        Ok(within(self.limit(), undo).await??)
    }

    /// Drops an inbox item and its answer, so that its record is looked at afresh.
    pub async fn inbox_replay(&self, id: &str) -> Result<(), CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        Ok(within(self.limit(), exports.call_replay(&mut call.store, &self.config, id)).await??)
    }

    /// Forgets how far a stream was read.
    pub async fn inbox_reset(&self, stream: &str) -> Result<(), CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        Ok(within(self.limit(), exports.call_reset(&mut call.store, &self.config, stream))
            .await??)
    }

    /// One page of everything that is stored.
    pub async fn state_export(
        &self,
        stream: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<Exported, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_inbox();
        let export = exports.call_state_export(&mut call.store, &self.config, stream, start, limit);
        let (lines, next) = within(self.limit(), export).await??;
        Ok(Exported { lines, next })
    }
}
