//! From read values to the checked configuration: what holds between several keys is checked here.

use std::collections::BTreeSet;

use super::problems::{Problems, looks_secret, shorten};
use super::read::Fields;
use super::{
    Clapi, Config, Consonance, Engine, FirstRun, Portals, Source, Withdrawal, address, kits,
    mapping, mapping_hash, rights, specifications,
};
use crate::model::role::Role;

/// Builds the configuration. It is usable only if no problem was added.
pub(super) fn build(root: &Fields, problems: &mut Problems) -> Config {
    let empty = Fields::default();
    let smintio = root.table("smintio").unwrap_or(&empty);
    let engine = engine(root, root.table("engine").unwrap_or(&empty), problems);
    Config {
        first_run: match root.text("first-run").map(String::as_str) {
            Some("apply") => FirstRun::Apply,
            _ => FirstRun::Plan,
        },
        accept_unproven: root.flag("accept-unproven").copied().unwrap_or_default(),
        consonance: consonance(root.table("consonance").unwrap_or(&empty), problems),
        clapi: smintio.table("clapi").map(|fields| clapi(fields, problems)),
        portals: portals(smintio.table("portals").unwrap_or(&empty), problems),
        sources: sources(root, problems),
        rules: mapping::rules(root, problems),
        rights: rights::rights(root, problems),
        specifications: specifications::specifications(root, problems),
        kit: kits::kit(root.table("kit").unwrap_or(&empty)),
        tags: kits::tags(root.table("tags").unwrap_or(&empty)),
        writes_notes: rights::notes(root, &engine.rights_link_role, problems),
        engine,
        mapping_hash: mapping_hash::of(root),
    }
}

fn consonance(fields: &Fields, problems: &mut Problems) -> Consonance {
    let mut profile = crate::consonance::Profile::default();
    names(fields, problems, |name, value| profile.set(name, value));
    Consonance {
        base_url: fields.owned("base-url"),
        connection: fields.owned("connection"),
        profile,
        overlap_days: days(fields, "overlap-days"),
        full_sweep_days: days(fields, "full-sweep-days"),
    }
}

fn clapi(fields: &Fields, problems: &mut Problems) -> Clapi {
    let mut profile = crate::smintio::clapi::Profile::default();
    names(fields, problems, |name, value| profile.set(name, value));
    Clapi {
        base_url: fields.owned("base-url"),
        connection: fields.owned("connection"),
        profile,
        content_page: fields.text("content-page").cloned(),
    }
}

fn portals(fields: &Fields, problems: &mut Problems) -> Portals {
    let mut profile = crate::smintio::portals::Profile::default();
    names(fields, problems, |name, value| profile.set(name, value));
    let portals = Portals {
        base_url: fields.owned("base-url"),
        portal: fields.owned("portal"),
        connection: fields.owned("connection"),
        profile,
        asset_page: fields.text("asset-page").cloned(),
        culture: fields.owned("culture"),
        download_origins: fields.texts("download-origins").to_vec(),
        poll_ms: milliseconds(fields, "poll-ms"),
    };
    let is_vendor = !portals.base_url.is_empty() && !address::is_loopback(&portals.base_url);
    if is_vendor && (1..1_000).contains(&portals.poll_ms) {
        problems.add(
            &fields.at("poll-ms"),
            portals.poll_ms.to_string(),
            "1000 or more for a vendor's server",
            "Smint.io answers 429 to faster polls: write 5000, or remove the key.",
        );
    }
    portals
}

/// Puts names into a wire profile.
fn names(
    fields: &Fields,
    problems: &mut Problems,
    mut set: impl FnMut(&str, &str) -> Result<(), String>,
) {
    let section = fields.at("profile");
    let mut seen = BTreeSet::new();
    for (name, value) in fields.pairs("profile") {
        let at = format!("{section}.{}", shorten(name));
        let name = name.replace('_', "-");
        unique(&mut seen, &name, &at, problems);
        match set(&name, value) {
            Ok(()) => {}
            Err(_) if looks_secret(&name) => problems.secret(&at),
            Err(why) => problems.add(
                &at,
                why,
                "a name of this profile and a value of its form",
                "See docs/CONFIGURATION.md for the names of the profile.",
            ),
        }
    }
}

fn sources(root: &Fields, problems: &mut Problems) -> Vec<Source> {
    let mut seen = BTreeSet::new();
    let tables = root.tables("source").iter();
    let sources = tables.map(|fields| {
        let collection = fields.owned("collection");
        unique(&mut seen, &collection, &fields.at("collection"), problems);
        Source {
            collection,
            role: fields.text("role").and_then(|text| Role::parse(text)),
            download_item: fields.owned("download-item"),
        }
    });
    sources.collect()
}

/// Adds a problem if the text was seen before.
pub(super) fn unique(seen: &mut BTreeSet<String>, text: &str, at: &str, problems: &mut Problems) {
    if !text.is_empty() && !seen.insert(text.to_owned()) {
        let found = format!("{:?} for the second time", shorten(text));
        problems.add(at, found, "each only once", "Remove one, or give it another name.");
    }
}

fn engine(root: &Fields, fields: &Fields, problems: &mut Problems) -> Engine {
    let rights_link_role = fields.owned("rights-link-role");
    let licence_link_role =
        fields.text("licence-link-role").map_or("Smint.io licence", String::as_str).to_owned();
    if rights_link_role == licence_link_role {
        problems.add(
            &fields.at("licence-link-role"),
            format!("{licence_link_role:?}, the role of rights links"),
            "another role than engine.rights-link-role",
            "Give one of the two another text: a link is known by product, address and role.",
        );
    }
    Engine {
        start_from: root.day("start-from").copied(),
        withdrawal: match fields.text("withdrawal").map(String::as_str) {
            Some("auto") => Withdrawal::Auto,
            _ => Withdrawal::Ask,
        },
        settle_ms: milliseconds(fields, "settle-ms"),
        processing_poll_ms: milliseconds(fields, "processing-poll-ms"),
        processing_ms_max: milliseconds(fields, "processing-ms-max"),
        rights_link_role,
        licence_link_role,
    }
}

/// The reader has checked the range; a bad value is a problem already.
fn milliseconds(fields: &Fields, name: &str) -> u64 {
    fields.whole(name).and_then(|value| u64::try_from(*value).ok()).unwrap_or_default()
}

fn days(fields: &Fields, name: &str) -> u16 {
    fields.whole(name).and_then(|value| u16::try_from(*value).ok()).unwrap_or_default()
}
