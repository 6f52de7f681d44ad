//! Consonance's wire profile: every name that the public material does not confirm, and which
//! write depends on which of them. Confirmed names stand in `request.rs`; the few here are settings
//! because tenants differ in them.

use super::prove::{Outcome, Proof};
use crate::model::role::Role;
use crate::vendor::profile::{Entry, Mark, wire_profile};

wire_profile! {
    /// Consonance's names. `Default` is the spelling of the facts page (CA).
    Profile {
        /// Where GraphQL lives.
        graphql_path: Path = "/graphql", Confirmed, "CA 1.1: the login address plus this";
        /// The mutation that creates an image.
        create_resource_mutation: Name = "createSupportingResource", Inferred, "CA 3.1: class name confirmed, camelCase by convention";
        /// Type of its `input`.
        create_resource_input: Name = "CreateSupportingResourceInput", Confirmed, "CA 3.2";
        /// Type of its answer.
        create_resource_payload: Name = "CreateSupportingResourcePayload", Confirmed, "CA 1.2";
        /// Field of its answer that holds the new image; empty: not asked for.
        created_resource_field: OptionalName = "supportingResource", Invented, "CA 6.2 #N: by convention";
        /// The mutation that deletes an image.
        delete_resource_mutation: Name = "deleteSupportingResource", Inferred, "CA 3.1: class name confirmed, camelCase by convention";
        /// Type of its `input`.
        delete_resource_input: Name = "DeleteSupportingResourceInput", Inferred, "CA 6.2: by convention";
        /// Type of its answer.
        delete_resource_payload: Name = "DeleteSupportingResourcePayload", Inferred, "CA 1.2: by convention";
        /// Member of its input that names the image.
        delete_resource_id: Name = "id", Invented, "CA 6.2 #I";
        /// The mutation that creates a web link.
        create_web_link_mutation: Name = "createWebLink", Inferred, "CA 3.1: class name confirmed, camelCase by convention";
        /// Type of its `input`.
        create_web_link_input: Name = "CreateWebLinkInput", Confirmed, "CA 3.3: exists, members not seen";
        /// Type of its answer.
        create_web_link_payload: Name = "CreateWebLinkPayload", Inferred, "CA 1.2: by convention";
        /// Field of its answer that holds the new link; empty: not asked for.
        created_web_link_field: OptionalName = "webLink", Unknown, "CA 6.2: payload not seen, by convention";
        /// Member of its input that names the product; empty: not sent.
        web_link_product: OptionalName = "productId", Unknown, "CA 3.3: the parent is not seen; links are read from products";
        /// Member of its input that names the work; empty: not sent.
        web_link_work: OptionalName = "", Unknown, "CA 6.2 #I shows `workId`; one parent is enough";
        /// Member of its input for the address.
        web_link_link: Name = "link", Invented, "CA 6.2 #I: as the output is named";
        /// Member of its input for the role.
        web_link_role: Name = "role", Invented, "CA 6.2 #I: as the output is named";
        /// Member of its input for the note; empty: not sent.
        web_link_note: OptionalName = "note", Invented, "CA 6.2 #I: as the output is named";
        /// The mutation that deletes a web link.
        delete_web_link_mutation: Name = "deleteWebLink", Inferred, "CA 3.1: class name confirmed, camelCase by convention";
        /// Type of its `input`.
        delete_web_link_input: Name = "DeleteWebLinkInput", Inferred, "CA 6.2: by convention";
        /// Type of its answer.
        delete_web_link_payload: Name = "DeleteWebLinkPayload", Inferred, "CA 1.2: by convention";
        /// Member of its input that names the link.
        delete_web_link_id: Name = "id", Unknown, "CA 3.1: members not seen, by convention";
        /// Field of every mutation's answer that holds its complaints; empty: not asked for.
        errors_field: OptionalName = "errors", Invented, "CA 1.2, 6.2 #I: shape unknown";
        /// What is asked of each complaint; empty if they are plain texts.
        errors_selection: Names = "", Unknown, "CA 1.2: `field messages` or `attribute message` in drafts";
        /// Flag in the answer of a deletion; empty: not asked for.
        delete_success_field: OptionalName = "", Unknown, "CA 1.2: a Boolean is there, its name is not seen";
        /// Field of an image that shows its variant; empty: not asked for.
        resource_variant: OptionalName = "resourceVariant", Invented, "CA 6.2 #N: as the input is named";
        /// Field of an image that shows its audience; empty: not asked for.
        resource_audience: OptionalName = "onixContentAudienceCode", Inferred, "CA 6.2: tail of the name cut, as the input is named";
        /// Field of an image that shows its width; empty: not asked for, `aspectRatio` suffices.
        resource_width: OptionalName = "", Unknown, "CA 6.2 #I shows `width`";
        /// Status to send with a new image; empty: none.
        new_resource_status: OptionalName = "APPROVED", Invented, "CA 6.2 #I: the word \"approved\" is confirmed";
        /// Variant of a front cover; empty: none is sent.
        variant_front_cover: OptionalName = "FRONT_COVER", Invented, "CA 6.2 #I";
        /// Variant of a full cover; empty: none is sent.
        variant_full_cover: OptionalName = "", Unknown, "CA 2.9: no value known";
        /// Variant of an author photo; empty: none is sent.
        variant_author_photo: OptionalName = "CONTRIBUTOR_PICTURE", Invented, "CA 6.2 #I";
        /// Variant of printed promotion; empty: none is sent.
        variant_marketing_print: OptionalName = "", Unknown, "CA 2.9: no value known";
        /// Variant of promotion on screens; empty: none is sent.
        variant_marketing_digital: OptionalName = "", Unknown, "CA 2.9: no value known";
        /// Variant of a social graphic; empty: none is sent.
        variant_social: OptionalName = "", Unknown, "CA 2.9: no value known";
        /// Variant of an image for feeds; empty: none is sent.
        variant_retailer_feed: OptionalName = "", Unknown, "CA 2.9: no value known";
    }
}

/// A kind of write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Write {
    /// Create an image of this role.
    CreateResource(Role),
    /// Delete an image.
    DeleteResource,
    /// Create a web link.
    CreateWebLink,
    /// Delete a web link.
    DeleteWebLink,
}

impl Profile {
    /// The variant of a role; `None`: send no variant.
    pub fn variant(&self, role: Role) -> Option<&str> {
        let value = match role {
            Role::FrontCover => &self.variant_front_cover,
            Role::FullCover => &self.variant_full_cover,
            Role::AuthorPhoto => &self.variant_author_photo,
            Role::MarketingPrint => &self.variant_marketing_print,
            Role::MarketingDigital => &self.variant_marketing_digital,
            Role::Social => &self.variant_social,
            Role::RetailerFeed => &self.variant_retailer_feed,
            Role::Interior => return None,
        };
        some(value)
    }

    /// The settings that a write uses. A write cannot work where one of them is wrong.
    pub fn used_by(&self, write: Write) -> Vec<&'static str> {
        let mut used = match write {
            Write::CreateResource(role) => {
                let mut used = vec![
                    "create-resource-mutation",
                    "create-resource-input",
                    "created-resource-field",
                    "new-resource-status",
                ];
                used.extend(variant_setting(role));
                used
            }
            Write::DeleteResource => vec![
                "delete-resource-mutation",
                "delete-resource-input",
                "delete-resource-id",
                "delete-success-field",
            ],
            Write::CreateWebLink => vec![
                "create-web-link-mutation",
                "create-web-link-input",
                "created-web-link-field",
                "web-link-product",
                "web-link-work",
                "web-link-link",
                "web-link-role",
                "web-link-note",
            ],
            Write::DeleteWebLink => vec![
                "delete-web-link-mutation",
                "delete-web-link-input",
                "delete-web-link-id",
                "delete-success-field",
            ],
        };
        used.extend(["errors-field", "errors-selection"]);
        used
    }

    /// The names that a write uses and that are missing in the live schema, or that neither the
    /// public material confirms nor that schema proves. Names that are empty are not used at all.
    pub fn unproven(&self, write: Write, proofs: &[Proof]) -> Vec<Entry> {
        let used = self.used_by(write);
        let doubtful = |entry: &Entry| match proofs.iter().find(|proof| proof.name == entry.name) {
            Some(proof) if proof.outcome == Outcome::Missing => true,
            Some(proof) if proof.outcome == Outcome::Proven => false,
            _ => entry.mark != Mark::Confirmed && !entry.value.is_empty(),
        };
        let entries = self.entries().into_iter();
        entries.filter(|entry| used.contains(&entry.name.as_str()) && doubtful(entry)).collect()
    }
}

fn variant_setting(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::FrontCover => "variant-front-cover",
        Role::FullCover => "variant-full-cover",
        Role::AuthorPhoto => "variant-author-photo",
        Role::MarketingPrint => "variant-marketing-print",
        Role::MarketingDigital => "variant-marketing-digital",
        Role::Social => "variant-social",
        Role::RetailerFeed => "variant-retailer-feed",
        Role::Interior => return None,
    })
}

/// A name, unless it is empty.
pub(super) fn some(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_their_variants() {
        let mut profile = Profile::default();
        assert_eq!(profile.variant(Role::FrontCover), Some("FRONT_COVER"));
        assert_eq!(profile.variant(Role::AuthorPhoto), Some("CONTRIBUTOR_PICTURE"));
        for role in [Role::FullCover, Role::MarketingDigital, Role::Social, Role::Interior] {
            assert_eq!(profile.variant(role), None, "{role}");
        }
        profile.set("variant-social", "SOCIAL").unwrap();
        assert_eq!(profile.variant(Role::Social), Some("SOCIAL"));
        assert!(profile.set("variant-social", "A B").is_err());
    }

    #[test]
    fn a_write_names_what_it_hangs_on() {
        let profile = Profile::default();
        let names = |write, proofs: &[Proof]| -> Vec<String> {
            profile.unproven(write, proofs).into_iter().map(|e| e.name).collect()
        };
        let proofs: Vec<Proof> = ["create-resource-mutation", "errors-field"]
            .map(|name| Proof {
                name: name.to_owned(),
                outcome: Outcome::Proven,
                detail: String::new(),
            })
            .into();
        let cover = Write::CreateResource(Role::FrontCover);
        assert_eq!(
            names(cover, &[]),
            [
                "create-resource-mutation",
                "created-resource-field",
                "errors-field",
                "new-resource-status",
                "variant-front-cover"
            ]
        );
        assert_eq!(
            names(cover, &proofs),
            ["created-resource-field", "new-resource-status", "variant-front-cover"]
        );
        assert!(
            !names(Write::CreateResource(Role::Social), &proofs)
                .contains(&"variant-social".to_owned())
        );
        assert!(names(Write::DeleteWebLink, &[]).contains(&"delete-web-link-id".to_owned()));
    }

    #[test]
    fn every_setting_that_a_write_uses_exists() {
        let profile = Profile::default();
        let known: Vec<String> = profile.entries().into_iter().map(|e| e.name).collect();
        let creates = Role::ALL.map(Write::CreateResource);
        let others = [Write::DeleteResource, Write::CreateWebLink, Write::DeleteWebLink];
        for write in creates.into_iter().chain(others) {
            for name in profile.used_by(write) {
                assert!(known.iter().any(|k| k == name), "{name}");
            }
        }
    }
}
