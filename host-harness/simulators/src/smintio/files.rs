//! The files behind signed links. The link is the credential: no bearer token is asked for, and
//! after its end, or with one letter changed, it answers 403.

use super::Smintio;
use super::refusal::Refusal;
use super::sha1;
use super::signer::hex;
use super::unconfirmed::{FILE_EXPIRES_PARAMETER, FILE_PATH, FILE_SIGNATURE_PARAMETER};
use crate::http::{InstantMs, Request, Response};
use crate::image_file;
use crate::paths;
use crate::world::seed::ImageSeed;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Files made last; making one again is cheap, keeping ten thousand is not.
const RECENT: usize = 32;

/// Whose file a link serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A version of an asset.
    Asset,
    /// A binary of a purchase.
    Binary,
}

/// What is known of a file once it was made.
#[derive(Clone, Debug)]
pub struct FileFacts {
    /// Bytes.
    pub size: usize,
    /// SHA-1 in hexadecimal digits.
    pub sha1: String,
}

/// Makes files on demand.
#[derive(Default)]
pub struct Files {
    facts: BTreeMap<String, FileFacts>,
    recent: VecDeque<(String, Arc<Vec<u8>>)>,
}

impl Files {
    /// The bytes of an image.
    pub fn bytes(&mut self, image: &ImageSeed) -> Arc<Vec<u8>> {
        let key = key(image);
        if let Some((_, bytes)) = self.recent.iter().find(|(k, _)| *k == key) {
            return Arc::clone(bytes);
        }
        let bytes = Arc::new(image_file::make(image));
        self.recent.push_back((key, Arc::clone(&bytes)));
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
        bytes
    }

    /// Size and hash of an image.
    pub fn facts(&mut self, image: &ImageSeed) -> FileFacts {
        let key = key(image);
        if let Some(facts) = self.facts.get(&key) {
            return facts.clone();
        }
        let bytes = self.bytes(image);
        let facts = FileFacts { size: bytes.len(), sha1: hex(&sha1::digest(&bytes)) };
        self.facts.insert(key, facts.clone());
        facts
    }
}

fn key(image: &ImageSeed) -> String {
    format!("{}x{} {} {}", image.width, image.height, image.format, image.marker)
}

/// The media type a file is announced with. A broken file claims to be a JPEG.
pub fn media_type(format: &str) -> &'static str {
    if format == "png" { "image/png" } else { "image/jpeg" }
}

/// The file extension of the same.
pub fn extension(format: &str) -> &'static str {
    if format == "png" { "png" } else { "jpg" }
}

/// A link that starts downloads from `now` on for as long as the settings say.
pub fn link(
    server: &Smintio,
    now: InstantMs,
    kind: Kind,
    number: usize,
    part: &str,
    name: &str,
) -> String {
    let kind = if kind == Kind::Asset { "asset" } else { "binary" };
    let path = FILE_PATH
        .replace("{kind}", kind)
        .replace("{number}", &number.to_string())
        .replace("{part}", part)
        .replace("{name}", name);
    let expires = (now + server.settings.download_lifetime_ms).to_string();
    let signature = server.signer.sign(&["file", &path, &expires]);
    let origin = &server.settings.files_origin;
    format!(
        "{origin}{path}?{FILE_EXPIRES_PARAMETER}={expires}&{FILE_SIGNATURE_PARAMETER}={signature}"
    )
}

/// Answers a request on the files' origin.
pub fn handle(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    let holes = paths::fit(FILE_PATH, request.path());
    let Some([kind, number, part, _]) = holes.as_deref() else {
        return super::nothing_here(server, request);
    };
    server.counters.count(if kind == "asset" { "files.asset" } else { "files.binary" });
    if request.method != "GET" && request.method != "HEAD" {
        return Refusal::not_found("resource", request.path()).response();
    }
    if !is_valid(server, now, request) {
        let message = "The download link is not valid or no longer valid";
        let status = server.settings.expired_link_status;
        let code = if status == 404 { "not_found" } else { "permission_denied" };
        return Refusal::new(status, code, message).response();
    }
    let Some(image) = find(server, kind, number, part) else {
        return Refusal::not_found("file", request.path()).response();
    };
    let bytes = server.files.bytes(&image);
    server.counters.files_served += 1;
    let mut response = serve(&bytes, media_type(&image.format), request.header("range"));
    if request.method == "HEAD" {
        response.body.clear();
    }
    response
}

fn is_valid(server: &Smintio, now: InstantMs, request: &Request) -> bool {
    let query = paths::pairs(request.query());
    let of = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let expires = of(FILE_EXPIRES_PARAMETER);
    let signature = server.signer.sign(&["file", request.path(), expires]);
    let in_time = expires.parse::<u64>().is_ok_and(|end| now < end);
    in_time && signature == of(FILE_SIGNATURE_PARAMETER)
}

fn find(server: &Smintio, kind: &str, number: &str, part: &str) -> Option<ImageSeed> {
    let number: usize = number.parse().ok()?;
    if kind == "asset" {
        server.store.assets.get(number)?.image(part.parse().ok()?).cloned()
    } else {
        let entry = server.store.log.get(number)?;
        Some(entry.binaries.get(part.parse::<usize>().ok()?)?.image.clone())
    }
}

/// The whole file, or the one range that was asked for.
fn serve(bytes: &[u8], media_type: &str, range: Option<&str>) -> Response {
    let total = bytes.len();
    let (status, body, shown) = match range.map(|r| parse_range(r, total)) {
        None | Some(Range::Ignored) => (200, bytes, None),
        Some(Range::Of(from, to)) => {
            let part = bytes.get(from..=to).unwrap_or_default();
            (206, part, Some(format!("bytes {from}-{to}/{total}")))
        }
        Some(Range::Outside) => (416, &[][..], Some(format!("bytes */{total}"))),
    };
    let mut response = Response::new(status, media_type, body);
    response.headers.push(("accept-ranges".to_owned(), "bytes".to_owned()));
    if let Some(shown) = shown {
        response.headers.push(("content-range".to_owned(), shown));
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// Not one `bytes` range: the whole file is served.
    Ignored,
    /// First and last byte.
    Of(usize, usize),
    /// Behind the end.
    Outside,
}

fn parse_range(header: &str, total: usize) -> Range {
    let Some((from, to)) = header.strip_prefix("bytes=").and_then(|r| r.split_once('-')) else {
        return Range::Ignored;
    };
    let last = total.saturating_sub(1);
    let range = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.min(last)),
        (Ok(from), _) if to.is_empty() => (from, last),
        (_, Ok(length)) if from.is_empty() && length > 0 => (total.saturating_sub(length), last),
        (_, Ok(0)) if from.is_empty() => return Range::Outside,
        _ => return Range::Ignored,
    };
    if range.0 >= total { Range::Outside } else { Range::Of(range.0, range.1) }
}

#[cfg(test)]
mod tests {
    use super::Range::{Ignored, Of, Outside};
    use super::parse_range;

    #[test]
    fn ranges() {
        for (header, expected) in [
            ("bytes=0-3", Of(0, 3)),
            ("bytes=8-99", Of(8, 9)),
            ("bytes=4-", Of(4, 9)),
            ("bytes=-3", Of(7, 9)),
            ("bytes=-99", Of(0, 9)),
            ("bytes=10-", Outside),
            ("bytes=-0", Outside),
            ("bytes=5-2", Ignored),
            ("bytes=0-1,4-5", Ignored),
            ("lines=0-1", Ignored),
        ] {
            assert_eq!(parse_range(header, 10), expected, "{header}");
        }
    }
}
