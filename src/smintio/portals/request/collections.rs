//! Requests that change collections. Creating and posting may not be sent twice: neither has a key
//! against repetition that is sure to be known. Everything else gives the same result again.

use super::{asset_ids, collection_id, execute, put, text};
use crate::config::Portals;
use crate::model::ids::{AssetId, CollectionId};
use crate::platform::Call;
use crate::vendor::wire::{Json, Object, object};

/// Creates an empty collection.
pub fn create_collection(config: &Portals, name: &str) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, "definition", definition(name));
    put(&mut object, "assetIds", Vec::<Json>::new());
    let method = &names.collection_create_method;
    let interface = &names.collection_create_interface;
    once(execute(config, "create_collection", interface, method, &text(object)))
}

/// Renames a collection.
pub fn rename_collection(config: &Portals, collection: &CollectionId, name: &str) -> Call {
    let names = &config.profile;
    let mut object = of(config, collection);
    put(&mut object, "definition", definition(name));
    let method = &names.collection_update_method;
    let interface = &names.collection_update_interface;
    execute(config, "rename_collection", interface, method, &text(object))
}

/// Adds assets to a collection; members stay members.
pub fn add_assets(config: &Portals, collection: &CollectionId, assets: &[AssetId]) -> Call {
    let method = &config.profile.collection_add_method;
    members(config, "add_assets", method, collection, assets)
}

/// Removes assets from a collection; what is no member is no error.
pub fn remove_assets(config: &Portals, collection: &CollectionId, assets: &[AssetId]) -> Call {
    let method = &config.profile.collection_remove_method;
    members(config, "remove_assets", method, collection, assets)
}

/// Posts a comment on a collection. `unique` is the same whenever the same comment is meant.
pub fn post_comment(config: &Portals, collection: &CollectionId, body: &str, unique: &str) -> Call {
    let names = &config.profile;
    let mut object = of(config, collection);
    put(&mut object, &names.comment_text, body);
    if !names.comment_unique.is_empty() {
        put(&mut object, &names.comment_unique, unique);
    }
    let call = execute(
        config,
        "post_comment",
        &names.comment_interface,
        &names.comment_method,
        &text(object),
    );
    once(call)
}

/// Changes a comment.
pub fn edit_comment(
    config: &Portals,
    collection: &CollectionId,
    comment: &str,
    body: &str,
) -> Call {
    let names = &config.profile;
    let mut object = of(config, collection);
    put(&mut object, &names.comment_id, comment);
    put(&mut object, &names.comment_text, body);
    let method = &names.comment_update_method;
    execute(config, "edit_comment", &names.comment_interface, method, &text(object))
}

/// The comments on a collection, where the profile names a method for it.
pub fn comments(config: &Portals, collection: &CollectionId) -> Option<Call> {
    let names = &config.profile;
    let method = Some(&names.comment_list_method).filter(|method| !method.is_empty())?;
    let parameters = text(of(config, collection));
    Some(execute(config, "comments", &names.comment_interface, method, &parameters))
}

fn members(
    config: &Portals,
    kind: &'static str,
    method: &str,
    collection: &CollectionId,
    assets: &[AssetId],
) -> Call {
    let mut object = of(config, collection);
    put(&mut object, "assetIds", asset_ids(config, assets));
    execute(config, kind, &config.profile.collection_modify_interface, method, &text(object))
}

fn of(config: &Portals, collection: &CollectionId) -> Object {
    let id = collection_id(config, collection);
    object(&config.profile.collection_parameter, id)
}

fn definition(name: &str) -> Json {
    Json::Object(object("name", name))
}

fn once(call: Call) -> Call {
    Call { repeatable: false, ..call }
}
