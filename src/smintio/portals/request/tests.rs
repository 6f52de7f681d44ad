//! Addresses and bodies: one JSON object as escaped text inside a list of one.

use super::*;
use crate::smintio::portals::Profile;

fn config() -> Portals {
    Portals {
        base_url: "https://acme.portalsapife.smint.io".to_owned(),
        portal: "p-1".to_owned(),
        connection: "portals".to_owned(),
        profile: Profile::default(),
        asset_page: None,
        culture: "en".to_owned(),
        download_origins: Vec::new(),
        poll_ms: 5_000,
    }
}

fn check(call: &Call, path: &str, parameters: &str) {
    let base = "https://acme.portalsapife.smint.io/frontend/v1/portals/p-1/portalsContext";
    assert_eq!(call.request.url, format!("{base}/{path}"));
    assert_eq!((call.request.method, call.repeatable), (Method::Post, true));
    let body: Vec<String> = serde_json::from_slice(&call.request.body).unwrap();
    let [text] = <[String; 1]>::try_from(body).unwrap();
    let json = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    assert_eq!(json(&text), json(parameters), "{text}");
}

#[test]
fn methods_and_their_parameters() {
    let config = config();
    let collection_id = CollectionId::from("c\"1");
    let assets = [AssetId::from("12:image:A/B"), AssetId::from("12:image:C")];
    check(
        &search_collection_assets(&config, &collection_id, (0, 50), None),
        "ICollectionsAssetsSearch/execute/searchCollectionAssetsAsync",
        r#"{"collectionId":"c\"1","page":0,"pageSize":50}"#,
    );
    check(
        &search_collection_assets(&config, &collection_id, (3, 50), Some("rs-9")),
        "ICollectionsAssetsSearch/execute/searchCollectionAssetsAsync",
        r#"{"collectionId":"c\"1","page":3,"pageSize":50,"searchResultSetUuid":"rs-9"}"#,
    );
    check(
        &asset(&config, &assets[0]),
        "IAssetsRead/execute/getAssetAsync",
        r#"{"assetId":{"id":"12:image:A/B"}}"#,
    );
    check(
        &download_items(&config, &assets),
        "IAssetsDownload/execute/getAssetsDownloadsForAssetsAsync",
        r#"{"assetIds":[{"id":"12:image:A/B"},{"id":"12:image:C"}]}"#,
    );
    check(
        &initiate_download(&config, &assets[1], r#"{"itemId":"jpeg","x":1.50}"#),
        "IAssetsDownload/execute/initiateAssetsDownloadForAssetsAsync",
        r#"{"assetIds":[{"id":"12:image:C"}],"assetDownloadItems":[{"itemId":"jpeg","x":1.50}],"immediatelyDownload":true}"#,
    );
    check(
        &collections_search(&config, "covers", (0, 50)),
        "ICollectionsSearch/execute/searchCollectionsAsync",
        r#"{"queryString":"covers","page":1,"pageSize":50}"#,
    );
    check(
        &collection(&config, &collection_id),
        "ICollectionsRead/execute/getCollectionAsync",
        r#"{"collectionId":"c\"1"}"#,
    );
}

#[test]
fn the_profile_decides() {
    let mut config = config();
    for (name, value) in [
        ("collection-wrapper", "id"),
        ("collection-parameter", "kit"),
        ("collection-assets-first-page", "1"),
        ("asset-wrapper", ""),
    ] {
        config.profile.set(name, value).unwrap();
    }
    check(
        &search_collection_assets(&config, &CollectionId::from("c"), (0, 50), None),
        "ICollectionsAssetsSearch/execute/searchCollectionAssetsAsync",
        r#"{"kit":{"id":"c"},"page":1,"pageSize":50}"#,
    );
    check(
        &asset(&config, &AssetId::from("a")),
        "IAssetsRead/execute/getAssetAsync",
        r#"{"assetId":"a"}"#,
    );
}

#[test]
fn a_task_is_asked_for_by_its_uuid() {
    let call = task(&config(), "t/../1");
    let base = "https://acme.portalsapife.smint.io/frontend/v1";
    assert_eq!(call.request.url, format!("{base}/backgroundTasks/t%2F..%2F1"));
    assert_eq!((call.request.method, call.request.body.len()), (Method::Get, 0));
}
