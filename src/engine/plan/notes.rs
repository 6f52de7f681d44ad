//! Sentences of ours that are about to be replaced and that a person changed or took off since we
//! wrote them: nobody's words are written over without a question.

use super::diff::Basis;
use super::operation::Operation;
use crate::engine::inbox::{Item, Kind};
use crate::state::keys::sha256_hex;
use crate::state::link::PlacedLink;

/// What becomes of the sentences.
pub enum Notes {
    /// They may be replaced, or a person let theirs stay.
    Go,
    /// A person is asked.
    Ask(Item),
}

/// Looks at the links that would be replaced for another sentence.
pub fn notes(basis: &Basis, operation: &mut Operation) -> Notes {
    let Some(title) = basis.title else { return Notes::Go };
    let web_links = |product: i64| {
        let of = title.products.iter().filter(move |p| p.id.0 == product);
        of.flat_map(|p| &p.web_links)
    };
    let mut edited = Vec::new();
    for old in operation.old_links.iter().filter(|old| is_replaced(operation, old)) {
        let there = web_links(old.product).find(|there| Some(there.id.0) == old.id);
        let ours = old.shown.as_deref().unwrap_or(&old.note);
        match there {
            Some(there) if there.note == ours => {}
            Some(there) => edited.push((old.clone(), format!("it says {:?}", there.note))),
            None => edited.push((old.clone(), "it was taken off".to_owned())),
        }
    }
    if edited.is_empty() {
        return Notes::Go;
    }
    let said: Vec<String> =
        edited.iter().map(|(old, what)| format!("product {}: {what}", old.product)).collect();
    let said = said.join("; ");
    let message = format!(
        "somebody changed the rights note that we would replace ({said}): `restore` writes ours, \
         `accept` leaves it"
    );
    let facts = sha256_hex(format!("note {said}").as_bytes());
    let item = Item::about(Kind::ForeignEdit, operation.asset.as_str(), message, facts);
    match basis.inbox.decision(&item) {
        Some("restore") => Notes::Go,
        Some("accept") => {
            edited.iter().for_each(|(old, _)| leave(operation, old));
            Notes::Go
        }
        _ => Notes::Ask(item),
    }
}

fn is_replaced(operation: &Operation, old: &PlacedLink) -> bool {
    operation.links.iter().any(|new| same_key(new, old))
}

fn same_key(a: &PlacedLink, b: &PlacedLink) -> bool {
    (a.product, &a.link, &a.role) == (b.product, &b.link, &b.role)
}

/// The link stays as the person made it.
fn leave(operation: &mut Operation, old: &PlacedLink) {
    operation.old_links.retain(|link| link != old);
    for link in operation.links.iter_mut().filter(|link| same_key(link, old)) {
        *link = old.clone();
    }
}
