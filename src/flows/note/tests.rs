//! The sentence for worked cases: same rights, same words, whatever the day and the order.

use std::sync::Arc;

use super::*;
use crate::model::date::parse_day;
use crate::rights::{Copies, Dimension, Key, Reason, Weight};

fn decision(verdict: Verdict, until: Option<&str>, cap: Option<u64>) -> Decision {
    Decision {
        verdict,
        until: until.and_then(parse_day),
        reasons: Vec::new(),
        deciding: 0,
        source: Some(Arc::from("79468")),
        source_index: Some(0),
        profile: None,
        copies: cap.map(|cap| Copies { counted: 7, cap }),
    }
}

fn review(code: Code) -> Decision {
    let reason = Reason {
        code,
        dimension: Dimension::Media,
        key: Key::None,
        term: None,
        weight: Weight::Review,
    };
    Decision { reasons: vec![reason], deciding: 1, ..decision(Verdict::NeedsReview, None, None) }
}

fn product(form: &str, countries: &[&str]) -> Product {
    let mut title = crate::linking::testing::title(&[(1, form, "04")]);
    let mut product = title.products.remove(0);
    product.territory.known = CountrySet::from_codes(countries.iter().copied()).0;
    product
}

#[test]
fn the_sentence_of_the_design() {
    let print = product("BB", &["GB", "IE"]);
    let audio = product("AJ", &["GB", "IE"]);
    let cleared = decision(Verdict::ClearedUntil, Some("2027-12-31"), Some(5_000));
    let open = review(Code::MediaUnstated);
    let expected = "Cleared for print, UK and Ireland, until 31 December 2027, up to 5,000 copies; \
                    not stated for audiobook.";
    let one_way = note(&[(&print, &cleared), (&audio, &open)], None);
    assert_eq!(one_way.as_deref(), Some(expected));
    let other_way = note(&[(&audio, &open), (&print, &cleared)], Some(" "));
    assert_eq!(other_way.as_deref(), Some(expected), "the order of products says nothing");
    let paid = Decision { copies: Some(Copies { counted: 4_000, cap: 5_000 }), ..cleared };
    let later = note(&[(&print, &paid), (&audio, &open)], None);
    assert_eq!(later.as_deref(), Some(expected), "copies that were made are not in it");
}

#[test]
fn groups_credit_and_worlds() {
    let world: Vec<&str> = CountrySet::all().codes().collect();
    let most: Vec<&str> = world.iter().copied().filter(|code| *code != "US").collect();
    let some: Vec<&str> = world.iter().copied().take(40).collect();
    let free = decision(Verdict::Cleared, None, None);
    let said = |products: &[(&Product, &Decision)], credit| note(products, credit).unwrap();
    let [print, ebook] = [product("BC", &world), product("DG", &world)];
    assert_eq!(
        said(&[(&ebook, &free), (&print, &free)], Some("© Ann\nLee\u{0}")),
        "Cleared for print and ebook, worldwide, no end stated. Credit required: © Ann Lee"
    );
    assert_eq!(
        said(&[(&product("BB", &most), &free), (&product("DG", &some), &free)], None),
        "Cleared for print, worldwide except United States, no end stated; cleared for ebook, 40 \
         countries, no end stated."
    );
    let blocked = decision(Verdict::Blocked, None, None);
    let contested = review(Code::DeniedByOtherTerm);
    assert_eq!(
        said(&[(&print, &blocked), (&ebook, &contested)], None),
        "In review for ebook; not cleared for print."
    );
    let word = Decision {
        source: Some(Arc::from("override:1")),
        ..decision(Verdict::ClearedUntil, Some("2027-01-02"), None)
    };
    assert_eq!(
        said(&[(&print, &word)], None),
        "Cleared for print, worldwide, until 2 January 2027 (decided by a person)."
    );
    assert_eq!(note(&[], Some("credit")), None);
}
