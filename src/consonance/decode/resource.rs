//! Images and web links. What the profile asked for must be there, whatever it is called.

use std::collections::BTreeMap;

use super::Images;
use super::wire::{self, Field};
use crate::config::Consonance;
use crate::model::ids::{ProductId, ResourceId, WebLinkId, WorkId};
use crate::model::product::WebLink;
use crate::model::title::{Ratio, Resource};
use crate::order;

/// A work's images and web links, from the light read-back.
pub fn images(config: &Consonance, work: wire::WorkImages) -> Result<Images, String> {
    let mut web_links = BTreeMap::new();
    for product in work.products.into_iter().flatten() {
        let links = web_links_of(product.web_links);
        if web_links.insert(ProductId(product.id), links).is_some() {
            return Err(format!("product {} stands there twice", product.id));
        }
    }
    let resources = resources(config, work.supporting_resources)?;
    Ok(Images { work: WorkId(work.id), resources, web_links })
}

/// Images, ascending by id.
pub fn resources(
    config: &Consonance,
    list: Option<Vec<wire::Resource>>,
) -> Result<Vec<Resource>, String> {
    let mut resources = list
        .into_iter()
        .flatten()
        .map(|image| resource(config, image))
        .collect::<Result<Vec<_>, _>>()?;
    order::sort_by_key(&mut resources, |r| r.id);
    if let Some([one, _]) = resources.array_windows().find(|[a, b]| a.id == b.id) {
        return Err(format!("supporting resource {} stands there twice", one.id));
    }
    Ok(resources)
}

fn resource(config: &Consonance, image: wire::Resource) -> Result<Resource, String> {
    let names = &config.profile;
    let place = |name: &str| format!("supporting resource {}: no `{name}`", image.id);
    let variant = asked(image.variant, &names.resource_variant, &place)?;
    let audience = asked(image.audience, &names.resource_audience, &place)?;
    let width = asked(image.width, &names.resource_width, &place)?;
    let mut products: Vec<ProductId> =
        image.product_ids.into_iter().flatten().map(ProductId).collect();
    order::sort_once(&mut products);
    let exact = width.zip(image.height).and_then(|(w, h)| Ratio::of(w, h));
    Ok(Resource {
        id: ResourceId(image.id),
        variant,
        products,
        url: image.url,
        remote_url: image.image_remote_url,
        file_name: image.filename,
        file_size: image.file_size,
        height: image.height,
        aspect_ratio: exact.or_else(|| image.aspect_ratio.and_then(ratio)),
        media_type: image.image_content_type,
        caption: image.caption,
        copyright: image.copyright,
        required_credit: image.required_credit,
        audience: audience.map(|code| super::title::bare(&code)),
        processing: image.is_processing,
        job_status: image.delayed_job_status,
    })
}

/// A field that was asked for if the profile names it.
fn asked<T>(
    field: Field<T>,
    name: &str,
    complain: &impl Fn(&str) -> String,
) -> Result<Option<T>, String> {
    match field {
        Field::There(value) => Ok(value),
        Field::Absent if name.is_empty() => Ok(None),
        Field::Absent => Err(complain(name)),
    }
}

/// A ratio in millionths; one that no picture has is no ratio.
fn ratio(value: f64) -> Option<Ratio> {
    let millionths = (value * 1e6).round();
    // The cast is exact: the range is far inside both types.
    (1.0..=1e12).contains(&millionths).then_some(Ratio { millionths: millionths as i64 })
}

/// Web links, ascending by id.
pub fn web_links_of(list: Option<Vec<wire::WebLink>>) -> Vec<WebLink> {
    let mut links: Vec<WebLink> = list
        .into_iter()
        .flatten()
        .map(|link| WebLink {
            id: WebLinkId(link.id),
            link: link.link.unwrap_or_default(),
            role: link.role.unwrap_or_default(),
            note: link.note.unwrap_or_default(),
        })
        .collect();
    order::sort_by_key(&mut links, |l| l.id);
    links
}
