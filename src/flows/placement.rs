//! What an asset shall look like on its title, and what its judgement can be.

use crate::model::ids::{ProductId, WorkId};
use crate::model::role::Role;
use crate::report::RecordState;
use crate::report::item::Kind;
use crate::rights::Decision;
use crate::state::intent::Fit;
use crate::state::link::{Appearance, PlacedLink};

/// What shall be on the title.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The work.
    pub work: WorkId,
    /// Its title, for people.
    pub title: String,
    /// The role.
    pub role: Role,
    /// The resource.
    pub appearance: Appearance,
    /// The web links that lead to its rights.
    pub links: Vec<PlacedLink>,
    /// The download item that yields the JPEG.
    pub download_item: String,
    /// What the file must look like.
    pub fit: Fit,
    /// Why, in a sentence.
    pub why: String,
}

impl Placement {
    /// The products.
    pub fn products(&self) -> impl Iterator<Item = ProductId> {
        self.appearance.products.iter().map(|id| ProductId(*id))
    }
}

/// What a flow makes of one asset.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// It shall be there.
    Place(Placement),
    /// It shall not be there; what we put there comes off.
    Withdraw {
        /// Why, in a sentence.
        why: String,
        /// Whether a stated rule is broken, so that policy may take it off by itself.
        certain: bool,
        /// The clearance, where that is the reason.
        decision: Option<Decision>,
    },
    /// Not decided: whatever is there stays as it is.
    Hold {
        /// Deferred, skipped or inbox.
        state: RecordState,
        /// With inbox: which kind.
        kind: Kind,
        /// Why, in a sentence.
        why: String,
        /// What the question is about, where a person can answer it for good.
        facts: Option<String>,
    },
}

/// A judgement with the way it was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// What to do.
    pub judgement: Judgement,
    /// The checks, in order, as sentences.
    pub steps: Vec<String>,
    /// The clearance per product.
    pub decisions: Vec<(ProductId, Decision)>,
}
