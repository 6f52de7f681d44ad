//! The older REST list of products: `GET /api/products.json` and `/api/v4/products.json`. Read
//! only; keys and envelope as public code reads them (facts 3.4). Keys that no seed can fill are
//! left out.

use serde_json::{Value, json};

use super::{
    codes, images,
    store::{Store, Work, search::ProductSearch},
    transport::not_found,
};
use crate::{
    http::{Request, Response},
    paths,
    world::seed::ProductSeed,
};

const PATHS: [&str; 2] = ["/api/products.json", "/api/v4/products.json"];

/// Whether a request is for this list.
pub(super) fn is_rest(request: &Request) -> bool {
    request.path().starts_with("/api/")
}

/// Answers the caller's request.
pub(super) fn handle(store: &Store, request: &Request) -> Response {
    if request.method != "GET" || !PATHS.contains(&request.path()) {
        return not_found();
    }
    let query = paths::pairs(request.query());
    let of = |name: &str| query.get(&format!("q[{name}]")).map(String::as_str);
    let number = |name: &str| of(name).map(|text| text.parse().unwrap_or(-1));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let search = ProductSearch {
        id: number("id_eq"),
        isbns: of("isbn_eq").map(|text| vec![digits(text)]),
        ..ProductSearch::default()
    };
    let title = of("work_title_cont").map(str::to_lowercase);
    let wanted = |(work, product): &(&Work, &ProductSeed)| {
        let date = product.publication_date.map(|date| date.to_string());
        title.as_ref().is_none_or(|part| work.title.title.to_lowercase().contains(part))
            && of("pub_date_eq").is_none_or(|day| date.as_deref() == Some(day))
    };
    let ids = store.search_products(&search);
    let found: Vec<_> = ids.iter().filter_map(|id| store.product(*id)).filter(wanted).collect();
    let per_page = store.settings.rest_per_page.max(1);
    let page = query.get("page").and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1);
    let shown = found.iter().skip((page - 1).saturating_mul(per_page)).take(per_page);
    let products: Vec<Value> = shown.map(|(work, product)| one(store, work, product)).collect();
    Response::json(
        200,
        &json!({
            "current_page": page,
            "per_page": per_page,
            "total_pages": found.len().div_ceil(per_page),
            "url": format!("{}{}", request.origin, request.target),
            "products": products,
        }),
    )
}

fn one(store: &Store, work: &Work, product: &ProductSeed) -> Value {
    let title = &work.title;
    let isbn = product.isbn13.as_deref().map_or_else(|| "No ISBN".to_owned(), dashed);
    json!({
        "id": product.product_id,
        "work_id": title.work_id,
        "full_title": title.title,
        "subtitle": title.subtitle,
        "pub_date": product.publication_date.map(|date| date.to_string()),
        "publishing_status": product.status,
        "product_form": product.form.as_deref().map(codes::code_of),
        "isbn": isbn,
        "work_doi": title.doi,
        "season_name": title.season,
        "marketing_tier_name": title.marketing_tier,
        "project_stage_name": title.project_stage,
        "in_house_work_reference": title.in_house_reference,
        "imprint": title.imprint.as_ref().map(|(_, name)| name),
        "weblinks": [],
        "prices": [],
        "marketingtexts": title.description.iter()
            .map(|text| json!({"code": "01", "external_text": text})).collect::<Vec<_>>(),
        "supportingresources": resources(store, product.product_id, title.work_id),
        "rights_not_available_countries": product.not_for_sale,
    })
}

/// The processed images of a product.
fn resources(store: &Store, product: i64, work: i64) -> Vec<Value> {
    let ids = store.resources_of_work.get(&work).into_iter().flatten();
    ids.filter_map(|id| store.resources.get(id))
        .filter(|resource| resource.product_ids.contains(&product))
        .filter_map(|resource| images::url(store, resource))
        .map(|url| json!({"style_urls": [{"style": "jpg_rgb_original", "url": url}]}))
        .collect()
}

/// Some dashes: where they stand truly depends on a registry that nothing here needs.
fn dashed(isbn: &str) -> String {
    match (isbn.get(..3), isbn.get(3..12), isbn.get(12..)) {
        (Some(prefix), Some(body), Some(check)) if !check.is_empty() => {
            format!("{prefix}-{body}-{check}")
        }
        _ => isbn.to_owned(),
    }
}
