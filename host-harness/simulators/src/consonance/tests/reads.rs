//! Works, products, their searches.

use serde_json::json;

use super::{Bench, Row, row};
use crate::consonance::ChangedSince;

pub(super) const ROWS: &[Row] = &[
    row("after means greater than; ids ascend", "1.4", after),
    row("no page cap unless one is set", "6.1.3", page_cap),
    row("changedSince compares dates, inclusive", "6.1.3", changed_since),
    row("changedSince reports more than changed", "6.1.3", over_report),
    row("the predicates of works", "1.5", work_predicates),
    row("the predicates of products", "1.5", product_predicates),
    row("a product's type follows its form", "2.2", concrete_types),
    row("code and label pattern; dates; ISBN as an object", "1.6", product_fields),
    row("title context of a work", "2.1", title_context),
    row("production runs with quantities", "2.8", runs),
    row("marketing texts as HTML and as Markdown", "1.6", marketing_texts),
    row("contributions and the person behind them", "2.5", contributions),
    row("a lookup that finds nothing is null, not an error", "1.2", null_lookups),
];

fn after(bench: &mut Bench) {
    for (after, expected) in [(0, json!([101, 103, 105, 107])), (103, json!([105, 107]))] {
        assert_eq!(bench.works(&format!("after: {after}")), expected);
    }
    assert_eq!(bench.works("after: 107"), json!([]));
    assert_eq!(bench.works("after: 103, idEq: 103"), json!([]));
    let data = bench.data("{ products(productSearch: { after: 1002 }) { id } }");
    assert_eq!(data["products"], json!([{ "id": 1003 }, { "id": 1005 }, { "id": 1007 }]));
}

fn page_cap(bench: &mut Bench) {
    assert_eq!(bench.works(""), json!([101, 103, 105, 107]));
    bench.core.adjust(|settings| settings.page_cap = Some(3));
    assert_eq!(bench.works(""), json!([101, 103, 105]));
    assert_eq!(bench.works("after: 105"), json!([107]));
}

fn changed_since(bench: &mut Bench) {
    bench.core.adjust(|settings| settings.changed_since = ChangedSince::Exact);
    for (date, expected) in [
        ("2026-02-28", json!([101])),
        ("2026-03-01", json!([101])),
        ("2026-03-02", json!([])),
        ("2026-01-01", json!([101, 103, 105, 107])),
    ] {
        assert_eq!(bench.works(&format!("changedSince: \"{date}\"")), expected, "{date}");
    }
    let timed = "{ works(workSearch: { changedSince: \"2026-01-01T00:00:00Z\" }) { id } }";
    assert_eq!(bench.answer(timed, &json!({})).get("data"), None, "a date is not a time");
}

fn over_report(bench: &mut Bench) {
    // 103 is the neighbour of 101 in its imprint; 107 is further off, 105 has another imprint.
    assert_eq!(bench.works("changedSince: \"2026-03-01\""), json!([101, 103]));
    // One day more is reported, without neighbours.
    assert_eq!(bench.works("changedSince: \"2026-03-02\""), json!([101]));
    assert_eq!(bench.works("changedSince: \"2026-03-03\""), json!([]));
}

fn work_predicates(bench: &mut Bench) {
    for (search, expected) in [
        ("idEq: 103", json!([103])),
        ("titleEq: \"The Book 105\"", json!([105])),
        ("titleEq: \"the book 105\"", json!([])),
        ("titleCont: \"BOOK 10\"", json!([101, 103, 105, 107])),
        ("subtitlePresent: true", json!([101])),
        ("subtitlePresent: false, after: 103", json!([105, 107])),
        ("imprintIdIn: [2]", json!([105])),
        ("imprintIdIn: []", json!([])),
        ("contractIdEq: 1", json!([])),
        ("idEq: null", json!([101, 103, 105, 107])),
    ] {
        assert_eq!(bench.works(search), expected, "{search}");
    }
}

fn product_predicates(bench: &mut Bench) {
    for (search, expected) in [
        ("isbn13Eq: \"9781783741003\"", json!([1003])),
        ("isbn13In: [\"9781783741003\", \"9781783741007\"]", json!([1003, 1007])),
        ("isbn13Assigned: false", json!([1005])),
        ("titlePrefixPresent: \"The\", idEq: 1001", json!([1001])),
        ("publicationDateGteq: \"2026-05-05\", after: 1002", json!([1003, 1007])),
        ("publicationDateLt: \"2026-05-05\"", json!([])),
        ("productTypes: [ElectronicBookProduct]", json!([1002])),
        ("productTypes: [], after: 1005", json!([1007])),
        ("changedSince: \"2026-03-01\"", json!([1001, 1002])),
    ] {
        let data = bench.data(&format!("{{ products(productSearch: {{ {search} }}) {{ id }} }}"));
        let found = data["products"].as_array().expect("a list");
        let ids: Vec<_> = found.iter().map(|product| product["id"].clone()).collect();
        assert_eq!(json!(ids), expected, "{search}");
    }
    let works = "{ works(productSearch: { isbn13Eq: \"9781783741002\" }) \
                 { id products(productSearch: { idEq: 1002 }) { id } } }";
    assert_eq!(bench.data(works)["works"], json!([{ "id": 101, "products": [{ "id": 1002 }] }]));
}

fn concrete_types(bench: &mut Bench) {
    let data = bench.data(
        "{ work(workSearch: { idEq: 101 }) { products { __typename \
         ... on PhysicalBookProduct { productHeight(unit: CM) approximatePageCount } \
         ... on ElectronicBookProduct { fullTitle } } } }",
    );
    let expected = json!([
        { "__typename": "PhysicalBookProduct", "productHeight": null, "approximatePageCount": null },
        { "__typename": "ElectronicBookProduct", "fullTitle": "The Book 101" },
    ]);
    assert_eq!(data["work"]["products"], expected);
}

fn product_fields(bench: &mut Bench) {
    let data = bench.data(
        "{ product(productSearch: { idEq: 1001 }) { isbn { isbn13 isbn10 } titlePrefix \
         titleWithoutPrefix subtitle onix21ProductFormCode onix21ProductForm { code description } \
         publicationDate plannedPublicationDate publicationDateString(directives: \"%-d %B %Y\") \
         onixPublishingStatusCode onixPublishingStatus { value description } forSaleCountryCodes \
         notForSaleCountryCodes isForSaleWorldwide prices { id } work { id } } }",
    );
    let expected = json!({
        "isbn": { "isbn13": "9781783741001", "isbn10": "1783741007" },
        "titlePrefix": "The", "titleWithoutPrefix": "Book 101", "subtitle": "A Subtitle",
        "onix21ProductFormCode": "BB",
        "onix21ProductForm": { "code": "BB", "description": "Hardback" },
        "publicationDate": "2026-05-05", "plannedPublicationDate": null,
        "publicationDateString": "5 May 2026",
        "onixPublishingStatusCode": "_02",
        "onixPublishingStatus": { "value": "02", "description": "Forthcoming" },
        "forSaleCountryCodes": ["GB"], "notForSaleCountryCodes": [], "isForSaleWorldwide": false,
        "prices": [], "work": { "id": 101 },
    });
    assert_eq!(data["product"], expected);
    let none = bench
        .data("{ product(productSearch: { idEq: 1005 }) { isbn { isbn13 } publicationDate } }");
    assert_eq!(none["product"], json!({ "isbn": null, "publicationDate": null }));
}

fn title_context(bench: &mut Bench) {
    let data = bench.data(
        "{ work(workSearch: { idEq: 101 }) { title subtitle inHouseWorkReference season marketingTier \
         imprint { id name } contributorPrettyList bisacs bics \
         subjectCodes { __typename code description main ... on Thema { parentCode } } \
         main: subjectCodes(mainOnly: true, schemesIn: [THEMA]) { code } } }",
    );
    let expected = json!({
        "title": "The Book 101", "subtitle": "A Subtitle", "inHouseWorkReference": "W101",
        "season": "Spring 2026", "marketingTier": null,
        "imprint": { "id": 1, "name": "Imprint 1" }, "contributorPrettyList": "Ada Byron",
        "bisacs": ["SOC002000"], "bics": [],
        "subjectCodes": [
            { "__typename": "Thema", "code": "JHM", "description": "Anthropology", "main": true,
              "parentCode": "JH" },
            { "__typename": "BISAC", "code": "SOC002000", "description": "Anthropology",
              "main": false },
        ],
        "main": [{ "code": "JHM" }],
    });
    assert_eq!(data["work"], expected);
}

fn runs(bench: &mut Bench) {
    let data = bench.data(
        "{ work(workSearch: { idEq: 101 }) { productionRuns { id productIds quantities \
         { productId quantity receivedQuantity productionRunId product { id } } } } }",
    );
    let expected = json!([{ "id": 11, "productIds": [1001, 1002], "quantities": [
        { "productId": 1001, "quantity": 800, "receivedQuantity": 790, "productionRunId": 11,
          "product": { "id": 1001 } },
        { "productId": 1002, "quantity": 5, "receivedQuantity": null, "productionRunId": 11,
          "product": { "id": 1002 } },
    ] }]);
    assert_eq!(data["work"]["productionRuns"], expected);
}

fn marketing_texts(bench: &mut Bench) {
    let data = bench.data(
        "{ product(productSearch: { idEq: 1001 }) { \
         marketingTexts(variantIn: [SHORT_DESCRIPTION]) { variant externalText productIds \
         plain: externalText(stripHtml: true) externalTextMarkdown } \
         none: marketingTexts(variantIn: [REVIEW_QUOTE]) { id } } }",
    );
    let expected = json!({ "marketingTexts": [{
        "variant": "SHORT_DESCRIPTION", "externalText": "<p>About it.</p>",
        "productIds": [1001, 1002], "plain": "About it.", "externalTextMarkdown": "About it.",
    }], "none": [] });
    assert_eq!(data["product"], expected);
}

fn contributions(bench: &mut Bench) {
    let data = bench.data(
        "{ work(workSearch: { idEq: 105 }) { contributions { sequenceNumber workId \
         onixContributorRoleCode onixContributorRole { description } contributor { __typename name \
         ... on Person { personNameInverted } contributions { workId } } } } }",
    );
    let expected = json!([{
        "sequenceNumber": 1, "workId": 105, "onixContributorRoleCode": "A01",
        "onixContributorRole": { "description": "By (author)" },
        "contributor": {
            "__typename": "Person", "name": "Ada Byron", "personNameInverted": "Byron, Ada",
            "contributions": [{ "workId": 101 }, { "workId": 103 }, { "workId": 105 }, { "workId": 107 }],
        },
    }]);
    assert_eq!(data["work"]["contributions"], expected);
}

fn null_lookups(bench: &mut Bench) {
    let data = bench
        .data("{ a: work { id } b: work(workSearch: { idEq: 999 }) { id } c: product { id } }");
    assert_eq!(data, json!({ "a": null, "b": null, "c": null }));
}
