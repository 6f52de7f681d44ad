//! The rule tables of the configuration, compiled.

use std::collections::{BTreeMap, BTreeSet};

use super::build::unique;
use super::problems::Problems;
use super::read::Fields;
use crate::linking::expression::Expression;
use crate::linking::{
    Format, FormatRule, Key, LinkKey, LinkRule, PurchaseKind, PurchaseRule, RoleRule, Rules,
    Tables, normalise_reference,
};
use crate::model::isbn::Isbn13;
use crate::model::role::Role;

/// The rules. A rule with a problem is left out; its problem is listed already.
pub(super) fn rules(root: &Fields, problems: &mut Problems) -> Rules {
    Rules::new(Tables {
        attachments: attachments(root, problems),
        links: links(root, problems),
        roles: root.tables("role-rule").iter().filter_map(role).collect(),
        formats: root.tables("format-rule").iter().filter_map(format).collect(),
        purchases: purchases(root, problems),
        conditions: conditions(root),
        built_in: root.flag("built-in-rules").copied().unwrap_or(true),
    })
}

fn attachments(root: &Fields, problems: &mut Problems) -> BTreeMap<String, Vec<Key>> {
    let mut attachments: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    for fields in root.tables("attachment") {
        let fix = match (fields.wrote("isbn"), fields.wrote("reference")) {
            (true, true) => "Keep the ISBN if the asset is for one product, else the reference.",
            (false, false) => "Add the ISBN of the product, or the title's in-house reference.",
            _ => "",
        };
        if !fix.is_empty() {
            let found = if fields.wrote("isbn") { "both" } else { "neither" };
            problems.add(&fields.path, found, "either isbn or reference", fix);
        }
        let isbn = fields.text("isbn").and_then(|text| Isbn13::parse(text).ok()).map(Key::Isbn);
        let reference = fields.text("reference").map(|text| normalise_reference(text));
        let Some(key) = isbn.or(reference.map(Key::Reference)) else { continue };
        attachments.entry(fields.owned("asset")).or_default().push(key);
    }
    attachments
}

fn links(root: &Fields, problems: &mut Problems) -> Vec<LinkRule> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for fields in root.tables("link-rule") {
        let name = fields.owned("name");
        unique(&mut seen, &name, &fields.at("name"), problems);
        let key = match fields.text("key").map(String::as_str) {
            Some("reference") => LinkKey::Reference,
            Some("work") => LinkKey::Work,
            _ => LinkKey::Isbn,
        };
        let Some(from) = expression(fields, "from") else { continue };
        rules.push(LinkRule { name, key, from, when: expression(fields, "when") });
    }
    rules
}

fn purchases(root: &Fields, problems: &mut Problems) -> Vec<PurchaseRule> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for fields in root.tables("purchase-rule") {
        let name = fields.owned("name");
        unique(&mut seen, &name, &fields.at("name"), problems);
        let kind = match fields.text("kind").map(String::as_str) {
            Some("element") => PurchaseKind::Element,
            Some("external-id") => PurchaseKind::ExternalId,
            Some("file-and-project") => PurchaseKind::FileAndProject,
            _ => PurchaseKind::Purchase,
        };
        let Some(from) = expression(fields, "from") else { continue };
        rules.push(PurchaseRule { name, kind, from });
    }
    rules
}

fn role(fields: &Fields) -> Option<RoleRule> {
    let role = fields.text("role").and_then(|text| Role::parse(text))?;
    Some(RoleRule { role, when: expression(fields, "when")? })
}

fn format(fields: &Fields) -> Option<FormatRule> {
    let format = fields.text("format").and_then(|text| Format::parse(text))?;
    Some(FormatRule { format, when: expression(fields, "when")? })
}

/// The conditions in the scopes of declarations.
fn conditions(root: &Fields) -> Vec<Expression> {
    let scopes = root.tables("declaration").iter().flat_map(|one| one.tables("scope"));
    scopes.filter_map(|scope| expression(scope, "metadata")).collect()
}

fn expression(fields: &Fields, name: &str) -> Option<Expression> {
    fields.expression(name).cloned()
}
