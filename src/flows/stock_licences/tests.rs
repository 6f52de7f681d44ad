//! What becomes of a purchase's links, case by case.

use super::*;
use crate::linking::testing;
use crate::model::date::parse_day;
use crate::model::ids::ProductId;
use crate::model::isbn::IsbnError;
use crate::model::licence::Term;

fn config() -> Config {
    let json = r#"{
        "consonance": {"connection": "consonance"},
        "smintio": {
            "clapi": {
                "base-url": "https://tenant.clapi.smint.io",
                "connection": "smintio",
                "content-page": "https://tenant.smint.io/project/{project}/content/{element}"
            },
            "portals": {
                "base-url": "https://tenant.portalsapife.smint.io",
                "portal": "6f1c2f0e-6a5c-4d38-9d0e-0d6f2f7f9b11",
                "connection": "smintio"
            }
        },
        "source": [{"collection": "8101", "role": "front_cover", "download-item": "jpeg"}]
    }"#;
    crate::config::parse(json).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn purchase() -> Purchase {
    Purchase {
        state: Some("completed".to_owned()),
        can_be_synced: Some(true),
        project: Some("227".to_owned()),
        element: Some("2:0/61".to_owned()),
        ..Purchase::default()
    }
}

fn term(until: Bound) -> Term {
    Term { valid_until: until, ..Term::default() }
}

fn day(text: &str) -> Bound {
    Bound::Day(parse_day(text).unwrap())
}

fn decide(purchase: &Purchase, linked: &Linked) -> Wish {
    let title = testing::title(&[(71, "BB", "04"), (72, "DG", "02")]);
    let found = matches!(linked, Linked::Title { .. }).then_some(&title);
    let today = parse_day("2026-11-25").unwrap();
    wish(&Seen { config: &config(), purchase, linked, title: found, today })
}

fn to(products: &[i64]) -> Linked {
    Linked::Title {
        work: WorkId(1),
        products: products.iter().copied().map(ProductId).collect(),
        rule: "ISBN in the project".to_owned(),
    }
}

fn links(wish: &Wish) -> Vec<(i64, &str)> {
    let Wish::Link { links, .. } = wish else { panic!("{wish:?}") };
    links.iter().map(|l| (l.product, l.link.as_str())).collect()
}

#[test]
fn the_named_editions_else_all_carry_the_link() {
    let page = "https://tenant.smint.io/project/227/content/2%3A0%2F61";
    assert_eq!(links(&decide(&purchase(), &to(&[72]))), [(72, page)]);
    assert_eq!(links(&decide(&purchase(), &to(&[]))), [(71, page), (72, page)]);
}

#[test]
fn what_is_over_goes_and_what_is_not_known_stays() {
    let with = |change: fn(&mut Purchase)| {
        let mut purchase = purchase();
        change(&mut purchase);
        decide(&purchase, &to(&[]))
    };
    let goes = |wish: &Wish| matches!(wish, Wish::Withdraw(_));
    assert!(goes(&with(|p| {
        p.state = Some("Cancelled".to_owned());
        p.can_be_synced = Some(false);
    })));
    assert!(goes(&with(|p| p.policy.terms = vec![term(day("2026-11-24"))])));
    assert!(!goes(&with(|p| p.policy.terms = vec![term(day("2026-11-25"))])), "the day counts");
    for open in [Bound::None, Bound::Unreadable("soon".to_owned()), day("2030-01-01")] {
        let mut purchase = purchase();
        purchase.policy.terms = vec![term(day("2020-01-01")), term(open)];
        assert!(!goes(&decide(&purchase, &to(&[]))), "one term goes on");
    }
    let held = |wish: Wish, state| matches!(wish, Wish::Hold { state: s, .. } if s == state);
    assert!(held(with(|p| p.state = None), RecordState::Deferred));
    assert!(held(with(|p| p.state = Some("downloading".to_owned())), RecordState::Deferred));
    assert!(held(with(|p| p.can_be_synced = None), RecordState::Skipped));
    assert!(held(with(|p| p.project = None), RecordState::Skipped));
}

#[test]
fn what_names_no_title_for_certain_is_not_guessed() {
    let held = |linked: &Linked, state, word: &str| {
        let Wish::Hold { state: s, why, .. } = decide(&purchase(), linked) else {
            panic!("{linked:?}")
        };
        assert_eq!(s, state, "{why}");
        assert!(why.contains(word), "{why}");
    };
    held(&Linked::Nothing, RecordState::Skipped, "names a title");
    held(&Linked::Ambiguous { works: vec![WorkId(1), WorkId(2)] }, RecordState::Inbox, "1, 2");
    held(&Linked::UnknownKeys(Vec::new()), RecordState::Inbox, "no title");
    let bad = Linked::BadIsbn("9780306406158".to_owned(), IsbnError::CheckDigit);
    held(&bad, RecordState::Inbox, "check digit");
}
