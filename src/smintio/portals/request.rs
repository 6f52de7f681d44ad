//! Requests to Portals as values: a method with one JSON object, sent as escaped text. Those of
//! this file read; initiating a download changes nothing but the vendor's download log.

mod collections;
mod shares;

pub use collections::{
    add_assets, comments, create_collection, edit_comment, post_comment, remove_assets,
    rename_collection,
};
pub use shares::{create_share, end_share, extend_share, share, shares_search};

use crate::config::Portals;
use crate::limits::SMINTIO_BODY_BYTES_MAX;
use crate::model::ids::{AssetId, CollectionId};
use crate::platform::{Call, Method, Request};
use crate::vendor::url::fill;
use crate::vendor::wire::{Json, Object, object, quoted};

/// A page of a collection's assets, so many long. `page` counts from 0 here, whatever the vendor
/// counts from.
pub fn search_collection_assets(
    config: &Portals,
    collection: &CollectionId,
    (page, size): (u32, u32),
    result_set: Option<&str>,
) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, &names.collection_parameter, collection_id(config, collection));
    put(
        &mut object,
        "page",
        first(&names.collection_assets_first_page).saturating_add(page.into()),
    );
    put(&mut object, "pageSize", size);
    if let Some(result_set) = result_set {
        put(&mut object, &names.result_set_parameter, result_set);
    }
    let method = &names.collection_assets_method;
    let interface = &names.collection_assets_interface;
    execute(config, "search_collection_assets", interface, method, &text(object))
}

/// How many assets a collection has: its shortest page.
pub fn collection_size(config: &Portals, collection: &CollectionId) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, &names.collection_parameter, collection_id(config, collection));
    put(&mut object, "page", first(&names.collection_assets_first_page));
    put(&mut object, "pageSize", 1);
    let method = &names.collection_assets_method;
    let interface = &names.collection_assets_interface;
    execute(config, "collection_size", interface, method, &text(object))
}

/// The facets of the portal: the shortest page of a search for everything.
pub fn facets(config: &Portals) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, "queryString", "");
    put(&mut object, "page", 0);
    put(&mut object, "pageSize", 1);
    let method = &names.asset_search_method;
    execute(config, "facets", &names.asset_search_interface, method, &text(object))
}

/// The details of an asset, `rawData` included.
pub fn asset(config: &Portals, asset: &AssetId) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, "assetId", wrapped(&names.asset_wrapper, asset.as_str()));
    execute(config, "asset", &names.asset_interface, &names.asset_method, &text(object))
}

/// Tells a custom data adapter the context of an asset's title; the same again changes nothing.
/// `context` is a JSON object.
pub fn set_title_context(config: &Portals, asset: &AssetId, context: &str) -> Call {
    let names = &config.profile;
    let id = wrapped(&names.asset_wrapper, asset.as_str());
    let key = Json::from(names.title_context_parameter.as_str());
    let parameters = format!("{{\"assetId\":{id},{key}:{context}}}");
    let (interface, method) = (&names.title_context_interface, &names.title_context_method);
    execute(config, "set_title_context", interface, method, &parameters)
}

/// What can be downloaded of the assets.
pub fn download_items(config: &Portals, assets: &[AssetId]) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, "assetIds", asset_ids(config, assets));
    let method = &names.download_items_method;
    execute(config, "download_items", &names.download_interface, method, &text(object))
}

/// The address of one download item of an asset. `item` is the item's JSON as it was listed
/// (`decode::DownloadItem::raw`); it is sent back unchanged.
pub fn initiate_download(config: &Portals, asset: &AssetId, item: &str) -> Call {
    let names = &config.profile;
    let assets = Json::from(asset_ids(config, std::slice::from_ref(asset)));
    let parameters = format!(
        "{{\"assetIds\":{assets},\"assetDownloadItems\":[{item}],\"immediatelyDownload\":{}}}",
        names.immediately_download
    );
    let method = &names.initiate_download_method;
    execute(config, "initiate_download", &names.download_interface, method, &parameters)
}

/// A page of the collections that a text finds; `page` counts from 0 here.
pub fn collections_search(config: &Portals, query: &str, (page, size): (u32, u32)) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, "queryString", query);
    put(&mut object, "page", first(&names.collections_first_page).saturating_add(page.into()));
    put(&mut object, "pageSize", size);
    let method = &names.collections_method;
    execute(config, "collections_search", &names.collections_interface, method, &text(object))
}

/// One collection.
pub fn collection(config: &Portals, collection: &CollectionId) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, &names.collection_parameter, collection_id(config, collection));
    let method = &names.collection_method;
    execute(config, "collection", &names.collection_interface, method, &text(object))
}

/// The state of a background task. It must not be polled faster than once a second.
pub fn task(config: &Portals, uuid: &str) -> Call {
    let path = fill(&config.profile.task_path, &[("task", uuid)]);
    call(config, "task", Method::Get, &path, Vec::new())
}

fn execute(
    config: &Portals,
    kind: &'static str,
    interface: &str,
    method: &str,
    parameters: &str,
) -> Call {
    let values = [("portal", config.portal.as_str()), ("interface", interface), ("method", method)];
    let path = fill(&config.profile.execute_path, &values);
    call(config, kind, Method::Post, &path, format!("[{}]", quoted(parameters)).into_bytes())
}

fn call(config: &Portals, kind: &'static str, method: Method, path: &str, body: Vec<u8>) -> Call {
    let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
    if method == Method::Post {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    let request = Request {
        method,
        url: format!("{}{}{path}", config.base_url, config.profile.base_path),
        headers,
        body,
        response_bytes_max: SMINTIO_BODY_BYTES_MAX,
        authorization: None,
    };
    Call { request, connection: Some(config.connection.clone()), kind, repeatable: true }
}

fn asset_ids(config: &Portals, assets: &[AssetId]) -> Vec<Json> {
    assets.iter().map(|a| wrapped(&config.profile.asset_wrapper, a.as_str())).collect()
}

fn collection_id(config: &Portals, collection: &CollectionId) -> Json {
    wrapped(&config.profile.collection_wrapper, collection.as_str())
}

fn wrapped(wrapper: &str, id: &str) -> Json {
    if wrapper.is_empty() {
        return Json::from(id);
    }
    Json::Object(object(wrapper, id))
}

/// A number of the profile; its shape is checked when it is set.
fn first(number: &str) -> u64 {
    number.parse().unwrap_or_default()
}

fn put(object: &mut Object, name: &str, value: impl Into<Json>) {
    object.insert(name.to_owned(), value.into());
}

fn text(object: Object) -> String {
    Json::Object(object).to_string()
}

#[cfg(test)]
mod tests;
