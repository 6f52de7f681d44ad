//! What an image of ours showed before it was replaced, field by field, as hashes: by it is seen
//! that something changes to and fro.

use super::covers::short;
use super::operation::Operation;
use crate::state::link::{Appearance, Past, Placed};

/// Earlier values that are remembered per image.
const REMEMBERED: usize = 8;

/// A field's name and its values, before and after.
pub type Change = (&'static str, String, String);

/// The fields in which two appearances differ, with hashes of their values.
pub fn changed(before: &Appearance, after: &Appearance) -> Vec<Change> {
    let fields = [
        ("file", before.version.clone(), after.version.clone()),
        ("variant", text(&before.variant), text(&after.variant)),
        ("editions", text(&before.products), text(&after.products)),
        ("caption", text(&before.caption), text(&after.caption)),
        ("copyright", text(&before.copyright), text(&after.copyright)),
        ("credit", text(&before.required_credit), text(&after.required_credit)),
    ];
    let differ = fields.into_iter().filter(|(_, before, after)| before != after);
    differ.map(|(field, before, after)| (field, short(&before), short(&after))).collect()
}

fn text(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

/// What the image that takes the place of `old` remembers.
pub fn remembered(old: &Placed, new: &Appearance) -> Vec<Past> {
    let gone = changed(&old.asked, new)
        .into_iter()
        .map(|(field, was, _)| Past { field: field.to_owned(), was });
    let mut past: Vec<Past> = old.past.iter().cloned().chain(gone).collect();
    past.drain(..past.len().saturating_sub(REMEMBERED));
    past
}

/// Whether the operation brings a field back to what it was before the last change.
pub fn swings(operation: &Operation) -> bool {
    let (Some(old), Some(new), true) = (&operation.old, &operation.desired, operation.create)
    else {
        return false;
    };
    let was =
        |field: &str, value: &str| old.past.iter().any(|p| p.field == field && p.was == value);
    changed(&old.asked, new).iter().any(|(field, _, now)| was(field, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::link::Shown;

    #[test]
    fn what_comes_back_is_seen() {
        let shows = |caption: &str| Appearance {
            caption: Some(caption.to_owned()),
            ..Appearance::default()
        };
        let mut placed = Placed { id: 1, asked: shows("a"), ..Placed::default() };
        for (to, back) in [("b", false), ("a", true), ("c", false), ("b", true)] {
            let new = shows(to);
            let came_back = changed(&placed.asked, &new)
                .iter()
                .any(|(f, _, now)| placed.past.iter().any(|p| p.field == *f && p.was == *now));
            assert_eq!(came_back, back, "{to}");
            let past = remembered(&placed, &new);
            placed = Placed { id: 2, asked: new, shown: Shown::default(), at: 0, past };
        }
        for n in 0..20 {
            placed.past = remembered(&placed, &shows(&n.to_string()));
            assert!(placed.past.len() <= REMEMBERED);
        }
    }
}
