//! The schema itself: introspection, completeness, the marked table.

use serde_json::{Value, json};

use super::{Bench, Row, row};
use crate::consonance::{Consonance, Settings, tests::bench::world, unconfirmed};

pub(super) const ROWS: &[Row] = &[
    row("introspection answers for types, enums and inputs", "1.1", introspection),
    row("the product types are seven", "2.2", product_types),
    row("every field of every type has an answer", "6.2", every_field),
    row("every unconfirmed name is in the schema", "6.2", marked_names),
    row("the create input is complete and confirmed", "3.2", create_input),
    row("a code that the lists lack becomes an enum value", "2.9", newer_code),
];

fn introspection(bench: &mut Bench) {
    let data = bench.data(
        "{ v: __type(name: \"SupportingResourceVariant\") { kind enumValues { name } } \
         n: __type(name: \"Nothing\") { name } \
         __schema { queryType { name } mutationType { name } subscriptionType { name } } }",
    );
    let values = json!([{ "name": "FRONT_COVER" }, { "name": "BACK_COVER" }, { "name": "CONTRIBUTOR_PICTURE" }]);
    assert_eq!(data["v"], json!({ "kind": "ENUM", "enumValues": values }));
    assert_eq!(data["n"], Value::Null);
    let roots = json!({
        "queryType": { "name": "Query" }, "mutationType": { "name": "Mutation" },
        "subscriptionType": null,
    });
    assert_eq!(data["__schema"], roots);
}

fn product_types(bench: &mut Bench) {
    let data = bench.data("{ __type(name: \"Product\") { kind possibleTypes { name } } }");
    let types = data["__type"]["possibleTypes"].as_array().map(Vec::len);
    assert_eq!((&data["__type"]["kind"], types), (&json!("INTERFACE"), Some(7)));
}

/// All types with their fields: name, and whether it takes arguments or has a selection.
fn types(bench: &mut Bench) -> Vec<Value> {
    let data = bench.data(
        "{ __schema { types { name kind fields { name args { name type { kind } } type { ...T } } \
         inputFields { name } enumValues { name } } } } \
         fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }",
    );
    data["__schema"]["types"].as_array().expect("types").clone()
}

fn innermost(kind: &Value) -> &Value {
    match &kind["ofType"] {
        Value::Null => kind,
        inner => innermost(inner),
    }
}

/// A selection of all plain fields of an object type, and one level down.
fn selection(all: &[Value], type_name: &str, depth: usize) -> String {
    let found = all.iter().find(|t| t["name"] == type_name).expect("a type");
    let mut text = "__typename".to_owned();
    for field in found["fields"].as_array().into_iter().flatten() {
        let name = field["name"].as_str().expect("a name");
        let inner = innermost(&field["type"]);
        let plain = inner["kind"] == "SCALAR" || inner["kind"] == "ENUM";
        let args = if name == "publicationDateString" { "(directives: \"%Y\")" } else { "" };
        let of = inner["name"].as_str().expect("a name");
        if plain {
            text.push_str(&format!(" {name}{args}"));
        } else if depth > 0 {
            text.push_str(&format!(" {name} {{ {} }}", selection(all, of, depth - 1)));
        }
    }
    let possible = ["Product", "Contact", "SubjectCode"];
    if possible.contains(&type_name) {
        for concrete in ["PhysicalBookProduct", "Person", "Thema"] {
            let fits = [
                ("Product", "PhysicalBookProduct"),
                ("Contact", "Person"),
                ("SubjectCode", "Thema"),
            ];
            if fits.contains(&(type_name, concrete)) {
                text.push_str(&format!(" ... on {concrete} {{ {} }}", selection(all, concrete, 0)));
            }
        }
    }
    text
}

fn every_field(bench: &mut Bench) {
    let all = types(bench);
    let work = selection(&all, "Work", 3);
    let data = bench.data(&format!("{{ works {{ {work} }} }}"));
    let first = &data["works"][0];
    assert_eq!(first["products"][0]["work"]["id"], 101);
    assert_eq!(first["contributions"][0]["contributor"]["name"], "Ada Byron");
    let root = all.iter().find(|t| t["name"] == "Query").expect("the root");
    for field in root["fields"].as_array().into_iter().flatten() {
        let inner = innermost(&field["type"])["name"].as_str().expect("a name").to_owned();
        let name = field["name"].as_str().expect("a name");
        bench.data(&format!("{{ {name} {{ {} }} }}", selection(&all, &inner, 2)));
    }
    for kind in [
        "CreateSupportingResource",
        "CompleteSupportingResourceUpload",
        "CreateWebLink",
        "CreateMarketingText",
        "UpdateWork",
        "UpdateProduct",
    ] {
        let payload = selection(&all, &format!("{kind}Payload"), 1);
        let field = format!("{}{}", kind[..1].to_lowercase(), &kind[1..]);
        let input = match kind {
            "CreateSupportingResource" => "workId: 101, resourceFileName: \"a.jpg\"",
            "CreateWebLink" => "workId: 101, link: \"https://a.test\"",
            "CreateMarketingText" => "workId: 101, externalTextMarkdown: \"a\"",
            "UpdateWork" => "id: 101",
            _ => "id: 1001",
        };
        bench.data(&format!("mutation {{ {field}(input: {{ {input} }}) {{ {payload} }} }}"));
    }
}

fn marked_names(bench: &mut Bench) {
    let all = types(bench);
    let members = |name: &str| -> Vec<String> {
        let found = all.iter().find(|t| t["name"] == name);
        let lists = ["fields", "inputFields", "enumValues"];
        let members = lists.iter().flat_map(|l| found.map(|t| &t[*l]).and_then(Value::as_array));
        members.flatten().filter_map(|m| m["name"].as_str().map(str::to_owned)).collect()
    };
    let mut named = 0;
    for entry in unconfirmed().iter().filter(|entry| !entry.sdl.is_empty()) {
        let (owner, rest) = entry.name.split_once('.').unwrap_or((entry.name, "*"));
        assert!(!members(owner).is_empty(), "{} is not in the schema", entry.name);
        for member in rest.split(", ").filter(|member| *member != "*") {
            assert!(members(owner).contains(&member.to_owned()), "{owner}.{member}");
            named += 1;
        }
        assert!(entry.source.ends_with('.'), "{}: a sentence says where from", entry.name);
    }
    assert!(named > 25, "{named} names");
}

fn create_input(bench: &mut Bench) {
    let data =
        bench.data("{ __type(name: \"CreateSupportingResourceInput\") { inputFields { name } } }");
    let fields = data["__type"]["inputFields"].as_array().expect("fields");
    let names: Vec<_> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    let expected = [
        "clientMutationId",
        "workId",
        "copyright",
        "requiredCredit",
        "caption",
        "imageRemoteUrl",
        "resourceFileName",
        "status",
        "resourceVariant",
        "onixContentAudienceCode",
        "productIds",
        "linkToAllProducts",
        "unlinkPrevious",
    ];
    assert_eq!(names, expected);
}

fn newer_code(bench: &mut Bench) {
    let mut world = world();
    world.titles[0].products[0].status = Some("99".to_owned());
    bench.core = Consonance::new(&world, Settings::default());
    let query = "{ product(productSearch: { idEq: 1001 }) { onixPublishingStatusCode } }";
    assert_eq!(bench.data(query)["product"]["onixPublishingStatusCode"], "_99");
}
