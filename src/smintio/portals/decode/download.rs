//! What can be downloaded of an asset, and the signed address of a download. The address is a
//! credential: whoever gets it sends it on and keeps only its hash.

use crate::config::Portals;
use crate::fault::Fault;
use crate::model::ids::AssetId;
use crate::smintio::portals::wire;
use crate::vendor::status::clip;

/// One thing that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadItem {
    /// Which format.
    pub item_id: String,
    /// Its group.
    pub group_id: Option<String>,
    /// The item's own JSON, to be sent back to initiate the download.
    pub raw: String,
    /// The assets that it covers; empty if it does not say.
    pub assets: Vec<AssetId>,
    /// A warning that a person should have accepted.
    pub warning: Option<String>,
}

/// Where a file is.
#[derive(Clone, PartialEq, Eq)]
pub struct Download {
    /// The signed address.
    pub url: String,
    /// The file's name, as it came: may be hostile.
    pub file_name: Option<String>,
    /// Bytes.
    pub bytes: Option<i64>,
    /// Media type.
    pub media_type: Option<String>,
}

impl std::fmt::Debug for Download {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file_name, bytes, media_type, .. } = self;
        write!(f, "Download {{ {file_name:?}, {bytes:?} bytes, {media_type:?} }}")
    }
}

/// The items of a `getAssetsDownloadsForAssetsAsync` result.
pub fn download_items(config: &Portals, result: &str) -> Result<Vec<DownloadItem>, Fault> {
    let downloads: wire::Downloads = wire::result(result)?;
    let groups = downloads
        .asset_download_groups
        .ok_or_else(|| Fault::Unreadable("no `assetDownloadGroups`".to_owned()))?;
    let mut items = Vec::new();
    for group in groups {
        for json in group.asset_download_items.into_iter().flatten() {
            let raw = json.to_string();
            let item: wire::DownloadItem = wire::part("a download item", json)?;
            let ids = item.asset_ids.iter().flatten();
            let ids = ids.filter_map(|json| wire::id(json, &config.profile.asset_wrapper));
            items.push(DownloadItem {
                item_id: item.item_id,
                group_id: item.group_id.or_else(|| group.group_id.clone()),
                raw,
                assets: ids.map(AssetId).collect(),
                warning: item.warning_to_be_accepted.as_ref().and_then(warning),
            });
        }
    }
    Ok(items)
}

/// A warning in any form that is not a plain "no".
fn warning(json: &crate::vendor::wire::Json) -> Option<String> {
    use crate::vendor::wire::Json;
    match json {
        Json::Null | Json::Bool(false) => None,
        Json::String(text) if text.trim().is_empty() => None,
        Json::String(text) => Some(clip(text, 500)),
        other => Some(clip(&other.to_string(), 500)),
    }
}

/// The address of an `initiateAssetsDownloadForAssetsAsync` result.
pub fn download(result: &str) -> Result<Download, Fault> {
    let result: wire::DownloadResult = wire::result(result)?;
    let found = result
        .asset_download_url
        .ok_or_else(|| Fault::Unreadable("no `assetDownloadUrl`".to_owned()))?;
    let scheme = found.url.starts_with("https://") || found.url.starts_with("http://");
    if !scheme || !found.url.bytes().all(|b| b.is_ascii_graphic()) {
        // The address itself is not repeated: it may still be a credential.
        return Err(Fault::Unreadable("the download's address is no web address".to_owned()));
    }
    Ok(Download {
        url: found.url,
        file_name: found.file_name,
        bytes: found.file_size_in_bytes,
        media_type: found.media_type,
    })
}
