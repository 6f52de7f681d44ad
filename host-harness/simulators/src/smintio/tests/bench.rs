//! A small tenant and a client for it. The clock is a number that the client moves.

use super::super::{Settings, Smintio};
use crate::http::{InstantMs, Request, Response, Vendor};
use crate::world::seed::{
    AssetSeed, BinarySeed, CollectionSeed, ImageSeed, Meant, PurchaseSeed, World,
};
use serde_json::{Map, Value, json};

/// 2026-01-01T00:00:00Z.
const START: InstantMs = 1_767_225_600_000;
const API: &str = "http://api.test";
const FILES: &str = "http://files.test";

/// A server, its clock and a signed-in client.
pub struct Bench {
    /// The server.
    pub server: Smintio,
    /// Now.
    pub now: InstantMs,
    /// The access token.
    pub token: String,
}

/// Settings with test credentials.
pub fn settings() -> Settings {
    Settings {
        api_origin: API.to_owned(),
        files_origin: FILES.to_owned(),
        client_id: "client".to_owned(),
        client_secret: "secret".to_owned(),
        refresh_token: "first-refresh".to_owned(),
        facet_fields: vec!["status".to_owned()],
        ..Settings::default()
    }
}

impl Bench {
    /// The small tenant, signed in.
    pub fn new() -> Self {
        Self::with(&world(), settings())
    }

    /// A tenant of one's own, signed in.
    pub fn with(world: &World, settings: Settings) -> Self {
        let server = Smintio::new(world, settings);
        let mut bench = Self { server, now: START, token: String::new() };
        bench.sign_in();
        bench
    }

    /// The same tenant with other settings.
    pub fn set(&mut self, how: impl FnOnce(&mut Settings)) {
        let mut changed = settings();
        how(&mut changed);
        *self = Self::with(&world(), changed);
    }

    /// Refreshes the access token.
    pub fn sign_in(&mut self) {
        let answer = self.token_answer();
        answer["access_token"].as_str().unwrap_or_default().clone_into(&mut self.token);
    }

    /// The token endpoint's answer to the first refresh token.
    pub fn token_answer(&mut self) -> Value {
        self.post_token("grant_type=refresh_token&refresh_token=first-refresh&client_id=client&client_secret=secret").json()
    }

    /// Posts a form to the token endpoint.
    pub fn post_token(&mut self, form: &str) -> Response {
        let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        self.send("POST", API, "/connect/token", vec![kind], form)
    }

    /// A signed-in request.
    pub fn raw(&mut self, method: &str, target: &str, body: &str) -> Response {
        let bearer = ("authorization".to_owned(), format!("Bearer {}", self.token));
        self.send(method, API, target, vec![bearer], body)
    }

    /// Any request.
    pub fn send(
        &mut self,
        method: &str,
        origin: &str,
        target: &str,
        headers: Vec<(String, String)>,
        body: &str,
    ) -> Response {
        let request = Request {
            method: method.to_owned(),
            origin: origin.to_owned(),
            target: target.to_owned(),
            headers,
            body: body.as_bytes().to_vec(),
        };
        self.server.handle(self.now, &request)
    }

    /// Executes a method and answers as HTTP does.
    pub fn execute(&mut self, interface: &str, method: &str, params: &str) -> Response {
        let target =
            format!("/frontend/v1/portals/345/portalsContext/{interface}/execute/{method}");
        self.raw("POST", &target, &json!([params]).to_string())
    }

    /// Executes a method, polls as often as needed, and yields the result.
    pub fn call(&mut self, interface: &str, method: &str, params: &str) -> Value {
        let task = self.finish(interface, method, params);
        assert_eq!(task["state"], "completed", "{method} {params}: {task}");
        result(&task)
    }

    /// Executes a method that ends in error, and yields its error code.
    pub fn fails(&mut self, interface: &str, method: &str, params: &str) -> String {
        let task = self.finish(interface, method, params);
        assert_eq!(task["state"], "error", "{method} {params}: {task}");
        result(&task)["error_code"].as_str().unwrap_or_default().to_owned()
    }

    fn finish(&mut self, interface: &str, method: &str, params: &str) -> Value {
        let answer = self.execute(interface, method, params);
        assert_eq!(answer.status, 200, "{method} {params}: {}", answer.text());
        let mut task = answer.json();
        while task["state"] == "created" || task["state"] == "in_progress" {
            self.now += 1_000;
            task = self.poll(&task).json();
        }
        task
    }

    /// Polls a task.
    pub fn poll(&mut self, task: &Value) -> Response {
        let uuid = task["uuid"].as_str().unwrap_or_default();
        self.raw("GET", &format!("/frontend/v1/backgroundTasks/{uuid}"), "")
    }

    /// A download link of an asset, by its short name.
    pub fn link(&mut self, asset: &str, item: &str) -> String {
        let params = download_params(asset, item);
        let result = self.call("IAssetsDownload", "initiateAssetsDownloadForAssetsAsync", &params);
        result["assetDownloadUrl"]["url"].as_str().unwrap_or_default().to_owned()
    }

    /// Follows a link without credentials.
    pub fn fetch(&mut self, url: &str, range: Option<&str>) -> Response {
        let target = url.strip_prefix(FILES).unwrap_or_default().to_owned();
        let range = range.map(|r| ("range".to_owned(), r.to_owned()));
        self.send("GET", FILES, &target, range.into_iter().collect(), "")
    }
}

/// Parameters of `initiateAssetsDownloadForAssetsAsync`.
pub fn download_params(asset: &str, item: &str) -> String {
    json!({
        "assetIds": [{"id": id(asset)}],
        "assetDownloadItems": [{"groupId": "files", "itemId": item}],
        "immediatelyDownload": true,
    })
    .to_string()
}

/// `result_string`, read.
pub fn result(task: &Value) -> Value {
    let text = task["result_string"].as_str().unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
}

/// What a test wants from a response.
pub trait Reading {
    /// The body as text.
    fn text(&self) -> String;
    /// The body as JSON.
    fn json(&self) -> Value;
    /// `error_code`.
    fn code(&self) -> String;
    /// A header.
    fn header(&self, name: &str) -> &str;
}

impl Reading for Response {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn code(&self) -> String {
        self.json()["error_code"].as_str().unwrap_or_default().to_owned()
    }

    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }
}

/// The full id of an asset of this tenant.
pub fn id(name: &str) -> String {
    let source = if name.starts_with("b-") { "b" } else { "a" };
    format!("{source}:image:{name}")
}

/// A property of an asset on the wire, as its typed item.
pub fn property<'a>(asset: &'a Value, key: &str) -> Option<&'a Value> {
    asset["properties"].as_array()?.iter().find(|item| item["key"] == key)
}

/// Seven assets of two sources, two collections of one name, nine entries of the log.
pub fn world() -> World {
    World {
        today: time::macros::date!(2026 - 01 - 01),
        titles: Vec::new(),
        assets: [
            asset("a-jpeg", "jpeg", None),
            asset("a-png", "png", Some("png")),
            asset("a-locked", "jpeg", Some("locked")),
            asset("a-editorial", "jpeg", Some("editorial")),
            asset("a-flat", "jpeg", Some("no-dimensions")),
            asset("b-first", "jpeg", None),
            asset("b-second", "jpeg", None),
        ]
        .to_vec(),
        collections: vec![
            collection("100", "Approved", "random", &["a-jpeg", "a-png", "b-first"]),
            collection("200", "Approved", "cursor", &["a-flat", "b-first", "b-second"]),
        ],
        purchases: vec![
            purchase("1", true),
            purchase("2", false),
            purchase("3", true),
            purchase("1", true),
            purchase("4", true),
            purchase("5", true),
            purchase("6", true),
            purchase("7", true),
            purchase("1", true),
        ],
        declarations: Vec::new(),
        provider_profiles: Vec::new(),
    }
}

/// An asset.
pub fn asset(name: &str, format: &str, trait_name: Option<&str>) -> AssetSeed {
    let mut raw_data = Map::new();
    raw_data.insert("isbn".to_owned(), json!("9780000000002"));
    raw_data.insert("status".to_owned(), json!("approved"));
    raw_data.insert("pages".to_owned(), json!(12));
    raw_data.insert("empty".to_owned(), Value::Null);
    AssetSeed {
        id: id(name),
        external_id: name.to_owned(),
        name: vec![("x-default".to_owned(), format!("Cover {name}"))],
        file_name: format!("../{name}.jpg"),
        image: image(name, format),
        raw_data,
        keywords: vec!["cover".to_owned(), name[..1].to_owned()],
        credit: Some("Photo: A. Nother".to_owned()),
        copyright: None,
        version: 1,
        modified_at: START,
        publish_from: None,
        publish_until: Some("2027-01-01T00:00:00Z".to_owned()),
        downloadable: (trait_name == Some("locked")).then_some(false),
        meant_for: trait_name.map(|t| Meant {
            work_id: 1,
            product_ids: Vec::new(),
            role: "front_cover".to_owned(),
            trait_name: Some(t.to_owned()),
        }),
    }
}

/// An image.
pub fn image(marker: &str, format: &str) -> ImageSeed {
    ImageSeed { width: 40, height: 60, format: format.to_owned(), marker: marker.to_owned() }
}

fn collection(id: &str, name: &str, paging: &str, members: &[&str]) -> CollectionSeed {
    CollectionSeed {
        id: id.to_owned(),
        name: name.to_owned(),
        asset_ids: members.iter().map(|m| self::id(m)).collect(),
        paging: paging.to_owned(),
    }
}

/// A purchase with one binary.
pub fn purchase(uuid: &str, can_be_synced: bool) -> PurchaseSeed {
    PurchaseSeed {
        document: json!({
            "uuid": uuid,
            "cart_purchase_transaction_uuid": "35",
            "state": "completed",
            "can_be_synced": can_be_synced,
            "license_terms": [],
            "never_heard_of": {"x": null, "y": 1},
            "offering": null,
            "version": 1,
        }),
        binaries: vec![BinarySeed {
            document: json!({"uuid": "b1", "version": 1, "culture": null, "name": []}),
            image: image(uuid, "jpeg"),
        }],
    }
}
