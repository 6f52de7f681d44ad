//! Collections: their ids and names. Names are not unique, so nothing here picks one by name.

use super::document::preferred;
use crate::config::Portals;
use crate::fault::Fault;
use crate::model::ids::CollectionId;
use crate::smintio::portals::wire;
use crate::vendor::wire::{Json, Object};

/// A collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionHead {
    /// Its id.
    pub id: CollectionId,
    /// Its name in the preferred language.
    pub name: Option<String>,
    /// Whether its members are found by a search.
    pub search_based: Option<bool>,
}

/// A page of collections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionPage {
    /// In the order of the page.
    pub collections: Vec<CollectionHead>,
    /// Whether there is more. A page that does not say so has more unless it is empty.
    pub has_more: bool,
}

/// The page of a `searchCollectionsAsync` result.
pub fn collections(config: &Portals, result: &str) -> Result<CollectionPage, Fault> {
    let mut object: Object = wire::result(result)?;
    let name = config.profile.collections_list.as_str();
    let Some(Json::Array(items)) = object.remove(name) else {
        return Err(Fault::Unreadable(format!("no list `{name}`")));
    };
    let details: Option<wire::Details> = match object.remove("details") {
        Some(json) => wire::part("details", json)?,
        None => None,
    };
    let said = details.and_then(|d| d.has_more_results);
    let has_more = said.unwrap_or(!items.is_empty());
    let collections = items.into_iter().map(|json| one(config, json));
    Ok(CollectionPage { collections: collections.collect::<Result<_, _>>()?, has_more })
}

/// The collection of a `getCollectionAsync` result. `NotFound`: there is none.
pub fn collection(config: &Portals, result: &str) -> Result<CollectionHead, Fault> {
    let mut object: Object = wire::result(result)?;
    match object.remove("collection") {
        Some(json) if !json.is_null() => one(config, json),
        _ => Err(Fault::NotFound("Portals shows no such collection".to_owned())),
    }
}

/// A comment on a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Its text, where it is shown.
    pub text: Option<String>,
}

/// The comment that was just posted; `None`: the answer does not say its id.
pub fn posted(config: &Portals, result: &str) -> Result<Option<Comment>, Fault> {
    let mut object: Object = wire::result(result)?;
    let json = match object.remove(config.profile.comment_made.as_str()) {
        Some(inner) if inner.is_object() => inner,
        _ => Json::Object(object),
    };
    Ok(comment(config, &json))
}

/// The comments of a listing.
pub fn comments(config: &Portals, result: &str) -> Result<Vec<Comment>, Fault> {
    let mut object: Object = wire::result(result)?;
    let name = config.profile.comment_list.as_str();
    let Some(Json::Array(items)) = object.remove(name) else {
        return Err(Fault::Unreadable(format!("no list `{name}`")));
    };
    Ok(items.iter().filter_map(|json| comment(config, json)).collect())
}

fn comment(config: &Portals, json: &Json) -> Option<Comment> {
    let id = wire::id(json.get(&config.profile.comment_id)?, "id")?;
    let text = json.get(&config.profile.comment_text).and_then(Json::as_str).map(str::to_owned);
    Some(Comment { id, text })
}

fn one(config: &Portals, json: Json) -> Result<CollectionHead, Fault> {
    let found: wire::Collection = wire::part("a collection", json)?;
    let id = wire::id(&found.collection_id, &config.profile.collection_wrapper)
        .ok_or_else(|| Fault::Unreadable("a collection without an id".to_owned()))?;
    let name = match found.name {
        Some(Json::Object(texts)) => preferred(config, &texts),
        other => other,
    };
    let name = name.as_ref().and_then(Json::as_str).map(str::to_owned);
    Ok(CollectionHead { id: CollectionId(id), name, search_based: found.is_search_based })
}
