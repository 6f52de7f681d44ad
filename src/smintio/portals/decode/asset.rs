//! The details of an asset. Whatever is not set stays unknown; a value of the wrong type makes
//! the asset bad, because half-read facts would decide where an image goes.

use super::document::document;
use super::page::head;
use crate::config::Portals;
use crate::fault::{BadRecord, Fault};
use crate::limits::TEXT_CHARS_MAX;
use crate::model::asset::{Asset, FileFacts};
use crate::model::date::Day;
use crate::model::ids::CollectionId;
use crate::smintio::portals::wire;
use crate::smintio::stamp;
use crate::vendor::status::clip;
use crate::vendor::wire::{Json, Object, over_long};

/// The asset of a `getAssetAsync` result, found in this collection. `NotFound`: there is none.
pub fn asset(
    config: &Portals,
    collection: &CollectionId,
    result: &str,
) -> Result<Result<Asset, BadRecord>, Fault> {
    let result: wire::AssetResult = wire::result(result)?;
    let json = result
        .asset_data_object
        .ok_or_else(|| Fault::NotFound("Portals shows no such asset".to_owned()))?;
    let name = super::page::name_of(&json, 0);
    let bad = |reason| BadRecord { record_id: name.clone(), reason };
    Ok(decode(config, collection, json).map_err(bad))
}

fn decode(config: &Portals, collection: &CollectionId, json: Json) -> Result<Asset, String> {
    if let Some(place) = over_long(&json) {
        return Err(format!("{place}: a text of more than {TEXT_CHARS_MAX} characters"));
    }
    let mut document = document(config, json)?;
    if let Some(raw) = document.remove("rawData") {
        document.insert("rawData".to_owned(), as_object(raw));
    }
    // Addresses of previews are signed: they change with every reading and must not be stored.
    document.retain(|key, _| !is_preview_address(key));
    let fields = Fields(&document);
    let head = head(&document)?;
    let file = file(config, &fields)?;
    let version = ["version", "eTag"].iter().find_map(|name| text_of(&document, name));
    let version =
        version.or_else(|| file.sha1.clone()).or_else(|| text_of(&document, "modifiedAt")).ok_or(
            "neither version, eTag, file hash nor modifiedAt is set, so a change would not be seen",
        )?;
    Ok(Asset {
        id: head.id,
        collection: collection.clone(),
        name: fields.text("name")?,
        external_id: fields.text("externalId")?,
        file,
        revision: head.revision,
        version,
        publish_from: stamp_of(&document, "publishFrom")?.map(stamp::Stamp::first_whole_day),
        publish_until: publish_until(&document)?,
        downloadable: fields.flag("isDownloadable")?,
        document: Json::Object(document).to_string(),
    })
}

fn is_preview_address(key: &str) -> bool {
    key.ends_with("ThumbnailUrl")
        || key == "pdfPreviewUrl"
        || (key.starts_with("playback") && key.ends_with("Url"))
}

fn publish_until(document: &Object) -> Result<Option<Day>, String> {
    Ok(stamp_of(document, "publishUntil")?.map(|stamp| stamp.day))
}

/// A date that is there must be readable: it is a limit, and unknown is not no limit.
fn stamp_of(document: &Object, name: &str) -> Result<Option<stamp::Stamp>, String> {
    let Some(json) = document.get(name) else { return Ok(None) };
    let found = || clip(&json.to_string(), 60);
    stamp::read(json)
        .map(Some)
        .ok_or_else(|| format!("{name} is {}, expected a date with its offset", found()))
}

fn file(config: &Portals, fields: &Fields) -> Result<FileFacts, String> {
    let empty = Object::new();
    let file = fields.object("fileMetadata")?.unwrap_or(&empty);
    let image = fields.object("imageMetadata")?.unwrap_or(&empty);
    let (file, image) = (Fields(file), Fields(image));
    Ok(FileFacts {
        name: file.text("fileName")?,
        media_type: file.text("mediaType")?,
        bytes: file.number("fileSizeInBytes")?,
        width: image.number(&config.profile.image_width)?,
        height: image.number(&config.profile.image_height)?,
        sha1: file.text("sha1Hash")?,
        credit: file.text("credit")?,
        copyright: file.text("copyright")?,
    })
}

/// `rawData` as one object: a list of objects is merged, earlier ones first.
fn as_object(raw: Json) -> Json {
    let Json::Array(items) = raw else { return raw };
    if !items.iter().all(Json::is_object) {
        return Json::Array(items);
    }
    let mut merged = Object::new();
    for (key, value) in items.into_iter().filter_map(into_object).flatten() {
        merged.entry(key).or_insert(value);
    }
    Json::Object(merged)
}

fn into_object(json: Json) -> Option<Object> {
    if let Json::Object(object) = json { Some(object) } else { None }
}

/// A text or number as text.
pub fn text_of(object: &Object, name: &str) -> Option<String> {
    match object.get(name)? {
        Json::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Typed looks into an object.
struct Fields<'a>(&'a Object);

impl<'a> Fields<'a> {
    fn text(&self, name: &str) -> Result<Option<String>, String> {
        self.read(name, "a text", |json| json.as_str().map(str::to_owned))
    }

    fn number(&self, name: &str) -> Result<Option<i64>, String> {
        self.read(name, "a whole number", Json::as_i64)
    }

    fn flag(&self, name: &str) -> Result<Option<bool>, String> {
        self.read(name, "true or false", Json::as_bool)
    }

    fn object(&self, name: &str) -> Result<Option<&'a Object>, String> {
        self.read(name, "an object", Json::as_object)
    }

    fn read<T>(
        &self,
        name: &str,
        expected: &str,
        as_type: impl Fn(&'a Json) -> Option<T>,
    ) -> Result<Option<T>, String> {
        let Some(json) = self.0.get(name) else { return Ok(None) };
        let found = || clip(&json.to_string(), 60);
        as_type(json).map(Some).ok_or_else(|| format!("{name} is {}, expected {expected}", found()))
    }
}
