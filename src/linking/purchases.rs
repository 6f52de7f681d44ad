//! Which purchase covers an asset. No id is shared between a purchase and a Portals asset, so an
//! ordered table says where the asset holds one; a bare file name never joins.

use super::candidates::normalise_reference;
use super::expression::Document;
use super::fields;
use super::isbn_text;
use super::rules::{PurchaseKind, Rules};
use crate::model::asset::Asset;
use crate::model::ids::PurchaseId;
use crate::model::licence::Purchase;
use crate::model::title::Title;

/// Something that a purchase can be found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PurchaseKey {
    /// The purchase itself.
    Purchase(PurchaseId),
    /// The content element that was bought.
    Element(String),
    /// The asset's id in the system behind Portals: a purchase's or an element's id there.
    ExternalId(String),
    /// A binary's file name; joins only where `project_names_title` holds as well.
    FileAndProject {
        /// The file's name, without any folder.
        file_name: String,
    },
}

impl Rules {
    /// The keys of an asset in the order of the rules: the first that finds a purchase wins.
    pub fn purchase_keys(&self, asset: &Asset) -> Vec<PurchaseKey> {
        let document = self.document(asset);
        let mut keys = Vec::new();
        for rule in &self.tables.purchases {
            // A rule that fails on this asset finds nothing on it.
            for text in rule.from.texts(&document).unwrap_or_default() {
                add(&mut keys, key(rule.kind, &text));
            }
        }
        if self.tables.built_in {
            built_in(asset, &document, &mut keys);
        }
        keys
    }
}

fn built_in(asset: &Asset, document: &Document, keys: &mut Vec<PurchaseKey>) {
    for text in fields::raw(document, fields::PURCHASE) {
        add(keys, key(PurchaseKind::Purchase, &text));
    }
    for text in fields::raw(document, fields::ELEMENT) {
        add(keys, key(PurchaseKind::Element, &text));
    }
    if let Some(text) = &asset.external_id {
        add(keys, key(PurchaseKind::ExternalId, text));
    }
    if let Some(text) = &asset.file.name {
        add(keys, key(PurchaseKind::FileAndProject, text));
    }
}

fn add(keys: &mut Vec<PurchaseKey>, key: Option<PurchaseKey>) {
    keys.extend(key.filter(|key| !keys.contains(key)));
}

fn key(kind: PurchaseKind, text: &str) -> Option<PurchaseKey> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(match kind {
        PurchaseKind::Purchase => PurchaseKey::Purchase(text.into()),
        PurchaseKind::Element => PurchaseKey::Element(text.to_owned()),
        PurchaseKind::ExternalId => PurchaseKey::ExternalId(text.to_owned()),
        PurchaseKind::FileAndProject => {
            let file_name = text.rsplit(['/', '\\']).next().filter(|name| !name.is_empty())?;
            PurchaseKey::FileAndProject { file_name: file_name.to_owned() }
        }
    })
}

/// Shorter references would be found in any project's name.
const REFERENCE_CHARS_MIN: usize = 4;

/// Whether the purchase's project or board names the title: by the ISBN of one of its products or
/// by its in-house reference.
pub fn project_names_title(purchase: &Purchase, title: &Title) -> bool {
    purchase.project_names.iter().chain(&purchase.board_names).any(|name| names(name, title))
}

fn names(name: &str, title: &Title) -> bool {
    let found = isbn_text::find(name).good;
    if title.products.iter().filter_map(|product| product.isbn).any(|isbn| found.contains(&isbn)) {
        return true;
    }
    let Some(reference) = &title.in_house_reference else { return false };
    let (reference, name) = (normalise_reference(reference), normalise_reference(name));
    !reference.is_empty() && (name == reference || holds_word(&name, &reference))
}

/// Whether the reference stands in the text with no letter or digit on either side.
fn holds_word(text: &str, word: &str) -> bool {
    word.chars().count() >= REFERENCE_CHARS_MIN
        && text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|part| part.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|part| part.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::expression::Expression;
    use crate::linking::rules::{PurchaseRule, Tables};
    use crate::linking::testing::{asset, title};

    #[test]
    fn keys_come_in_the_order_of_the_rules() {
        let rule = PurchaseRule {
            name: "note".to_owned(),
            kind: PurchaseKind::Element,
            from: Expression::parse("rawData.note").unwrap(),
        };
        let tables = Tables { purchases: vec![rule], ..Tables::default() };
        let mut asset =
            asset(r#"{"rawData": {"note": "e1", "LPT-UUID": "p1", "contentElementId": "e1"}}"#);
        asset.external_id = Some("x1".to_owned());
        asset.file.name = Some("../in/getty.jpg".to_owned());
        let expected = [
            PurchaseKey::Element("e1".to_owned()),
            PurchaseKey::Purchase("p1".into()),
            PurchaseKey::ExternalId("x1".to_owned()),
            PurchaseKey::FileAndProject { file_name: "getty.jpg".to_owned() },
        ];
        assert_eq!(Rules::new(tables).purchase_keys(&asset), expected);
        let off = Tables { built_in: false, ..Tables::default() };
        assert_eq!(Rules::new(off).purchase_keys(&asset), []);
    }

    #[test]
    fn a_project_names_a_title_by_isbn_or_reference() {
        let mut title = title(&[(1, "BB", "04")]);
        title.products[0].isbn = crate::model::isbn::Isbn13::parse("9780306406157").ok();
        let cases = [
            (Some("INB-0042"), "978-0-306-40615-7 cover", true),
            (Some("INB-0042"), "Covers for inb-0042 (2nd)", true),
            (Some("INB-0042"), "INB-00421", false),
            (Some("INB-0042"), "9780306406158", false),
            (Some("INB-0042"), "", false),
            (Some("12"), "Project 12", false),
            (Some("12"), "12", true),
            (Some(""), "", false),
            (None, "Title", false),
        ];
        for (reference, name, expected) in cases {
            title.in_house_reference = reference.map(str::to_owned);
            for boards in [false, true] {
                let mut purchase = Purchase::default();
                let names =
                    if boards { &mut purchase.board_names } else { &mut purchase.project_names };
                names.push(name.to_owned());
                assert_eq!(
                    project_names_title(&purchase, &title),
                    expected,
                    "{reference:?} {name}"
                );
            }
        }
    }
}
