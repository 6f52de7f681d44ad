//! The root fields of a query, and their search arguments.

use super::{Input, Node, Out, leaf, nodes, people, product};
use crate::consonance::{
    codes,
    store::{
        Store,
        search::{Compare, ProductSearch, TextSearch, WorkSearch},
    },
};

pub(super) fn resolve(store: &mut Store, field: &str, args: &Input<'_>) -> Option<Out> {
    *store.counts.queries.entry(field.to_owned()).or_default() += 1;
    let cap = store.settings.page_cap.unwrap_or(usize::MAX);
    let out = match field {
        "works" => nodes(works(store, args).into_iter().take(cap), Node::Work),
        "work" if args.object("workSearch").is_empty() => super::NULL,
        "work" => first(nodes(works(store, args).into_iter().take(1), Node::Work)),
        "products" => product::list(store, products(store, args).into_iter().take(cap)),
        "product" if args.object("productSearch").is_empty() => super::NULL,
        "product" => first(product::list(store, products(store, args).into_iter().take(1))),
        "contacts" => people::contacts(store, &args.object("contactSearch")),
        _ => return None,
    };
    Some(out)
}

fn first(out: Out) -> Out {
    match out {
        Out::List(items) => items.into_iter().next().unwrap_or(leaf(())),
        other => other,
    }
}

fn works(store: &Store, args: &Input<'_>) -> Vec<i64> {
    let mut found = store.search_works(&work_search(&args.object("workSearch")));
    let by_product = args.object("productSearch");
    if !by_product.is_empty() {
        let search = product_search(&by_product);
        found.retain(|id| {
            store.work(*id).is_some_and(|work| {
                work.title.products.iter().any(|product| search.finds(work, product))
            })
        });
    }
    found
}

fn products(store: &Store, args: &Input<'_>) -> Vec<i64> {
    // No seed carries a price, so a search for one finds nothing.
    if !args.object("priceSearch").is_empty() {
        return Vec::new();
    }
    let mut found = store.search_products(&product_search(&args.object("productSearch")));
    let by_work = args.object("workSearch");
    if !by_work.is_empty() {
        let works = store.search_works(&work_search(&by_work));
        let of_work = |id: &i64| store.product(*id).map(|(work, _)| work.title.work_id);
        found.retain(|id| of_work(id).is_some_and(|work| works.binary_search(&work).is_ok()));
    }
    found
}

fn work_search(input: &Input<'_>) -> WorkSearch {
    WorkSearch {
        after: input.int("after"),
        id: input.int("idEq"),
        contract_id: input.int("contractIdEq"),
        changed_since: input.date("changedSince"),
        title: text_search(input, "titleEq", "titleCont"),
        subtitle: TextSearch {
            present: input.flag("subtitlePresent"),
            ..text_search(input, "subtitleEq", "subtitleCont")
        },
        imprints: input.ints("imprintIdIn"),
    }
}

fn text_search(input: &Input<'_>, eq: &str, cont: &str) -> TextSearch {
    TextSearch { eq: input.text(eq), cont: input.text(cont), present: None }
}

/// `ProductSearchAttributes`.
pub(super) fn product_search(input: &Input<'_>) -> ProductSearch {
    let comparisons = [
        ("publicationDateEq", Compare::Eq),
        ("publicationDateGt", Compare::Gt),
        ("publicationDateLt", Compare::Lt),
        ("publicationDateGteq", Compare::Gteq),
        ("publicationDateLteq", Compare::Lteq),
    ];
    let published = comparisons
        .into_iter()
        .filter_map(|(name, compare)| input.date(name).map(|date| (compare, date)))
        .collect();
    let code = |value: &String| codes::code_of(value).to_owned();
    let one = input.text("isbn13Eq").map(|isbn| vec![isbn]);
    let isbns = match (one, input.texts("isbn13In")) {
        (Some(one), Some(many)) => Some(one.into_iter().filter(|i| many.contains(i)).collect()),
        (one, many) => one.or(many),
    };
    ProductSearch {
        after: input.int("after"),
        id: input.int("idEq"),
        isbns,
        isbn_assigned: input.flag("isbn13Assigned"),
        title: text_search(input, "titleEq", "titleCont"),
        has_prefix: input.text("titlePrefixPresent").is_some_and(|text| !text.is_empty()),
        published,
        forms: input
            .texts("onix21ProductFormCodeIn")
            .map(|values| values.iter().map(code).collect()),
        types: input.texts("productTypes").unwrap_or_default(),
        changed_since: input.date("changedSince"),
    }
}
