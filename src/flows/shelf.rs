//! What a collection of ours in Portals shall be. Its name ends in a marker, because Portals gives
//! collections no other place for one.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::date::Day;
use crate::state::shelf::Manifest;

/// Characters of a name, marker included: long titles stay readable in lists.
const NAME_CHARS_MAX: usize = 180;

/// What stands before the marker.
const SEPARATOR: &str = " · ";

/// A collection as it shall be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desired {
    /// The marker, such as `C1234`.
    pub marker: String,
    /// The name, marker included.
    pub name: String,
    /// The work it is about; 0: several.
    pub work: i64,
    /// What it is called in reports.
    pub title: String,
    /// The members; `None`: not a matter of this flow.
    pub members: Option<BTreeSet<String>>,
    /// The text of the context card; `None`: not a matter of this flow.
    pub card: Option<String>,
    /// What the kit is made of, to be kept once it is so.
    pub manifest: Option<Manifest>,
    /// Whether outsiders may look into it.
    pub share: Sharing,
    /// Whether it is made where it is not there yet.
    pub create: bool,
    /// Why, in a sentence.
    pub why: Cow<'static, str>,
}

/// Whether outsiders may look into a collection, by a link that ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// Not a matter of this flow, or not to be decided now.
    #[default]
    Untouched,
    /// They may not.
    Closed,
    /// They may, as long as it holds nothing else.
    Open {
        /// The last day.
        until: Day,
        /// What is cleared until then.
        cleared: BTreeSet<String>,
    },
}

/// A name with its marker at the end.
pub fn name(text: &str, marker: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let room = NAME_CHARS_MAX.saturating_sub(SEPARATOR.chars().count() + marker.chars().count());
    let short: String = words.chars().take(room).collect();
    format!("{}{SEPARATOR}{marker}", short.trim_end())
}

/// The marker at the end of a name.
pub fn marker(name: &str) -> Option<&str> {
    let (_, marker) = name.trim_end().rsplit_once(SEPARATOR)?;
    let mut chars = marker.chars();
    let kind = chars.next().is_some_and(|c| matches!(c, 'C' | 'T' | 'I' | 'A' | 'K'));
    let rest = chars.as_str();
    (kind && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_hexdigit())).then_some(marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_found_at_the_end_of_its_name_only() {
        let long = "word ".repeat(100);
        for text in ["Herbs & Spices", "A · C9 in the middle", "  two\nlines ", "", long.as_str()]
        {
            let named = name(text, "C1234");
            assert_eq!(marker(&named), Some("C1234"), "{named}");
            assert!(named.chars().count() <= NAME_CHARS_MAX, "{named}");
            assert!(!named.contains('\n'));
        }
        let foreign = ["Approved covers", "Kit · Cxyz", "Kit · C", "Kit C1234", "Kit · D12", ""];
        assert!(foreign.iter().all(|text| marker(text).is_none()));
        assert_eq!(marker("by hand · C12 "), Some("C12"));
    }
}
