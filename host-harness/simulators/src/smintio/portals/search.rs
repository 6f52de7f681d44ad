//! `IAssetsSearch`, and the paging of every search that shows assets: by page number with totals,
//! or by result set only. A source that is down takes its assets along and leaves an error.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::settings::Paging;
use super::params::Params;
use super::result_sets::{self, Place};
use super::wire::{self, Detail};
use super::{filters, methods};
use crate::http::InstantMs;
use serde_json::{Value, json};

/// Documented for asset search; there is no such parameter elsewhere.
const RESULT_SET: &str = "searchResultSetUuid";

/// `getFeatureSupportAsync`.
pub fn feature_support(server: &mut Smintio, _: InstantMs, _: &Params) -> Result<Value, Refusal> {
    Ok(json!({
        "isRandomAccessSupported": server.settings.search_paging == Paging::Random,
        "isFullTextSearchProposalsSupported": false,
        "isFolderNavigationSupported": false,
    }))
}

/// `searchAssetsAsync`; the first page is 0.
pub fn assets(server: &mut Smintio, now: InstantMs, params: &Params) -> Result<Value, Refusal> {
    if params.get("parentFolderIds").is_some_and(|ids| ids.as_array().is_none_or(|a| !a.is_empty()))
    {
        let refusal = methods::not_supported("IAssetsSearch", "folder navigation");
        return Err(refusal);
    }
    let found = filters::find(server, params)?;
    let how = Paged { paging: server.settings.search_paging, first: 0, set_name: RESULT_SET };
    let mut shown = page(server, now, params, &how, "assets", found)?;
    shown["filterModel"] = filters::facets(server).model();
    Ok(shown)
}

/// How a search pages.
pub struct Paged<'a> {
    /// By number or by result set.
    pub paging: Paging,
    /// The number of the first page.
    pub first: i64,
    /// The parameter that continues a result set.
    pub set_name: &'a str,
}

/// One page of assets and its `details`.
pub fn page(
    server: &mut Smintio,
    now: InstantMs,
    params: &Params,
    how: &Paged,
    search: &str,
    found: Vec<usize>,
) -> Result<Value, Refusal> {
    let size = page_size(params, server.settings.search_page_max)?;
    let (numbers, mut details) = match how.paging {
        Paging::Random => by_number(params, how.first, size, &found)?,
        Paging::Cursor => by_result_set(server, now, params, how, search, size, found)?,
    };
    let errors: Vec<Value> = server
        .portal
        .broken_sources
        .iter()
        .map(|(source, code)| {
            let message = format!("The source {source} did not answer");
            json!({"errorCode": code, "errorMessage": message, "errorDetails": {"name": source}})
        })
        .collect();
    if !errors.is_empty() {
        details["errors"] = Value::Array(errors);
    }
    let assets: Vec<Value> =
        numbers.into_iter().map(|n| wire::asset(server, n, Detail::Search)).collect();
    Ok(json!({"assetDataObjects": assets, "details": details}))
}

/// `pageSize`, 1 to the platform's maximum.
pub fn page_size(params: &Params, max: u32) -> Result<usize, Refusal> {
    let size = params.number("pageSize")?.unwrap_or_else(|| i64::from(max));
    if size < 1 {
        let message = "The page size must be positive";
        return Err(Refusal::new(400, "paging_limit_invalid", message));
    }
    if size > i64::from(max) {
        let message = format!("The paging limit must not exceed {max} records");
        return Err(Refusal::new(400, "max_paging_limit_exceeded", message));
    }
    usize::try_from(size).map_err(|_| Refusal::argument("The page size is too large"))
}

/// One page by its number, with totals.
pub fn by_number<T: Clone>(
    params: &Params,
    first: i64,
    size: usize,
    found: &[T],
) -> Result<(Vec<T>, Value), Refusal> {
    let page = params.number("page")?.unwrap_or(first);
    let Ok(index) = usize::try_from(page.saturating_sub(first)) else {
        let message = format!("The first page is {first}");
        return Err(Refusal::new(400, "paging_offset_invalid", message));
    };
    let start = index.saturating_mul(size).min(found.len());
    let end = start.saturating_add(size).min(found.len());
    let details = json!({
        "currentPage": page,
        "currentItemsPerPage": size,
        "maxPages": found.len().div_ceil(size),
        "totalResults": found.len(),
        "hasMoreResults": end < found.len(),
    });
    Ok((found[start..end].to_vec(), details))
}

fn by_result_set(
    server: &mut Smintio,
    now: InstantMs,
    params: &Params,
    how: &Paged,
    search: &str,
    size: usize,
    found: Vec<usize>,
) -> Result<(Vec<usize>, Value), Refusal> {
    let Smintio { portal, signer, settings, .. } = server;
    let place = match params.text(how.set_name)? {
        Some(id) => portal.sets.resume(signer, now, settings.result_set_lifetime_ms, search, id)?,
        None => portal.sets.open(now, search, found),
    };
    let Place { set, numbers, offset } = place;
    let start = offset.min(numbers.len());
    let end = start.saturating_add(size).min(numbers.len());
    let details = json!({
        "searchResultSetId": result_sets::id(signer, set, end),
        "currentItemsPerPage": size,
        "hasMoreResults": end < numbers.len(),
    });
    let page = numbers[start..end].iter().copied();
    let visible: Vec<usize> = page.filter(|n| filters::is_visible(server, *n)).collect();
    Ok((visible, details))
}
