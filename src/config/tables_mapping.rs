//! The tables of keys that decide where an asset goes and what it must look like.

use super::keys::{Kind, Section, optional, required};

/// The roles as they are spelled.
pub(super) const ROLES: &[&str] = &[
    "front_cover",
    "full_cover",
    "interior",
    "author_photo",
    "marketing_print",
    "marketing_digital",
    "social",
    "retailer_feed",
];

/// The classes of product forms.
pub(super) const FORM_CLASSES: &[&str] =
    &["print", "ebook", "audio", "physical-carrier", "undecided", "other"];

/// The formats.
pub(super) const FORMATS: &[&str] = &[
    "hardback",
    "paperback",
    "fine-binding",
    "board-book",
    "print",
    "ebook",
    "audio",
    "audio-cd",
    "bundle",
    "all",
];

const WHEN: &str = "A condition over the asset's document (docs/MAPPING.md).";

pub(super) static SOURCE: Section = Section {
    title: "Source",
    about: "A Portals collection whose members are approved.",
    either_case: false,
    keys: &[
        required("collection", Kind::Text(200), "The collection's id, as `discover` lists it.")
            .such_as("\"8101\""),
        optional(
            "role",
            Kind::Choice(ROLES),
            "The role of its members where no rule gives another.",
        ),
        required(
            "download-item",
            Kind::Text(200),
            "The download item that yields the JPEG, as `discover` lists it.",
        )
        .such_as("\"jpeg\""),
    ],
};

pub(super) static LINK_RULE: Section = Section {
    title: "Link rule",
    about: "Finds the title of an asset.",
    either_case: false,
    keys: &[
        required("name", Kind::Text(100), "Its name in explanations; no two rules share one.")
            .such_as("\"project code\""),
        required(
            "key",
            Kind::Choice(&["isbn", "reference", "work"]),
            "What it finds: ISBNs, the title's in-house reference, or the number of a work in \
             Consonance.",
        ),
        required(
            "from",
            Kind::Expression,
            "An expression over the asset's document that gives texts.",
        )
        .such_as("\"split(rawData.project, '_')[0]\""),
        optional("when", Kind::Expression, WHEN).such_as("\"rawData.department == 'Design'\""),
    ],
};

pub(super) static ROLE_RULE: Section = Section {
    title: "Role rule",
    about: "Gives an asset its role.",
    either_case: false,
    keys: &[
        required("role", Kind::Choice(ROLES), "The role."),
        required("when", Kind::Expression, WHEN)
            .such_as("\"contains(words(fileMetadata.fileName), 'fc')\""),
    ],
};

pub(super) static FORMAT_RULE: Section = Section {
    title: "Format rule",
    about: "States which edition an asset is for.",
    either_case: false,
    keys: &[
        required("format", Kind::Choice(FORMATS), "The format."),
        required("when", Kind::Expression, WHEN)
            .such_as("\"ends_with(stem(fileMetadata.fileName), '_eb')\""),
    ],
};

pub(super) static PURCHASE_RULE: Section = Section {
    title: "Purchase rule",
    about: "Finds the licence purchase of an asset.",
    either_case: false,
    keys: &[
        required("name", Kind::Text(100), "Its name in explanations; no two rules share one.")
            .such_as("\"licence field\""),
        required(
            "kind",
            Kind::Choice(&["purchase", "element", "external-id", "file-and-project"]),
            "What it finds: a purchase's id, a content element's id, the asset's id outside \
             Portals, or a file name that counts only where the purchase's project names the title.",
        ),
        required(
            "from",
            Kind::Expression,
            "An expression over the asset's document that gives texts.",
        )
        .such_as("\"rawData.lptUuid\""),
    ],
};

pub(super) static ATTACHMENT: Section = Section {
    title: "Attachment",
    about: "Attaches one asset to one title, by ISBN or by in-house reference.",
    either_case: false,
    keys: &[
        required("asset", Kind::Text(1_000), "The asset's id in Portals.")
            .such_as("\"12:image:DAM-100001\""),
        optional("isbn", Kind::Isbn, "The ISBN of the product.").such_as("\"9780306406157\""),
        optional("reference", Kind::Text(200), "The title's in-house reference.")
            .such_as("\"INB-0042\""),
    ],
};

pub(super) static SPECIFICATION: Section = Section {
    title: "Specification",
    about: "What the image of a role must look like, on products of one form class or of all.",
    either_case: false,
    keys: &[
        required("role", Kind::Choice(ROLES), "The role."),
        optional("form-class", Kind::Choice(FORM_CLASSES), "The form class; absent: every class."),
        required("short-side-min", Kind::Whole(50, 20_000), "Pixels of the short side, at least.")
            .such_as("1400"),
        optional(
            "shape-min",
            Kind::Ratio,
            "Lowest height over width: 1 is square, 1.5 a portrait. Needs shape-max.",
        )
        .such_as("1.3"),
        optional("shape-max", Kind::Ratio, "Highest height over width. Needs shape-min.")
            .such_as("1.7"),
    ],
};
