//! What narrows a search: text, content type, and filters whose tokens this portal issued. Any
//! other token is refused, because only the adapter may build one.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::unconfirmed::FILTER_REFUSED;
use super::facets::Facets;
use super::params::Params;
use crate::http::InstantMs;
use serde_json::Value;
use std::collections::BTreeSet;

/// The reserved filter that names a source.
const SOURCE_FILTER: &str = "smintIoHub:dataAdapterInstanceKey";
const IMAGE: i64 = 0;
const DEFAULT_VALUES: usize = 20;

/// `getFormItemDefinitionAllowedValuesAsync`.
pub fn allowed_values(
    server: &mut Smintio,
    _: InstantMs,
    params: &Params,
) -> Result<Value, Refusal> {
    let id = params.required("formItemDefinitionId")?;
    let text = params.text("formItemDefinitionQueryString")?.unwrap_or_default();
    let max = params.number("maxResultCount")?.and_then(|n| usize::try_from(n).ok());
    facets(server)
        .allowed(id, text, max.unwrap_or(DEFAULT_VALUES))
        .ok_or_else(|| Refusal::argument(format!("There is no form item `{id}`")))
}

/// The facets, counted if something changed.
pub fn facets(server: &mut Smintio) -> &Facets {
    let Smintio { store, settings, signer, portal, .. } = server;
    portal
        .facets
        .get_or_insert_with(|| Facets::count(&store.assets, &settings.facet_fields, signer))
}

/// The numbers of all assets that a search finds, ascending.
pub fn find(server: &mut Smintio, params: &Params) -> Result<Vec<usize>, Refusal> {
    let sets = filter_sets(server, params)?;
    let text = params.text("queryString")?.unwrap_or_default().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    if params.number("contentType")?.is_some_and(|kind| kind != IMAGE) {
        return Ok(Vec::new());
    }
    let found = server.store.assets.iter().enumerate().filter(|(number, asset)| {
        is_visible(server, *number)
            && words.iter().all(|word| asset.haystack.contains(word))
            && sets.iter().all(|set| set.contains(number))
    });
    Ok(found.map(|(number, _)| number).collect())
}

/// Whether a search may show an asset: there, allowed, and its source answers.
pub fn is_visible(server: &Smintio, number: usize) -> bool {
    server.store.assets.get(number).is_some_and(|asset| {
        let broken = &server.portal.broken_sources;
        let answers = broken.is_empty() || !broken.contains_key(asset.source_key());
        !asset.gone && !asset.denied && answers
    })
}

/// One set of assets per filter; values of one filter are alternatives.
fn filter_sets(server: &mut Smintio, params: &Params) -> Result<Vec<BTreeSet<usize>>, Refusal> {
    let values = params.get("currentFilters").and_then(|f| f.get("values"));
    let Some(filters) = values.and_then(Value::as_array).cloned() else {
        return Ok(Vec::new());
    };
    filters.iter().map(|filter| filter_set(server, filter)).collect()
}

fn filter_set(server: &mut Smintio, filter: &Value) -> Result<BTreeSet<usize>, Refusal> {
    let id = filter.get("id").and_then(Value::as_str).unwrap_or_default();
    let tokens: Vec<&str> = match (filter.get("stringvalue"), filter.get("stringarrayvalue")) {
        (Some(Value::String(one)), _) => vec![one],
        (_, Some(Value::Array(several))) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let refused =
        || Refusal::new(400, FILTER_REFUSED, format!("The filter value of `{id}` is invalid"));
    if tokens.is_empty() {
        return Err(refused());
    }
    if id == SOURCE_FILTER {
        let assets = server.store.assets.iter().enumerate();
        let of_source = assets.filter(|(_, asset)| {
            let key = asset.source_key();
            tokens.iter().any(|t| *t == key || t.strip_prefix("da:") == Some(key))
        });
        return Ok(of_source.map(|(number, _)| number).collect());
    }
    let facets = facets(server);
    if !facets.facet_exists(id) {
        return Err(Refusal::argument(format!("There is no form item `{id}`")));
    }
    let mut set = BTreeSet::new();
    for token in tokens {
        set.extend(facets.matches(id, token).ok_or_else(refused)?.iter().copied());
    }
    Ok(set)
}
