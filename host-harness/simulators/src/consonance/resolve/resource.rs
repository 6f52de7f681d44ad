//! The fields of supporting resources, web links and marketing texts.

use time::macros::format_description;

use super::{Input, NULL, Node, Out, enum_leaf, leaf, nodes};
use crate::consonance::{
    images,
    settings::RewriteRemoteUrl,
    store::{Store, date_time, resource::Resource, seed},
};

/// The resources of a work, ascending by id.
pub(super) fn of_work(store: &Store, work_id: i64) -> Out {
    let ids = store.resources_of_work.get(&work_id).cloned().unwrap_or_default();
    nodes(ids, Node::Resource)
}

pub(super) fn resolve(store: &mut Store, id: i64, field: &str) -> Option<Out> {
    store.resource(id)?;
    store.note_read(id);
    if field == "fileSize" {
        return Some(leaf(store.resources.get_mut(&id)?.file_size()));
    }
    let resource = store.resource(id)?;
    let out = match field {
        "id" => leaf(id),
        "caption" => leaf(resource.caption.clone()),
        "copyright" => leaf(resource.copyright.clone()),
        "copyrightHolder" => NULL,
        "requiredCredit" => leaf(resource.required_credit.clone()),
        "filename" => leaf(resource.filename.clone()),
        "imageRemoteUrl" => leaf(remote_url(store, resource)),
        "isProcessing" => leaf(resource.is_processing()),
        "delayedJobStatus" => leaf(resource.job_status()),
        "createdAt" => leaf(iso8601(resource.created_at)),
        "productIds" => leaf(resource.product_ids.iter().copied().collect::<Vec<_>>()),
        "onixContentAudienceCode" => enum_leaf(&resource.audience),
        "resourceVariant" => resource.variant.as_deref().map_or(NULL, enum_leaf),
        "status" => enum_leaf(&resource.status),
        _ => return image(store, resource, field),
    };
    Some(out)
}

/// What a resource has once its image is processed.
fn image(store: &Store, resource: &Resource, field: &str) -> Option<Out> {
    let image = resource.image();
    let out = match field {
        "url" => leaf(images::url(store, resource)),
        "height" => leaf(image.map(|image| image.height)),
        "width" => leaf(image.map(|image| image.width)),
        "aspectRatio" => leaf(image.map(|image| f64::from(image.width) / f64::from(image.height))),
        "imageContentType" => leaf(image.map(|_| "image/jpeg")),
        _ => return None,
    };
    Some(out)
}

/// The remote URL as the vendor shows it afterwards.
pub(in crate::consonance) fn remote_url(store: &Store, resource: &Resource) -> Option<String> {
    let sent = resource.sent_url.as_ref()?;
    match store.settings.rewrite_remote_url {
        RewriteRemoteUrl::Keep => Some(sent.clone()),
        RewriteRemoteUrl::Rewritten => {
            let origin = &store.settings.images_origin;
            Some(format!("{origin}/remote/{}.jpg", resource.id))
        }
        RewriteRemoteUrl::Absent => None,
    }
}

fn iso8601(instant: u64) -> Option<String> {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    date_time(instant).format(form).ok()
}

/// The fields of a web link.
pub(super) fn link(store: &Store, id: i64, field: &str) -> Option<Out> {
    let link = store.links.get(&id)?;
    let out = match field {
        "id" => leaf(id),
        "link" => leaf(link.link.as_str()),
        "role" => leaf(link.role.clone()),
        "note" => leaf(link.note.clone()),
        _ => return None,
    };
    Some(out)
}

/// The marketing texts of a work, or of one of its products.
pub(super) fn texts_of(store: &Store, work: i64, product: Option<i64>, args: &Input<'_>) -> Out {
    let variants = args.texts("variantIn");
    let found = store.texts_of_work(work).filter(|(_, text)| {
        let of_product = match (&text.product_ids, product) {
            (Some(ids), Some(product)) => ids.contains(&product),
            _ => true,
        };
        let of_variant = |variants: &Vec<String>| {
            text.variant.as_ref().is_some_and(|variant| variants.contains(variant))
        };
        of_product && variants.as_ref().is_none_or(of_variant)
    });
    nodes(found.map(|(id, _)| id), Node::Text)
}

/// The fields of a marketing text.
pub(super) fn text(store: &Store, id: i64, field: &str, args: &Input<'_>) -> Option<Out> {
    let text = store.texts.get(&id)?;
    let out = match field {
        "id" => leaf(id),
        "externalText" if args.flag("stripHtml") == Some(true) => {
            leaf(seed::strip_html(&text.external_html))
        }
        "externalText" => leaf(text.external_html.as_str()),
        "externalTextMarkdown" => leaf(text.external_markdown.as_str()),
        "internalTextMarkdown" => leaf(text.internal_markdown.as_str()),
        "fromDate" => leaf(text.from_date.clone()),
        "productIds" => {
            let all = || store.work(text.work_id).map(|work| work.product_ids());
            leaf(text.product_ids.clone().or_else(all).unwrap_or_default())
        }
        "variant" => text.variant.as_deref().map_or(NULL, enum_leaf),
        _ => return None,
    };
    Some(out)
}
