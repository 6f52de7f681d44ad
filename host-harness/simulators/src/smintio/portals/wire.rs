//! An asset as the wire shows it. In search it comes without `rawData`, size and hash; what the
//! generator meant with it is never shown.

use super::super::Smintio;
use super::super::files;
use super::super::store::Asset;
use super::values::Properties;
use crate::http::InstantMs;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// How much is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What a search shows.
    Search,
    /// Everything.
    Full,
}

/// `{uuid, properties}`.
pub fn asset(server: &mut Smintio, number: usize, detail: Detail) -> Value {
    let asset = &server.store.assets[number];
    let facts = (detail == Detail::Full && server.settings.file_facts_in_details)
        .then(|| server.files.facts(&asset.seed.image));
    let raw_data = detail == Detail::Full || !server.settings.drop_raw_data_in_search;
    let seed = &asset.seed;
    let modified = instant(seed.modified_at);
    let properties = Properties::default()
        .localized("name", &seed.name)
        .enumeration("contentType", "image", "Image")
        .object("fileMetadata", file_metadata(asset, facts.as_ref()))
        .object("imageMetadata", image_metadata(asset))
        .localized_array("localizedTags", &seed.keywords)
        .string("version", Some(&seed.version.to_string()))
        .string("eTag", Some(&asset.e_tag()))
        .date_time("modifiedAt", Some(&modified))
        .date_time("publishFrom", seed.publish_from.as_deref())
        .date_time("publishUntil", seed.publish_until.as_deref())
        .boolean("isDownloadable", seed.downloadable)
        .string("externalId", Some(&seed.external_id))
        .string("dataAdapterInstanceKey", Some(asset.source_key()));
    let raw =
        raw_data.then(|| Properties::of(&seed.raw_data)).filter(|_| !seed.raw_data.is_empty());
    let mut shown = properties.objects("rawData", raw.into_iter().collect()).into_object();
    shown["uuid"] = json!(seed.id);
    shown
}

fn file_metadata(asset: &Asset, facts: Option<&files::FileFacts>) -> Properties {
    let seed = &asset.seed;
    let extension = seed.file_name.rsplit_once('.').map(|(_, e)| e);
    let extension = extension.filter(|e| e.len() <= 5 && e.chars().all(char::is_alphanumeric));
    Properties::default()
        .string("fileName", Some(&seed.file_name))
        .string("fileExtension", extension)
        .string("mediaType", Some(files::media_type(&seed.image.format)))
        .int64("fileSizeInBytes", facts.and_then(|f| i64::try_from(f.size).ok()))
        .string("sha1Hash", facts.map(|f| f.sha1.as_str()))
        .localized_default("credit", seed.credit.as_deref())
        .localized_default("copyright", seed.copyright.as_deref())
}

/// Some sources do not know the dimensions of their images.
fn image_metadata(asset: &Asset) -> Properties {
    if asset.is("no-dimensions") {
        return Properties::default();
    }
    let image = &asset.seed.image;
    Properties::default().int32("width", Some(image.width)).int32("height", Some(image.height))
}

/// RFC 3339 in UTC.
pub fn instant(ms: InstantMs) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .ok()
        .and_then(|at| at.format(&Rfc3339).ok())
        .unwrap_or_default()
}
