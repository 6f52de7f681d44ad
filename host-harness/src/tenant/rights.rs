//! The exports about rights and launch kits as methods of a tenant.

use super::Tenant;
use crate::bindings::consonance_smintio::connector::types::Problem;
use crate::bindings::exports::consonance_smintio::connector::reports::LaunchKit;
use crate::bindings::exports::consonance_smintio::connector::rights::{
    Alert, Declaration, Evaluation, Matrix, Overridden,
};
use crate::error::CallError;
use crate::platform::within;

/// A person's clearance of one use that is in review.
#[derive(Clone, Debug)]
pub struct Word {
    /// The asset.
    pub asset: String,
    /// The product id.
    pub product: i64,
    /// Why.
    pub reason: String,
    /// The last day, `YYYY-MM-DD`.
    pub until: String,
    /// Who answers for it.
    pub signer: String,
}

impl Tenant {
    /// Decides cases that are given in full, one JSON object each.
    pub async fn evaluate(&self, cases: Vec<String>) -> Result<Vec<Evaluation>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        let evaluate = exports.call_evaluate(&mut call.store, &self.config, &cases);
        Ok(within(self.limit(), evaluate).await??)
    }

    /// The clearance matrix of the title that has this ISBN.
    pub async fn clearance(
        &self,
        isbn: &str,
        planned_run: Option<u64>,
    ) -> Result<Matrix, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        let clearance = exports.call_clearance(&mut call.store, &self.config, isbn, planned_run);
        Ok(within(self.limit(), clearance).await??)
    }

    /// Rights that end within so many days.
    pub async fn expiring(&self, within_days: u32) -> Result<Vec<Alert>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        let expiring = exports.call_expiring(&mut call.store, &self.config, within_days);
        Ok(within(self.limit(), expiring).await??)
    }

    /// Hides an alert until a day, under somebody's name.
    pub async fn snooze(&self, alert: &str, until: &str, owner: &str) -> Result<(), CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        let until = until.to_owned();
        let snooze = exports.call_snooze(&mut call.store, &self.config, alert, &until, owner);
        Ok(within(self.limit(), snooze).await??)
    }

    /// Stores a declaration.
    pub async fn declare(&self, declaration: &Declaration) -> Result<Vec<Problem>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        let declare = exports.call_declare(&mut call.store, &self.config, declaration);
        Ok(within(self.limit(), declare).await??)
    }

    /// The stored declarations.
    pub async fn declarations(&self) -> Result<Vec<Declaration>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        Ok(within(self.limit(), exports.call_declarations(&mut call.store, &self.config)).await??)
    }

    /// The overrides that were not revoked.
    pub async fn overrides(&self) -> Result<Vec<Overridden>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        Ok(within(self.limit(), exports.call_overrides(&mut call.store, &self.config)).await??)
    }

    /// A person clears a use that is in review; the override's id.
    pub async fn override_use(&self, word: &Word) -> Result<String, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        let given = exports.call_override_use(
            &mut call.store,
            &self.config,
            &word.asset,
            word.product,
            &word.reason,
            &word.until,
            &word.signer,
        );
        Ok(within(self.limit(), given).await??)
    }

    /// Revokes a declaration or an override.
    pub async fn revoke(&self, id: &str, reason: &str) -> Result<(), CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_rights();
        Ok(within(self.limit(), exports.call_revoke(&mut call.store, &self.config, id, reason))
            .await??)
    }

    /// The launch kits inside their window.
    pub async fn launch_kits(&self) -> Result<Vec<LaunchKit>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_reports();
        Ok(within(self.limit(), exports.call_launch_kits(&mut call.store, &self.config)).await??)
    }
}
