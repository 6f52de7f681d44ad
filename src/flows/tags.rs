//! Tags: collections that say which book, imprint, author and campaign an asset belongs to. Each
//! has an id of Consonance in its marker, so that a renamed imprint is one update.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Tag};
use crate::model::title::Title;
use crate::state::keys::sha256_hex;

use super::card;
use super::shelf::{Desired, Sharing, name};

/// The slug.
pub const FLOW: &str = "title-tags";

/// Hexadecimal digits of a campaign's marker: a campaign has no id but its words.
const CAMPAIGN_DIGITS: usize = 12;

/// Tags in the making.
#[derive(Debug, Default)]
pub struct Tags {
    tags: BTreeMap<String, Box<Desired>>,
}

impl Tags {
    /// Tags these assets with everything that their title says.
    pub fn tag(&mut self, config: &Config, title: &Title, assets: &BTreeSet<String>) {
        for (tag, id, words) in words(config, title) {
            let marker = format!("{}{id}", tag.letter());
            let entry = self.tags.entry(marker.clone());
            let desired =
                entry.or_insert_with(|| Box::new(desired(tag, marker, &words, title.id.0)));
            if desired.work != title.id.0 {
                desired.work = 0;
            }
            desired.members.get_or_insert_default().extend(assets.iter().cloned());
        }
    }

    /// The tags, by marker.
    pub fn finish(self) -> BTreeMap<String, Box<Desired>> {
        self.tags
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

fn desired(tag: Tag, marker: String, words: &str, work: i64) -> Desired {
    let (kind, why) = match tag {
        Tag::Title => ("Title", "Consonance's title of these assets"),
        Tag::Imprint => ("Imprint", "Consonance's imprint of these assets"),
        Tag::Author => ("Author", "Consonance's author of these assets"),
        Tag::Campaign => ("Campaign", "Consonance's campaign of these assets"),
    };
    Desired {
        name: name(&format!("{kind}: {words}"), &marker),
        marker,
        work,
        title: words.to_owned(),
        members: Some(BTreeSet::new()),
        card: None,
        manifest: None,
        share: Sharing::Untouched,
        create: true,
        why: why.into(),
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
        let tags = tags.finish();
        let markers: Vec<&str> = tags.keys().map(String::as_str).collect();
        assert_eq!(markers, ["I4", "T1", "T2"]);
        assert_eq!(tags["I4"].name, "Imprint: Old Name · I4");
        assert_eq!(tags["I4"].members.as_ref().map(BTreeSet::len), Some(2));
        assert_eq!((tags["I4"].work, tags["T1"].work), (0, 1));
    }
}
