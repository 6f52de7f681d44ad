//! Compares the profile with a live schema: which names are right there, which are missing, and
//! which cannot be seen.

use super::decode::{MutationShape, Schema, TypeShape};
use super::profile::{Profile, some};

/// What the live schema says about one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The setting.
    pub name: String,
    /// Whether it is right.
    pub outcome: Outcome,
    /// What was found, for a person.
    pub detail: String,
}

/// Whether a name is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is there.
    Proven,
    /// It is not there: writes that use it will be refused.
    Missing,
    /// It is empty, so it is not used.
    Unused,
    /// The schema does not show it.
    NotShown,
}

/// One proof for each name of the profile, in its order.
pub fn prove(profile: &Profile, schema: &Schema) -> Vec<Proof> {
    let prover = Prover { profile, schema };
    let entries = profile.entries().into_iter();
    entries
        .map(|entry| {
            let (outcome, detail) = prover.one(&entry.name, &entry.value);
            Proof { name: entry.name, outcome, detail }
        })
        .collect()
}

struct Prover<'a> {
    profile: &'a Profile,
    schema: &'a Schema,
}

type Finding = (Outcome, String);

impl Prover<'_> {
    fn one(&self, name: &str, value: &str) -> Finding {
        let p = self.profile;
        match name {
            "graphql-path" => (Outcome::Proven, "it answered there".to_owned()),
            "errors-selection" => self.errors_selection(),
            _ if value.is_empty() => (Outcome::Unused, "empty, so it is not used".to_owned()),
            "create-resource-mutation" => self.mutation(value, &RESOURCE_MEMBERS),
            "delete-resource-mutation" => self.mutation(value, &[&p.delete_resource_id]),
            "create-web-link-mutation" => self.mutation(value, &self.web_link_members()),
            "delete-web-link-mutation" => self.mutation(value, &[&p.delete_web_link_id]),
            "create-resource-input" => self.input(&p.create_resource_mutation, value),
            "delete-resource-input" => self.input(&p.delete_resource_mutation, value),
            "create-web-link-input" => self.input(&p.create_web_link_mutation, value),
            "delete-web-link-input" => self.input(&p.delete_web_link_mutation, value),
            "create-resource-payload" => self.payload(&p.create_resource_mutation, value),
            "delete-resource-payload" => self.payload(&p.delete_resource_mutation, value),
            "create-web-link-payload" => self.payload(&p.create_web_link_mutation, value),
            "delete-web-link-payload" => self.payload(&p.delete_web_link_mutation, value),
            "created-resource-field" => self.field(&p.create_resource_payload, value),
            "created-web-link-field" => self.field(&p.create_web_link_payload, value),
            "delete-resource-id" => self.member(&p.delete_resource_input, value),
            "delete-web-link-id" => self.member(&p.delete_web_link_input, value),
            "delete-success-field" => self.everywhere(&self.deletions(), value),
            "errors-field" => self.everywhere(&self.payloads(), value),
            "resource-variant" | "resource-audience" | "resource-width" => {
                self.field("SupportingResource", value)
            }
            "new-resource-status" => self.value("SupportingResourceStatus", value),
            _ if name.starts_with("web-link-") => self.member(&p.create_web_link_input, value),
            _ if name.starts_with("variant-") => self.value("SupportingResourceVariant", value),
            _ => (Outcome::NotShown, "the schema does not show it".to_owned()),
        }
    }

    /// A mutation is right if it is there and asks for nothing that is not sent.
    fn mutation(&self, name: &str, sent: &[&str]) -> Finding {
        let Some(shape) = self.schema.mutations.get(name) else {
            return (Outcome::Missing, format!("there is no mutation `{name}`"));
        };
        let Some(input) = shape.arguments.get("input") else {
            return (Outcome::Missing, format!("the mutation `{name}` takes no `input`"));
        };
        let members = self.type_named(input).map(|t| &t.inputs);
        let more: Vec<&str> = members
            .into_iter()
            .flatten()
            .filter(|(member, shape)| shape.required && !sent.contains(&member.as_str()))
            .map(|(member, _)| member.as_str())
            .collect();
        if more.is_empty() {
            return (Outcome::Proven, format!("the mutation `{name}` is there"));
        }
        (Outcome::Missing, format!("`{input}` also requires {}", more.join(", ")))
    }

    fn input(&self, mutation: &str, value: &str) -> Finding {
        self.agree(mutation, value, |shape| shape.arguments.get("input").map(String::as_str))
    }

    fn payload(&self, mutation: &str, value: &str) -> Finding {
        self.agree(mutation, value, |shape| Some(shape.payload.as_str()))
    }

    fn agree(
        &self,
        mutation: &str,
        value: &str,
        found: impl Fn(&MutationShape) -> Option<&str>,
    ) -> Finding {
        match self.schema.mutations.get(mutation).and_then(found) {
            Some(found) if found == value => (Outcome::Proven, format!("`{mutation}` uses it")),
            Some(found) => (Outcome::Missing, format!("`{mutation}` uses `{found}`")),
            None => (Outcome::NotShown, format!("there is no mutation `{mutation}` to compare")),
        }
    }

    fn field(&self, of: &str, name: &str) -> Finding {
        self.within(of, name, "fields", |t| t.fields.keys().map(String::as_str).collect())
    }

    fn member(&self, of: &str, name: &str) -> Finding {
        self.within(of, name, "members", |t| t.inputs.keys().map(String::as_str).collect())
    }

    fn value(&self, of: &str, name: &str) -> Finding {
        self.within(of, name, "values", |t| t.values.iter().map(String::as_str).collect())
    }

    fn within<'s>(
        &'s self,
        of: &str,
        name: &str,
        what: &str,
        list: impl Fn(&'s TypeShape) -> Vec<&'s str>,
    ) -> Finding {
        let Some(found) = self.type_named(of) else {
            return (Outcome::NotShown, format!("there is no type `{of}` to look into"));
        };
        let known = list(found);
        if known.contains(&name) {
            return (Outcome::Proven, format!("`{of}` has `{name}`"));
        }
        (Outcome::Missing, format!("the {what} of `{of}` are {}", known.join(", ")))
    }

    /// A name that several types must have.
    fn everywhere(&self, types: &[&str], name: &str) -> Finding {
        let findings = types.iter().map(|of| self.field(of, name));
        findings
            .reduce(|worst, next| if worst.0 == Outcome::Proven { next } else { worst })
            .unwrap_or((Outcome::NotShown, String::new()))
    }

    /// Complaints that are objects need a selection, and plain texts must have none.
    fn errors_selection(&self) -> Finding {
        let field = &self.profile.errors_field;
        let Some(payload) = self.type_named(&self.profile.create_resource_payload) else {
            return (Outcome::NotShown, "there is no payload to look into".to_owned());
        };
        match (payload.fields.get(field), some(self.profile.errors_selection.trim())) {
            (None, _) => (Outcome::Unused, format!("the payload has no `{field}`")),
            (Some(shape), None) if shape.leaf => {
                (Outcome::Proven, format!("`{field}` holds plain texts"))
            }
            (Some(shape), Some(_)) if !shape.leaf => {
                (Outcome::NotShown, format!("`{field}` holds objects; their fields are not read"))
            }
            (Some(_), None) => (
                Outcome::Missing,
                format!("`{field}` holds objects: name their fields, such as `field messages`"),
            ),
            (Some(_), Some(_)) => {
                (Outcome::Missing, format!("`{field}` holds plain texts: leave this empty"))
            }
        }
    }

    fn web_link_members(&self) -> Vec<&str> {
        let p = self.profile;
        vec![
            &p.web_link_product,
            &p.web_link_work,
            &p.web_link_link,
            &p.web_link_role,
            &p.web_link_note,
        ]
    }

    fn payloads(&self) -> [&str; 4] {
        let p = self.profile;
        let [a, b] = self.deletions();
        [&p.create_resource_payload, &p.create_web_link_payload, a, b]
    }

    fn deletions(&self) -> [&str; 2] {
        [&self.profile.delete_resource_payload, &self.profile.delete_web_link_payload]
    }

    fn type_named(&self, name: &str) -> Option<&TypeShape> {
        self.schema.types.get(name)
    }
}

/// The members that a new image always carries.
const RESOURCE_MEMBERS: [&str; 3] = ["workId", "productIds", "imageRemoteUrl"];

#[cfg(test)]
mod tests;
