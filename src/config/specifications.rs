//! What the image of a role must look like: the authored entries, and the defaults for everything
//! they leave open. Every role has an entry for every class in the end.

use std::collections::BTreeSet;

use super::Specification;
use super::build::unique;
use super::problems::Problems;
use super::read::Fields;
use crate::model::role::Role;

/// A default: role, form class, pixels of the short side, height over width in thousandths.
type Preset = (Role, Option<&'static str>, i64, Option<(i64, i64)>);

/// Distributors of ebooks and audio ask for 1,400 pixels and hide what is under 500, audio must be
/// square within 1 %, and a wrap passed off as a front cover is wider than it is high
/// (publishing-domain facts, section 7); author photos that publishers use today have 154. For
/// everything else, what is too small to be looked at.
const PRESETS: [Preset; 11] = [
    (Role::FrontCover, Some("print"), 600, Some((1_100, 1_900))),
    (Role::FrontCover, Some("ebook"), 1_400, Some((1_300, 1_700))),
    (Role::FrontCover, Some("audio"), 1_400, Some((990, 1_010))),
    (Role::FrontCover, None, 600, None),
    (Role::FullCover, None, 600, None),
    (Role::Interior, None, 300, None),
    (Role::AuthorPhoto, None, 150, None),
    (Role::MarketingPrint, None, 150, None),
    (Role::MarketingDigital, None, 150, None),
    (Role::Social, None, 150, None),
    (Role::RetailerFeed, None, 600, None),
];

/// The authored entries, then the defaults that they leave standing.
pub(super) fn specifications(root: &Fields, problems: &mut Problems) -> Vec<Specification> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for fields in root.tables("specification") {
        let form_class = fields.text("form-class").cloned();
        let Some(role) = fields.text("role").and_then(|text| Role::parse(text)) else { continue };
        let place = format!("{role}, {}", form_class.as_deref().unwrap_or("every class"));
        unique(&mut seen, &place, &fields.path, problems);
        all.push(Specification {
            role,
            form_class,
            short_side_min: fields.whole("short-side-min").copied().unwrap_or(i64::MAX),
            shape: shape(fields, problems),
        });
    }
    let presets = PRESETS.into_iter().filter(|preset| stands(preset, &all)).map(default);
    let presets: Vec<_> = presets.collect();
    all.extend(presets);
    all
}

/// Whether no authored entry takes a default's place.
fn stands((role, class, ..): &Preset, authored: &[Specification]) -> bool {
    let mut of_role = authored.iter().filter(|one| one.role == *role);
    !of_role.any(|one| one.form_class.is_none() || one.form_class.as_deref() == *class)
}

fn default((role, class, short_side_min, shape): Preset) -> Specification {
    Specification { role, form_class: class.map(str::to_owned), short_side_min, shape }
}

fn shape(fields: &Fields, problems: &mut Problems) -> Option<(i64, i64)> {
    match (fields.whole("shape-min"), fields.whole("shape-max")) {
        (Some(min), Some(max)) if min <= max => Some((*min, *max)),
        (Some(_), Some(_)) => {
            let fix = "Swap them, or correct one.";
            let at = fields.at("shape-max");
            problems.add(&at, "less than shape-min", "shape-min or more", fix);
            None
        }
        _ => {
            let missing = match (fields.wrote("shape-min"), fields.wrote("shape-max")) {
                (true, false) => "shape-max",
                (false, true) => "shape-min",
                _ => return None,
            };
            let fix = "Add it, or remove the other: a shape has two ends.";
            problems.add(&fields.at(missing), "nothing", "a number", fix);
            None
        }
    }
}
