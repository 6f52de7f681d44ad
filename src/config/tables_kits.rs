//! The tables of keys for what goes onto Portals: launch kits, context cards and tags.

use super::keys::{Kind, Section, default, optional, required};
use super::tables_mapping::ROLES;

/// What assets can be tagged with.
pub(super) const TAGS: &[&str] = &["title", "imprint", "author", "campaign"];

pub(super) static KIT: Section = Section {
    title: "Launch kit",
    about: "The collection and the context card that each title gets in Portals.",
    either_case: false,
    keys: &[
        default(
            "days-before",
            Kind::Whole(0, 3_650),
            "180",
            "How many days before the title's first publication its launch window opens.",
        ),
        default(
            "days-after",
            Kind::Whole(0, 3_650),
            "90",
            "How many days after the title's last publication its launch window closes.",
        ),
        default(
            "needs",
            Kind::Choices(ROLES),
            "[\"front_cover\", \"author_photo\", \"marketing_digital\"]",
            "The roles that a complete kit has.",
        )
        .maps(),
        optional(
            "asset-when",
            Kind::Expression,
            "Which of the approved and cleared assets belong into a kit: a condition over the \
             asset's document (docs/MAPPING.md); absent: all.",
        )
        .such_as("\"fileMetadata.mediaType == 'image/jpeg'\"")
        .maps(),
        optional(
            "campaign",
            Kind::Expression,
            "The campaign of a title: an expression over the title's document (docs/KITS.md); \
             absent: its season.",
        )
        .such_as("\"concat(season, ' ', marketingTier)\"")
        .maps(),
        default(
            "share",
            Kind::Flag,
            "false",
            "Whether each kit is shared with outsiders: by a link that ends when the launch window \
             closes, or on the first day on which a clearance in it ends (docs/KITS.md).",
        )
        .maps(),
        optional("field", Kind::Tables(&FIELD, 50), "More lines on the context card.").maps(),
    ],
};

static FIELD: Section = Section {
    title: "Card field",
    about: "A line of the context card.",
    either_case: false,
    keys: &[
        required("label", Kind::Text(100), "What stands before it.").such_as("\"Stage\""),
        required(
            "value",
            Kind::Expression,
            "An expression over the title's document (docs/KITS.md); without a result the line is \
             left out.",
        )
        .such_as("\"projectStage\""),
    ],
};

pub(super) static TAG: Section = Section {
    title: "Tags",
    about: "Collections as tags in Portals.",
    either_case: false,
    keys: &[default(
        "kinds",
        Kind::Choices(TAGS),
        "[\"title\", \"imprint\", \"author\", \"campaign\"]",
        "What assets are tagged with.",
    )
    .maps()],
};
