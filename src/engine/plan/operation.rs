//! What one asset needs at Consonance: at most one new image, one old one gone, and the web links
//! that go with it. The unit of intent, effect and commit.

use crate::model::ids::{AssetId, WorkId};
use crate::state::intent::Fit;
use crate::state::link::{Appearance, Placed, PlacedLink};

/// The changes of one asset.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The asset.
    pub asset: AssetId,
    /// The title's name, for people.
    pub title: String,
    /// The work.
    pub work: WorkId,
    /// Why, in a sentence.
    pub why: String,
    /// Whether what it takes away goes because the rights got worse.
    pub by_rights: bool,
    /// Our image of which it makes another for other editions, from Consonance's own copy.
    pub copies: Option<i64>,
    /// Editions on which an older image of ours stays.
    pub beside: Vec<i64>,
    /// What shall be there; `None`: nothing.
    pub desired: Option<Appearance>,
    /// Whether `desired` still has to be created, or is there as it should be.
    pub create: bool,
    /// The resource of ours that goes.
    pub old: Option<Placed>,
    /// The older image beside it, which goes in the same breath.
    pub also: Option<Placed>,
    /// Web links that shall be there in the end.
    pub links: Vec<PlacedLink>,
    /// Web links of ours that go.
    pub old_links: Vec<PlacedLink>,
    /// Detach earlier images of that kind.
    pub unlink_previous: bool,
    /// The download item that yields the JPEG.
    pub download_item: String,
    /// What the image must look like.
    pub fit: Fit,
    /// Where the deliveries are kept that its rights rest on.
    pub rests_on: Vec<String>,
}

impl Operation {
    /// Whether something of ours goes without anything coming in its place.
    pub fn is_withdrawal(&self) -> bool {
        self.old.is_some() && self.desired.is_none()
    }

    /// Whether something of ours goes from a title or from some of its editions.
    pub fn takes_away(&self) -> bool {
        let mut going = self.old.iter().chain(&self.also).peekable();
        if going.peek().is_none() {
            return false;
        }
        let Some(desired) = &self.desired else { return true };
        let stays = |p: &i64| desired.products.contains(p) || self.beside.contains(p);
        going.any(|old| old.asked.work == desired.work && !old.asked.products.iter().all(stays))
    }

    /// How many changes it makes at most.
    pub fn writes(&self) -> usize {
        let new_links = self.links.iter().filter(|l| l.id.is_none()).count();
        usize::from(self.create)
            + usize::from(self.old.is_some())
            + usize::from(self.also.is_some())
            + new_links
            + self.old_links.len()
    }
}
