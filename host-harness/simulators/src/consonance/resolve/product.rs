//! The fields of a product, which are those of the interface and of its concrete type.

use time::Date;

use super::{Input, NULL, Node, Out, code_leaf, leaf, nodes, onix_code, people, record, resource};
use crate::{
    consonance::{
        codes,
        store::{Store, search::split_prefix},
    },
    world::seed::ProductSeed,
};

/// The caller's product behind its interface; null if there is none.
pub(super) fn one(store: &Store, id: i64) -> Out {
    let concrete = store.product(id).map(|(_, p)| codes::product_type(p.form.as_deref()));
    concrete.map_or(NULL, |name| Out::Typed(name, Node::Product(id)))
}

/// Products behind their interface.
pub(super) fn list(store: &Store, ids: impl Iterator<Item = i64>) -> Out {
    Out::List(ids.map(|id| one(store, id)).collect())
}

pub(super) fn resolve(store: &Store, id: i64, field: &str, args: &Input<'_>) -> Option<Out> {
    let (work, product) = store.product(id)?;
    let title = work.title.title.as_str();
    let (form, status) = (product.form.as_deref(), product.status.as_deref());
    let out = match field {
        "id" => leaf(id),
        "isbn" => product.isbn13.as_deref().map_or(NULL, isbn),
        "fullTitle" => leaf(title),
        "titlePrefix" => leaf(split_prefix(title).0),
        "titleWithoutPrefix" => leaf(split_prefix(title).1),
        "subtitle" => leaf(work.title.subtitle.clone()),
        "authorshipDescription" => leaf(people::authorship(work)),
        "onix21ProductFormCode" => code_leaf(form),
        "onix21ProductForm" => onix_code(&codes::PRODUCT_FORM, form),
        "publicationDate" => date(product.publication_date),
        "plannedPublicationDate" => date(product.planned_date),
        "publicationDateString" => {
            let directives = args.text("directives").unwrap_or_default();
            leaf(product.publication_date.map(|date| strftime(date, &directives)))
        }
        "onixPublishingStatusCode" => code_leaf(status),
        "onixPublishingStatus" => onix_code(&codes::PUBLISHING_STATUS, status),
        "prices" => Out::List(Vec::new()),
        "marketingTexts" => resource::texts_of(store, work.title.work_id, Some(id), args),
        "contributions" => people::contributions(work),
        "work" => Out::Node(Node::Work(work.title.work_id)),
        "webLinks" => nodes(store.links_of_product(id), Node::Link),
        _ => return sales(product, field).or_else(|| book(field)),
    };
    Some(out)
}

/// Sales rights.
fn sales(product: &ProductSeed, field: &str) -> Option<Out> {
    let out = match field {
        "forSaleCountryCodes" => leaf(product.for_sale.clone()),
        "notForSaleCountryCodes" => leaf(product.not_for_sale.clone()),
        "isForSaleWorldwide" => leaf(product.worldwide),
        "salesRightsDescription" | "inHouseEdition" | "inHouseFormat" => NULL,
        _ => return None,
    };
    Some(out)
}

/// What only physical books have; no seed carries it.
fn book(field: &str) -> Option<Out> {
    let measured = ["productHeight", "productWidth", "productThickness", "approximatePageCount"];
    measured.contains(&field).then_some(NULL)
}

/// An ISBN as stored, a wrong one included. Dashes need the agency's range table and stay null.
fn isbn(digits: &str) -> Out {
    record([("isbn10", leaf(isbn10(digits))), ("isbn13", leaf(digits)), ("isbnWithDashes", NULL)])
}

fn isbn10(digits: &str) -> Option<String> {
    let body = digits.strip_prefix("978")?.get(..9)?;
    let sum: u32 =
        body.chars().zip(1..).map(|(c, n)| c.to_digit(10).map(|d| d * n)).sum::<Option<_>>()?;
    let check = match sum % 11 {
        10 => 'X',
        n => char::from_digit(n, 10)?,
    };
    Some(format!("{body}{check}"))
}

fn date(date: Option<Date>) -> Out {
    leaf(date.map(|date| date.to_string()))
}

/// The directives that the vendor's examples use, and their neighbours.
fn strftime(date: Date, directives: &str) -> String {
    let mut text = String::new();
    let mut rest = directives.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let (plain, letter) = match rest.next() {
            Some('-') => (true, rest.next()),
            other => (false, other),
        };
        let number = |n: u8| if plain { n.to_string() } else { format!("{n:02}") };
        match letter {
            Some('d') => text.push_str(&number(date.day())),
            Some('m') => text.push_str(&number(date.month().into())),
            Some('Y') => text.push_str(&date.year().to_string()),
            Some('B') => text.push_str(&date.month().to_string()),
            Some('b') => text.extend(date.month().to_string().chars().take(3)),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn dates_are_formatted_by_directives() {
        for (directives, expected) in [
            ("%-d %B %Y", "5 March 2026"),
            ("%d/%m/%Y", "05/03/2026"),
            ("%b %Y", "Mar 2026"),
            ("%", ""),
        ] {
            assert_eq!(strftime(date!(2026 - 03 - 05), directives), expected);
        }
    }

    #[test]
    fn isbn10_is_derived_where_it_exists() {
        for (isbn13, expected) in [
            ("9780306406157", Some("0306406152")),
            ("9781783740390", Some("1783740396")),
            ("9791090636071", None),
            ("978", None),
            ("97803064O6157", None),
        ] {
            assert_eq!(isbn10(isbn13).as_deref(), expected, "{isbn13}");
        }
    }
}
