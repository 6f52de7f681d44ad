//! Reading collections. A collection has nothing but a name; names are not unique, and a search
//! by name finds every collection that contains the text.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::store::Collection;
use super::super::unconfirmed::{COLLECTION_RESULT_SET_PARAMETER, COLLECTIONS_FIRST_PAGE};
use super::filters;
use super::params::Params;
use super::search::{self, Paged};
use crate::http::InstantMs;
use serde_json::{Value, json};

/// `getCollectionAsync`.
pub fn read(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let found = collection(server, params.required("collectionId")?)?;
    Ok(json!({"collection": shown(found)}))
}

/// `searchCollectionsAsync`; the first page is 1.
pub fn search(server: &mut Smintio, _: InstantMs, params: &Params) -> Result<Value, Refusal> {
    let size = search::page_size(params, server.settings.search_page_max)?;
    let text = params.text("queryString")?.unwrap_or_default().to_lowercase();
    let all = server.store.collections.iter().flatten();
    let mut found: Vec<&Collection> =
        all.filter(|c| c.name.to_lowercase().contains(&text)).collect();
    sort(&mut found, params)?;
    let (page, details) = search::by_number(params, COLLECTIONS_FIRST_PAGE, size, &found)?;
    let collections: Vec<Value> = page.into_iter().map(shown).collect();
    Ok(json!({"collections": collections, "details": details}))
}

/// The order of making, unless a name or its direction is asked for.
fn sort(found: &mut [&Collection], params: &Params) -> Result<(), Refusal> {
    match params.text("sortBy")? {
        None => {}
        Some("name") => found.sort_by(|a, b| a.name.cmp(&b.name)),
        Some(_) => return Err(Refusal::new(400, "sort_by_invalid", "The sort field is unknown")),
    }
    match params.number("sortDirection")? {
        None | Some(0) => {}
        Some(1) => found.reverse(),
        Some(_) => return Err(Refusal::argument("`sortDirection` is 0 or 1")),
    }
    Ok(())
}

/// `searchCollectionAssetsAsync`.
pub fn search_assets(
    server: &mut Smintio,
    now: InstantMs,
    params: &Params,
) -> Result<Value, Refusal> {
    let id = params.required("collectionId")?;
    let paging = collection(server, id)?.paging;
    let text = params.text("queryString")?.unwrap_or_default().to_lowercase();
    let mut found = members(server, id)?;
    found.retain(|number| {
        filters::is_visible(server, *number)
            && server.store.assets[*number].haystack.contains(&text)
    });
    let how = Paged {
        paging,
        first: server.settings.collection_assets_first_page,
        set_name: COLLECTION_RESULT_SET_PARAMETER,
    };
    search::page(server, now, params, &how, &format!("collection {id} {text}"), found)
}

/// The members; those of a search-based collection are found anew each time.
fn members(server: &mut Smintio, id: &str) -> Result<Vec<usize>, Refusal> {
    let found = collection(server, id)?;
    match found.search.clone() {
        None => Ok(found.members.clone()),
        Some(search) => filters::find(server, &Params::of(search)?),
    }
}

/// A collection that is there.
pub fn collection<'a>(server: &'a Smintio, id: &str) -> Result<&'a Collection, Refusal> {
    server.store.collection(id).ok_or_else(|| Refusal::not_found("collection", id))
}

/// `ICollectionModel`.
pub fn shown(collection: &Collection) -> Value {
    json!({
        "collectionId": collection.id,
        "name": collection.name,
        "previews": {"preview": []},
        "permissionLevel": 3,
        "isShare": false,
        "isSearchBased": collection.search.is_some(),
        "totalCommentCount": collection.comments.len() + collection.asset_comments.len(),
    })
}
