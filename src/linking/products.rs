//! Which products of its title an asset goes to: always an explicit list. A cover belongs to the
//! edition it names; what serves a whole title goes to every live product.

use super::format::{Format, Formats};
use crate::model::ids::ProductId;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::order;

/// ONIX List 64 codes of products that nothing new is put on: cancelled, no longer ours,
/// withdrawn or recalled.
const GONE: [&str; 7] = ["01", "05", "11", "12", "15", "16", "17"];

/// Out of print, inactive, remaindered: they keep their cover for the catalogue's history, and
/// take no promotion.
const PAST: [&str; 3] = ["07", "08", "10"];

/// The products for an asset of this role, ascending. `explicit`: those whose ISBN it names.
/// The error says, for a person, what is missing to decide.
pub fn products(
    role: Role,
    explicit: &[ProductId],
    formats: Option<&Formats>,
    title: &Title,
) -> Result<Vec<ProductId>, String> {
    let stated = formats.filter(|formats| !formats.known.is_empty());
    if role.is_exclusive() {
        match stated {
            Some(formats) => {
                // A named edition of that format is meant; one of another format is only the key
                // by which the title is found.
                let meant = named_of_format(explicit, formats, title);
                if meant.is_empty() {
                    of_format(formats, title, is_not_gone)
                } else {
                    named(&meant, title)
                }
            }
            None if !explicit.is_empty() => named(explicit, title),
            None => only_one(formats, title),
        }
    } else {
        match stated {
            Some(formats) => of_format(formats, title, is_live),
            None => every_live(title),
        }
    }
}

fn is_not_gone(product: &Product) -> bool {
    !is_gone(product)
}

/// Whether nothing may be on the product any more: it was cancelled, withdrawn or recalled, or it is
/// not ours.
pub fn is_gone(product: &Product) -> bool {
    product.status.as_deref().is_some_and(|status| GONE.contains(&status))
}

fn is_live(product: &Product) -> bool {
    is_not_gone(product) && product.status.as_deref().is_none_or(|status| !PAST.contains(&status))
}

fn ids<'a>(products: impl IntoIterator<Item = &'a Product>) -> Vec<ProductId> {
    let mut ids: Vec<_> = products.into_iter().map(|product| product.id).collect();
    order::sort_once(&mut ids);
    ids
}

fn of_format(
    formats: &Formats,
    title: &Title,
    usable: fn(&Product) -> bool,
) -> Result<Vec<ProductId>, String> {
    let of_format: Vec<_> = title.products.iter().filter(|one| formats.fit(one)).collect();
    let usable: Vec<_> = of_format.iter().copied().filter(|one| usable(one)).collect();
    if !usable.is_empty() {
        return Ok(ids(usable));
    }
    if of_format.is_empty() {
        return Err(format!(
            "it is for {formats}, and the title has no such product; it has {}",
            shown(&title.products)
        ));
    }
    Err(format!("it is for {formats}, and of these none is for sale: {}", shown(of_format)))
}

fn named_of_format(explicit: &[ProductId], formats: &Formats, title: &Title) -> Vec<ProductId> {
    let fits = |one: &&Product| explicit.contains(&one.id) && formats.fit(one);
    ids(title.products.iter().filter(fits))
}

fn named(explicit: &[ProductId], title: &Title) -> Result<Vec<ProductId>, String> {
    let named: Vec<_> = title.products.iter().filter(|one| explicit.contains(&one.id)).collect();
    if named.is_empty() {
        return Err("the product it names is no longer on the title".to_owned());
    }
    let usable: Vec<_> = named.iter().copied().filter(|one| is_not_gone(one)).collect();
    if usable.is_empty() {
        return Err(format!("the product it names is not for sale: {}", shown(named)));
    }
    Ok(ids(usable))
}

fn only_one(formats: Option<&Formats>, title: &Title) -> Result<Vec<ProductId>, String> {
    let live: Vec<_> = title.products.iter().filter(|one| is_live(one)).collect();
    let strange = formats.filter(|formats| !formats.unknown.is_empty());
    match (live.as_slice(), strange) {
        ([one], None) => Ok(vec![one.id]),
        ([], _) => Err("the title has no live product".to_owned()),
        (_, Some(formats)) => Err(format!(
            "which edition is it for? its format {:?} is none of {}; the title has {}",
            formats.to_string(),
            Format::ALL.map(Format::as_str).join(", "),
            shown(live)
        )),
        (_, None) => Err(format!(
            "which edition is it for? the title has {}: name the ISBN or state the format",
            shown(live)
        )),
    }
}

fn every_live(title: &Title) -> Result<Vec<ProductId>, String> {
    let live = ids(title.products.iter().filter(|one| is_live(one)));
    if live.is_empty() { Err("the title has no live product".to_owned()) } else { Ok(live) }
}

fn shown<'a>(products: impl IntoIterator<Item = &'a Product>) -> String {
    let shown: Vec<_> = products.into_iter().map(show).collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

fn show(product: &Product) -> String {
    let name =
        product.isbn.map_or_else(|| format!("product {}", product.id), |isbn| isbn.to_string());
    let form = product.form.as_deref().unwrap_or("no form");
    match &product.status {
        Some(status) => format!("{name} ({form}, status {status})"),
        None => format!("{name} ({form})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::testing::title;

    fn check(
        role: Role,
        explicit: &[i64],
        format: &[Format],
        products_of_title: &[(i64, &str, &str)],
        expected: Result<&[i64], &str>,
    ) {
        let explicit: Vec<_> = explicit.iter().copied().map(ProductId).collect();
        let formats = Formats { known: format.iter().copied().collect(), unknown: Vec::new() };
        let formats = (!format.is_empty()).then_some(&formats);
        let found = products(role, &explicit, formats, &title(products_of_title));
        match (found, expected) {
            (Ok(found), Ok(expected)) => {
                assert_eq!(found.iter().map(|id| id.0).collect::<Vec<_>>(), expected);
            }
            (Err(why), Err(part)) => assert!(why.contains(part), "{why}"),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn covers_go_to_their_edition() {
        use Format::{All, Audio, Ebook, Hardback, Paperback};
        let three = [(3, "DG", "04"), (1, "BB", "04"), (2, "BC", "02")];
        let cover = Role::FrontCover;
        check(cover, &[1], &[], &three, Ok(&[1]));
        check(cover, &[2, 1], &[], &three, Ok(&[1, 2]));
        check(cover, &[], &[Ebook], &three, Ok(&[3]));
        check(cover, &[1], &[Paperback], &three, Ok(&[2]));
        check(cover, &[], &[All], &three, Ok(&[1, 2, 3]));
        let two_ebooks = [(1, "BB", "04"), (2, "DG", "04"), (3, "DG", "04")];
        check(cover, &[2], &[Ebook], &two_ebooks, Ok(&[2]));
        check(cover, &[1], &[Ebook], &two_ebooks, Ok(&[2, 3]));
        check(cover, &[], &[Hardback, Paperback], &three, Ok(&[1, 2]));
        check(cover, &[], &[Audio], &three, Err("no such product"));
        check(cover, &[], &[], &three, Err("which edition"));
        check(cover, &[9], &[], &three, Err("no longer on the title"));
        check(cover, &[], &[], &[(1, "BB", "04")], Ok(&[1]));
        check(cover, &[], &[], &[(1, "BB", "04"), (2, "BC", "01")], Ok(&[1]));
        check(cover, &[], &[], &[(1, "BB", "01")], Err("no live product"));
        check(cover, &[1], &[], &[(1, "BB", "07")], Ok(&[1]));
        check(cover, &[1], &[], &[(1, "BB", "16")], Err("not for sale"));
        check(cover, &[], &[Hardback], &[(1, "BB", "05")], Err("none is for sale"));
    }

    #[test]
    fn what_serves_the_title_goes_to_every_live_product() {
        let mixed = [(1, "BB", "04"), (2, "BC", "07"), (3, "DG", "01"), (4, "DG", "09")];
        let photo = Role::AuthorPhoto;
        check(photo, &[], &[], &mixed, Ok(&[1, 4]));
        check(photo, &[1], &[], &mixed, Ok(&[1, 4]));
        check(photo, &[], &[Format::Ebook], &mixed, Ok(&[4]));
        check(photo, &[], &[Format::Paperback], &mixed, Err("none is for sale"));
        check(Role::Social, &[], &[], &[(1, "BB", "11")], Err("no live product"));
    }

    #[test]
    fn an_unknown_word_for_the_format_is_shown() {
        let formats = Formats { unknown: vec!["paperpack".to_owned()], ..Formats::default() };
        let two = title(&[(1, "BB", "04"), (2, "BC", "04")]);
        let why = products(Role::FrontCover, &[], Some(&formats), &two).unwrap_err();
        assert!(why.contains("paperpack"), "{why}");
        let named = products(Role::FrontCover, &[ProductId(2)], Some(&formats), &two);
        assert_eq!(named, Ok(vec![ProductId(2)]));
    }
}
