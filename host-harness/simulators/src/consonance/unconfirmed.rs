//! Every name of the simulated schema that no vendor source confirms, in one marked table.
//!
//! Invariant: the schema is `schema/consonance.graphql` (confirmed names) plus the definitions
//! here; an unconfirmed name stands in no other definition. A person with a live key replaces a
//! row here, and its resolver, when introspection shows the true name.

use super::settings::MutationErrors;

/// How far a name is from being confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// No source shows that the thing exists (`#I` in the facts).
    Invented,
    /// The thing exists; its name is invented (`#N`).
    NameInvented,
    /// Deduced from a convention, or seen only in the vendor's unmerged draft.
    Inferred,
}

/// One unconfirmed name or behaviour.
#[derive(Clone, Copy, Debug)]
pub struct Unconfirmed {
    /// The name as a query or an introspection shows it, or the behaviour in a few words.
    pub name: &'static str,
    /// How far it is from being confirmed.
    pub mark: Mark,
    /// Where it comes from.
    pub source: &'static str,
    /// What it adds to the schema; empty for a behaviour.
    pub(super) sdl: &'static str,
}

/// The table, for documentation and for comparing with a live schema.
pub fn unconfirmed() -> Vec<Unconfirmed> {
    TABLE.iter().chain(BEHAVIOURS).copied().collect()
}

/// The schema definitions that the table adds, with `errors` on every payload.
pub(super) fn definitions(shape: MutationErrors) -> String {
    let (element, types) = match shape {
        MutationErrors::Strings => ("String", ""),
        MutationErrors::FieldMessages => {
            ("MutationError", "type MutationError { field: String messages: [String!]! }")
        }
        MutationErrors::AttributeMessage => {
            ("MutationError", "type MutationError { attribute: String message: String }")
        }
    };
    let mut sdl = types.to_owned();
    for row in TABLE {
        sdl.push('\n');
        sdl.push_str(row.sdl);
    }
    for payload in PAYLOADS {
        sdl.push_str(&format!("\nextend type {payload} {{ errors: [{element}!] }}"));
    }
    sdl
}

const PAYLOADS: &[&str] = &[
    "CreateSupportingResourcePayload",
    "DeleteSupportingResourcePayload",
    "CompleteSupportingResourceUploadPayload",
    "CreateWebLinkPayload",
    "DeleteWebLinkPayload",
    "CreateMarketingTextPayload",
    "UpdateWorkPayload",
    "UpdateProductPayload",
];

const fn row(
    name: &'static str,
    mark: Mark,
    source: &'static str,
    sdl: &'static str,
) -> Unconfirmed {
    Unconfirmed { name, mark, source, sdl }
}

use Mark::{Inferred, Invented, NameInvented};

#[rustfmt::skip]
const TABLE: &[Unconfirmed] = &[
    row("PriceSearchAttributes", NameInvented,
        "The vendor's examples use `priceSearch` with these members and never name its type.",
        "input PriceSearchAttributes { currencyCodeIn: [CurrencyCode!] \
         onixPriceTypeCodeIn: [ONIXPriceTypeCode!] \
         onixPriceTypeQualifierCodeIn: [ONIXPriceTypeQualifierCode!] amountLteq: Float }"),
    row("CurrencyCode", NameInvented,
        "Examples pass GBP and AUD as enum values; the enum's name is not shown.",
        "enum CurrencyCode { AUD CAD EUR GBP NZD USD }"),
    row("LengthUnit", NameInvented,
        "MM (the default), CM and IN are documented for `unit`; the enum's name is not shown.",
        "enum LengthUnit { MM CM IN }"),
    row("SubjectScheme", NameInvented,
        "Examples pass BIC, THEMA and BISAC to `schemesIn`; the enum's name is not shown.",
        "enum SubjectScheme { BIC THEMA BISAC }"),
    row("SubjectCode", NameInvented,
        "BIC, BISAC and Thema share code, description and main in the examples; the interface's \
         name is not shown.",
        "interface SubjectCode { code: String description: String main: Boolean }"),
    row("ProductTypename.*", Invented,
        "The enum exists; its values are presumed to be the seven type names.",
        "enum ProductTypename { PhysicalBookProduct PhysicalAudioProduct PhysicalProduct \
         ElectronicBookProduct ElectronicAudioProduct ElectronicProduct GenericProduct }"),
    row("MarketingTextVariant.LONG_DESCRIPTION, REVIEW_QUOTE", Invented,
        "Only SHORT_DESCRIPTION is seen; the other values copy its style.",
        "enum MarketingTextVariant { SHORT_DESCRIPTION LONG_DESCRIPTION REVIEW_QUOTE }"),
    row("SupportingResourceVariant.FRONT_COVER, BACK_COVER, CONTRIBUTOR_PICTURE", Invented,
        "The enum exists, and the words \"Front cover\"; the values copy SHORT_DESCRIPTION's style.",
        "enum SupportingResourceVariant { FRONT_COVER BACK_COVER CONTRIBUTOR_PICTURE }"),
    row("SupportingResourceStatus.DRAFT, APPROVED", Invented,
        "The enum exists, and the words \"draft, approved\"; the values copy SHORT_DESCRIPTION's \
         style.",
        "enum SupportingResourceStatus { DRAFT APPROVED }"),
    row("SupportingResource.width", Invented,
        "`height` is confirmed, and the page is cut before `width`.",
        "extend type SupportingResource { width: Int }"),
    row("SupportingResource.onixContentAudienceCode", Inferred,
        "The tail of the name is cut in the source; taken from the input's member.",
        "extend type SupportingResource { onixContentAudienceCode: ONIXContentAudienceCode! }"),
    row("SupportingResource.resourceVariant", NameInvented,
        "A field for the type of content exists below the cut; named as the input's member.",
        "extend type SupportingResource { resourceVariant: SupportingResourceVariant }"),
    row("SupportingResource.status", NameInvented,
        "The input's member is confirmed; the output field is below the cut.",
        "extend type SupportingResource { status: SupportingResourceStatus }"),
    row("Mutation.createSupportingResource", Inferred,
        "The class CreateSupportingResource is confirmed; camelCase and `input:` follow \
         graphql-ruby's convention.",
        "extend type Mutation { createSupportingResource(input: CreateSupportingResourceInput!): \
         CreateSupportingResourcePayload }"),
    row("CreateSupportingResourcePayload.supportingResource", NameInvented,
        "Payloads name the record they made, by convention.",
        "extend type CreateSupportingResourcePayload { supportingResource: SupportingResource }"),
    row("CreateSupportingResourcePayload.presignedUrl", NameInvented,
        "The page says that the mutation returns a presigned URL; its field is not shown.",
        "extend type CreateSupportingResourcePayload { presignedUrl: String }"),
    row("Mutation.completeSupportingResourceUpload", Invented,
        "Stands for the \"subsequent mutation\" after an upload, which no source names.",
        "extend type Mutation { completeSupportingResourceUpload(input: \
         CompleteSupportingResourceUploadInput!): CompleteSupportingResourceUploadPayload } \
         input CompleteSupportingResourceUploadInput { clientMutationId: String id: Int! } \
         type CompleteSupportingResourceUploadPayload { clientMutationId: String \
         supportingResource: SupportingResource }"),
    row("Mutation.deleteSupportingResource", Inferred,
        "The class DeleteSupportingResource is confirmed; camelCase and `input:` by convention.",
        "extend type Mutation { deleteSupportingResource(input: DeleteSupportingResourceInput!): \
         DeleteSupportingResourcePayload }"),
    row("DeleteSupportingResourceInput.id", Invented,
        "The input's members are not shown.",
        "extend input DeleteSupportingResourceInput { id: Int! }"),
    row("DeleteSupportingResourcePayload.success", NameInvented,
        "Every Delete payload uses Boolean; the flag's name is not shown.",
        "extend type DeleteSupportingResourcePayload { success: Boolean }"),
    row("Mutation.createWebLink", Inferred,
        "The class CreateWebLink is confirmed; camelCase and `input:` by convention.",
        "extend type Mutation { createWebLink(input: CreateWebLinkInput!): CreateWebLinkPayload }"),
    row("CreateWebLinkInput.workId, productId, link, role, note", Invented,
        "Members are not shown; link, role and note copy the output type, and a link must hang on \
         something.",
        "extend input CreateWebLinkInput { workId: Int productId: Int link: String! role: String \
         note: String }"),
    row("CreateWebLinkPayload.webLink", NameInvented,
        "Payloads name the record they made, by convention.",
        "extend type CreateWebLinkPayload { webLink: WebLink }"),
    row("Mutation.deleteWebLink", Inferred,
        "The class DeleteWebLink is confirmed; camelCase and `input:` by convention.",
        "extend type Mutation { deleteWebLink(input: DeleteWebLinkInput!): DeleteWebLinkPayload }"),
    row("DeleteWebLinkInput.id", Invented,
        "The input's members are not shown.",
        "extend input DeleteWebLinkInput { id: Int! }"),
    row("DeleteWebLinkPayload.success", NameInvented,
        "Every Delete payload uses Boolean; the flag's name is not shown.",
        "extend type DeleteWebLinkPayload { success: Boolean }"),
    row("Mutation.createMarketingText", Inferred,
        "The class CreateMarketingText is confirmed; camelCase and `input:` by convention.",
        "extend type Mutation { createMarketingText(input: CreateMarketingTextInput!): \
         CreateMarketingTextPayload }"),
    row("CreateMarketingTextPayload.marketingText", NameInvented,
        "Payloads name the record they made, by convention.",
        "extend type CreateMarketingTextPayload { marketingText: MarketingText }"),
    row("UpdateProductInput.isbn, publicationDate, onixPublishingStatusCode", Inferred,
        "Seen only in the vendor's unmerged draft of the mutation pages.",
        "extend input UpdateProductInput { isbn: String publicationDate: ISO8601Date \
         onixPublishingStatusCode: ONIXPublishingStatusCode }"),
];

#[rustfmt::skip]
const BEHAVIOURS: &[Unconfirmed] = &[
    row("*Payload.errors", Invented,
        "The draft pages contradict each other, so the shape is a setting: strings, \
         field + messages, or attribute + message. Without a problem the list is empty.", ""),
    row("401 with `WWW-Authenticate: Token realm=\"Application\"`", Inferred,
        "Token and Bearer are both accepted, as Rails' own token authentication does.", ""),
    row("ONIXPublishingStatusCode, ONIX21ProductFormCode, ONIXContributorRoleCode values", Inferred,
        "Labels are confirmed; the values follow ONIX lists 64, 7 and 17 with the documented \
         underscore before a digit.", ""),
    row("ONIXPriceTypeCode._01, _03, _04", Inferred, "Only _02 is seen.", ""),
    row("a web link of a work shows on all its products", Invented,
        "Web links are confirmed on products only.", ""),
    row("a resource without status is DRAFT, without audience `_00`", Invented,
        "No source tells the defaults.", ""),
    row("delayedJobStatus is `queued`, then `working`, then null or `failed: ...`", Invented,
        "The field is confirmed, its texts are not.", ""),
    row("a resource is refused without exactly one of imageRemoteUrl and resourceFileName", Inferred,
        "Two ways to give the file are documented, each complete in itself.", ""),
    row("lists ascend by id and have no page cap", Inferred,
        "A screenshot of the vendor shows ascending ids; a sample reads everything at once.", ""),
    row("a page of the REST list has 25 products; an ISBN has three groups", Invented,
        "The envelope and the keys are confirmed by public code; size and dashes are not.", ""),
    row("changedSince does not see supporting resources and web links", Invented,
        "Unknown; the careful assumption for a reader.", ""),
];
