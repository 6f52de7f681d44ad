//! The small world of the conformance table, written by hand so that a case can name what is in it.
//!
//! Consonance: works 101 (products 1001 hardback with a cover made by hand, 1002
//! e-book; a run), 103, 105 (no ISBN, no date), 107, 109, 111, 113, 115, 117.
//! Portals: assets of the sources `a` and `b`; collections 100 (by number) and 200 (by cursor) of
//! one name. CLAPI-C: purchases 1, 2 (cannot be synchronised), 3, 4, 5, 6, and 1 once more.

use serde_json::{Map, Value, json};
use simulators::consonance;
use simulators::modes::Modes;
use simulators::smintio;
use simulators::world::seed::{
    AssetSeed, BinarySeed, CollectionSeed, ContributorSeed, ForeignCoverSeed, ImageSeed, Meant,
    ProductSeed, PurchaseSeed, RunSeed, TitleSeed, World,
};
use time::{Date, macros::date};

/// 2026-11-18T19:06:40Z.
pub const START: u64 = 1_795_028_800_000;
/// Smint.io's OAuth client.
pub const CLIENT_ID: &str = "client";
/// Its secret.
pub const CLIENT_SECRET: &str = "client-secret";
/// What a consent left behind.
pub const REFRESH: &str = "first-refresh-token";
/// Consonance's key.
pub const KEY: &str = "key-of-the-tenant";
/// The key of another client.
pub const OTHER_KEY: &str = "key-of-the-neighbour";

/// What both vendors start with.
pub struct Setup {
    /// The contents.
    pub world: World,
    /// Consonance's manners.
    pub consonance: consonance::Settings,
    /// Smint.io's manners.
    pub smintio: smintio::Settings,
}

/// The small world at vendors in these modes, served at these origins.
pub fn setup(modes: &Modes, origin: impl Fn(&str) -> String) -> Setup {
    let mut setup = Setup {
        world: world(),
        consonance: consonance::Settings {
            api_key: KEY.to_owned(),
            other_api_key: OTHER_KEY.to_owned(),
            images_origin: origin("images"),
            ..consonance::Settings::default()
        },
        smintio: smintio::Settings {
            api_origin: origin("smintio"),
            files_origin: origin("files"),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            refresh_token: REFRESH.to_owned(),
            redirect_uris: vec!["https://*.host.example/callback".to_owned()],
            facet_fields: vec!["status".to_owned()],
            ..smintio::Settings::default()
        },
    };
    modes.prepare(&mut setup.world, &mut setup.consonance, &mut setup.smintio);
    setup
}

fn world() -> World {
    World {
        today: date!(2026 - 11 - 18),
        titles: titles(),
        assets: vec![
            asset("a:image:one", "jpeg", None),
            asset("a:image:png", "png", None),
            asset("a:image:locked", "jpeg", Some("locked")),
            asset("a:image:editorial", "jpeg", Some("editorial")),
            asset("b:image:first", "jpeg", None),
            asset("b:image:second", "jpeg", None),
        ],
        collections: vec![
            collection("100", "random", &["a:image:one", "a:image:png", "b:image:first"]),
            collection("200", "cursor", &["a:image:one", "b:image:first", "b:image:second"]),
        ],
        purchases: ["1", "2", "3", "4", "5", "6", "1"].map(purchase).to_vec(),
        declarations: Vec::new(),
        provider_profiles: Vec::new(),
    }
}

fn titles() -> Vec<TitleSeed> {
    let mut first = title(101, date!(2026 - 11 - 10), &[(1001, "BB"), (1002, "DG")]);
    first.foreign_covers = vec![ForeignCoverSeed {
        product_ids: vec![1001],
        file_name: "old_cover.jpg".to_owned(),
        width: 60,
        height: 90,
    }];
    first.runs = vec![RunSeed { run_id: 11, quantities: vec![(1001, 800, Some(790))] }];
    first.subjects = vec![("THEMA".to_owned(), "JHM".to_owned(), "Anthropology".to_owned(), true)];
    let mut third = title(105, date!(2026 - 01 - 01), &[(1005, "BC")]);
    third.imprint = Some((2, "Imprint 2".to_owned()));
    third.products[0].isbn13 = None;
    third.products[0].publication_date = None;
    let plain = |id: i64| title(id, date!(2026 - 01 - 01), &[(900 + id, "BC")]);
    let mut all = vec![first, plain(103), third];
    all.extend([107, 109, 111, 113, 115, 117].map(plain));
    all
}

fn title(id: i64, changed_on: Date, products: &[(i64, &str)]) -> TitleSeed {
    let product = |(product_id, form): &(i64, &str)| ProductSeed {
        product_id: *product_id,
        isbn13: Some(format!("978178374{product_id}")),
        form: Some((*form).to_owned()),
        status: Some("02".to_owned()),
        publication_date: Some(date!(2027 - 05 - 05)),
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
        imprint: Some((id, format!("Imprint of {id}"))),
        contributors: vec![ContributorSeed {
            contact_id: 500 + id,
            name: "Ada Byron".to_owned(),
            role: "A01".to_owned(),
        }],
        products: products.iter().map(product).collect(),
        runs: Vec::new(),
        subjects: Vec::new(),
        season: Some("Spring 2027".to_owned()),
        marketing_tier: None,
        project_stage: None,
        description: Some("<p>About it.</p>".to_owned()),
        foreign_covers: Vec::new(),
        changed_on,
    }
}

fn asset(id: &str, format: &str, trait_name: Option<&str>) -> AssetSeed {
    let name = id.rsplit(':').next().unwrap_or_default();
    let mut raw_data = Map::new();
    raw_data.insert("isbn".to_owned(), json!("9781783741001"));
    raw_data.insert("status".to_owned(), json!("approved"));
    let meant = |trait_name: &str| Meant {
        work_id: 101,
        product_ids: Vec::new(),
        role: "front_cover".to_owned(),
        trait_name: Some(trait_name.to_owned()),
    };
    AssetSeed {
        id: id.to_owned(),
        external_id: name.to_owned(),
        name: vec![("x-default".to_owned(), format!("Cover {name}"))],
        file_name: format!("{name}.jpg"),
        image: image(name, format),
        raw_data,
        keywords: vec!["cover".to_owned()],
        credit: Some("Photo: A. Nother".to_owned()),
        copyright: None,
        version: 1,
        modified_at: START - 86_400_000,
        publish_from: None,
        publish_until: None,
        downloadable: (trait_name == Some("locked")).then_some(false),
        meant_for: trait_name.map(meant),
    }
}

fn image(marker: &str, format: &str) -> ImageSeed {
    ImageSeed { width: 40, height: 60, format: format.to_owned(), marker: marker.to_owned() }
}

fn collection(id: &str, paging: &str, members: &[&str]) -> CollectionSeed {
    CollectionSeed {
        id: id.to_owned(),
        name: "Approved".to_owned(),
        asset_ids: members.iter().map(|id| (*id).to_owned()).collect(),
        paging: paging.to_owned(),
    }
}

fn purchase(uuid: &str) -> PurchaseSeed {
    PurchaseSeed { document: document(uuid), binaries: vec![binary(uuid)] }
}

fn document(uuid: &str) -> Value {
    json!({
        "uuid": uuid,
        "cart_purchase_transaction_uuid": "35",
        "state": "completed",
        "can_be_synced": uuid != "2",
        "project_name": [{"culture": "en", "value": "Cover W101"}],
        "content_element": {
            "uuid": format!("2:0:{uuid}"),
            "provider": "getty",
            "name": [{"culture": "en", "value": "A picture"}],
            "release_details": {"model_release_state": "released"},
        },
        "offering": {"license_type": "royalty_free"},
        "license_terms": [{"sequence_number": 1, "name": [], "valid_until": null}],
        "license_download_constraints": {"effective_max_downloads": 3},
        "never_heard_of": {"x": null, "y": 1},
        "version": 1,
    })
}

fn binary(uuid: &str) -> BinarySeed {
    BinarySeed {
        document: json!({
            "uuid": "b1", "version": 1, "culture": null, "name": [],
            "recommended_file_name": format!("picture_{uuid}.jpg"),
        }),
        image: image(&format!("purchase {uuid}"), "jpeg"),
    }
}
