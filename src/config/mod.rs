//! The configuration: authored JSON to checked values, every problem listed at once. Whoever
//! holds a `Config` holds one that can be used; nothing downstream checks it again.

mod address;
mod build;
mod keys;
mod kits;
mod mapping;
mod mapping_hash;
mod problems;
mod read;
mod rights;
mod scalar;
mod schema;
mod specifications;
mod tables;
mod tables_kits;
mod tables_mapping;
mod tables_rights;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::consonance;
use crate::limits::CONFIG_BYTES_MAX;
use crate::linking;
use crate::model::date::Day;
use crate::model::declaration::{Declaration, ProviderProfile};
use crate::model::role::Role;
use crate::smintio::{clapi, portals};
pub use kits::{Kit, Tag};
pub use schema::schema;

/// One thing that is wrong with an input, for a person to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: a path into the input such as `source[2].collection`.
    pub path: String,
    /// What was found there.
    pub found: String,
    /// What was expected there.
    pub expected: String,
    /// What to do about it.
    pub fix: String,
}

/// A checked configuration.
#[derive(Debug)]
pub struct Config {
    /// Whether the first run stops with its plan and asks.
    pub first_run: FirstRun,
    /// Whether writes may depend on names that no source confirms and `check` could not prove.
    pub accept_unproven: bool,
    /// Consonance.
    pub consonance: Consonance,
    /// Smint.io's licence feed, where the tenant has one.
    pub clapi: Option<Clapi>,
    /// Smint.io Portals.
    pub portals: Portals,
    /// What counts as approved.
    pub sources: Vec<Source>,
    /// Which title, role, products and purchases an asset belongs to.
    pub rules: linking::Rules,
    /// Rights.
    pub rights: Rights,
    /// What the image of a role must look like.
    pub specifications: Vec<Specification>,
    /// Launch kits and context cards.
    pub kit: Kit,
    /// What assets are tagged with in Portals.
    pub tags: BTreeSet<Tag>,
    /// Whether rights links in Consonance say for what the image is cleared.
    pub writes_notes: bool,
    /// Pace, waits and policies.
    pub engine: Engine,
    /// SHA-256 (hex) over everything that decides where an asset goes and what is written there
    /// (sources, rules, specifications, texts), not over addresses, credentials, pace or single
    /// attachments.
    pub mapping_hash: String,
}

/// What the first run does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstRun {
    /// Plan, show the counts, wait for a person.
    #[default]
    Plan,
    /// Apply at once.
    Apply,
}

/// How Consonance is reached.
#[derive(Debug)]
pub struct Consonance {
    /// Scheme, host and port, such as `https://web.consonance.app`; no trailing slash.
    pub base_url: String,
    /// The connection whose credential is used.
    pub connection: String,
    /// The wire profile.
    pub profile: consonance::Profile,
    /// How many days `changedSince` reaches back behind the last run (default 1).
    pub overlap_days: u16,
    /// After how many days every title is read again (default 7).
    pub full_sweep_days: u16,
}

/// How CLAPI-C is reached.
#[derive(Debug)]
pub struct Clapi {
    /// Scheme, host and port, such as `https://tenant.clapi.smint.io`.
    pub base_url: String,
    /// The connection whose credential is used.
    pub connection: String,
    /// The wire profile.
    pub profile: clapi::Profile,
    /// The page that shows a purchase's rights to people, with `{project}` and `{element}`.
    pub content_page: Option<String>,
}

/// How Portals is reached.
#[derive(Debug)]
pub struct Portals {
    /// Scheme, host and port, such as `https://tenant.portalsapife.smint.io`.
    pub base_url: String,
    /// The portal's uuid.
    pub portal: String,
    /// The connection whose credential is used.
    pub connection: String,
    /// The wire profile.
    pub profile: portals::Profile,
    /// The page that shows an asset to people, with `{asset}` (percent-encoded when filled in).
    pub asset_page: Option<String>,
    /// The preferred culture of texts, such as `en` (then `x-default`, then the first).
    pub culture: String,
    /// Origins from which signed downloads may be read (GET).
    pub download_origins: Vec<String>,
    /// Pause between two polls of a background task, in milliseconds (default 5,000; the vendor
    /// asks for at least 1,000, only a simulator takes less).
    pub poll_ms: u64,
}

/// A Portals collection whose members are approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The collection's id.
    pub collection: String,
    /// The role of its members where no rule gives another.
    pub role: Option<Role>,
    /// The download item that yields the JPEG.
    pub download_item: String,
}

/// What the tenant states about rights.
#[derive(Debug, Default)]
pub struct Rights {
    /// Our legal entity as Smint.io names it in `licensee_name`; unset: any licensee is ours.
    pub legal_entity: Option<String>,
    /// ISO 639-3 language of titles that state none.
    pub default_language: Option<String>,
    /// Signed declarations.
    pub declarations: Vec<Declaration>,
    /// Signed readings of provider licences.
    pub profiles: Vec<ProviderProfile>,
}

/// What the image of a role must look like, on products of a form class if one is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Specification {
    /// The role.
    pub role: Role,
    /// `print`, `ebook`, `audio`, ... as `FormClass::as_str`; `None`: every class.
    pub form_class: Option<String>,
    /// Pixels of the short side, at least.
    pub short_side_min: i64,
    /// Height over width in thousandths, lowest and highest; `None`: any shape.
    pub shape: Option<(i64, i64)>,
}

/// Pace, waits and policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// Nothing approved, bought or published before this day is looked at.
    pub start_from: Option<Day>,
    /// What to do when an image must come off a title.
    pub withdrawal: Withdrawal,
    /// How long after a lost answer Consonance is read to see whether it acted, in milliseconds
    /// (default 120,000).
    pub settle_ms: u64,
    /// Pause between two looks at an image that Consonance still works on, in milliseconds
    /// (default 3,000).
    pub processing_poll_ms: u64,
    /// When an image that is still not processed counts as failed, in milliseconds (default
    /// 900,000).
    pub processing_ms_max: u64,
    /// `role` text of our web links in Consonance.
    pub rights_link_role: String,
    /// The role text of the links to purchases.
    pub licence_link_role: String,
}

/// What to do when an image must come off a title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Withdrawal {
    /// Ask a person.
    #[default]
    Ask,
    /// Take it off.
    Auto,
}

/// Reads and checks a configuration. The error lists every problem at once.
pub fn parse(json: &str) -> Result<Config, Vec<Problem>> {
    let mut problems = problems::Problems::default();
    let Some(object) = object(json, &mut problems) else { return Err(problems.finish()) };
    let root = read::section(&object, &tables::ROOT, "", &mut problems);
    let config = build::build(&root, &mut problems);
    if problems.is_empty() { Ok(config) } else { Err(problems.finish()) }
}

fn object(json: &str, problems: &mut problems::Problems) -> Option<serde_json::Map<String, Value>> {
    if json.len() > CONFIG_BYTES_MAX {
        let found = format!("{} bytes", json.len());
        let fix = "Keep declarations and attachments elsewhere: rights.declare and assets.attach \
                   store them.";
        problems.add("", found, format!("at most {CONFIG_BYTES_MAX} bytes"), fix);
        return None;
    }
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Some(object),
        Ok(other) => {
            problems.add("", read::type_name(&other), "a JSON object", "Write an object.");
            None
        }
        Err(error) => {
            let found = format!("no JSON: {error}");
            problems.add("", found, "one JSON object", "Correct the text at that place.");
            None
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
