//! The tables of keys for rights: what people signed. Keys may be spelled with hyphens or, as the
//! vendor and worked cases do, with underscores.

use super::keys::{Kind, Section, optional, required};

const WORDS: Kind = Kind::Texts(500);

pub(super) static RIGHTS: Section = Section {
    title: "Rights",
    about: "What the tenant states about rights.",
    either_case: false,
    keys: &[
        optional(
            "legal-entity",
            Kind::Text(300),
            "Our legal entity as Smint.io names the licensee; absent: any licensee is ours.",
        )
        .such_as("\"Example Books Ltd\""),
        optional("default-language", Kind::Text(20), "ISO 639 language of titles that state none.")
            .such_as("\"eng\""),
    ],
};

pub(super) static NOTES: Section = Section {
    title: "Notes",
    about: "Whether rights links in Consonance carry a sentence. Web links reach retailers and \
            websites unless their role is kept out of every feed, so this needs a person's word.",
    either_case: false,
    keys: &[
        optional(
            "text",
            Kind::Flag,
            "Whether the note of a rights link says for what the image is cleared; absent: false.",
        )
        .maps(),
        optional(
            "confirmed-role",
            Kind::Text(100),
            "The role text of which you checked that no feed, website or partner is given it: the \
             same as engine.rights-link-role. Without it `text` is refused.",
        )
        .such_as("\"Smint.io rights\""),
    ],
};

pub(super) static DECLARATION: Section = Section {
    title: "Declaration",
    about: "A signed statement about commissioned or own work. What is absent is unknown, never \
            allowed.",
    either_case: true,
    keys: &[
        required("id", Kind::Text(200), "Its id; no two declarations share one.")
            .such_as("\"studio-2026\""),
        required("signer", Kind::Text(300), "Who signed it."),
        optional("signed-on", Kind::Day, "The day it was signed.").such_as("\"2026-09-01\""),
        required("scope", Kind::Tables(&SCOPE, 1_000), "What it covers: any of these."),
        required(
            "usages",
            WORDS,
            "Allowed usages: Smint.io usage keys, roles such as front_cover, or any.",
        )
        .such_as("[\"front_cover\"]"),
        optional(
            "media",
            WORDS,
            "Allowed media: print, digital, Smint.io distribution keys, or any.",
        )
        .such_as("[\"any\"]"),
        optional(
            "territories",
            WORDS,
            "Allowed territories: ISO 3166-1 alpha-2, WORLD, Smint.io geography keys, or any.",
        )
        .such_as("[\"WORLD\"]"),
        optional("languages", WORDS, "Allowed languages: ISO 639, Smint.io language keys, or any.")
            .such_as("[\"any\"]"),
        optional("valid-from", Kind::Day, "First day."),
        optional("valid-until", Kind::Day, "Last day, included."),
        optional("credit", Kind::Text(1_000), "The credit it asks for."),
    ],
};

static SCOPE: Section = Section {
    title: "Scope",
    about: "What a declaration covers: exactly one of the keys.",
    either_case: true,
    keys: &[
        optional("collection", Kind::Text(200), "Every asset of this approval collection."),
        optional("asset", Kind::Text(1_000), "This asset."),
        optional("metadata", Kind::Expression, "Every asset for whose document this holds.")
            .such_as("\"rawData.supplier == 'Studio'\""),
    ],
};

pub(super) static PROVIDER_PROFILE: Section = Section {
    title: "Provider profile",
    about: "A signed reading of one provider licence. It fills dimensions that a purchase's own \
            terms leave unstated and never replaces what a term states.",
    either_case: true,
    keys: &[
        required("id", Kind::Text(200), "Its id, shown in reasons; no two profiles share one.")
            .such_as("\"adobe-standard\""),
        required("provider", Kind::Text(200), "The provider as Smint.io names it.")
            .such_as("\"adobestock\""),
        required("licence-kind", Kind::Text(200), "The provider's licence as Smint.io names it.")
            .such_as("\"image_standard\""),
        required("signer", Kind::Text(300), "Who signed it."),
        optional("signed-on", Kind::Day, "The day it was signed.").such_as("\"2026-09-01\""),
        required("term", Kind::Table(&TERM), "The dimensions it states."),
    ],
};

static TERM: Section = Section {
    title: "Licence term",
    about: "A licence term in Smint.io's keys.",
    either_case: true,
    keys: &[
        optional("allowed-usages", WORDS, "Granted usages."),
        optional("restricted-usages", WORDS, "Denied usages."),
        optional("allowed-sizes", WORDS, "Granted sizes."),
        optional("restricted-sizes", WORDS, "Denied sizes."),
        optional("allowed-placements", WORDS, "Granted placements."),
        optional("restricted-placements", WORDS, "Denied placements."),
        optional("allowed-distributions", WORDS, "Granted distributions."),
        optional("restricted-distributions", WORDS, "Denied distributions."),
        optional("allowed-geographies", WORDS, "Granted geographies."),
        optional("restricted-geographies", WORDS, "Denied geographies."),
        optional("allowed-industries", WORDS, "Granted industries."),
        optional("restricted-industries", WORDS, "Denied industries."),
        optional("allowed-languages", WORDS, "Granted languages."),
        optional("restricted-languages", WORDS, "Denied languages."),
        optional("exclusivities", WORDS, "Exclusivities."),
        optional("usage-limits", WORDS, "Caps, such as quantity_up_to_500000_total_circulation."),
        optional("valid-from", Kind::Day, "First day."),
        optional("valid-until", Kind::Day, "Last day, included."),
        optional("to-be-used-until", Kind::Day, "First use by this day."),
        optional("is-editorial-use", Kind::Flag, "Whether it is for editorial use only."),
    ],
};
