//! `IAssetsRead`. One asset that is denied or gone fails the whole of `getAssetsAsync`.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::params::Params;
use super::wire::{self, Detail};
use crate::http::InstantMs;
use serde_json::{Value, json};

/// `getAssetsReadFeatureSupportAsync`.
pub fn feature_support(_: &mut Smintio, _: InstantMs, _: &Params) -> Result<Value, Refusal> {
    Ok(json!({"isFastGetAssetsSupported": false}))
}

/// `getAssetAsync`.
pub fn one(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let number = readable(server, params.id("assetId")?)?;
    Ok(json!({"assetDataObject": wire::asset(server, number, Detail::Full)}))
}

/// `getAssetsAsync`.
pub fn several(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let numbers = all_readable(server, &params.some_ids("assetIds")?)?;
    let assets: Vec<Value> =
        numbers.into_iter().map(|n| wire::asset(server, n, Detail::Full)).collect();
    Ok(json!({"assetDataObjects": assets}))
}

/// The number of an asset that our user may read.
pub fn readable(server: &Smintio, id: &str) -> Result<usize, Refusal> {
    let (number, asset) = server.store.asset(id).ok_or_else(|| Refusal::not_found("asset", id))?;
    let source = asset.source_key();
    if server.portal.broken_sources.contains_key(source) {
        let message = "The source of the asset is not available";
        return Err(Refusal::new(503, "backend_service_not_available", message).about(id));
    }
    if asset.denied { Err(Refusal::denied("asset", id)) } else { Ok(number) }
}

/// The numbers of assets that our user may read, or the first refusal.
pub fn all_readable(server: &Smintio, ids: &[&str]) -> Result<Vec<usize>, Refusal> {
    ids.iter().map(|id| readable(server, id)).collect()
}
