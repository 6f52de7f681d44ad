//! What goes onto Portals: launch kits, context cards and tags.

use std::collections::BTreeSet;

use super::read::Fields;
use crate::linking::expression::Expression;
use crate::model::role::Role;
use crate::order;

/// Launch kits and context cards.
#[derive(Debug)]
pub struct Kit {
    /// How many days before the first publication the window opens (default 180).
    pub days_before: u16,
    /// How many days after the last publication the window closes (default 90).
    pub days_after: u16,
    /// The roles that a complete kit has.
    pub needs: Vec<Role>,
    /// Which cleared assets belong into a kit; none: all.
    pub asset_when: Option<Expression>,
    /// The campaign of a title; none: its season.
    pub campaign: Option<Expression>,
    /// Whether kits are shared with outsiders.
    pub share: bool,
    /// More lines on the card: label and value.
    pub fields: Vec<(String, Expression)>,
}

/// A kind of tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// The title.
    Title,
    /// The imprint.
    Imprint,
    /// A contributor.
    Author,
    /// The campaign.
    Campaign,
}

impl Tag {
    /// The letter with which its markers begin.
    pub fn letter(self) -> char {
        match self {
            Self::Title => 'T',
            Self::Imprint => 'I',
            Self::Author => 'A',
            Self::Campaign => 'K',
        }
    }
}

/// The launch kits.
pub(super) fn kit(fields: &Fields) -> Kit {
    let line = |field: &Fields| Some((field.owned("label"), field.expression("value")?.clone()));
    Kit {
        days_before: days(fields, "days-before"),
        days_after: days(fields, "days-after"),
        needs: fields.texts("needs").iter().filter_map(|role| Role::parse(role)).collect(),
        asset_when: fields.expression("asset-when").cloned(),
        campaign: fields.expression("campaign").cloned(),
        share: fields.flag("share") == Some(&true),
        fields: fields.tables("field").iter().filter_map(line).collect(),
    }
}

/// The kinds of tags.
pub(super) fn tags(fields: &Fields) -> BTreeSet<Tag> {
    let kind = |text: &String| match text.as_str() {
        "title" => Some(Tag::Title),
        "imprint" => Some(Tag::Imprint),
        "author" => Some(Tag::Author),
        "campaign" => Some(Tag::Campaign),
        _ => None,
    };
    order::set(fields.texts("kinds").iter().filter_map(kind))
}

/// The reader has checked the range; a bad value is a problem already.
fn days(fields: &Fields, name: &str) -> u16 {
    fields.whole(name).and_then(|value| u16::try_from(*value).ok()).unwrap_or_default()
}
