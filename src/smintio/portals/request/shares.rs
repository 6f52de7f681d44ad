//! Requests about shares: links by which outsiders look into a collection, with an end. Creating
//! one twice gives two links, so it may not be sent twice.

use super::{collection_id, execute, first, put, text};
use crate::config::Portals;
use crate::limits::ASSETS_PER_PAGE;
use crate::model::ids::CollectionId;
use crate::platform::Call;
use crate::vendor::wire::{Json, Object, object};

/// Shares a collection to the end of a day, `2027-06-30`.
pub fn create_share(config: &Portals, collection: &CollectionId, name: &str, until: &str) -> Call {
    let names = &config.profile;
    let mut definition = ending(until);
    put(&mut definition, "name", name);
    let mut object = Object::new();
    put(&mut object, "definition", Json::Object(definition));
    put(&mut object, &names.collection_parameter, collection_id(config, collection));
    let method = &names.share_create_method;
    let interface = &names.share_create_interface;
    Call { repeatable: false, ..execute(config, "create_share", interface, method, &text(object)) }
}

/// Lets a share end on another day.
pub fn extend_share(config: &Portals, share: &str, until: &str) -> Call {
    let names = &config.profile;
    let mut object = of(share);
    put(&mut object, "definition", Json::Object(ending(until)));
    let method = &names.share_update_method;
    execute(config, "extend_share", &names.share_update_interface, method, &text(object))
}

/// Ends a share.
pub fn end_share(config: &Portals, share: &str) -> Call {
    let names = &config.profile;
    let method = &names.share_delete_method;
    execute(config, "end_share", &names.share_delete_interface, method, &text(of(share)))
}

/// One share.
pub fn share(config: &Portals, share: &str) -> Call {
    let names = &config.profile;
    let method = &names.share_method;
    execute(config, "share", &names.share_interface, method, &text(of(share)))
}

/// A page of the shares that a text finds; `page` counts from 0 here.
pub fn shares_search(config: &Portals, query: &str, page: u32) -> Call {
    let names = &config.profile;
    let mut object = Object::new();
    put(&mut object, "queryString", query);
    put(&mut object, "page", first(&names.shares_first_page).saturating_add(page.into()));
    put(&mut object, "pageSize", ASSETS_PER_PAGE);
    let method = &names.shares_method;
    execute(config, "shares_search", &names.shares_interface, method, &text(object))
}

fn of(share: &str) -> Object {
    object("shareId", share)
}

fn ending(until: &str) -> Object {
    let end = format!("{until}T23:59:59Z");
    object("expirationDate", end)
}
