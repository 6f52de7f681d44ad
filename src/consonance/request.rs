//! Requests to Consonance as values. Ids stand in the query as numbers, every text goes as a
//! variable; names come from the profile, which holds nothing but names. Only reads are repeatable.

use crate::config::Consonance;
use crate::limits::CONSONANCE_BODY_BYTES_MAX;
use crate::model::date::{Day, show_day};
use crate::model::ids::{ProductId, ResourceId, WebLinkId, WorkId};
use crate::platform::{Call, Method, Request};
use crate::vendor::wire::{Json, Object, object};

use super::profile::{Profile, some};

/// An image to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewResource {
    /// The work it belongs to.
    pub work: WorkId,
    /// The products it is linked to: explicit, never all.
    pub products: Vec<ProductId>,
    /// Which kind, in the vendor's spelling; `None`: none is sent.
    pub variant: Option<String>,
    /// The address that Consonance fetches.
    pub image_remote_url: String,
    /// Caption.
    pub caption: Option<String>,
    /// Copyright line.
    pub copyright: Option<String>,
    /// Credit that must be shown.
    pub required_credit: Option<String>,
    /// Detaches the work's products from every earlier image of this variant.
    pub unlink_previous: bool,
}

/// A web link to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWebLink {
    /// The product that shows it.
    pub product: ProductId,
    /// The product's work.
    pub work: WorkId,
    /// The address.
    pub link: String,
    /// The role text.
    pub role: String,
    /// The note text.
    pub note: String,
}

/// Ids of works, those after an id and those changed since a day, if given.
pub fn work_ids(config: &Consonance, after: Option<WorkId>, changed_since: Option<Day>) -> Call {
    let mut search = Vec::new();
    if let Some(after) = after {
        search.push(format!("after: {after}"));
    }
    if let Some(day) = changed_since {
        search.push(format!("changedSince: \"{}\"", show_day(day)));
    }
    let query = if search.is_empty() {
        "query { works { id } }".to_owned()
    } else {
        format!("query {{ works(workSearch: {{{}}}) {{ id }} }}", search.join(", "))
    };
    read(config, "work_ids", query)
}

/// Works with everything of `Title`, at most `limits::WORKS_PER_QUERY` at once.
pub fn works(config: &Consonance, ids: &[WorkId]) -> Call {
    let query = aliased(ids, &work_fields(&config.profile));
    read(config, "works", query)
}

/// The same works, only with their images and their products' web links: a light read-back.
pub fn resources(config: &Consonance, ids: &[WorkId]) -> Call {
    let fields = format!(
        "id products {{ id webLinks {{ id link role note }} }} supportingResources {{ {} }}",
        resource_fields(&config.profile)
    );
    read(config, "resources", aliased(ids, &fields))
}

/// Creates an image.
pub fn create_resource(config: &Consonance, new: &NewResource) -> Call {
    let names = &config.profile;
    let mut input = Object::new();
    put(&mut input, "workId", new.work.0);
    put(&mut input, "productIds", new.products.iter().map(|p| p.0).collect::<Vec<_>>());
    put(&mut input, "imageRemoteUrl", new.image_remote_url.as_str());
    let texts = [
        ("resourceVariant", new.variant.as_deref()),
        ("status", some(&names.new_resource_status)),
        ("caption", new.caption.as_deref()),
        ("copyright", new.copyright.as_deref()),
        ("requiredCredit", new.required_credit.as_deref()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            put(&mut input, name, text);
        }
    }
    if new.unlink_previous {
        put(&mut input, "unlinkPrevious", true);
    }
    let query = mutation(
        names,
        &names.create_resource_input,
        &names.create_resource_mutation,
        &made(&names.created_resource_field),
    );
    write(config, "create_resource", query, input)
}

/// Deletes an image.
pub fn delete_resource(config: &Consonance, id: ResourceId) -> Call {
    let names = &config.profile;
    let mut input = Object::new();
    put(&mut input, &names.delete_resource_id, id.0);
    let query = mutation(
        names,
        &names.delete_resource_input,
        &names.delete_resource_mutation,
        &done(&names.delete_success_field),
    );
    write(config, "delete_resource", query, input)
}

/// Creates a web link.
pub fn create_web_link(config: &Consonance, new: &NewWebLink) -> Call {
    let names = &config.profile;
    let mut input = Object::new();
    let members = [
        (&names.web_link_product, Json::from(new.product.0)),
        (&names.web_link_work, Json::from(new.work.0)),
        (&names.web_link_link, Json::from(new.link.as_str())),
        (&names.web_link_role, Json::from(new.role.as_str())),
        (&names.web_link_note, Json::from(new.note.as_str())),
    ];
    for (name, value) in members {
        if let Some(name) = some(name) {
            put(&mut input, name, value);
        }
    }
    let query = mutation(
        names,
        &names.create_web_link_input,
        &names.create_web_link_mutation,
        &made(&names.created_web_link_field),
    );
    write(config, "create_web_link", query, input)
}

/// Deletes a web link.
pub fn delete_web_link(config: &Consonance, id: WebLinkId) -> Call {
    let names = &config.profile;
    let mut input = Object::new();
    put(&mut input, &names.delete_web_link_id, id.0);
    let query = mutation(
        names,
        &names.delete_web_link_input,
        &names.delete_web_link_mutation,
        &done(&names.delete_success_field),
    );
    write(config, "delete_web_link", query, input)
}

/// Asks the live schema about the types that the profile names.
pub fn introspect(config: &Consonance) -> Call {
    let mut query = "query { mutations: __schema { mutationType { fields { name args { name type \
                     { ...R } } type { ...R } } } }"
        .to_owned();
    for (i, name) in types(&config.profile).iter().enumerate() {
        query.push_str(&format!(" t{i}: __type(name: \"{name}\") {{ ...T }}"));
    }
    query.push_str(
        " } fragment T on __Type { name fields { name type { ...R } } inputFields { name \
         defaultValue type { ...R } } enumValues { name } } fragment R on __Type { kind name \
         ofType { kind name ofType { kind name ofType { kind name } } } }",
    );
    read(config, "introspect", query)
}

/// The types that the profile's names live in.
fn types(names: &Profile) -> [&str; 11] {
    [
        "SupportingResource",
        "SupportingResourceVariant",
        "SupportingResourceStatus",
        &names.create_resource_input,
        &names.create_resource_payload,
        &names.delete_resource_input,
        &names.delete_resource_payload,
        &names.create_web_link_input,
        &names.create_web_link_payload,
        &names.delete_web_link_input,
        &names.delete_web_link_payload,
    ]
}

/// `w123: work(...)` for each id: an error in one leaves the others whole.
fn aliased(ids: &[WorkId], fields: &str) -> String {
    let mut query = "query {".to_owned();
    for id in ids {
        query.push_str(&format!(" w{id}: work(workSearch: {{idEq: {id}}}) {{ ...W }}"));
    }
    query.push_str(&format!(" }} fragment W on Work {{ {fields} }}"));
    query
}

fn work_fields(names: &Profile) -> String {
    format!(
        "id title subtitle inHouseWorkReference imprint {{ id name }} bisacs season \
         marketingTier projectStage marketingTexts {{ fromDate }} \
         contributions {{ sequenceNumber onixContributorRoleCode contributor {{ id name }} }} \
         products {{ id isbn {{ isbn13 }} onix21ProductFormCode onixPublishingStatusCode \
         publicationDate plannedPublicationDate forSaleCountryCodes notForSaleCountryCodes \
         isForSaleWorldwide webLinks {{ id link role note }} }} \
         productionRuns {{ quantities {{ productId quantity receivedQuantity }} }} \
         supportingResources {{ {} }}",
        resource_fields(names)
    )
}

/// Fields that the profile names are asked for under fixed aliases.
fn resource_fields(names: &Profile) -> String {
    let mut fields = "id url imageRemoteUrl filename fileSize height aspectRatio imageContentType \
                      caption copyright requiredCredit isProcessing delayedJobStatus productIds"
        .to_owned();
    let named = [
        ("variant", &names.resource_variant),
        ("audience", &names.resource_audience),
        ("width", &names.resource_width),
    ];
    for (alias, name) in named {
        if let Some(name) = some(name) {
            fields.push_str(&format!(" {alias}: {name}"));
        }
    }
    fields
}

fn mutation(names: &Profile, input: &str, name: &str, asked: &str) -> String {
    let errors = match (some(&names.errors_field), some(names.errors_selection.trim())) {
        (None, _) => String::new(),
        (Some(field), None) => format!(" errors: {field}"),
        (Some(field), Some(selection)) => format!(" errors: {field} {{ {selection} }}"),
    };
    format!(
        "mutation($input: {input}!) {{ result: {name}(input: $input) {{ __typename{asked}{errors} \
         }} }}"
    )
}

fn made(field: &str) -> String {
    some(field).map(|f| format!(" made: {f} {{ id }}")).unwrap_or_default()
}

fn done(field: &str) -> String {
    some(field).map(|f| format!(" done: {f}")).unwrap_or_default()
}

fn put(object: &mut Object, name: &str, value: impl Into<Json>) {
    object.insert(name.to_owned(), value.into());
}

fn read(config: &Consonance, kind: &'static str, query: String) -> Call {
    call(config, kind, query, Object::new(), true)
}

fn write(config: &Consonance, kind: &'static str, query: String, input: Object) -> Call {
    call(config, kind, query, object("input", Json::Object(input)), false)
}

fn call(
    config: &Consonance,
    kind: &'static str,
    query: String,
    variables: Object,
    repeatable: bool,
) -> Call {
    let mut body = Object::new();
    put(&mut body, "query", query);
    put(&mut body, "variables", variables);
    let request = Request {
        method: Method::Post,
        url: format!("{}{}", config.base_url, config.profile.graphql_path),
        headers: vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
        ],
        body: Json::Object(body).to_string().into_bytes(),
        response_bytes_max: CONSONANCE_BODY_BYTES_MAX,
        authorization: None,
    };
    Call { request, connection: Some(config.connection.clone()), kind, repeatable }
}

#[cfg(test)]
mod tests;
