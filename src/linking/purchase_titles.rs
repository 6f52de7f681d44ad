//! Which title a purchase was made for: the link rules over the purchase's document, then ISBNs and
//! in-house references in the names of its project and board. What its content is called says
//! nothing: those are the provider's words.

use serde_json::json;

use super::candidates::{Candidates, Place, reference_words, references};
use super::expression;
use super::isbn_text;
use super::rules::Rules;
use crate::model::licence::Purchase;

/// The purchase as link rules see it (docs/RIGHTS.md).
pub fn purchase_document(purchase: &Purchase) -> String {
    let files: Vec<&str> =
        purchase.binaries.iter().filter_map(|file| file.file_name.as_deref()).collect();
    json!({
        "purchase": {
            "uuid": purchase.id.as_str(),
            "contentElement": purchase.element,
            "provider": purchase.provider,
            "licence": purchase.licence_kind,
            "project": purchase.project,
            "projectNames": purchase.project_names,
            "boardNames": purchase.board_names,
            "name": purchase.name,
            "fileNames": files,
        }
    })
    .to_string()
}

impl Rules {
    /// The keys of a purchase.
    pub fn purchase_candidates(&self, purchase: &Purchase) -> Candidates {
        let mut candidates = Candidates::default();
        let document = expression::document(&purchase_document(purchase));
        for rule in &self.tables.links {
            if candidates.try_rule(rule, &document) {
                return candidates;
            }
        }
        if self.tables.built_in {
            built_in(&mut candidates, purchase);
        }
        candidates
    }
}

fn built_in(candidates: &mut Candidates, purchase: &Purchase) {
    let places: [Place; 2] = [
        ("ISBN in the project", &purchase.project_names, isbn_text::find),
        ("ISBN in the board", &purchase.board_names, isbn_text::find),
    ];
    candidates.try_places(&places);
    if !candidates.keys.is_empty() {
        return;
    }
    for (rule, names) in [
        ("in-house reference in the project", &purchase.project_names),
        ("in-house reference in the board", &purchase.board_names),
    ] {
        let words: Vec<String> = names.iter().flat_map(|name| reference_words(name)).collect();
        if candidates.win(rule, references(&words)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::expression::Expression;
    use crate::linking::{Key, LinkKey, LinkRule, Tables};
    use crate::model::isbn::Isbn13;

    fn purchase(project: &str, board: &str) -> Purchase {
        Purchase {
            project_names: vec![project.to_owned()],
            board_names: vec![board.to_owned()],
            name: Some("978-0-306-40615-7 on a shelf".to_owned()),
            ..Purchase::default()
        }
    }

    #[test]
    fn project_and_board_name_the_title_and_the_content_does_not() {
        let isbn = || Key::Isbn(Isbn13::parse("9780306406157").unwrap());
        let reference = |text: &str| Key::Reference(text.to_owned());
        let cases = [
            (purchase("Cover 978-0-306-40615-7", "Cart"), vec![isbn()]),
            (purchase("Spring", "9780306406157"), vec![isbn()]),
            (purchase("Covers for INB-0042 (2nd)", "Cart"), vec![reference("inb-0042")]),
            (purchase("Office party", "Cart"), vec![]),
        ];
        for (purchase, keys) in cases {
            let found = Rules::default().purchase_candidates(&purchase);
            assert_eq!(found.keys, keys, "{purchase:?}");
        }
        let bad = Rules::default().purchase_candidates(&purchase("9780306406158", ""));
        assert_eq!(bad.bad_isbns.len(), 1, "a mistyped ISBN is kept: {bad:?}");
    }

    #[test]
    fn a_rule_wins_over_the_names() {
        let rule = LinkRule {
            name: "works by board".to_owned(),
            key: LinkKey::Work,
            from: Expression::parse("purchase.boardNames").unwrap(),
            when: None,
        };
        let tables = Tables { links: vec![rule], ..Tables::default() };
        let found = Rules::new(tables).purchase_candidates(&purchase("9780306406157", "17"));
        assert_eq!(found.keys, [Key::Work(crate::model::ids::WorkId(17))]);
        assert_eq!(found.rule.as_deref(), Some("works by board"));
        let off = Tables { built_in: false, ..Tables::default() };
        assert!(
            Rules::new(off).purchase_candidates(&purchase("9780306406157", "")).keys.is_empty()
        );
    }
}
