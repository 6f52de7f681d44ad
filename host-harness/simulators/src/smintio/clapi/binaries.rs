//! The binaries of one purchase, each with a link that starts downloads for one hour.

use super::super::Smintio;
use super::super::files::{self, Kind};
use super::super::refusal::Refusal;
use super::super::store::{strip_nulls, text};
use crate::http::InstantMs;
use serde_json::{Value, json};

/// The `SyncBinary` objects, as a bare array.
pub fn list(server: &mut Smintio, now: InstantMs, cart: &str, lpt: &str) -> Result<Value, Refusal> {
    let place = server.store.latest.get(lpt).copied();
    let entry = place
        .and_then(|place| Some((place, server.store.log.get(place)?)))
        .filter(|(_, entry)| text(&entry.document, "cart_purchase_transaction_uuid") == cart);
    let Some((place, entry)) = entry else {
        return Err(Refusal::not_found("license purchase transaction", lpt));
    };
    if server.broken_binaries.contains(lpt) {
        let message = "The file was not found in the cloud storage";
        return Err(Refusal::new(424, "cloud_storage_file_not_found", message).about(lpt));
    }
    let mut list = Vec::with_capacity(entry.binaries.len());
    for (part, binary) in entry.binaries.iter().enumerate() {
        let mut document = binary.document.clone();
        strip_nulls(&mut document);
        let extension = files::extension(&binary.image.format);
        let name = format!("binary.{extension}");
        document["download_url"] =
            json!(files::link(server, now, Kind::Binary, place, &part.to_string(), &name));
        list.push(document);
    }
    server.counters.downloads_handed_out += list.len() as u64;
    Ok(Value::Array(list))
}
