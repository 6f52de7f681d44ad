//! A work as a title. Codes that the connector does not know are kept verbatim; what is wrong but
//! harmless becomes a note; what cannot be understood makes the whole title unreadable.

use super::resource::{resources, web_links_of};
use super::territory::territory;
use super::wire;
use crate::config::Consonance;
use crate::model::date::{Day, parse_day};
use crate::model::ids::{ProductId, WorkId};
use crate::model::isbn::Isbn13;
use crate::model::product::Product;
use crate::model::publication::Publication;
use crate::model::title::{Contributor, ProductionRun, RunQuantity, Title};
use crate::order;
use crate::vendor::status::clip;

/// The title of a work, or why it cannot be relied on.
pub fn title(config: &Consonance, work: wire::Work) -> Result<Title, String> {
    let mut notes = Vec::new();
    let mut products = work
        .products
        .into_iter()
        .flatten()
        .map(|p| product(p, &mut notes))
        .collect::<Result<Vec<_>, _>>()?;
    order::sort_by_key(&mut products, |p| p.id);
    if let Some([one, _]) = products.array_windows().find(|[a, b]| a.id == b.id) {
        return Err(format!("product {} stands there twice", one.id));
    }
    let runs = work.production_runs.into_iter().flatten();
    Ok(Title {
        id: WorkId(work.id),
        title: work.title.unwrap_or_default(),
        subtitle: work.subtitle,
        in_house_reference: work.in_house_work_reference,
        publication: Publication {
            imprint_id: work.imprint.as_ref().map(|imprint| imprint.id),
            bisacs: work.bisacs.unwrap_or_default(),
            season: work.season,
            marketing_tier: work.marketing_tier,
            project_stage: work.project_stage,
            texts_from: texts_from(work.marketing_texts)?,
        },
        imprint: work.imprint.and_then(|imprint| imprint.name),
        contributors: contributors(work.contributions),
        languages: Vec::new(),
        products,
        runs: runs.map(|r| run(r, &mut notes)).collect::<Result<_, _>>()?,
        resources: resources(config, work.supporting_resources)?,
        notes,
    })
}

fn texts_from(texts: Option<Vec<wire::MarketingText>>) -> Result<Vec<Day>, String> {
    let dates = texts.into_iter().flatten().filter_map(|text| text.from_date);
    let mut days = dates
        .map(|text| {
            parse_day(&text).ok_or_else(|| {
                let text = clip(&text, 40);
                format!("a marketing text is embargoed until {text:?}, expected a date such as 2026-04-30")
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    order::sort_once(&mut days);
    Ok(days)
}

fn product(product: wire::Product, notes: &mut Vec<String>) -> Result<Product, String> {
    let id = product.id;
    let planned = day(id, "plannedPublicationDate", product.planned_publication_date)?;
    let exact = day(id, "publicationDate", product.publication_date)?;
    let (territory, strangers) = territory(
        &product.for_sale_country_codes.unwrap_or_default(),
        &product.not_for_sale_country_codes.unwrap_or_default(),
        product.is_for_sale_worldwide,
    );
    if !strangers.is_empty() {
        let codes = clip(&strangers.join(", "), 200);
        notes.push(format!("product {id}: its territory names {codes}, no ISO 3166-1 country"));
    }
    Ok(Product {
        id: ProductId(id),
        isbn: isbn(id, product.isbn, notes),
        form: product.onix21_product_form_code.map(|code| bare(&code)),
        status: product.onix_publishing_status_code.map(|code| bare(&code)),
        publication_date: exact.or(planned),
        territory,
        web_links: web_links_of(product.web_links),
    })
}

/// A number that is no ISBN is no reason to lose the product: it has none, and a note says why.
fn isbn(product: i64, isbn: Option<wire::Isbn>, notes: &mut Vec<String>) -> Option<Isbn13> {
    let text = isbn?.isbn13?;
    if text.trim().is_empty() {
        return None;
    }
    match Isbn13::parse(&text) {
        Ok(isbn) => Some(isbn),
        Err(why) => {
            notes.push(format!("product {product}: ISBN {} has {why}", clip(&text, 40)));
            None
        }
    }
}

fn day(product: i64, field: &str, text: Option<String>) -> Result<Option<Day>, String> {
    let Some(text) = text else { return Ok(None) };
    parse_day(&text).map(Some).ok_or_else(|| {
        let text = clip(&text, 40);
        format!("product {product}: {field} is {text:?}, expected a date such as 2026-04-30")
    })
}

fn contributors(list: Option<Vec<wire::Contribution>>) -> Vec<Contributor> {
    let mut list: Vec<_> = list.unwrap_or_default();
    // The sort is stable: those without a number stay behind in the vendor's order.
    order::sort_by_key(&mut list, |c| c.sequence_number.unwrap_or(i64::MAX));
    list.into_iter()
        .map(|c| Contributor {
            id: c.contributor.as_ref().map(|contact| contact.id),
            name: c.contributor.and_then(|contact| contact.name).unwrap_or_default(),
            role: c.onix_contributor_role_code.map(|code| bare(&code)).unwrap_or_default(),
        })
        .collect()
}

fn run(run: wire::ProductionRun, notes: &mut Vec<String>) -> Result<ProductionRun, String> {
    let mut quantities = Vec::new();
    for line in run.quantities.into_iter().flatten() {
        let ordered = line.quantity.ok_or("a production run's line has no quantity")?;
        match line.product_id {
            Some(product) => quantities.push(RunQuantity {
                product: ProductId(product),
                ordered,
                received: line.received_quantity,
            }),
            None => notes.push(format!("a production run of {ordered} copies names no product")),
        }
    }
    Ok(ProductionRun { quantities })
}

/// An ONIX code as ONIX writes it: GraphQL puts an underscore before a leading digit.
pub fn bare(code: &str) -> String {
    let stripped =
        code.strip_prefix('_').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    stripped.unwrap_or(code).to_owned()
}
