//! A launch kit: which approved and cleared assets a title's collection holds inside its window,
//! how complete it is, and the frozen manifest. Nothing that is not cleared gets into a kit.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use time::Duration;

use super::shelf::Sharing;
use crate::config;
use crate::model::date::{Day, show_day};
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::order;
use crate::state::keys::sha256_hex;
use crate::state::shelf::Manifest;

/// The slug.
pub const FLOW: &str = "launch-metadata";

/// An asset that belongs into a kit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub asset: String,
    /// Its role.
    pub role: Role,
    /// Its file's version.
    pub version: String,
    /// SHA-1 (hex) of the file, where Portals shows it.
    pub sha1: Option<String>,
    /// The products it is cleared for, ascending.
    pub products: Vec<i64>,
    /// The verdict that holds for all of these.
    pub verdict: &'static str,
    /// Until when, if the verdict ends.
    pub until: Option<Day>,
}

/// What a kit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kit {
    /// The assets.
    pub members: BTreeSet<String>,
    /// How many of the needed roles are there, in per cent.
    pub complete_percent: u8,
    /// What is missing and why, a sentence each.
    pub missing: Vec<String>,
    /// The manifest.
    pub manifest: Manifest,
}

/// ONIX List 64 codes of products that will not be sold: cancelled, and withdrawn or out of print.
const NOT_SOLD: [&str; 4] = ["01", "07", "08", "11"];

/// The launch window: from days before the first publication to days after the last. Without a
/// date there is none.
pub fn window(kit: &config::Kit, title: &Title) -> Option<(Day, Day)> {
    let sold = |p: &&Product| !p.status.as_deref().is_some_and(|code| NOT_SOLD.contains(&code));
    let dates = || title.products.iter().filter(sold).filter_map(|p| p.publication_date);
    let opens = dates().min()?.saturating_sub(Duration::days(kit.days_before.into()));
    let closes = dates().max()?.saturating_add(Duration::days(kit.days_after.into()));
    Some((opens, closes))
}

/// Whether outsiders may see a kit that closes on this day: to that day, or to the first on which a
/// clearance ends.
pub fn sharing(config: &config::Kit, closes: Day, members: &[Member]) -> Sharing {
    if !config.share || members.is_empty() {
        return Sharing::Closed;
    }
    let first_end = members.iter().filter_map(|member| member.until).min();
    Sharing::Open {
        until: first_end.map_or(closes, |day| day.min(closes)),
        cleared: order::set(members.iter().map(|member| member.asset.clone())),
    }
}

/// The kit of a title. `others` says why assets of a role are not in it.
pub fn kit(
    config: &config::Kit,
    title: &Title,
    members: &[Member],
    others: &BTreeMap<Role, String>,
) -> Kit {
    let there = order::set(members.iter().map(|member| member.role));
    let missing: Vec<String> =
        config.needs.iter().filter(|role| !there.contains(role)).map(|r| why(*r, others)).collect();
    let needed = config.needs.len().max(1);
    let have = needed.saturating_sub(missing.len());
    Kit {
        members: order::set(members.iter().map(|member| member.asset.clone())),
        complete_percent: u8::try_from(have * 100 / needed).unwrap_or(100),
        missing,
        manifest: manifest(title, members),
    }
}

fn why(role: Role, others: &BTreeMap<Role, String>) -> String {
    match others.get(&role) {
        Some(why) => format!("{role}: {why}"),
        None => format!("{role}: no approved asset of that role is linked to the title"),
    }
}

/// What the kit is made of, as canonical JSON: keys and lists in a fixed order, no moment of its
/// making, so that the same kit has the same hash.
fn manifest(title: &Title, members: &[Member]) -> Manifest {
    let asset = |m: &Member| {
        json!({
            "asset": m.asset,
            "role": m.role.as_str(),
            "version": m.version,
            "sha1": m.sha1,
            "products": m.products,
            "verdict": m.verdict,
            "until": m.until.map(show_day),
        })
    };
    let edition = |p: &Product| {
        json!({
            "product": p.id.0,
            "isbn": p.isbn.map(|isbn| isbn.to_string()),
            "publicationDate": p.publication_date.map(show_day),
        })
    };
    let mut sorted: Vec<&Member> = members.iter().collect();
    order::sort_by(&mut sorted, &|a, b| a.asset.cmp(&b.asset));
    let document = json!({
        "work": title.id.0,
        "title": title.title,
        "editions": title.products.iter().map(edition).collect::<Vec<_>>(),
        "assets": sorted.into_iter().map(asset).collect::<Vec<_>>(),
    })
    .to_string();
    let sha256 = sha256_hex(document.as_bytes());
    Manifest { document, sha256 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::config;
    use crate::linking::testing;
    use crate::model::date::parse_day;

    fn member(asset: &str, role: Role) -> Member {
        Member {
            asset: asset.to_owned(),
            role,
            version: "1".to_owned(),
            sha1: None,
            products: vec![71],
            verdict: "cleared",
            until: None,
        }
    }

    #[test]
    fn the_window_follows_the_editions_that_are_sold() {
        let kit = config().kit;
        let mut title = testing::title(&[(71, "BB", "04"), (72, "DG", "02"), (73, "BC", "01")]);
        assert_eq!(window(&kit, &title), None, "no date, no window");
        let days = ["2026-05-01", "2026-06-01", "2020-01-01"];
        for (product, day) in title.products.iter_mut().zip(days) {
            product.publication_date = parse_day(day);
        }
        let day = |text| parse_day(text).unwrap();
        assert_eq!(window(&kit, &title), Some((day("2025-11-02"), day("2026-08-30"))));
    }

    #[test]
    fn the_same_kit_has_the_same_hash_whatever_the_order() {
        let kit_of = |members: &[Member]| {
            kit(&config().kit, &testing::title(&[(71, "BB", "04")]), members, &BTreeMap::new())
        };
        let (cover, photo) = (member("a", Role::FrontCover), member("b", Role::AuthorPhoto));
        let one = kit_of(&[cover.clone(), photo.clone()]);
        assert_eq!(one, kit_of(&[photo.clone(), cover.clone()]));
        assert_eq!(one.complete_percent, 66);
        assert_eq!(one.missing.len(), 1);
        let newer = Member { version: "2".to_owned(), ..cover };
        assert_ne!(one.manifest.sha256, kit_of(&[newer, photo]).manifest.sha256);
    }

    #[test]
    fn a_share_ends_with_the_window_or_the_first_clearance() {
        let day = |text| parse_day(text).unwrap();
        let closes = day("2026-08-30");
        let mut config = config().kit;
        let (cover, photo) = (member("a", Role::FrontCover), member("b", Role::AuthorPhoto));
        assert_eq!(
            sharing(&config, closes, std::slice::from_ref(&cover)),
            Sharing::Closed,
            "not by default"
        );
        config.share = true;
        assert_eq!(sharing(&config, closes, &[]), Sharing::Closed);
        let ends = |members: &[Member]| match sharing(&config, closes, members) {
            Sharing::Open { until, cleared } => (until, cleared.len()),
            other => panic!("{other:?}"),
        };
        assert_eq!(ends(std::slice::from_ref(&cover)), (closes, 1));
        let photo = Member { until: parse_day("2026-07-01"), ..photo };
        assert_eq!(ends(&[cover, photo]), (day("2026-07-01"), 2));
    }

    #[test]
    fn what_is_missing_says_why() {
        let others = BTreeMap::from([(Role::AuthorPhoto, "Not cleared: it ended.".to_owned())]);
        let kit = kit(&config().kit, &testing::title(&[]), &[], &others);
        assert_eq!(kit.complete_percent, 0);
        assert!(kit.missing.contains(&"author_photo: Not cleared: it ended.".to_owned()));
    }
}
