//! What in a declaration clears nothing though it can be read: most likely a slip, so that a person
//! is told instead of wondering later why nothing is cleared.

use crate::api::error::Problem;
use crate::config::Source;
use crate::model::date::{Day, show_day};
use crate::model::declaration::{Declaration, Scope};
use crate::model::licence::Bound;
use crate::model::role::Role;
use crate::rights::{Vocabulary, is_territory};

/// What a person should look at; `path`: where the declaration stands.
pub fn doubts(
    path: &str,
    declaration: &Declaration,
    today: Day,
    sources: &[Source],
) -> Vec<Problem> {
    let mut doubts = Vec::new();
    for scope in &declaration.scope {
        let Scope::Collection(id) = scope else { continue };
        if !sources.iter().any(|source| source.collection == *id) {
            doubts.push(Problem::new(
                &format!("{path}.scope"),
                format!("collection {id:?}"),
                "the collection of a [[source]]",
                "nothing is read from that one, so it clears nothing there; correct the id",
            ));
        }
    }
    doubts.extend(misspelt(
        &format!("{path}.usages"),
        &declaration.usages,
        is_known,
        "any, a role such as front_cover, or a usage key of Smint.io",
    ));
    doubts.extend(misspelt(
        &format!("{path}.territories"),
        &declaration.territories,
        is_territory,
        "any, WORLD, an ISO 3166-1 alpha-2 code such as GB, or a geography key of Smint.io",
    ));
    if let Bound::Day(day) = &declaration.signed_on
        && *day > today
    {
        doubts.push(Problem::new(
            &format!("{path}.signed_on"),
            format!("{}, which is to come", show_day(*day)),
            "today or an earlier day",
            "it clears nothing until then; correct the day if it is wrong",
        ));
    }
    if let Bound::Day(day) = &declaration.valid_until
        && *day < today
    {
        doubts.push(Problem::new(
            &format!("{path}.valid_until"),
            format!("{}, which has passed", show_day(*day)),
            "today or a later day",
            "it clears nothing any more; correct the day if it is wrong",
        ));
    }
    doubts
}

/// Those of the words that nobody knows.
fn misspelt(
    path: &str,
    words: &[String],
    is_known: fn(&str) -> bool,
    expected: &str,
) -> impl Iterator<Item = Problem> {
    let unknown = words.iter().enumerate().filter(move |(_, word)| !is_known(word));
    unknown.map(move |(index, word)| {
        Problem::new(
            &format!("{path}[{index}]"),
            format!("{word:?}"),
            expected,
            "it clears nothing as it stands; correct it if it is misspelt",
        )
    })
}

/// As the decision reads it: a role by its name, or a key of the vendor's.
fn is_known(usage: &str) -> bool {
    let lower = usage.trim().to_ascii_lowercase();
    Role::parse(&lower).is_some() || Vocabulary::Usages.keys().contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::parse_day;

    #[test]
    fn only_what_clears_nothing_is_doubted() {
        let today = parse_day("2026-11-28").unwrap();
        let paths = |usages: &[&str], until: Option<&str>| -> Vec<String> {
            let usages = usages.iter().map(|usage| (*usage).to_owned()).collect();
            let valid_until = until.map_or(Bound::None, |d| Bound::Day(parse_day(d).unwrap()));
            let declaration = Declaration { usages, valid_until, ..Declaration::default() };
            doubts("d", &declaration, today, &[]).into_iter().map(|doubt| doubt.path).collect()
        };
        let good = ["Any", "front_cover", "publishing_editorial_book"];
        assert!(paths(&good, Some("2026-11-28")).is_empty(), "its last day counts");
        assert!(paths(&good, None).is_empty());
        let scoped = Declaration {
            scope: vec![Scope::Collection("8101".to_owned()), Scope::Collection("9999".to_owned())],
            ..Declaration::default()
        };
        let source =
            Source { collection: "8101".to_owned(), role: None, download_item: String::new() };
        let found = doubts("d", &scoped, today, &[source]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].found.contains("9999"), "{found:?}");
        let signed = Declaration {
            territories: ["GB", "world", "EX", "any", "XX"].map(str::to_owned).to_vec(),
            signed_on: Bound::Day(parse_day("2026-11-29").unwrap()),
            ..Declaration::default()
        };
        let found: Vec<String> =
            doubts("d", &signed, today, &[]).into_iter().map(|doubt| doubt.path).collect();
        assert_eq!(found, ["d.territories[2]", "d.territories[4]", "d.signed_on"]);
        let bad = ["frontcover", "any", "covers"];
        assert_eq!(
            paths(&bad, Some("2026-11-27")),
            ["d.usages[0]", "d.usages[2]", "d.valid_until"]
        );
    }
}
