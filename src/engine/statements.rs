//! What people stated about rights while the connector ran, as far as it still counts.

use std::collections::BTreeMap;

use super::run::Run;
use super::stop::Stop;
use crate::model::declaration::Declaration;
use crate::model::ids::AssetId;
use crate::platform::Level;
use crate::rights::wire::read_declaration;
use crate::state::statement::{OverrideUse, StoredDeclaration};
use crate::state::store;

/// The stored declarations that are not revoked.
pub fn declarations(run: &Run) -> Result<Vec<Declaration>, Stop> {
    let mut declarations = Vec::new();
    let mut unread = Vec::new();
    store::scan(run.platform, "declaration/", |entry| {
        let stored = store::decode::<StoredDeclaration>(entry)?.value;
        if stored.revoked.is_none() {
            let json = serde_json::from_str(&stored.document).unwrap_or_default();
            match read_declaration("declaration", &json) {
                Ok(declaration) => declarations.push(declaration),
                // It was checked when it was stored; what cannot be read any more clears nothing.
                Err(_) => unread.push(stored.id),
            }
        }
        Ok(())
    })?;
    for id in unread {
        let message = "a stored declaration cannot be read and counts for nothing";
        run.log(Level::Warn, message, &[("declaration", id)]);
    }
    Ok(declarations)
}

/// What people cleared and did not revoke, by asset.
pub fn overrides(run: &Run) -> Result<BTreeMap<AssetId, Vec<OverrideUse>>, Stop> {
    let mut overrides: BTreeMap<AssetId, Vec<OverrideUse>> = BTreeMap::new();
    store::scan(run.platform, "override/", |entry| {
        let word = store::decode::<OverrideUse>(entry)?.value;
        if word.revoked.is_none() {
            overrides.entry(AssetId(word.asset.clone())).or_default().push(word);
        }
        Ok(())
    })?;
    Ok(overrides)
}
