//! Web links, marketing texts, updates, and the shapes of payload errors.

use serde_json::json;

use super::{Bench, Row, row};
use crate::consonance::{LinkParent, MutationErrors};

pub(super) const ROWS: &[Row] = &[
    row("a product's link shows on it, a work's on all its products", "6.3", links),
    row("a link has exactly one parent of the caller's", "6.3", link_parents),
    row("a link deleted is gone; links have no natural key", "3.1", delete_link),
    row("a marketing text takes Markdown and touches the work", "3.3", marketing_text),
    row("updateWork changes a title and touches the work", "3.3", update_work),
    row("updateProduct changes dates and status; null empties", "3.3", update_product),
    row("payload errors come in the shape that is set", "1.2", error_shapes),
];

fn links_of(bench: &mut Bench, product: i64) -> serde_json::Value {
    let query = format!(
        "{{ product(productSearch: {{ idEq: {product} }}) {{ webLinks {{ link role note }} }} }}"
    );
    bench.data(&query)["product"]["webLinks"].clone()
}

fn links(bench: &mut Bench) {
    let one =
        json!({ "productId": 1001, "link": "https://a.test/1", "role": "licence", "note": "n" });
    let made = bench.mutate("createWebLink", one, "webLink { id link }");
    assert_eq!(made["webLink"]["link"], "https://a.test/1");
    bench.mutate("createWebLink", json!({ "workId": 101, "link": "https://a.test/2" }), "");
    let first = json!({ "link": "https://a.test/1", "role": "licence", "note": "n" });
    let second = json!({ "link": "https://a.test/2", "role": null, "note": null });
    assert_eq!(links_of(bench, 1001), json!([first, second]));
    assert_eq!(links_of(bench, 1002), json!([second]));
    assert_eq!(links_of(bench, 1003), json!([]));
    assert_eq!(bench.core.web_links()[0].parent, LinkParent::Product(1001));
}

fn link_parents(bench: &mut Bench) {
    let other = bench.core.other_client();
    for input in [
        json!({ "link": "https://a.test" }),
        json!({ "link": "https://a.test", "workId": 101, "productId": 1001 }),
        json!({ "link": "https://a.test", "workId": other.works[0] }),
        json!({ "link": "https://a.test", "productId": other.products[0] }),
        json!({ "link": " ", "workId": 101 }),
    ] {
        let refused = bench.mutate("createWebLink", input.clone(), "webLink { id }");
        assert_eq!(refused["errors"].as_array().map(Vec::len), Some(1), "{input}");
    }
    assert_eq!(bench.core.web_links(), []);
}

fn delete_link(bench: &mut Bench) {
    let input = json!({ "workId": 101, "link": "https://a.test" });
    bench.mutate("createWebLink", input.clone(), "");
    bench.mutate("createWebLink", input, "");
    let ids: Vec<i64> = bench.core.web_links().iter().map(|link| link.id).collect();
    assert_eq!(ids.len(), 2);
    let gone = bench.mutate("deleteWebLink", json!({ "id": ids[0] }), "success");
    assert_eq!(gone, json!({ "success": true, "errors": [] }));
    let again = bench.mutate("deleteWebLink", json!({ "id": ids[0] }), "success");
    assert_eq!(again["success"], false);
    assert_eq!(bench.core.web_links().len(), 1);
    assert_eq!(bench.core.counts().writes(), 3);
}

fn touched(bench: &mut Bench, work: i64) -> bool {
    bench.now += 5 * 24 * 3600 * 1000;
    let found = bench.works("changedSince: \"2026-03-10\"");
    found.as_array().is_some_and(|ids| ids.contains(&json!(work)))
}

fn marketing_text(bench: &mut Bench) {
    let input = json!({
        "workId": 105, "externalTextMarkdown": "Good & <new>", "variant": "SHORT_DESCRIPTION",
        "fromDate": "2026-04-01",
    });
    let made =
        bench.mutate("createMarketingText", input, "marketingText { externalText fromDate }");
    let expected =
        json!({ "externalText": "<p>Good &amp; &lt;new></p>", "fromDate": "2026-04-01" });
    assert_eq!(made["marketingText"], expected);
    let stray = json!({ "workId": 105, "externalTextMarkdown": "x", "productIds": [1001] });
    let refused = bench.mutate("createMarketingText", stray, "");
    assert_eq!(refused["errors"], json!(["productIds: must belong to the work"]));
    assert!(touched(bench, 105));
}

fn update_work(bench: &mut Bench) {
    let input = json!({ "id": 105, "title": "New", "subtitle": null });
    let made = bench.mutate("updateWork", input, "work { title subtitle }");
    assert_eq!(made["work"], json!({ "title": "New", "subtitle": null }));
    let blank = bench.mutate("updateWork", json!({ "id": 105, "title": "" }), "work { id }");
    assert_eq!(blank, json!({ "work": null, "errors": ["title: can't be blank"] }));
    assert!(touched(bench, 105));
}

fn update_product(bench: &mut Bench) {
    let select = "product { publicationDate onixPublishingStatusCode isbn { isbn13 } }";
    let input = json!({ "id": 1003, "publicationDate": null, "onixPublishingStatusCode": "_04" });
    let made = bench.mutate("updateProduct", input, select);
    let expected = json!({
        "publicationDate": null, "onixPublishingStatusCode": "_04",
        "isbn": { "isbn13": "9781783741003" },
    });
    assert_eq!(made["product"], expected);
    let missing = bench.mutate("updateProduct", json!({ "id": 4 }), "product { id }");
    assert_eq!(missing["errors"], json!(["id: Product not found"]));
    assert!(touched(bench, 103));
}

fn error_shapes(_: &mut Bench) {
    for (shape, select, expected) in [
        (MutationErrors::Strings, "", json!(["workId: Work must exist"])),
        (
            MutationErrors::FieldMessages,
            "{ field messages }",
            json!([{ "field": "workId", "messages": ["Work must exist"] }]),
        ),
        (
            MutationErrors::AttributeMessage,
            "{ attribute message }",
            json!([{ "attribute": "workId", "message": "Work must exist" }]),
        ),
    ] {
        let mut bench = Bench::with(|settings| settings.mutation_errors = shape);
        let query = format!(
            "mutation {{ createSupportingResource(input: {{ workId: 9, imageRemoteUrl: \
             \"http://a.test/a.jpg\" }}) {{ supportingResource {{ id }} errors {select} }} }}"
        );
        let payload = bench.data(&query)["createSupportingResource"].clone();
        assert_eq!(payload, json!({ "supportingResource": null, "errors": expected }));
    }
}
