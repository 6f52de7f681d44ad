//! Ten thousand assets stay cheap: pages cost a page, and no file is made by a search.

use super::bench::{Bench, asset, settings, world};
use super::search::names;
use crate::world::seed::CollectionSeed;
use serde_json::json;

#[test]
fn ten_thousand_assets() {
    let mut big = world();
    big.assets = (0..10_000).map(|n| asset(&format!("n{n}"), "jpeg", None)).collect();
    let asset_ids = big.assets.iter().map(|a| a.id.clone()).collect();
    let paging = "cursor".to_owned();
    big.collections =
        vec![CollectionSeed { id: "1".to_owned(), name: "All".to_owned(), asset_ids, paging }];
    let mut bench = Bench::with(&big, settings());
    let mut seen = 0;
    let mut set = json!(null);
    loop {
        let params = json!({"collectionId": "1", "pageSize": 50, "searchResultSetUuid": set});
        let method = "searchCollectionAssetsAsync";
        let page = bench.call("ICollectionsAssetsSearch", method, &params.to_string());
        seen += names(&page).len();
        set = page["details"]["searchResultSetId"].clone();
        if page["details"]["hasMoreResults"] == false {
            break;
        }
    }
    assert_eq!(seen, 10_000);
    assert_eq!(bench.server.counters().of("portals.searchCollectionAssetsAsync"), 200);
    assert_eq!(bench.server.counters().files_served, 0);
}
