//! The life of supporting resources.

use serde_json::{Value, json};

use super::{
    Bench, Row,
    bench::{NOW, image},
    row,
};
use crate::consonance::{Decode, RewriteRemoteUrl};

pub(super) const ROWS: &[Row] = &[
    row("created by URL: fetched once, processed over two reads, then filled", "6.1.4", life),
    row("several reads in one request count once", "6.1.4", one_read_per_request),
    row("only an answer 200 with a JPEG becomes an image", "2.3", bad_files),
    row("a read before the fetch does not shorten the processing", "6.1.4", reads_before_fetch),
    row("the processed image is public", "2.3", public_image),
    row("a hand-made cover is there from the start", "2.3", foreign_cover),
    row("productIds xor linkToAllProducts, and only the work's products", "6.1.5", products),
    row("exactly one of URL and file name", "3.2", one_source),
    row("unlinkPrevious detaches earlier resources of the variant; they remain", "6.1.5", unlink),
    row("the same create twice makes two", "6.4", no_idempotency),
    row("a deleted resource is gone, its image too", "3.1", delete),
    row("an upload: presigned PUT, then the follow-up mutation", "6.1.4", upload),
    row("a presigned URL expires and is signed", "6.1.4", presigned_guard),
    row("imageRemoteUrl kept, rewritten or absent", "6.4", rewritten),
    row("a resource does not move changedSince", "1.4", no_touch),
    row("defaults: draft, unrestricted, no variant", "6.2", defaults),
];

const STATE: &str = "isProcessing delayedJobStatus url width height fileSize aspectRatio \
                     imageContentType filename";

fn life(bench: &mut Bench) {
    let id = bench.create(json!({
        "workId": 101, "productIds": [1002], "resourceVariant": "FRONT_COVER",
        "status": "APPROVED", "onixContentAudienceCode": "_00", "caption": "Cover",
        "copyright": "(c) 2026", "requiredCredit": "Photo: A", "clientMutationId": "m1",
    }));
    assert_eq!(bench.read(id, STATE)["delayedJobStatus"], "queued");
    assert_eq!(bench.deliver(Some((200, image("jpeg")))), 1);
    assert_eq!(bench.deliver(None), 0, "a file is fetched once");
    for read in 1..=2 {
        let state = bench.read(id, STATE);
        assert_eq!((&state["isProcessing"], &state["url"]), (&json!(true), &Value::Null), "{read}");
    }
    let expected = json!({
        "id": id, "isProcessing": false, "delayedJobStatus": null,
        "url": format!("http://images.consonance.test/17/{id}/101/101_jpg_rgb_original.jpg"),
        "width": 40, "height": 60, "fileSize": image("jpeg").len(), "aspectRatio": 40.0 / 60.0,
        "imageContentType": "image/jpeg", "filename": "c1.jpg",
    });
    assert_eq!(bench.read(id, STATE), expected);
    let shown = "caption copyright copyrightHolder requiredCredit productIds resourceVariant status \
                 onixContentAudienceCode imageRemoteUrl createdAt";
    let expected = json!({
        "id": id, "caption": "Cover", "copyright": "(c) 2026", "copyrightHolder": null,
        "requiredCredit": "Photo: A", "productIds": [1002], "resourceVariant": "FRONT_COVER",
        "status": "APPROVED", "onixContentAudienceCode": "_00",
        "imageRemoteUrl": "http://files.test/covers/c1.jpg?sig=abc",
        "createdAt": "2026-03-10T09:00:00Z",
    });
    assert_eq!(bench.read(id, shown), expected);
}

fn one_read_per_request(bench: &mut Bench) {
    let id = bench.create(json!({ "workId": 101 }));
    bench.deliver(Some((200, image("jpeg"))));
    let one = "work(workSearch: { idEq: 101 }) { supportingResources { id isProcessing } }";
    let data = bench.data(&format!("{{ a: {one} b: {one} c: {one} }}"));
    assert_eq!(data["c"]["supportingResources"][1], json!({ "id": id, "isProcessing": true }));
    bench.read(id, "");
    assert_eq!(bench.read(id, "isProcessing")["isProcessing"], false);
}

fn bad_files(bench: &mut Bench) {
    let jpeg = image("jpeg");
    let cases = [
        (None, "nobody answered"),
        (Some((403, jpeg.clone())), "HTTP 403"),
        (Some((302, jpeg.clone())), "HTTP 302"),
        (Some((200, image("png"))), "not a readable JPEG"),
        (Some((200, b"<html></html>".to_vec())), "not a readable JPEG"),
        (Some((200, jpeg[..jpeg.len() / 2].to_vec())), "JPEG"),
        (Some((200, jpeg[..jpeg.len() - 2].to_vec())), "JPEG"),
        (Some((200, Vec::new())), "not a readable JPEG"),
    ];
    for (how, (answer, reason)) in [Decode::Whole, Decode::Header]
        .into_iter()
        .flat_map(|how| cases.clone().into_iter().map(move |case| (how, case)))
    {
        bench.core.adjust(|settings| settings.decode = how);
        let id = bench.create(json!({ "workId": 101 }));
        bench.deliver(answer);
        bench.read(id, "");
        bench.read(id, "");
        let state = bench.read(id, STATE);
        let status = state["delayedJobStatus"].as_str().unwrap_or_default();
        assert!(status.starts_with("failed: ") && status.contains(reason), "{reason}: {status}");
        assert_eq!((&state["isProcessing"], &state["url"]), (&json!(false), &Value::Null));
    }
}

fn reads_before_fetch(bench: &mut Bench) {
    let id = bench.create(json!({ "workId": 101 }));
    for _ in 0..5 {
        assert_eq!(bench.read(id, "isProcessing")["isProcessing"], true);
    }
    bench.deliver(Some((200, image("jpeg"))));
    let seen: Vec<_> =
        (0..3).map(|_| bench.read(id, "isProcessing")["isProcessing"].clone()).collect();
    assert_eq!(seen, [json!(true), json!(true), json!(false)]);
}

fn public_image(bench: &mut Bench) {
    bench.core.adjust(|settings| settings.processing_reads = 0);
    let id = bench.create(json!({ "workId": 101 }));
    bench.deliver(Some((200, image("jpeg"))));
    let url = bench.read(id, "url")["url"].as_str().expect("a URL").to_owned();
    bench.authorization = String::new();
    let response = bench.send("GET", &url, b"");
    assert_eq!((response.status, response.body), (200, image("jpeg")));
    assert_eq!(bench.send("GET", &url.replace("/17/", "/23/"), b"").status, 403);
    assert_eq!(bench.send("DELETE", &url, b"").status, 405);
}

fn foreign_cover(bench: &mut Bench) {
    let id = *bench.core.foreign_ids().first().expect("one foreign cover");
    let shown = bench.read(id, &format!("{STATE} productIds resourceVariant imageRemoteUrl"));
    let url = shown["url"].as_str().expect("a URL").to_owned();
    let file = bench.send("GET", &url, b"").body;
    assert_eq!((&shown["width"], &shown["height"]), (&json!(60), &json!(90)));
    assert_eq!(shown["fileSize"], file.len());
    assert_eq!(shown["filename"], "old_cover.jpg");
    assert_eq!(shown["productIds"], json!([1001]));
    assert_eq!(shown["imageRemoteUrl"], Value::Null);
    let decoded = image::load_from_memory(&file).expect("an image");
    assert_eq!((decoded.width(), decoded.height()), (60, 90));
}

fn products(bench: &mut Bench) {
    let url = "http://files.test/a.jpg";
    let before = bench.core.resources();
    for (input, message) in [
        (
            json!({ "workId": 101, "imageRemoteUrl": url, "productIds": [1001], "linkToAllProducts": true }),
            "productIds: cannot be combined with linkToAllProducts",
        ),
        (
            json!({ "workId": 101, "imageRemoteUrl": url, "productIds": [1001, 1003], "unlinkPrevious": true }),
            "productIds: product 1003 does not belong to the work",
        ),
    ] {
        let refused = bench.mutate("createSupportingResource", input, "supportingResource { id }");
        assert_eq!(refused, json!({ "supportingResource": null, "errors": [message] }));
    }
    assert_eq!(bench.core.resources(), before, "a refused write changes nothing");
    assert_eq!(bench.core.counts().refused["createSupportingResource"], 2);
    let all = bench.create(json!({ "workId": 101, "linkToAllProducts": true }));
    assert_eq!(bench.read(all, "productIds")["productIds"], json!([1001, 1002]));
    let none = bench.create(json!({ "workId": 101 }));
    assert_eq!(bench.read(none, "productIds")["productIds"], json!([]));
}

fn one_source(bench: &mut Bench) {
    for input in [
        json!({ "workId": 101 }),
        json!({ "workId": 101, "imageRemoteUrl": "http://a.test/a.jpg", "resourceFileName": "a.jpg" }),
    ] {
        let refused = bench.mutate("createSupportingResource", input, "presignedUrl");
        assert_eq!(refused["errors"].as_array().map(Vec::len), Some(1));
    }
    let query = "mutation { createSupportingResource(input: { workId: 101, imageRemoteUrl: \
                 \"covers/a.jpg\" }) { errors } }";
    assert_eq!(bench.answer(query, &json!({})).get("data"), None, "URL is absolute");
}

fn unlink(bench: &mut Bench) {
    let foreign = *bench.core.foreign_ids().first().expect("one foreign cover");
    let back = bench
        .create(json!({ "workId": 101, "productIds": [1001], "resourceVariant": "BACK_COVER" }));
    let new = bench.create(json!({
        "workId": 101, "productIds": [1001], "resourceVariant": "FRONT_COVER", "unlinkPrevious": true,
    }));
    for (id, expected) in [(foreign, json!([])), (back, json!([1001])), (new, json!([1001]))] {
        assert_eq!(bench.read(id, "productIds")["productIds"], expected, "{id}");
    }
}

fn no_idempotency(bench: &mut Bench) {
    let input = json!({ "workId": 101, "clientMutationId": "same" });
    let (first, second) = (bench.create(input.clone()), bench.create(input));
    assert!(second > first);
    assert_eq!(bench.deliver(None), 2);
}

fn delete(bench: &mut Bench) {
    bench.core.adjust(|settings| settings.processing_reads = 0);
    let id = bench.create(json!({ "workId": 101 }));
    bench.deliver(Some((200, image("jpeg"))));
    let url = bench.read(id, "url")["url"].as_str().expect("a URL").to_owned();
    let gone = bench.mutate("deleteSupportingResource", json!({ "id": id }), "success");
    assert_eq!(gone, json!({ "success": true, "errors": [] }));
    assert_eq!(bench.read(id, ""), Value::Null);
    assert_eq!(bench.send("GET", &url, b"").status, 403);
    let again = bench.mutate("deleteSupportingResource", json!({ "id": id }), "success");
    assert_eq!(again, json!({ "success": false, "errors": ["id: Supporting resource not found"] }));
    let pending = bench.create(json!({ "workId": 101 }));
    bench.mutate("deleteSupportingResource", json!({ "id": pending }), "success");
    bench.deliver(Some((200, image("jpeg"))));
    assert_eq!(bench.read(pending, ""), Value::Null, "a late file revives nothing");
}

fn upload(bench: &mut Bench) {
    let input = json!({ "workId": 101, "resourceFileName": "mine.jpg" });
    let made =
        bench.mutate("createSupportingResource", input, "presignedUrl supportingResource { id }");
    let id = made["supportingResource"]["id"].as_i64().expect("an id");
    let url = made["presignedUrl"].as_str().expect("a URL").to_owned();
    let complete = |bench: &mut Bench| {
        bench.mutate("completeSupportingResourceUpload", json!({ "id": id }), "")["errors"].clone()
    };
    assert_eq!(complete(bench), json!(["id: no file was uploaded for it"]));
    assert_eq!(bench.send("PUT", &url, &image("jpeg")).status, 200);
    for _ in 0..4 {
        assert_eq!(bench.read(id, STATE)["isProcessing"], true, "until the follow-up comes");
    }
    assert_eq!(complete(bench), json!([]));
    bench.read(id, "");
    bench.read(id, "");
    let state = bench.read(id, STATE);
    assert_eq!((&state["isProcessing"], &state["width"]), (&json!(false), &json!(40)));
    assert_eq!(state["filename"], "mine.jpg");
}

fn presigned_guard(bench: &mut Bench) {
    let input = json!({ "workId": 101, "resourceFileName": "mine.jpg" });
    let made = bench.mutate("createSupportingResource", input, "presignedUrl");
    let url = made["presignedUrl"].as_str().expect("a URL").to_owned();
    assert_eq!(bench.send("PUT", &format!("{url}0"), b"x").status, 403);
    bench.now = NOW + 15 * 60 * 1000 + 1;
    assert_eq!(bench.send("PUT", &url, b"x").status, 403);
    bench.now = NOW;
    assert_eq!(bench.send("PUT", &url, b"x").status, 200);
}

fn rewritten(bench: &mut Bench) {
    let id = bench.create(json!({ "workId": 101 }));
    for (rewrite, expected) in [
        (RewriteRemoteUrl::Keep, json!("http://files.test/covers/c1.jpg?sig=abc")),
        (
            RewriteRemoteUrl::Rewritten,
            json!(format!("http://images.consonance.test/remote/{id}.jpg")),
        ),
        (RewriteRemoteUrl::Absent, Value::Null),
    ] {
        bench.core.adjust(|settings| settings.rewrite_remote_url = rewrite);
        assert_eq!(bench.read(id, "imageRemoteUrl")["imageRemoteUrl"], expected);
    }
}

fn no_touch(bench: &mut Bench) {
    let before = bench.works("changedSince: \"2026-03-10\"");
    let id = bench.create(json!({ "workId": 101 }));
    bench.deliver(Some((200, image("jpeg"))));
    bench.mutate("deleteSupportingResource", json!({ "id": id }), "success");
    assert_eq!(bench.works("changedSince: \"2026-03-10\""), before);
}

fn defaults(bench: &mut Bench) {
    let id = bench.create(json!({ "workId": 101 }));
    let shown = bench.read(id, "status onixContentAudienceCode resourceVariant caption");
    let expected = json!({
        "id": id, "status": "DRAFT", "onixContentAudienceCode": "_00", "resourceVariant": null,
        "caption": null,
    });
    assert_eq!(shown, expected);
}
