//! What an asset shall look like on its title, and what its judgement can be.

use crate::model::ids::{ProductId, WorkId};
use crate::model::role::Role;
use crate::report::RecordState;
use crate::report::item::Kind;
use crate::rights::Decision;
use crate::state::intent::Fit;
use crate::state::link::{Appearance, PlacedLink};
use crate::state::refusal::RefusedLink;

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
    /// Those that Consonance refused and that nobody tries again by themselves.
    pub refused: Vec<RefusedLink>,
    /// The download item that yields the JPEG.
    pub download_item: String,
    /// What the file must look like.
    pub fit: Fit,
    /// Whether another image could not be made of the one that is there.
    pub copy_refused: bool,
    /// Editions that it could be for and is not.
    pub missing: Vec<Missing>,
    /// Why, in a sentence.
    pub why: String,
}

/// An edition that an asset could be for and is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The product.
    pub product: i64,
    /// Why not, in a sentence.
    pub why: String,
    /// What that means for an image that is on it already.
    pub loss: Loss,
}

/// How surely an image that is on an edition comes off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// A person said so.
    Chosen,
    /// A stated rule is broken: policy may take it off.
    Certain,
    /// Cleared, but the new file does not fit: the older image may stay.
    Unfit,
    /// Not sure: a person is asked.
    Unsure,
}

impl Placement {
    /// Takes an edition out, with the reason.
    pub fn miss(&mut self, product: i64, why: String, loss: Loss) {
        self.appearance.products.retain(|p| *p != product);
        self.links.retain(|l| l.product != product);
        self.missing.push(Missing { product, why, loss });
    }

    /// The products.
    pub fn products(&self) -> impl Iterator<Item = ProductId> {
        self.appearance.products.iter().map(|id| ProductId(*id))
    }
}

/// What a flow makes of one asset.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// It shall be there.
    Place(Box<Placement>),
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
        /// What can be answered, where it is not what the kind offers.
        choices: Vec<(String, String)>,
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
