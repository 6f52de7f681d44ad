//! A title as the JSON document over which expressions for cards and campaigns are written
//! (docs/KITS.md). What is empty in Consonance is null.

use serde_json::{Value, json};

use crate::linking::Format;
use crate::model::date::show_day;
use crate::model::product::Product;
use crate::model::title::Title;

/// The document.
pub fn document(title: &Title) -> Value {
    let publication = &title.publication;
    let contributor =
        |c: &crate::model::title::Contributor| json!({"name": c.name, "role": c.role});
    json!({
        "work": title.id.0,
        "title": title.title,
        "subtitle": title.subtitle,
        "reference": title.in_house_reference,
        "imprint": title.imprint,
        "contributors": title.contributors.iter().map(contributor).collect::<Vec<_>>(),
        "bisacs": publication.bisacs,
        "season": publication.season,
        "marketingTier": publication.marketing_tier,
        "projectStage": publication.project_stage,
        "textsFrom": publication.texts_from.iter().map(|day| show_day(*day)).collect::<Vec<_>>(),
        "copiesOrdered": copies(title),
        "products": title.products.iter().map(product).collect::<Vec<_>>(),
    })
}

fn product(product: &Product) -> Value {
    json!({
        "id": product.id.0,
        "isbn": product.isbn.map(|isbn| isbn.to_string()),
        "form": product.form,
        "format": format(product),
        "status": product.status,
        "publicationDate": product.publication_date.map(show_day),
        "countries": product.territory.known.codes().collect::<Vec<_>>(),
        "territoryUnknown": product.territory.unknown_rest || product.territory.contradictory,
    })
}

/// The most exact word for a product's format; none: its form has no word.
pub fn format(product: &Product) -> Option<&'static str> {
    let known = Format::ALL.into_iter().find(|format| format.fits(product))?;
    (known != Format::All).then(|| known.as_str())
}

/// Copies that all production runs order; none: no run is planned.
pub fn copies(title: &Title) -> Option<i64> {
    let mut quantities = title.runs.iter().flat_map(|run| &run.quantities).peekable();
    quantities.peek()?;
    Some(quantities.fold(0_i64, |sum, q| sum.saturating_add(q.ordered.max(0))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::expression::Expression;
    use crate::linking::testing;

    const PAGE: &str = include_str!("../../docs/KITS.md");

    #[test]
    fn the_page_on_kits_names_every_field_and_its_expressions_are_good() {
        let document = document(&testing::title(&[(71, "BB", "04")]));
        for object in [&document, &document["products"][0]] {
            for name in object.as_object().unwrap().keys() {
                assert!(PAGE.contains(&format!("\n| `{name}` | ")), "docs/KITS.md lacks {name}");
            }
        }
        let quoted = |line: &'static str| {
            let (key, rest) = line.split_once(" = \"")?;
            matches!(key, "campaign" | "value").then(|| rest.trim_end_matches('"'))
        };
        let expressions: Vec<&str> = PAGE.lines().filter_map(quoted).collect();
        assert_eq!(expressions.len(), 2);
        for text in expressions {
            assert!(Expression::parse(text).is_ok(), "{text}");
        }
    }
}
