//! Tags: collections that say which book, imprint, author and campaign an asset belongs to. Each
//! has an id of Consonance in its marker, so that a renamed imprint is one update.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::config::{Config, Tag};
use crate::model::title::Title;
use crate::order;
use crate::state::keys::sha256_hex;

use super::card;
use super::shelf::{Desired, Sharing, name};

/// The slug.
pub const FLOW: &str = "title-tags";

/// Hexadecimal digits of a campaign's marker: a campaign has no id but its words.
const CAMPAIGN_DIGITS: usize = 12;

/// Tags, by marker.
#[derive(Debug, Default)]
pub struct Tags {
    tags: BTreeMap<Box<str>, Tagged>,
}

/// A tag in brief.
#[derive(Debug)]
struct Tagged {
    tag: Tag,
    words: Box<str>,
    /// The work it is about; 0: several.
    work: i64,
    /// Each asset is in several tags.
    members: Vec<Rc<str>>,
}

impl Tags {
    /// Tags these assets with everything that their title says.
    pub fn tag(&mut self, config: &Config, title: &Title, assets: &BTreeSet<String>) {
        let assets: Vec<Rc<str>> = assets.iter().map(|asset| asset.as_str().into()).collect();
        let work = title.id.0;
        for (tag, id, words) in words(config, title) {
            let marker = format!("{}{id}", tag.letter()).into_boxed_str();
            let (words, members) = (words.into_boxed_str(), Vec::new());
            let tagged = Tagged { tag, words, work, members };
            let tagged = self.tags.entry(marker).or_insert(tagged);
            if tagged.work != work {
                tagged.work = 0;
            }
            tagged.members.extend(assets.iter().cloned());
        }
    }

    /// Whether there is a tag with this marker.
    pub fn holds(&self, marker: &str) -> bool {
        self.tags.contains_key(marker)
    }

    /// Takes the one whose marker comes first.
    pub fn pop_first(&mut self) -> Option<Desired> {
        let (marker, tagged) = self.tags.pop_first()?;
        Some(tagged.desired(marker.into_string()))
    }
}

fn words(config: &Config, title: &Title) -> Vec<(Tag, String, String)> {
    let mut words = vec![(Tag::Title, title.id.0.to_string(), title.title.clone())];
    if let (Some(id), Some(imprint)) = (title.publication.imprint_id, &title.imprint) {
        words.push((Tag::Imprint, id.to_string(), imprint.clone()));
    }
    for contributor in &title.contributors {
        if let Some(id) = contributor.id {
            words.push((Tag::Author, id.to_string(), contributor.name.clone()));
        }
    }
    if let Some(campaign) = card::campaign(config, title) {
        let digits = sha256_hex(campaign.as_bytes()).chars().take(CAMPAIGN_DIGITS).collect();
        words.push((Tag::Campaign, digits, campaign));
    }
    words.retain(|(tag, _, text)| config.tags.contains(tag) && !text.trim().is_empty());
    words
}

impl Tagged {
    fn desired(self, marker: String) -> Desired {
        let (kind, why) = match self.tag {
            Tag::Title => ("Title", "Consonance's title of these assets"),
            Tag::Imprint => ("Imprint", "Consonance's imprint of these assets"),
            Tag::Author => ("Author", "Consonance's author of these assets"),
            Tag::Campaign => ("Campaign", "Consonance's campaign of these assets"),
        };
        Desired {
            name: name(&format!("{kind}: {}", self.words), &marker),
            marker,
            work: self.work,
            title: self.words.into_string(),
            members: Some(order::set(self.members.iter().map(ToString::to_string))),
            card: None,
            manifest: None,
            share: Sharing::Untouched,
            create: true,
            why: why.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::config;
    use crate::linking::testing;

    #[test]
    fn an_imprint_is_one_tag_whatever_it_is_called() {
        let config = config();
        let mut tags = Tags::default();
        for (work, asset) in [(1, "a"), (2, "b")] {
            let mut title = testing::title(&[]);
            title.id.0 = work;
            title.imprint = Some("Old Name".to_owned());
            title.publication.imprint_id = Some(4);
            tags.tag(&config, &title, &BTreeSet::from([asset.to_owned()]));
        }
        assert!(tags.holds("T2") && !tags.holds("T3"));
        let tags: Vec<Desired> = std::iter::from_fn(|| tags.pop_first()).collect();
        let markers: Vec<&str> = tags.iter().map(|tag| tag.marker.as_str()).collect();
        assert_eq!(markers, ["I4", "T1", "T2"]);
        assert_eq!(tags[0].name, "Imprint: Old Name · I4");
        assert_eq!(tags[0].members.as_ref().map(BTreeSet::len), Some(2));
        assert_eq!((tags[0].work, tags[1].work), (0, 1));
    }
}
