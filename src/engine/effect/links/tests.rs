//! A changed sentence: which link is the old one, which the new one, and in which order they go.

use super::*;
use crate::model::product::Product;

fn link(note: &str, id: Option<i64>) -> PlacedLink {
    PlacedLink {
        product: 1,
        link: "https://p".to_owned(),
        role: "r".to_owned(),
        note: note.to_owned(),
        id,
        shown: None,
    }
}

/// A title whose product 1 carries these links: id and note.
fn titles(there: &[(i64, &str)]) -> Titles {
    let mut title = crate::linking::testing::title(&[(1, "BB", "04")]);
    let web_link = |(id, note): &(i64, &str)| WebLink {
        id: WebLinkId(*id),
        link: "https://p".to_owned(),
        role: "r".to_owned(),
        note: (*note).to_owned(),
    };
    let product: &mut Product = &mut title.products[0];
    product.web_links = there.iter().map(web_link).collect();
    Titles::from([(title.id, title)])
}

/// How many creates and deletes are needed.
fn needs(links: &[PlacedLink], old: &[PlacedLink], there: &[(i64, &str)]) -> (usize, usize) {
    let config = crate::config::testing::config();
    let change = Change { work: WorkId(1), links, old };
    let needed = change.needed(&config.consonance, &titles(there), &[]);
    let deletes = needed.iter().filter(|needed| needed.creates.is_none()).count();
    (needed.len() - deletes, deletes)
}

#[test]
fn a_changed_sentence_is_a_new_link_before_the_old_one_goes() {
    let (new, old) = ([link("new", None)], [link("old", Some(5))]);
    assert_eq!(needs(&new, &old, &[(5, "old")]), (1, 0), "new first, the old one stays");
    assert_eq!(needs(&new, &old, &[(5, "old"), (6, "new")]), (0, 1), "now the old one");
    assert_eq!(needs(&new, &old, &[(6, "new")]), (0, 0));
    assert_eq!(needs(&new, &old, &[]), (1, 0), "somebody took it off meanwhile");
    // A vendor that keeps no notes, or rewrites them, makes no difference.
    assert_eq!(needs(&new, &old, &[(5, ""), (6, "")]), (0, 1));
    assert_eq!(needs(&new, &old, &[(6, "NEW!")]), (0, 0));
}

#[test]
fn what_is_there_is_not_made_again_and_what_goes_goes() {
    let kept = [link("", Some(5))];
    assert_eq!(needs(&kept, &[], &[(5, "")]), (0, 0));
    assert_eq!(needs(&[link("", None)], &[], &[(9, "x")]), (0, 0), "the natural key is there");
    assert_eq!(needs(&[], &kept, &[(5, "")]), (0, 1));
    assert_eq!(needs(&[], &kept, &[(5, ""), (6, "")]), (0, 1), "one per look");
}

/// All links of an image lead to one page: what goes from one product is not what comes to another.
#[test]
fn the_same_address_on_another_product_is_another_link() {
    let on_two = PlacedLink { product: 2, ..link("", None) };
    let mut title = crate::linking::testing::title(&[(1, "BB", "04"), (2, "BC", "04")]);
    title.products[1].web_links = titles(&[(8, "")])[&WorkId(1)].products[0].web_links.clone();
    let titles = Titles::from([(title.id, title)]);
    let (links, old) = ([on_two], [link("", Some(5))]);
    let change = Change { work: WorkId(1), links: &links, old: &old };
    assert_eq!(change.made(&titles, &links[0]).map(|there| there.id.0), Some(8));
    assert!(change.is_cleared(&titles));
}

#[test]
fn what_was_made_is_not_made_again_before_a_read_shows_it() {
    let config = crate::config::testing::config();
    let (new, old) = ([link("new", None)], [link("old", Some(5))]);
    let change = Change { work: WorkId(1), links: &new, old: &old };
    assert!(change.needed(&config.consonance, &titles(&[(5, "old")]), &new).is_empty());
}

#[test]
fn what_the_vendor_shows_is_remembered_beside_what_was_asked() {
    let links = [link("asked", None)];
    let change = Change { work: WorkId(1), links: &links, old: &[] };
    let settled = change.settled(&titles(&[(7, "shown")]));
    assert_eq!(settled[0].id, Some(7));
    assert_eq!((settled[0].note.as_str(), settled[0].shown.as_deref()), ("asked", Some("shown")));
    assert_eq!(change.settled(&titles(&[(7, "asked")]))[0].shown, None);
    assert!(change.settled(&titles(&[])).is_empty(), "refused: not ours to remember");
}
