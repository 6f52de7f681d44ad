//! The context card: what marketing and designers must know about a title, as one comment on its
//! collection. The same title gives the same text, so that only changes are written.

use crate::config::Config;
use crate::linking::expression::{self, Document};
use crate::model::date::show_day;
use crate::model::product::Product;
use crate::model::title::Title;

use super::title_document;

/// How the card's last line begins, by which it is known among other comments.
pub const SIGNATURE: &str = "Kept by the Consonance connector";

/// Countries named one by one; more are counted.
const COUNTRIES_NAMED: usize = 6;

/// ONIX List 17 code of an author.
const AUTHOR: &str = "A01";

/// The card's text.
pub fn card(config: &Config, title: &Title, marker: &str) -> String {
    let document = document(title);
    let publication = &title.publication;
    let mut lines = vec![heading(title)];
    line(&mut lines, "Authors", &authors(title));
    line(&mut lines, "Imprint", title.imprint.as_deref().unwrap_or_default());
    line(&mut lines, "Reference", title.in_house_reference.as_deref().unwrap_or_default());
    lines.extend(title.products.iter().map(|product| format!("- {}", edition(product))));
    if let Some(copies) = title_document::copies(title) {
        line(&mut lines, "Copies ordered", &copies.to_string());
    }
    line(&mut lines, "BISAC", &publication.bisacs.join(", "));
    line(&mut lines, "Campaign", &campaign(config, title).unwrap_or_default());
    line(&mut lines, "Marketing tier", publication.marketing_tier.as_deref().unwrap_or_default());
    line(&mut lines, "Project stage", publication.project_stage.as_deref().unwrap_or_default());
    let texts: Vec<String> = publication.texts_from.iter().map(|day| show_day(*day)).collect();
    line(&mut lines, "Marketing texts from", &texts.join(", "));
    for (label, value) in &config.kit.fields {
        // An expression that does not work on this title leaves its line out.
        let texts = value.texts(&document).unwrap_or_default();
        line(&mut lines, label, &texts.join(", "));
    }
    lines.push(format!("{SIGNATURE} · {marker}"));
    lines.join("\n")
}

/// The campaign of a title; none if it has none.
pub fn campaign(config: &Config, title: &Title) -> Option<String> {
    let text = match &config.kit.campaign {
        Some(expression) => expression.texts(&document(title)).unwrap_or_default().join(" "),
        None => title.publication.season.clone().unwrap_or_default(),
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn document(title: &Title) -> Document {
    expression::document(&title_document::document(title).to_string())
}

fn heading(title: &Title) -> String {
    match &title.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", title.title),
        None => title.title.clone(),
    }
}

fn authors(title: &Title) -> String {
    let names = title.contributors.iter().filter(|c| c.role == AUTHOR).map(|c| c.name.as_str());
    names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

fn edition(product: &Product) -> String {
    let isbn = product.isbn.map_or_else(|| "no ISBN".to_owned(), |isbn| isbn.to_string());
    let form = product.form.as_deref().unwrap_or("no form");
    let format = title_document::format(product).unwrap_or(form);
    let date = match product.publication_date {
        Some(day) => format!("published {}", show_day(day)),
        None => "no publication date".to_owned(),
    };
    let status = product.status.as_deref().unwrap_or("not stated");
    format!("{isbn}, {format} ({form}), {date}, status {status}, sold in {}", countries(product))
}

fn countries(product: &Product) -> String {
    let territory = &product.territory;
    let codes: Vec<&str> = territory.known.codes().collect();
    let named = codes.iter().take(COUNTRIES_NAMED).copied().collect::<Vec<_>>().join(", ");
    let known = match codes.len() {
        0 => "no stated country".to_owned(),
        n if n <= COUNTRIES_NAMED => named,
        n => format!("{n} countries ({named}, ...)"),
    };
    match (territory.contradictory, territory.unknown_rest) {
        (true, _) => format!("{known}; its territories contradict each other"),
        (false, true) => format!("{known}; elsewhere not stated"),
        (false, false) => known,
    }
}

fn line(lines: &mut Vec<String>, label: &str, value: &str) {
    if !value.trim().is_empty() {
        lines.push(format!("{label}: {value}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::testing;

    #[test]
    fn the_card_says_what_is_known_and_nothing_else() {
        let config = crate::config::testing::config();
        let mut title = testing::title(&[(71, "BB", "04"), (72, "DG", "02")]);
        let text = card(&config, &title, "C1");
        assert!(
            text.starts_with("A Title\n- no ISBN, hardback (BB), no publication date"),
            "{text}"
        );
        assert!(!text.contains("Campaign") && !text.contains("Copies"), "{text}");
        assert!(text.ends_with("Kept by the Consonance connector · C1"), "{text}");
        title.publication.season = Some("Spring 2026".to_owned());
        title.products[0].publication_date = crate::model::date::parse_day("2026-05-01");
        let text = card(&config, &title, "C1");
        assert!(text.contains("published 2026-05-01") && text.contains("Campaign: Spring 2026"));
    }
}
