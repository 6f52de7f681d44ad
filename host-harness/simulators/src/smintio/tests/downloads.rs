//! Conformance: downloads and the files behind them (facts 1.10, 4.3 b, 7.4).

use super::Row;
use super::bench::{Bench, Reading, download_params, id, image};
use serde_json::{Value, json};

pub const ROWS: &[Row] = &[
    Row { name: "items say which assets they serve", source: "4.3 b", check: offered },
    Row { name: "editorial assets carry a warning", source: "4.3 b", check: warning },
    Row { name: "links serve the real bytes", source: "4.3 b", check: serves },
    Row { name: "links expire", source: "7.4", check: expires },
    Row { name: "links cannot be forged", source: "1.10", check: forged },
    Row { name: "ranges", source: "8 item 5", check: ranges },
    Row { name: "isDownloadable false refuses", source: "4.3 b", check: locked },
    Row { name: "unknown items are refused", source: "4.3 b", check: unknown_items },
    Row { name: "one file per download", source: "4.3 b", check: one_file },
];

fn list(b: &mut Bench, names: &[&str]) -> Vec<Value> {
    let ids: Vec<Value> = names.iter().map(|n| json!({"id": id(n)})).collect();
    let params = json!({"assetIds": ids}).to_string();
    let found = b.call("IAssetsDownload", "getAssetsDownloadsForAssetsAsync", &params);
    let items = &found["assetDownloadGroups"][0]["assetDownloadItems"];
    items.as_array().cloned().unwrap_or_default()
}

fn offered(b: &mut Bench) {
    let items = list(b, &["a-jpeg", "a-png", "a-locked"]);
    let shown: Vec<(&Value, &Value)> =
        items.iter().map(|i| (&i["itemId"], &i["assetIds"])).collect();
    let original = (json!("original"), json!([id("a-jpeg"), id("a-png")]));
    let jpeg = (json!("jpeg-original"), json!([id("a-jpeg")]));
    assert_eq!(shown, [(&original.0, &original.1), (&jpeg.0, &jpeg.1)]);
    assert_eq!(items[0]["count"], 2);
    assert_eq!(list(b, &["a-png"]).len(), 1);
    assert_eq!(list(b, &["a-locked"]).len(), 0);
}

fn warning(b: &mut Bench) {
    let items = list(b, &["a-editorial"]);
    let text = &items[0]["warningToBeAccepted"];
    assert_eq!(text, "This asset is for editorial use only!");
    assert!(list(b, &["a-jpeg"])[0].get("warningToBeAccepted").is_none());
}

fn serves(b: &mut Bench) {
    for (name, item, format, media_type) in [
        ("a-jpeg", "jpeg-original", "jpeg", "image/jpeg"),
        ("a-png", "original", "png", "image/png"),
    ] {
        let params = download_params(name, item);
        let found = b.call("IAssetsDownload", "initiateAssetsDownloadForAssetsAsync", &params);
        let link = &found["assetDownloadUrl"];
        let bytes = crate::image_file::make(&image(name, format));
        assert_eq!(link["fileSizeInBytes"], bytes.len());
        assert_eq!(link["fileName"], format!("../{name}.jpg"));
        assert_eq!(link["mediaType"], media_type);
        let file = b.fetch(link["url"].as_str().unwrap_or_default(), None);
        assert_eq!((file.status, file.header("content-type")), (200, media_type));
        assert!(file.body == bytes, "{name}");
    }
    assert_eq!(b.server.counters().downloads_handed_out, 2);
    assert_eq!(b.server.counters().files_served, 2);
}

fn expires(b: &mut Bench) {
    let link = b.link("a-jpeg", "original");
    b.now += 3_597_000;
    assert_eq!(b.fetch(&link, None).status, 200);
    b.now += 3_000;
    let refused = b.fetch(&link, None);
    assert_eq!((refused.status, refused.code().as_str()), (403, "permission_denied"));
    b.sign_in();
    let fresh = b.link("a-jpeg", "original");
    assert_eq!(b.fetch(&fresh, None).status, 200);
}

fn forged(b: &mut Bench) {
    let link = b.link("a-jpeg", "original");
    for (from, to) in
        [("/asset/0/", "/asset/2/"), ("expires=1", "expires=2"), ("signature=", "signature=0")]
    {
        let changed = link.replace(from, to);
        assert_ne!(changed, link);
        assert_eq!(b.fetch(&changed, None).status, 403, "{changed}");
    }
    assert_eq!(b.fetch("http://files.test/files/x", None).status, 404);
}

fn ranges(b: &mut Bench) {
    let link = b.link("a-jpeg", "original");
    let whole = b.fetch(&link, None);
    let total = whole.body.len();
    let part = b.fetch(&link, Some("bytes=2-5"));
    assert_eq!(part.status, 206);
    assert_eq!(part.header("content-range"), format!("bytes 2-5/{total}"));
    assert_eq!(part.body, whole.body[2..=5]);
    let outside = b.fetch(&link, Some(&format!("bytes={total}-")));
    assert_eq!((outside.status, outside.body.len()), (416, 0));
    assert_eq!(outside.header("content-range"), format!("bytes */{total}"));
}

fn locked(b: &mut Bench) {
    let params = download_params("a-locked", "original");
    let code = b.fails("IAssetsDownload", "initiateAssetsDownloadForAssetsAsync", &params);
    assert_eq!(code, "permission_denied");
}

fn unknown_items(b: &mut Bench) {
    let method = "initiateAssetsDownloadForAssetsAsync";
    let params = download_params("a-jpeg", "tiff");
    let refused = b.execute("IAssetsDownload", method, &params);
    assert_eq!((refused.status, refused.code().as_str()), (400, "argument_invalid"));
    let params = download_params("a-png", "jpeg-original");
    assert_eq!(b.fails("IAssetsDownload", method, &params), "not_found");
    let params = download_params("a-jpeg", "original").replace("immediatelyDownload", "x");
    let refused = b.execute("IAssetsDownload", method, &params);
    assert_eq!((refused.status, refused.code().as_str()), (400, "argument_missing"));
}

fn one_file(b: &mut Bench) {
    let two = json!({
        "assetIds": [{"id": id("a-jpeg")}, {"id": id("a-png")}],
        "assetDownloadItems": [{"groupId": "files", "itemId": "original"}],
        "immediatelyDownload": true,
    });
    let method = "initiateAssetsDownloadForAssetsAsync";
    let refused = b.execute("IAssetsDownload", method, &two.to_string());
    assert_eq!((refused.status, refused.code().as_str()), (400, "argument_invalid"));
}
