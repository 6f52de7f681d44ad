//! The image store: processed images in public, uploads by presigned URL.
//!
//! Invariants: only processed images of resources that still exist are served, to anybody; an
//! upload is taken only with its signature and before its URL expires.

use sha2::{Digest, Sha256};

use super::store::{
    Store,
    resource::{Resource, Stage},
};
use crate::http::{InstantMs, Request, Response};

/// Where a processed image is served.
pub(super) fn url(store: &Store, resource: &Resource) -> Option<String> {
    resource.image()?;
    let client = store.works.get(&resource.work_id)?.client.0;
    let origin = &store.settings.images_origin;
    Some(format!("{origin}{}", image_path(client, resource.work_id, resource.id)))
}

/// The vendor's path: client, resource, work, work and style.
fn image_path(client: i64, work: i64, resource: i64) -> String {
    format!("/{client}/{resource}/{work}/{work}_jpg_rgb_original.jpg")
}

/// Where the file of a resource is to be uploaded, while it is awaited.
pub(super) fn presigned_url(store: &Store, resource: &Resource) -> Option<String> {
    let Stage::AwaitingUpload { expires, .. } = resource.stage else { return None };
    let origin = &store.settings.images_origin;
    Some(format!("{origin}{}", upload_target(resource.id, expires)))
}

fn upload_target(id: i64, expires: InstantMs) -> String {
    let digest = Sha256::digest(format!("upload {id} until {expires}"));
    let signature: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("/uploads/{id}?expires={expires}&signature={signature}")
}

/// Answers a request to the image store.
pub(super) fn handle(store: &mut Store, request: &Request) -> Response {
    match request.method.as_str() {
        "GET" | "HEAD" => serve(store, request),
        "PUT" => upload(store, request),
        _ => refuse(405, "MethodNotAllowed"),
    }
}

fn serve(store: &mut Store, request: &Request) -> Response {
    let Some(bytes) = find(store, request.path()) else { return refuse(403, "AccessDenied") };
    store.counts.images += 1;
    if request.method == "HEAD" {
        let mut head = Response::new(200, "image/jpeg", Vec::new());
        head.headers.push(("content-length".to_owned(), bytes.len().to_string()));
        return head;
    }
    Response::new(200, "image/jpeg", bytes)
}

fn find(store: &Store, path: &str) -> Option<Vec<u8>> {
    let id = path.split('/').nth(2)?.parse().ok()?;
    let resource = store.resources.get(&id)?;
    let client = store.works.get(&resource.work_id)?.client.0;
    let own = path == image_path(client, resource.work_id, id);
    if own { resource.image().map(|image| image.bytes()) } else { None }
}

fn upload(store: &mut Store, request: &Request) -> Response {
    let now = store.now;
    let id = request.path().strip_prefix("/uploads/").and_then(|id| id.parse().ok());
    let resource = id.and_then(|id: i64| store.resources.get_mut(&id));
    let Some(Resource { id, stage: Stage::AwaitingUpload { expires, uploaded }, .. }) = resource
    else {
        return refuse(404, "NoSuchUpload");
    };
    if request.target != upload_target(*id, *expires) || now > *expires {
        return refuse(403, "AccessDenied");
    }
    *uploaded = Some(request.body.clone());
    store.counts.uploads += 1;
    Response::new(200, "application/xml", Vec::new())
}

fn refuse(status: u16, code: &str) -> Response {
    let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>");
    Response::new(status, "application/xml", body)
}
