//! `licence-link/<purchase>`: the links of a purchase that we put on a title, and the change that is
//! about to happen or may have happened. It is stored before the change is sent, so that a killed
//! run leaves no doubt behind.

use serde::{Deserialize, Serialize};

use super::link::PlacedLink;
use super::refusal::RefusedLink;

/// The links of one purchase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceLink {
    /// The purchase.
    pub purchase: String,
    /// The work that they are on.
    pub work: i64,
    /// Ours, as Consonance showed them after our last write.
    pub links: Vec<PlacedLink>,
    /// What may have happened since.
    pub pending: Option<Pending>,
    /// Links that Consonance refused: not asked for again until they change or a person says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedLink>,
}

/// A change on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The run that began it.
    pub run_id: String,
    /// When a request of it was sent last, milliseconds since 1970.
    pub at: u64,
    /// The work of the links that come.
    pub work: i64,
    /// Links that come.
    pub links: Vec<PlacedLink>,
    /// Links that go.
    pub old: Vec<PlacedLink>,
}

impl LicenceLink {
    /// Every link that is ours for certain or may be.
    pub fn maybe_ours(&self) -> Vec<PlacedLink> {
        let coming = self.pending.iter().flat_map(|pending| &pending.links);
        let mut all = self.links.clone();
        for link in coming {
            if !all.iter().any(|known| known.key() == link.key()) {
                all.push(link.clone());
            }
        }
        all
    }
}
