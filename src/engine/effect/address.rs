//! Where Consonance can fetch the file: Portals' signed address of the download item that yields
//! the JPEG. The address is a credential: it is used at once and never stored or logged.

use crate::engine::call::Vendor;
use crate::engine::plan::operation::Operation;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::fit;
use crate::limits::IMAGE_HEAD_BYTES;
use crate::model::asset::Asset;
use crate::order;
use crate::platform::{Call, Method, Request, Response};
use crate::smintio::portals::decode::{self, Download};
use crate::smintio::portals::request;
use crate::state::mirror::StoredAsset;
use crate::state::refusal::Refusal;
use crate::state::{keys, store};

const VENDOR: &str = "Smint.io Portals";

/// Where signed files are kept.
const FILES: Vendor = Vendor { name: "smintio-files", check: any_answer };

/// What came of asking for an address.
#[derive(Debug)]
pub enum Addressed {
    /// The operation sends no file.
    NotNeeded,
    /// Here.
    At(String),
    /// The file is not what it should be: a person mends it.
    Wrong(String),
    /// Not now.
    Later(String),
}

type Step = Result<Download, Addressed>;

/// Asks for the addresses of all operations that send a file, together.
pub fn addresses(
    run: &mut Run,
    operations: Vec<Operation>,
) -> Result<Vec<(Operation, Addressed)>, Stop> {
    let (sending, others): (Vec<_>, Vec<_>) = operations.into_iter().partition(|o| o.create);
    let items = download_items(run, &sending)?;
    let downloads = initiate(run, &sending, items)?;
    let mut addressed: Vec<(Operation, Addressed)> =
        others.into_iter().map(|o| (o, Addressed::NotNeeded)).collect();
    for (operation, step) in sending.into_iter().zip(downloads) {
        let end = match step {
            Ok(download) => proven(run, &operation, download)?,
            Err(end) => end,
        };
        addressed.push((operation, end));
    }
    order::sort_by(&mut addressed, &|(a, _), (b, _)| a.asset.cmp(&b.asset));
    Ok(addressed)
}

/// The raw download item of each operation.
fn download_items(
    run: &mut Run,
    operations: &[Operation],
) -> Result<Vec<Result<String, Addressed>>, Stop> {
    let config = run.config;
    let calls = operations.iter().map(|o| {
        (request::download_items(&config.portals, std::slice::from_ref(&o.asset)), version(o))
    });
    let results = tasks::resumed(run, calls.collect())?;
    let mut items = Vec::with_capacity(results.len());
    for (operation, result) in operations.iter().zip(results) {
        let found = result.and_then(|text| decode::download_items(&config.portals, &text));
        items.push(match found {
            Ok(found) => found
                .into_iter()
                .find(|item| item.item_id == operation.download_item)
                .map(|item| item.raw)
                .ok_or_else(|| no_item(operation)),
            Err(fault) => Err(failed(run, fault)?),
        });
    }
    Ok(items)
}

/// Which file is wanted: the download of an older one must not be taken for it.
fn version(operation: &Operation) -> &str {
    operation.desired.as_ref().map_or("", |desired| desired.version.as_str())
}

fn no_item(operation: &Operation) -> Addressed {
    Addressed::Wrong(format!(
        "Portals offers no download {:?} for it, which should yield the JPEG: allow that format, \
         or name another download-item for its collection",
        operation.download_item
    ))
}

fn initiate(
    run: &mut Run,
    operations: &[Operation],
    items: Vec<Result<String, Addressed>>,
) -> Result<Vec<Step>, Stop> {
    let config = run.config;
    let mut calls = Vec::new();
    let mut steps: Vec<Option<Step>> = Vec::new();
    for (operation, item) in operations.iter().zip(items) {
        match item {
            Ok(raw) => {
                let call = request::initiate_download(&config.portals, &operation.asset, &raw);
                calls.push((call, version(operation)));
                steps.push(None);
            }
            Err(end) => steps.push(Some(Err(end))),
        }
    }
    let mut results = tasks::resumed(run, calls)?.into_iter();
    let mut done = Vec::with_capacity(steps.len());
    for step in steps {
        done.push(match step {
            Some(end) => end,
            None => match results.next().map(|r| r.and_then(|text| decode::download(&text))) {
                Some(Ok(download)) => Ok(download),
                Some(Err(fault)) => Err(failed(run, fault)?),
                None => Err(Addressed::Later("Portals did not answer".to_owned())),
            },
        });
    }
    Ok(done)
}

/// A fault of one asset's download concerns that asset; a fault of the vendor ends the run.
fn failed(run: &Run, fault: Fault) -> Result<Addressed, Stop> {
    match fault {
        Fault::Refused(d) | Fault::NotFound(d) => {
            Ok(Addressed::Wrong(format!("Portals refuses the download: {d}")))
        }
        Fault::Transient(d) | Fault::Unreadable(d) | Fault::Unknown(d) => {
            Ok(Addressed::Later(format!("Portals' download failed: {d}")))
        }
        other => Err(by_fault(run.platform, VENDOR, other)),
    }
}

/// Verifies the file before it is offered to Consonance.
fn proven(run: &mut Run, operation: &Operation, download: Download) -> Result<Addressed, Stop> {
    let media_type = download.media_type.as_deref().unwrap_or(fit::JPEG).to_ascii_lowercase();
    if media_type != fit::JPEG && media_type != "image/jpg" {
        let why = format!("its download is {media_type}, Consonance takes JPEG only");
        return Ok(Addressed::Wrong(why));
    }
    let key = keys::asset(&operation.asset);
    let stored = store::get_mirrors::<StoredAsset>(run.platform, &[key])?.pop();
    let asset = stored.and_then(|(stored, _)| stored).map(|s| s.asset);
    if asset.as_ref().is_some_and(has_size) && !failed_before(run, operation)? {
        return Ok(Addressed::At(download.url));
    }
    let answer = run.caller.one(head_of(&download.url), FILES)?;
    Ok(match answer {
        Ok(response) => match imagesize::blob_size(&response.body) {
            Ok(size) => judged(operation, download, &size),
            Err(_) => Addressed::Wrong("the file does not begin like a JPEG".to_owned()),
        },
        Err(Fault::Denied(d)) => Addressed::Later(format!(
            "its size is not known and the file may not be read ({d}): add its origin to \
             smintio.portals.download-origins"
        )),
        Err(fault) => Addressed::Later(format!("the head of the file cannot be read: {fault}")),
    })
}

/// Whether Consonance failed on this file before: then the file itself is looked at first.
fn failed_before(run: &Run, operation: &Operation) -> Result<bool, Stop> {
    let found = store::get::<Refusal>(run.platform, &keys::refusal(&operation.asset))?;
    let version = operation.desired.as_ref().map(|d| d.version.as_str());
    Ok(found.is_some_and(|refusal| Some(refusal.value.version.as_str()) == version))
}

fn has_size(asset: &Asset) -> bool {
    asset.file.width.is_some() && asset.file.height.is_some()
}

fn judged(operation: &Operation, download: Download, size: &imagesize::ImageSize) -> Addressed {
    let width = i64::try_from(size.width).unwrap_or(i64::MAX);
    let height = i64::try_from(size.height).unwrap_or(i64::MAX);
    match fit::pixel_problem(operation.fit, width, height) {
        None => Addressed::At(download.url),
        Some(problem) => Addressed::Wrong(problem),
    }
}

/// The first bytes of the file, where its size in pixels stands.
fn head_of(url: &str) -> Call {
    let range = format!("bytes=0-{}", IMAGE_HEAD_BYTES - 1);
    let request = Request {
        method: Method::Get,
        url: url.to_owned(),
        headers: vec![("range".to_owned(), range)],
        body: Vec::new(),
        response_bytes_max: IMAGE_HEAD_BYTES,
        authorization: None,
    };
    Call { request, connection: None, kind: "image_head", repeatable: true }
}

fn any_answer(_: &Call, response: &Response, _: crate::model::date::Instant) -> Result<(), Fault> {
    match response.status {
        200 | 206 => Ok(()),
        403 | 404 | 410 => Err(Fault::Refused("the address is no longer good".to_owned())),
        status => Err(Fault::Transient(format!("status {status}"))),
    }
}
