//! The tables of keys: the whole document, its connections and its engine settings.

use super::keys::{Kind, Section, default, optional, required};
use super::tables_kits::{KIT, TAG};
use super::tables_mapping::{
    ATTACHMENT, FORMAT_RULE, LINK_RULE, PURCHASE_RULE, ROLE_RULE, SOURCE, SPECIFICATION,
};
use super::tables_rights::{DECLARATION, NOTES, PROVIDER_PROFILE, RIGHTS};

/// The whole configuration.
pub(super) static ROOT: Section = Section {
    title: "Consonance and Smint.io connector",
    about: "The whole configuration. It holds no secret: connections are named, and the platform \
            knows their credentials.",
    either_case: false,
    keys: &[
        default(
            "first-run",
            Kind::Choice(&["plan", "apply"]),
            "\"plan\"",
            "What the first run does: stop with its plan and wait for a person, or apply it.",
        ),
        default(
            "accept-unproven",
            Kind::Flag,
            "false",
            "Whether writes may depend on vendor names that no source confirms and `check` could \
             not prove.",
        ),
        optional(
            "start-from",
            Kind::Day,
            "Nothing approved, bought or published before this day is looked at.",
        )
        .such_as("\"2026-01-01\""),
        default(
            "built-in-rules",
            Kind::Flag,
            "true",
            "Whether the built-in link, format, role and purchase rules (docs/MAPPING.md) follow \
             the authored ones.",
        )
        .maps(),
        required("consonance", Kind::Table(&CONSONANCE), "How Consonance is reached."),
        required("smintio", Kind::Table(&SMINTIO), "How Smint.io is reached."),
        required(
            "source",
            Kind::Tables(&SOURCE, 1_000),
            "The Portals collections whose members count as approved.",
        )
        .maps(),
        optional(
            "link-rule",
            Kind::Tables(&LINK_RULE, 200),
            "Where an asset says which title it is for; the first rule that finds a key wins.",
        )
        .maps(),
        optional(
            "role-rule",
            Kind::Tables(&ROLE_RULE, 200),
            "What an asset is for; the first rule that holds wins over the source's role.",
        )
        .maps(),
        optional(
            "format-rule",
            Kind::Tables(&FORMAT_RULE, 200),
            "Which edition an asset is for; the first rule that holds wins over its format field.",
        )
        .maps(),
        optional(
            "purchase-rule",
            Kind::Tables(&PURCHASE_RULE, 200),
            "Where an asset says which licence purchase covers it.",
        )
        .maps(),
        optional(
            "attachment",
            Kind::Tables(&ATTACHMENT, 10_000),
            "Explicit attachments of assets to titles; they win over every rule. Several for one \
             asset add up.",
        ),
        optional("rights", Kind::Table(&RIGHTS), "What the tenant states about rights."),
        optional(
            "declaration",
            Kind::Tables(&DECLARATION, 10_000),
            "Signed declarations about commissioned and own work.",
        ),
        optional(
            "provider-profile",
            Kind::Tables(&PROVIDER_PROFILE, 1_000),
            "Signed readings of provider licences: they fill what a purchase's own terms leave \
             unstated.",
        ),
        optional(
            "specification",
            Kind::Tables(&SPECIFICATION, 200),
            "What the image of a role must look like. An entry without a form class replaces all \
             defaults of its role, an entry with one only that default.",
        )
        .maps(),
        default(
            "kit",
            Kind::Table(&KIT),
            "{}",
            "What each title gets in Portals: launch kit and context card.",
        ),
        optional(
            "notes",
            Kind::Table(&NOTES),
            "What the rights links in Consonance say; absent: nothing, they only lead to a page \
             behind a login.",
        ),
        default("tags", Kind::Table(&TAG), "{}", "What assets are tagged with in Portals."),
        default("engine", Kind::Table(&ENGINE), "{}", "Pace, waits and policies."),
    ],
};

static CONSONANCE: Section = Section {
    title: "Consonance",
    about: "Title metadata, and where approved images go.",
    either_case: false,
    keys: &[
        default(
            "base-url",
            Kind::BaseUrl,
            "\"https://web.consonance.app\"",
            "Scheme, host and port.",
        ),
        required(
            "connection",
            Kind::Connection,
            "The connection whose credential the platform uses there.",
        )
        .such_as("\"consonance\""),
        default(
            "overlap-days",
            Kind::Whole(0, 30),
            "1",
            "How many days `changedSince` reaches back behind the last run.",
        ),
        default(
            "full-sweep-days",
            Kind::Whole(1, 365),
            "7",
            "After how many days every title is read again, because `changedSince` may miss edits.",
        ),
        optional("profile", Kind::Profile, "Names of Consonance's interface that differ here."),
    ],
};

static SMINTIO: Section = Section {
    title: "Smint.io",
    about: "Licences and approved images.",
    either_case: false,
    keys: &[
        optional(
            "clapi",
            Kind::Table(&CLAPI),
            "The licence feed (CLAPI-C), where the tenant has one.",
        ),
        required("portals", Kind::Table(&PORTALS), "Smint.io Portals."),
    ],
};

static CLAPI: Section = Section {
    title: "Smint.io CLAPI-C",
    about: "The feed of licence purchases.",
    either_case: false,
    keys: &[
        required("base-url", Kind::BaseUrl, "Scheme, host and port.")
            .such_as("\"https://tenant.clapi.smint.io\""),
        required(
            "connection",
            Kind::Connection,
            "The connection whose credential the platform uses there.",
        )
        .such_as("\"smintio-clapi\""),
        optional(
            "content-page",
            Kind::PageUrl(&["{element}", "{project}"]),
            "The page that shows a purchase's rights to people, with {element} and, if it needs \
             it, {project}.",
        )
        .such_as("\"https://tenant.smint.io/project/{project}/content-element/{element}\"")
        .maps(),
        optional("profile", Kind::Profile, "Names of CLAPI-C's interface that differ here."),
    ],
};

static PORTALS: Section = Section {
    title: "Smint.io Portals",
    about: "Approved images.",
    either_case: false,
    keys: &[
        required("base-url", Kind::BaseUrl, "Scheme, host and port.")
            .such_as("\"https://tenant.portalsapife.smint.io\""),
        required("portal", Kind::Plain(64), "The portal's uuid.")
            .such_as("\"6f1c2f0e-6a5c-4d38-9d0e-0d6f2f7f9b11\""),
        required(
            "connection",
            Kind::Connection,
            "The connection whose credential the platform uses there.",
        )
        .such_as("\"smintio-portals\""),
        optional(
            "asset-page",
            Kind::PageUrl(&["{asset}"]),
            "The page that shows an asset to people, with {asset}.",
        )
        .such_as("\"https://tenant.portals.smint.io/asset/{asset}\"")
        .maps(),
        default(
            "culture",
            Kind::Culture,
            "\"en\"",
            "The preferred culture of texts; then `x-default`, then the first.",
        )
        .maps(),
        default(
            "poll-ms",
            Kind::Whole(1, 600_000),
            "5000",
            "Pause between two polls of a background task, in milliseconds. Smint.io asks for at \
             least 1000; only a simulator on this machine takes less.",
        ),
        optional(
            "download-origins",
            Kind::BaseUrls(20),
            "Origins (scheme, host, port) from which the head of a signed download may be read, to \
             measure images whose size Portals does not say.",
        )
        .such_as("[\"https://files.example\"]"),
        optional("profile", Kind::Profile, "Names of Portals' interface that differ here."),
    ],
};

static ENGINE: Section = Section {
    title: "Engine",
    about: "Pace, waits and policies.",
    either_case: false,
    keys: &[
        default(
            "withdrawal",
            Kind::Choice(&["ask", "auto"]),
            "\"ask\"",
            "What to do when an image must come off a title: ask a person, or take it off.",
        ),
        default(
            "settle-ms",
            Kind::Whole(0, 3_600_000),
            "120000",
            "How long after a lost answer Consonance is read to see whether it acted, in \
             milliseconds.",
        ),
        default(
            "processing-poll-ms",
            Kind::Whole(1, 600_000),
            "3000",
            "Pause between two looks at an image that Consonance still works on, in milliseconds.",
        ),
        default(
            "processing-ms-max",
            Kind::Whole(1_000, 86_400_000),
            "900000",
            "When an image that is still not processed counts as failed, in milliseconds.",
        ),
        default(
            "rights-link-role",
            Kind::Text(100),
            "\"Smint.io rights\"",
            "The role text by which the connector's own web links in Consonance are known.",
        )
        .maps(),
        optional(
            "licence-link-role",
            Kind::Text(100),
            "The role text of the links to purchases (flow stock-licences); absent: `Smint.io \
             licence`. It must differ from rights-link-role.",
        )
        .such_as("\"Picture licence\"")
        .maps(),
    ],
};
