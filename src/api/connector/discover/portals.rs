//! What Portals has: collections with their sizes, facets, download items.

use std::collections::BTreeMap;

use super::choice;
use crate::api::connector::types::Choice;
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::engine::tasks::{self, TaskResult};
use crate::fault::Fault;
use crate::flows::shelf::marker;
use crate::model::ids::{AssetId, CollectionId};
use crate::platform::Level;
use crate::smintio::portals::{decode, request};

/// Pages of collections that are listed.
const PAGES_MAX: u32 = 100;

/// Collections whose size is asked for: one request each.
const SIZES_MAX: usize = 200;

/// Requests that are begun together.
const AT_ONCE: usize = 20;

/// The collections; those that this connector keeps itself are nobody's choice.
pub fn collections(run: &mut Run) -> Result<Vec<Choice>, Stop> {
    let config = run.config;
    let mut found = Vec::new();
    let mut number = 0;
    while number < PAGES_MAX {
        let at = (number, paging::size(run)?);
        let call = request::collections_search(&config.portals, "", at);
        let page =
            tasks::one(run, call)?.and_then(|text| decode::collections(&config.portals, &text));
        let Some(page) = paging::taught(run, number, page)? else { continue };
        number += 1;
        found.extend(page.collections);
        if !page.has_more {
            break;
        }
    }
    found.retain(|head| head.name.as_deref().and_then(marker).is_none());
    let ids: Vec<CollectionId> = found.iter().map(|head| head.id.clone()).collect();
    let sizes = sizes(run, ids.get(..SIZES_MAX).unwrap_or(&ids))?;
    let sizes = sizes.into_iter().chain(std::iter::repeat(None));
    let choices = found.into_iter().zip(sizes);
    Ok(choices.map(|(head, size)| choice("collection", head.id.0, head.name, size)).collect())
}

/// How many assets each has, where the portal counts.
fn sizes(run: &mut Run, ids: &[CollectionId]) -> Result<Vec<Option<u64>>, Stop> {
    let config = run.config;
    let mut sizes = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let calls = some.iter().map(|id| request::collection_size(&config.portals, id)).collect();
        for answer in tasks::all(run, calls)? {
            let page = answer.and_then(|text| decode::asset_page(&config.portals, &text));
            sizes.push(page.ok().and_then(|page| page.total));
        }
        run.platform.progress("collections", sizes.len() as u64, Some(ids.len() as u64));
    }
    Ok(sizes)
}

/// The facets, where this portal offers a search over everything.
pub fn facets(run: &mut Run) -> Result<Vec<Choice>, Stop> {
    let config = run.config;
    let answer = tasks::one(run, request::facets(&config.portals))?;
    let found = answer.and_then(|text| decode::facets(&config.portals, &text));
    let facets = or_none(run, "facets", found);
    let choices = facets.into_iter();
    Ok(choices.map(|facet| choice("facet", facet.id, facet.name, facet.values)).collect())
}

/// What the first asset of each approval collection can be downloaded as.
pub fn download_items(run: &mut Run) -> Result<Vec<Choice>, Stop> {
    let config = run.config;
    let lists = config.sources.iter().map(|source| {
        let collection = CollectionId(source.collection.clone());
        request::collection_size(&config.portals, &collection)
    });
    let lists = tasks::all(run, lists.collect())?;
    let assets: Vec<AssetId> =
        lists.into_iter().filter_map(|answer| first_asset(run, answer)).collect();
    let calls = assets
        .iter()
        .map(|asset| request::download_items(&config.portals, std::slice::from_ref(asset)));
    let mut items: BTreeMap<String, Option<String>> = BTreeMap::new();
    for answer in tasks::all(run, calls.collect())? {
        let found = answer.and_then(|text| decode::download_items(&config.portals, &text));
        for item in or_none(run, "download items", found) {
            items.entry(item.item_id).or_insert(item.group_id);
        }
    }
    let choices = items.into_iter();
    Ok(choices.map(|(item, group)| choice("download-item", item, group, None)).collect())
}

fn first_asset(run: &Run, answer: TaskResult) -> Option<AssetId> {
    let page = answer.and_then(|text| decode::asset_page(&run.config.portals, &text)).ok()?;
    page.assets.into_iter().find_map(Result::ok).map(|head| head.id)
}

/// What one method does not give leaves the rest to choose from.
fn or_none<T>(run: &Run, what: &str, found: Result<Vec<T>, Fault>) -> Vec<T> {
    found.unwrap_or_else(|fault| {
        let reason = [("reason", fault.to_string())];
        run.log(Level::Warn, &format!("Portals does not show its {what}"), &reason);
        Vec::new()
    })
}
