//! From keys and what Consonance knows under them to one title, or to the reason why there is
//! none.

use std::collections::BTreeMap;

use super::candidates::{Candidates, Key};
use crate::model::ids::{ProductId, WorkId};
use crate::model::isbn::IsbnError;
use crate::order;

/// A title that a key led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The work.
    pub work: WorkId,
    /// The product whose ISBN the key is.
    pub product: Option<ProductId>,
}

/// Where an asset belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linked {
    /// To one title.
    Title {
        /// The work.
        work: WorkId,
        /// Its products whose ISBN the asset names, ascending.
        products: Vec<ProductId>,
        /// The rule that found it.
        rule: String,
    },
    /// Nothing on the asset says where it belongs.
    Nothing,
    /// Its keys lead to several titles.
    Ambiguous {
        /// The works, ascending.
        works: Vec<WorkId>,
    },
    /// It names keys that no title has.
    UnknownKeys(Vec<Key>),
    /// It names a mistyped ISBN: the text, and what is wrong with it.
    BadIsbn(String, IsbnError),
}

impl std::fmt::Display for Linked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Title { work, rule, .. } => write!(f, "belongs to work {work} by {rule}"),
            Self::Nothing => f.write_str(
                "names no title: add its ISBN to the file name, name, keywords or metadata, \
                 or attach it",
            ),
            Self::Ambiguous { works } => {
                write!(
                    f,
                    "names several titles (works {}): attach it to the right one",
                    list(works)
                )
            }
            Self::UnknownKeys(keys) => {
                write!(f, "names {}, which no title in Consonance has", list(keys))
            }
            Self::BadIsbn(text, error) => {
                write!(f, "names {text:?}, which is no ISBN: {error}; correct it in Smint.io")
            }
        }
    }
}

fn list<T: std::fmt::Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Decides. A key that leads nowhere beside keys that all lead to one title does no harm, unless
/// some title is `unread` now: the ISBN may be that one's, and the asset meant for it.
pub fn decide(candidates: &Candidates, found: &BTreeMap<Key, Vec<Hit>>, unread: bool) -> Linked {
    if let Some((text, error)) = candidates.bad_isbns.first() {
        return Linked::BadIsbn(text.clone(), error.clone());
    }
    if candidates.keys.is_empty() {
        return Linked::Nothing;
    }
    let hits: Vec<Hit> =
        candidates.keys.iter().filter_map(|key| found.get(key)).flatten().copied().collect();
    let works = order::set(hits.iter().map(|hit| hit.work));
    let products = order::set(hits.iter().filter_map(|hit| hit.product));
    let is_stray =
        |key: &&Key| matches!(key, Key::Isbn(_)) && found.get(*key).is_none_or(Vec::is_empty);
    let strays: Vec<Key> = candidates.keys.iter().filter(is_stray).cloned().collect();
    if unread && !strays.is_empty() {
        return Linked::UnknownKeys(strays);
    }
    let mut works = works.into_iter();
    match (works.next(), works.next()) {
        (None, _) => Linked::UnknownKeys(candidates.keys.clone()),
        (Some(work), None) => Linked::Title {
            work,
            products: products.into_iter().collect(),
            rule: candidates.rule.clone().unwrap_or_default(),
        },
        (Some(first), Some(second)) => {
            Linked::Ambiguous { works: [first, second].into_iter().chain(works).collect() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::Reference(name.to_owned())
    }

    fn hit(work: i64, product: i64) -> Hit {
        Hit { work: WorkId(work), product: (product > 0).then_some(ProductId(product)) }
    }

    fn title(work: i64, products: &[i64]) -> Linked {
        Linked::Title {
            work: WorkId(work),
            products: products.iter().copied().map(ProductId).collect(),
            rule: "test".to_owned(),
        }
    }

    #[test]
    fn one_title_or_the_reason_why_none() {
        let found = BTreeMap::from([
            (key("a"), vec![hit(1, 12)]),
            (key("b"), vec![hit(1, 11)]),
            (key("c"), vec![hit(2, 21)]),
            (key("ref"), vec![hit(1, 0)]),
            (key("twice"), vec![hit(3, 0), hit(2, 0)]),
            (key("gone"), vec![]),
        ]);
        let ambiguous = |works: &[i64]| Linked::Ambiguous {
            works: works.iter().copied().map(WorkId).collect(),
        };
        let cases: &[(&[&str], Linked)] = &[
            (&["a"], title(1, &[12])),
            (&["a", "b"], title(1, &[11, 12])),
            (&["ref"], title(1, &[])),
            (&["a", "none"], title(1, &[12])),
            (&["a", "c"], ambiguous(&[1, 2])),
            (&["twice"], ambiguous(&[2, 3])),
            (&["none"], Linked::UnknownKeys(vec![key("none")])),
            (&["gone"], Linked::UnknownKeys(vec![key("gone")])),
            (&[], Linked::Nothing),
        ];
        for (keys, expected) in cases {
            let candidates = Candidates {
                rule: Some("test".to_owned()),
                keys: keys.iter().map(|name| key(name)).collect(),
                ..Candidates::default()
            };
            assert_eq!(decide(&candidates, &found, false), *expected, "{keys:?}");
        }
    }

    #[test]
    fn a_mistyped_isbn_is_never_overlooked() {
        let bad = ("9780306406158".to_owned(), IsbnError::CheckDigit);
        let mut candidates = Candidates { bad_isbns: vec![bad], ..Candidates::default() };
        let found = BTreeMap::from([(key("a"), vec![hit(1, 12)])]);
        for keys in [vec![], vec![key("a")]] {
            candidates.keys = keys;
            let decided = decide(&candidates, &found, false);
            assert_eq!(decided, Linked::BadIsbn("9780306406158".to_owned(), IsbnError::CheckDigit));
            assert!(decided.to_string().contains("check digit"));
        }
    }

    #[test]
    fn an_isbn_that_leads_nowhere_may_be_an_unread_titles() {
        let stray = Key::Isbn(crate::model::isbn::Isbn13::parse("9780306406157").expect("an ISBN"));
        let candidates = Candidates {
            keys: vec![key("a"), stray.clone(), key("none")],
            rule: Some("test".to_owned()),
            ..Candidates::default()
        };
        let found = BTreeMap::from([(key("a"), vec![hit(1, 12)])]);
        assert_eq!(decide(&candidates, &found, false), title(1, &[12]));
        assert_eq!(decide(&candidates, &found, true), Linked::UnknownKeys(vec![stray]));
    }
}
