//! Where each thing is stored. Ids of the vendors may be long or odd, so a part that does not fit
//! is replaced by its SHA-256; the id itself stands in the value.

use sha2::{Digest, Sha256};

use crate::model::ids::{AssetId, PurchaseId, WorkId};
use crate::model::isbn::Isbn13;

/// Longest id that stands in a key as it is: keys hold 512 bytes, with room for a prefix.
const PART_BYTES_MAX: usize = 200;

/// Lower-case hexadecimal SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn part(id: &str) -> String {
    let plain =
        id.len() <= PART_BYTES_MAX && !id.contains('/') && !id.chars().any(char::is_control);
    if plain && !id.is_empty() { id.to_owned() } else { format!("#{}", sha256_hex(id.as_bytes())) }
}

/// The mirror of a title.
pub fn title(work: WorkId) -> String {
    format!("title/{:012}", work.0)
}

/// A collection of ours in Portals.
pub fn shelf(marker: &str) -> String {
    format!("shelf/{}", part(marker))
}

/// Tasks that run.
pub const TASKS: &str = "task/";

/// The task that was begun with a call, given by its bytes.
pub fn task(call: &[u8]) -> String {
    format!("{TASKS}{}", sha256_hex(call))
}

/// What the portal's adapter was told of an asset.
pub fn context(asset: &AssetId) -> String {
    format!("context/{}", part(asset.as_str()))
}

/// The mirror of a purchase.
pub fn licence(purchase: &PurchaseId) -> String {
    format!("licence/{}", part(purchase.as_str()))
}

/// A purchase whose files could not be listed.
pub fn unlisted(purchase: &PurchaseId) -> String {
    format!("unlisted/{}", part(purchase.as_str()))
}

/// The links of a purchase on its title.
pub fn licence_link(purchase: &PurchaseId) -> String {
    format!("licence-link/{}", part(purchase.as_str()))
}

/// A delivery of a purchase, kept for ever.
pub fn snapshot(purchase: &PurchaseId, name: &str) -> String {
    format!("snapshot/{}/{name}", part(purchase.as_str()))
}

/// The mirror of an approved asset.
pub fn asset(asset: &AssetId) -> String {
    format!("asset/{}", part(asset.as_str()))
}

/// Our link of an asset to a title.
pub fn link(asset: &AssetId) -> String {
    format!("link/{}", part(asset.as_str()))
}

/// The intent in progress for an asset; there is at most one.
pub fn intent(asset: &AssetId) -> String {
    format!("intent/{}", part(asset.as_str()))
}

/// A file of an asset that was tried and refused.
pub fn refusal(asset: &AssetId) -> String {
    format!("refusal/{}", part(asset.as_str()))
}

/// A declaration that was stored while the connector ran.
pub fn declaration(id: &str) -> String {
    format!("declaration/{}", part(id))
}

/// A person's clearance of a use.
pub fn override_use(id: &str) -> String {
    format!("override/{}", part(id))
}

/// Who takes care of an alert.
pub fn alert(id: &str) -> String {
    format!("alert/{}", part(id))
}

/// A cursor of a flow's source.
pub fn cursor(flow: &str, source: &str) -> String {
    format!("cursor/{flow}/{}", part(source))
}

/// The lease of a stream.
pub fn lease(stream: &str) -> String {
    format!("lease/{stream}")
}

/// What a flow remembers.
pub fn flow(flow: &str) -> String {
    format!("flow/{flow}")
}

/// Changes of one class that the guard showed, or that a person let pass.
pub fn guard_set(class: &str, set: &str) -> String {
    format!("guard/{}/{set}/", class.replace(' ', "-"))
}

/// A chunk of them.
pub fn guard(class: &str, set: &str, number: usize) -> String {
    format!("{}{number:05}", guard_set(class, set))
}

/// An open inbox item.
pub fn inbox(id: &str) -> String {
    format!("inbox/{}", part(id))
}

/// A person's answer to an inbox item.
pub fn decision(id: &str) -> String {
    format!("decision/{}", part(id))
}

/// An audit entry.
pub fn audit(run_id: &str, sequence: u32) -> String {
    format!("audit/{run_id}/{sequence:06}")
}

/// Index entries are hints: whoever follows one checks it against the record it points at. So
/// they are only ever added, and a stale one is harmless.
pub mod index {
    use super::{Isbn13, PurchaseId, WorkId, part};

    const ISBN: &str = "index/isbn/";
    const REFERENCE: &str = "index/reference/";

    /// Works with a product of that ISBN.
    pub fn isbn(isbn: Isbn13) -> String {
        format!("{ISBN}{isbn}/")
    }

    /// Works with that normalised reference.
    pub fn reference(reference: &str) -> String {
        format!("{REFERENCE}{}/", part(reference))
    }

    /// Whether works stand there; else purchases do.
    pub fn is_of_works(prefix: &str) -> bool {
        prefix.starts_with(ISBN) || prefix.starts_with(REFERENCE)
    }

    /// Purchases of that content element.
    pub fn element(element: &str) -> String {
        format!("index/element/{}/", part(element))
    }

    /// Purchases that reuse that purchase's file.
    pub fn reuse(original: &PurchaseId) -> String {
        format!("index/reuse/{}/", part(original.as_str()))
    }

    /// Purchases with a file of that (lower-case) name.
    pub fn file_name(name: &str) -> String {
        format!("index/file/{}/", part(&name.to_lowercase()))
    }

    /// The entry of a work under one of the above.
    pub fn of_work(prefix: &str, work: WorkId) -> String {
        format!("{prefix}{:012}", work.0)
    }

    /// The entry of a purchase under one of the above.
    pub fn of_purchase(prefix: &str, purchase: &PurchaseId) -> String {
        format!("{prefix}{}", part(purchase.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_ids_never_leave_their_place() {
        let odd = ["", "a/b", "../x", "a\u{0}b", &"é".repeat(300)];
        for id in odd {
            let key = asset(&AssetId::from(id));
            assert!(key.starts_with("asset/#"), "{key}");
            assert_eq!(key.matches('/').count(), 1, "{key}");
            assert!(key.len() < 512, "{key}");
        }
        assert_eq!(asset(&AssetId::from("12:image:A:B")), "asset/12:image:A:B");
    }
}
