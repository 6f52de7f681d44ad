//! Key, body, status, form of the answer.

use serde_json::{Value, json};

use super::{Bench, Row, bench::API, row};

pub(super) const ROWS: &[Row] = &[
    row("Bearer and Token carry the key alike", "1.1", both_schemes),
    row(
        "a wrong or missing key: 401, a challenge, a text body, nothing executed",
        "6.1.1",
        refused,
    ),
    row("a validation error: status 200, errors, no data", "1.2", validation_error),
    row("an unknown field, argument or enum value is refused", "6.1.2", unknown_names),
    row("an Int has 32 bits", "1.6", small_ints),
    row("no query: an error with status 200; broken JSON: 400", "1.2", bad_bodies),
    row("what is not there: 404", "1.1", not_found),
    row("variables carry enums as strings", "6.1.2", enums_as_strings),
    row("aliases and operation names", "6.1.2", aliases),
    row("one key, one client: other ids are null", "6.1.6", tenancy),
];

const QUERY: &[u8] = br#"{"query":"{ works { id } }"}"#;

fn both_schemes(bench: &mut Bench) {
    let key = bench.authorization.replace("Bearer ", "");
    for header in
        [format!("Bearer {key}"), format!("Token {key}"), format!("Token token=\"{key}\"")]
    {
        bench.authorization = header;
        assert_eq!(bench.works(""), json!([101, 103, 105, 107]));
    }
}

fn refused(bench: &mut Bench) {
    let key = bench.authorization.replace("Bearer ", "");
    for header in ["", "Bearer ", "Bearer wrong", &key, &format!("Basic {key}")] {
        bench.authorization = header.to_owned();
        let response = bench.send("POST", &format!("{API}/graphql"), QUERY);
        assert_eq!(response.status, 401, "{header}");
        let challenge = response.headers.iter().find(|(name, _)| name == "www-authenticate");
        assert_eq!(challenge.map(|(_, v)| v.as_str()), Some("Token realm=\"Application\""));
        assert_eq!(response.body, b"HTTP Token: Access denied.\n");
    }
    assert_eq!((bench.core.counts().unauthorized, bench.core.counts().graphql_requests), (5, 0));
}

fn errors_of(bench: &mut Bench, query: &str, variables: &Value) -> String {
    let answer = bench.answer(query, variables);
    assert_eq!(answer.get("data"), None, "{query} was executed");
    answer["errors"][0]["message"].as_str().expect("a message").to_owned()
}

fn validation_error(bench: &mut Bench) {
    let answer = bench.answer("{ works { id isnt } }", &json!({}));
    assert_eq!(answer.get("data"), None);
    assert_eq!(answer["errors"][0]["locations"], json!([{ "line": 1, "column": 14 }]));
    errors_of(bench, "{ works { id ", &json!({}));
}

fn unknown_names(bench: &mut Bench) {
    for query in [
        "{ work(workSearch: { idEq: 101 }) { webLinks { id } } }",
        "{ work(workSearch: { idIn: [101] }) { id } }",
        "{ works(first: 10) { id } }",
        "{ works { products { onix30ProductFormCode } } }",
        "{ works { products { productHeight } } }",
        "{ person(id: 500) { name } }",
        "mutation { createSupportingResource(input: { workId: 101, licence: \"x\" }) { errors } }",
        "mutation { createSupportingResource(input: { workId: 101, status: FINAL }) { errors } }",
        "mutation { createSupportingResource(input: { imageRemoteUrl: \"http://a.test/a\" }) { errors } }",
    ] {
        errors_of(bench, query, &json!({}));
    }
    assert_eq!(bench.core.counts().mutations.len(), 0);
}

fn small_ints(bench: &mut Bench) {
    let query = "query($id: Int!) { work(workSearch: { idEq: $id }) { id } }";
    errors_of(bench, query, &json!({ "id": 2_147_483_648_i64 }));
    errors_of(bench, query, &json!({ "id": "101" }));
    assert_eq!(bench.data_with(query, &json!({ "id": 2_147_483_647 }))["work"], Value::Null);
}

fn bad_bodies(bench: &mut Bench) {
    let url = format!("{API}/graphql");
    assert_eq!(bench.send("POST", &url, b"{\"query\":").status, 400);
    let empty = bench.send("POST", &url, b"{}");
    assert_eq!(empty.status, 200);
    let body: Value = serde_json::from_slice(&empty.body).expect("JSON");
    assert_eq!(body, json!({ "errors": [{ "message": "No query string was present" }] }));
}

fn not_found(bench: &mut Bench) {
    assert_eq!(bench.send("GET", &format!("{API}/graphql"), b"").status, 404);
    assert_eq!(bench.send("POST", &format!("{API}/graphql/v2"), QUERY).status, 404);
}

fn enums_as_strings(bench: &mut Bench) {
    let query = "query($forms: [ONIX21ProductFormCode!]) \
                 { products(productSearch: { onix21ProductFormCodeIn: $forms }) { id } }";
    let data = bench.data_with(query, &json!({ "forms": ["BB", "DG"] }));
    assert_eq!(data["products"], json!([{ "id": 1001 }, { "id": 1002 }]));
}

fn aliases(bench: &mut Bench) {
    let data = bench.data(
        "{ a: work(workSearch: { idEq: 101 }) { name: title } b: work(workSearch: { idEq: 9 }) { id } }",
    );
    assert_eq!(data, json!({ "a": { "name": "The Book 101" }, "b": null }));
}

fn tenancy(bench: &mut Bench) {
    let other = bench.core.other_client();
    assert_eq!(other.works, [102, 104, 106, 108, 109], "ids lie between");
    let (work, product) = (other.works[0], other.products[0]);
    let data = bench.data(&format!(
        "{{ work(workSearch: {{ idEq: {work} }}) {{ id }} \
         product(productSearch: {{ idEq: {product} }}) {{ id }} }}"
    ));
    assert_eq!(data, json!({ "work": null, "product": null }));
    let input = json!({ "workId": work, "imageRemoteUrl": "http://files.test/a.jpg" });
    let refused = bench.mutate("createSupportingResource", input, "supportingResource { id }");
    assert_eq!(
        refused,
        json!({ "supportingResource": null, "errors": ["workId: Work must exist"] })
    );
    let stray =
        bench.mutate("deleteSupportingResource", json!({ "id": other.resources[0] }), "success");
    assert_eq!(stray["success"], false);
    let people = bench.data("{ contacts { name } }");
    assert_eq!(people, json!({ "contacts": [{ "name": "Ada Byron" }] }));

    bench.authorization =
        format!("Bearer {}", crate::consonance::Settings::default().other_api_key);
    assert_eq!(bench.works(""), json!(other.works));
    assert_eq!(bench.core.other_client(), other, "nothing of it was touched");
}
