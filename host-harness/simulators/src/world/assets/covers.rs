//! Covers for 65 of 100 titles: one for print, or one for each printed edition, and of their own
//! for ebook and audio. Two of five show a stock picture; the others were commissioned.

use super::Maker;
use super::draft::{Draft, format_word};
use crate::world::isbn::is_valid;
use crate::world::products::is_print;
use crate::world::seed::{ProductSeed, TitleSeed};

/// Whether a title with that number has covers in Portals.
pub fn is_covered(number: usize) -> bool {
    number * 13 % 20 < 13
}

/// The covers of all titles.
pub fn make(maker: &mut Maker) {
    let mut count = 0;
    let titles = maker.titles;
    for (number, title) in titles.iter().enumerate().filter(|(number, _)| is_covered(*number)) {
        for draft in of(number, title) {
            let stock = draft.role == "front_cover" && matches!(count % 5, 0 | 2);
            maker.add_regular(&draft, if stock { super::Pile::Stock } else { super::Pile::Covers });
            count += 1;
        }
    }
}

fn of(number: usize, title: &TitleSeed) -> Vec<Draft<'_>> {
    let usable = |product: &&ProductSeed| product.isbn13.as_deref().is_some_and(is_valid);
    let products: Vec<_> = title.products.iter().filter(usable).collect();
    let of_form = |forms: &[&str]| {
        let fits =
            |product: &&&ProductSeed| product.form.as_deref().is_some_and(|f| forms.contains(&f));
        products.iter().find(fits).copied()
    };
    let mut covers = printed(number, title, &products);
    if let Some(ebook) = of_form(&["DG"]).filter(|_| number.is_multiple_of(2)) {
        covers.push(edition(title, ebook, (1600, 2400)));
    }
    covers.extend(of_form(&["AJ"]).map(|audio| edition(title, audio, (2000, 2000))));
    covers
}

/// The printed editions share a cover, have one each, or only the first has one.
fn printed<'a>(
    number: usize,
    title: &'a TitleSeed,
    products: &[&'a ProductSeed],
) -> Vec<Draft<'a>> {
    let print = |product: &&&ProductSeed| product.form.as_deref().is_some_and(is_print);
    let printed: Vec<&ProductSeed> = products.iter().filter(print).copied().collect();
    match number % 3 {
        0 => printed.into_iter().map(|product| edition(title, product, (1400, 2100))).collect(),
        1 => vec![Draft::cover(title, printed, (1400, 2100))],
        _ => printed
            .into_iter()
            .take(1)
            .map(|p| Draft::cover(title, vec![p], (1600, 2400)))
            .collect(),
    }
}

/// A cover that says which format it is for.
fn edition<'a>(title: &'a TitleSeed, product: &'a ProductSeed, size: (u32, u32)) -> Draft<'a> {
    let mut draft = Draft::cover(title, vec![product], size);
    draft.format = product.form.as_deref().map(format_word);
    draft
}
