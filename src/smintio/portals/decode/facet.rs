//! The facets of a search: what the portal's administrator lets people narrow it by.

use super::document::preferred;
use crate::config::Portals;
use crate::fault::Fault;
use crate::smintio::portals::wire;
use crate::vendor::wire::Json;

/// A facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Its id.
    pub id: String,
    /// Its name in the preferred language.
    pub name: Option<String>,
    /// How many values it has, where the portal counts them.
    pub values: Option<u64>,
}

/// The facets of a search's result; a portal without a filter model has none.
pub fn facets(config: &Portals, result: &str) -> Result<Vec<Facet>, Fault> {
    let page: wire::FilteredPage = wire::result(result)?;
    let groups = page.filter_model.and_then(|model| model.form_group_definitions);
    let items = groups.into_iter().flatten().filter_map(|group| group.form_item_definitions);
    Ok(items.flatten().filter_map(|item| facet(config, item)).collect())
}

fn facet(config: &Portals, item: wire::FormItem) -> Option<Facet> {
    let name = match item.name {
        Some(Json::Object(texts)) => preferred(config, &texts),
        other => other,
    };
    let listed = item.allowed_values.map(|values| values.len() as u64);
    Some(Facet {
        id: item.id.filter(|id| !id.is_empty())?,
        name: name.as_ref().and_then(Json::as_str).map(str::to_owned),
        values: item.allowed_values_total_count.or(listed),
    })
}
