//! Downloads in two steps: what can be downloaded, then a signed link. An asset that must not be
//! downloaded is in no item, and asking for its link is refused.

use super::super::Smintio;
use super::super::files::{self, Kind};
use super::super::refusal::Refusal;
use super::super::store::Asset;
use super::super::unconfirmed::{DOWNLOAD_GROUP, ITEM_JPEG, ITEM_ORIGINAL};
use super::params::Params;
use super::read;
use crate::http::InstantMs;
use serde_json::{Value, json};

/// The items a portal may offer, with what the user reads.
const ITEMS: [(&str, &str); 2] =
    [(ITEM_ORIGINAL, "Original file"), (ITEM_JPEG, "JPEG, original size")];
const WARNING: &str = "This asset is for editorial use only!";

/// `getAssetsDownloadsForAssetsAsync`.
pub fn offered(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let ids = params.some_ids("assetIds")?;
    let ignore_missing = params.get("ignoreMissingAssets") == Some(&Value::Bool(true));
    let mut numbers = Vec::with_capacity(ids.len());
    for id in ids {
        match read::readable(server, id) {
            Ok(number) => numbers.push(number),
            Err(refusal) if ignore_missing && refusal.status == 404 => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let assets: Vec<&Asset> = numbers.iter().map(|n| &server.store.assets[*n]).collect();
    let items: Vec<Value> =
        ITEMS.iter().filter_map(|(id, description)| item(id, description, &assets)).collect();
    if items.is_empty() {
        return Ok(json!({"assetDownloadGroups": []}));
    }
    let group =
        json!({"groupId": DOWNLOAD_GROUP, "groupName": "Files", "assetDownloadItems": items});
    Ok(json!({"assetDownloadGroups": [group]}))
}

fn item(id: &str, description: &str, assets: &[&Asset]) -> Option<Value> {
    let those: Vec<&&Asset> = assets.iter().filter(|a| offers(a, id)).collect();
    if those.is_empty() {
        return None;
    }
    let ids: Vec<&str> = those.iter().map(|a| a.seed.id.as_str()).collect();
    let mut item = json!({
        "groupId": DOWNLOAD_GROUP,
        "itemId": id,
        "description": description,
        "count": ids.len(),
        "selectedByDefault": id == ITEM_ORIGINAL,
        "assetIds": ids,
    });
    if those.iter().any(|a| a.is("editorial")) {
        item["warningToBeAccepted"] = json!(WARNING);
    }
    Some(item)
}

fn offers(asset: &Asset, item: &str) -> bool {
    let is_jpeg = files::extension(&asset.seed.image.format) == "jpg";
    asset.seed.downloadable != Some(false) && (item == ITEM_ORIGINAL || is_jpeg)
}

/// `initiateAssetsDownloadForAssetsAsync`.
pub fn initiate(server: &mut Smintio, now: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let ids = params.some_ids("assetIds")?;
    let wanted = wanted_item(params)?;
    if params.get("immediatelyDownload").and_then(Value::as_bool).is_none() {
        let message = "`immediatelyDownload` is missing";
        return Err(Refusal::new(400, "argument_missing", message));
    }
    let numbers = read::all_readable(server, &ids)?;
    let [number] = numbers[..] else {
        let message = "This portal hands out one file per download, no archives";
        return Err(Refusal::argument(message));
    };
    let asset = &server.store.assets[number];
    if asset.seed.downloadable == Some(false) {
        return Err(Refusal::denied("download of the asset", &asset.seed.id));
    }
    if !offers(asset, &wanted) {
        let message = format!("The download item `{wanted}` is not offered for this asset");
        return Err(Refusal::new(404, "not_found", message).about(&asset.seed.id));
    }
    Ok(json!({"assetDownloadUrl": delivery(server, now, number)}))
}

/// The one item of `assetDownloadItems`.
fn wanted_item(params: &Params) -> Result<String, Refusal> {
    let items = params.get("assetDownloadItems").and_then(Value::as_array);
    let Some([item]) = items.map(Vec::as_slice) else {
        return Err(Refusal::argument("`assetDownloadItems` must hold exactly one item"));
    };
    let of = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
    let known = ITEMS.iter().any(|(id, _)| *id == of("itemid"));
    if !known || of("groupid") != DOWNLOAD_GROUP {
        return Err(Refusal::argument("The download item is unknown"));
    }
    Ok(of("itemid").to_owned())
}

fn delivery(server: &mut Smintio, now: InstantMs, number: usize) -> Value {
    let seed = &server.store.assets[number].seed;
    let size = server.files.facts(&seed.image).size;
    let name = format!("asset.{}", files::extension(&seed.image.format));
    let version = seed.version.to_string();
    let file_name = seed.file_name.clone();
    let media_type = files::media_type(&seed.image.format);
    server.counters.downloads_handed_out += 1;
    let url = files::link(server, now, Kind::Asset, number, &version, &name);
    json!({"url": url, "fileName": file_name, "fileSizeInBytes": size, "mediaType": media_type})
}
