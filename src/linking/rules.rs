//! The rule tables, compiled once. Order is the author's; within a table the first rule that
//! gives something wins, and the built-in rules come after the authored ones.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::candidates::Key;
use super::expression::{Document, Expression, document};
use super::fields;
use super::format::{self, Format, Formats};
use crate::model::asset::Asset;
use crate::model::declaration::{Declaration, Scope};
use crate::model::role::Role;
use crate::order;

/// What a link rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKey {
    /// ISBNs in the text.
    Isbn,
    /// The publisher's own reference of a title.
    Reference,
    /// The number of a Consonance work.
    Work,
}

/// Finds the title of an asset.
#[derive(Clone, Debug)]
pub struct LinkRule {
    /// Shown in explanations.
    pub name: String,
    /// What it finds.
    pub key: LinkKey,
    /// Where.
    pub from: Expression,
    /// On which assets; `None`: all.
    pub when: Option<Expression>,
}

/// Gives an asset its role.
#[derive(Clone, Debug)]
pub struct RoleRule {
    /// The role.
    pub role: Role,
    /// On which assets.
    pub when: Expression,
}

/// States the format that an asset is for.
#[derive(Clone, Debug)]
pub struct FormatRule {
    /// The format.
    pub format: Format,
    /// On which assets.
    pub when: Expression,
}

/// What a purchase rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurchaseKind {
    /// The id of a licence purchase transaction.
    Purchase,
    /// The id of a content element.
    Element,
    /// The asset's id in the system behind Portals, equal to a purchase or element id.
    ExternalId,
    /// The file name; joins only where the purchase's project names the title.
    FileAndProject,
}

/// Finds the purchase of an asset.
#[derive(Clone, Debug)]
pub struct PurchaseRule {
    /// Shown in explanations.
    pub name: String,
    /// What it finds.
    pub kind: PurchaseKind,
    /// Where.
    pub from: Expression,
}

/// The tables as authored.
#[derive(Debug)]
pub struct Tables {
    /// Explicit attachments: asset id to keys.
    pub attachments: BTreeMap<String, Vec<Key>>,
    /// Link rules.
    pub links: Vec<LinkRule>,
    /// Role rules.
    pub roles: Vec<RoleRule>,
    /// Format rules.
    pub formats: Vec<FormatRule>,
    /// Purchase rules.
    pub purchases: Vec<PurchaseRule>,
    /// Conditions of declarations, by their text.
    pub conditions: Vec<Expression>,
    /// Whether the built-in link, format and purchase rules follow the authored ones.
    pub built_in: bool,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            attachments: BTreeMap::new(),
            links: Vec::new(),
            roles: Vec::new(),
            formats: Vec::new(),
            purchases: Vec::new(),
            conditions: Vec::new(),
            built_in: true,
        }
    }
}

/// The compiled tables.
#[derive(Debug, Default)]
pub struct Rules {
    pub(super) tables: Tables,
    conditions: BTreeMap<String, Expression>,
    /// The document read last: one asset is asked about several times in a row.
    last: RefCell<Option<(String, Document)>>,
}

impl Rules {
    /// Rules of these tables.
    pub fn new(mut tables: Tables) -> Self {
        let conditions = std::mem::take(&mut tables.conditions);
        let by_text = order::map(conditions.into_iter().map(|one| (one.as_str().to_owned(), one)));
        Self { tables, conditions: by_text, last: RefCell::new(None) }
    }

    /// The asset's document, parsed.
    pub(super) fn document(&self, asset: &Asset) -> Document {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((text, parsed)) if *text == asset.document => parsed.clone(),
            _ => {
                let parsed = document(&asset.document);
                *last = Some((asset.document.clone(), parsed.clone()));
                parsed
            }
        }
    }

    /// The role that the first fitting rule gives, else the default, else the one that the asset's
    /// role field names.
    pub fn role(&self, asset: &Asset, default: Option<Role>) -> Option<Role> {
        let document = self.document(asset);
        let fitting = self.tables.roles.iter().find(|rule| holds(&rule.when, &document));
        let named = || match fields::raw(&document, fields::ROLE).as_slice() {
            [one] if self.tables.built_in => Role::parse(one),
            _ => None,
        };
        fitting.map(|rule| rule.role).or(default).or_else(named)
    }

    /// The formats that the asset says it is for; `None` if it says nothing.
    pub fn format(&self, asset: &Asset) -> Option<Formats> {
        let document = self.document(asset);
        let fitting = self.tables.formats.iter().find(|rule| holds(&rule.when, &document));
        match fitting {
            Some(rule) => Some(Formats::of(rule.format)),
            None if self.tables.built_in => format::stated(&document),
            None => None,
        }
    }

    /// Whether a declaration's scope covers the asset. Free text covers nothing here: it stands
    /// for the asset in hand in worked cases only.
    pub fn covers(&self, declaration: &Declaration, asset: &Asset) -> bool {
        declaration.scope.iter().any(|scope| match scope {
            Scope::Collection(id) => *id == asset.collection.0,
            Scope::Asset(id) => *id == asset.id.0,
            Scope::Metadata(text) => self.condition_holds(text, asset),
            Scope::Stated(_) => false,
        })
    }

    fn condition_holds(&self, text: &str, asset: &Asset) -> bool {
        let document = self.document(asset);
        match self.conditions.get(text) {
            Some(condition) => holds(condition, &document),
            // A declaration that was stored later, not configured.
            None => Expression::parse(text).is_ok_and(|condition| holds(&condition, &document)),
        }
    }
}

/// A condition that fails on an asset (a wrong type, too large) does not hold.
pub(super) fn holds(condition: &Expression, document: &Document) -> bool {
    condition.holds(document).unwrap_or(false)
}

#[cfg(test)]
mod tests;
