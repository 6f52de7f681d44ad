//! A small world, and the core over it with short ways to ask.

use serde_json::{Value, json};
use time::{Date, macros::date};

use crate::{
    consonance::{Consonance, Settings},
    http::{InstantMs, Request, Response, Vendor},
    image_file,
    world::seed::{
        ContributorSeed, ForeignCoverSeed, ImageSeed, ProductSeed, RunSeed, TitleSeed, World,
    },
};

/// 2026-03-10T09:00:00Z.
pub(super) const NOW: InstantMs = 1_773_133_200_000;
pub(super) const API: &str = "http://api.test";

/// Works 101 (imprint 1, products 1001 hardback and 1002 ebook, a foreign cover), 103 (imprint 1,
/// product 1003 paperback), 105 (imprint 2, product 1005, no ISBN), 107 (imprint 1, product 1007).
pub(super) fn world() -> World {
    let mut first = title(101, 1, date!(2026 - 03 - 01), &[(1001, "BB"), (1002, "DG")]);
    first.subtitle = Some("A Subtitle".to_owned());
    first.foreign_covers = vec![ForeignCoverSeed {
        product_ids: vec![1001],
        file_name: "old_cover.jpg".to_owned(),
        width: 60,
        height: 90,
    }];
    first.runs =
        vec![RunSeed { run_id: 11, quantities: vec![(1001, 800, Some(790)), (1002, 5, None)] }];
    first.subjects = vec![
        ("THEMA".to_owned(), "JHM".to_owned(), "Anthropology".to_owned(), true),
        ("BISAC".to_owned(), "SOC002000".to_owned(), "Anthropology".to_owned(), false),
    ];
    let mut third = title(105, 2, date!(2026 - 01 - 01), &[(1005, "BC")]);
    third.products[0].isbn13 = None;
    third.products[0].publication_date = None;
    World {
        today: date!(2026 - 03 - 10),
        titles: vec![
            first,
            title(103, 1, date!(2026 - 01 - 01), &[(1003, "BC")]),
            third,
            title(107, 1, date!(2026 - 01 - 01), &[(1007, "BC")]),
        ],
        assets: Vec::new(),
        collections: Vec::new(),
        purchases: Vec::new(),
        declarations: Vec::new(),
        provider_profiles: Vec::new(),
    }
}

pub(super) fn title(
    id: i64,
    imprint: i64,
    changed_on: Date,
    products: &[(i64, &str)],
) -> TitleSeed {
    let product = |(product_id, form): &(i64, &str)| ProductSeed {
        product_id: *product_id,
        isbn13: Some(format!("978178374{product_id}")),
        form: Some((*form).to_owned()),
        status: Some("02".to_owned()),
        publication_date: Some(date!(2026 - 05 - 05)),
        planned_date: None,
        for_sale: vec!["GB".to_owned()],
        not_for_sale: Vec::new(),
        worldwide: Some(false),
    };
    TitleSeed {
        work_id: id,
        title: format!("The Book {id}"),
        subtitle: None,
        in_house_reference: Some(format!("W{id}")),
        doi: None,
        imprint: Some((imprint, format!("Imprint {imprint}"))),
        contributors: vec![ContributorSeed {
            contact_id: 500,
            name: "Ada Byron".to_owned(),
            role: "A01".to_owned(),
        }],
        products: products.iter().map(product).collect(),
        runs: Vec::new(),
        subjects: Vec::new(),
        season: Some("Spring 2026".to_owned()),
        marketing_tier: None,
        project_stage: None,
        description: Some("<p>About it.</p>".to_owned()),
        foreign_covers: Vec::new(),
        changed_on,
    }
}

/// The core, a clock, and what a test asks it.
pub(super) struct Bench {
    pub(super) core: Consonance,
    pub(super) now: InstantMs,
    pub(super) authorization: String,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(super) fn with(adjust: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        adjust(&mut settings);
        let authorization = format!("Bearer {}", settings.api_key);
        Self { core: Consonance::new(&world(), settings), now: NOW, authorization }
    }

    /// Sends any request.
    pub(super) fn send(&mut self, method: &str, url: &str, body: &[u8]) -> Response {
        let (scheme, rest) = url.split_once("://").expect("an absolute URL");
        let (host, path) = rest.split_once('/').expect("a path");
        let request = Request {
            method: method.to_owned(),
            origin: format!("{scheme}://{host}"),
            target: format!("/{path}"),
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("authorization".to_owned(), self.authorization.clone()),
            ],
            body: body.to_vec(),
        };
        self.core.handle(self.now, &request)
    }

    /// A query with variables; the whole answer.
    pub(super) fn answer(&mut self, query: &str, variables: &Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let response = self.send("POST", &format!("{API}/graphql"), body.as_bytes());
        assert_eq!(response.status, 200, "{query}");
        serde_json::from_slice(&response.body).expect("JSON")
    }

    /// A query that must succeed: its data.
    pub(super) fn data(&mut self, query: &str) -> Value {
        self.data_with(query, &json!({}))
    }

    pub(super) fn data_with(&mut self, query: &str, variables: &Value) -> Value {
        let answer = self.answer(query, variables);
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].clone()
    }

    /// The ids of `works` under a search.
    pub(super) fn works(&mut self, search: &str) -> Value {
        let data = self.data(&format!("{{ works(workSearch: {{ {search} }}) {{ id }} }}"));
        let ids = data["works"].as_array().expect("a list").iter().map(|work| work["id"].clone());
        ids.collect()
    }

    /// A mutation's payload.
    pub(super) fn mutate(&mut self, name: &str, input: Value, select: &str) -> Value {
        let kind = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {select} errors }} }}"
        );
        self.data_with(&query, &json!({ "input": input }))[name].clone()
    }

    /// Creates a resource; its id.
    pub(super) fn create(&mut self, mut input: Value) -> i64 {
        if input.get("imageRemoteUrl").is_none() {
            input["imageRemoteUrl"] = json!("http://files.test/covers/c1.jpg?sig=abc");
        }
        let made = self.mutate("createSupportingResource", input, "supportingResource { id }");
        assert_eq!(made["errors"], json!([]));
        made["supportingResource"]["id"].as_i64().expect("an id")
    }

    /// Answers all waiting fetches alike; says how many there were.
    pub(super) fn deliver(&mut self, answer: Option<(u16, Vec<u8>)>) -> usize {
        let fetches = self.core.fetches(self.now);
        for fetch in &fetches {
            let answer =
                answer.clone().map(|(status, body)| Response::new(status, "image/jpeg", body));
            self.core.fetched(self.now, fetch.job, answer);
        }
        fetches.len()
    }

    /// One resource of work 101, freshly read.
    pub(super) fn read(&mut self, id: i64, select: &str) -> Value {
        let data = self.data(&format!(
            "{{ work(workSearch: {{ idEq: 101 }}) {{ supportingResources {{ id {select} }} }} }}"
        ));
        let all = data["work"]["supportingResources"].as_array().cloned().unwrap_or_default();
        all.into_iter().find(|resource| resource["id"] == id).unwrap_or_default()
    }
}

/// An image file.
pub(super) fn image(format: &str) -> Vec<u8> {
    image_file::make(&ImageSeed {
        width: 40,
        height: 60,
        format: format.to_owned(),
        marker: "bench".to_owned(),
    })
}
