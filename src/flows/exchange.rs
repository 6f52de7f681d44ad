//! Flow 2, rights exchange, towards Smint.io: the publication context of each title with linked
//! assets, as a card on the title's collection. Towards Consonance the rights go with flow 1: on
//! the web link beside each image.

use crate::config::Config;
use crate::model::ids::WorkId;
use crate::model::title::Title;

use super::card;
use super::shelf::{Desired, Sharing, name};

/// The slug.
pub const FLOW: &str = "rights-exchange";

/// The marker of a title's collection.
pub fn marker(work: WorkId) -> String {
    format!("C{work}")
}

/// The collection of a title, with its card.
pub fn shelf(config: &Config, title: &Title) -> Desired {
    let marker = marker(title.id);
    Desired {
        name: name(&title.title, &marker),
        card: Some(card::card(config, title, &marker)),
        marker,
        work: title.id.0,
        title: title.title.clone(),
        members: None,
        manifest: None,
        share: Sharing::Untouched,
        create: true,
        why: "assets are linked to the title".into(),
    }
}
