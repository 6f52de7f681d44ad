//! Where a product is sold, from Consonance's two lists and its worldwide flag (publishing-domain
//! 1.6). Consonance has no rest-of-world field, so only the flag can say that a list is complete.

use crate::model::country::CountrySet;
use crate::model::product::SalesTerritory;

/// The territory, and the codes that are no ISO 3166-1 country.
pub fn territory(
    for_sale: &[String],
    not_for_sale: &[String],
    worldwide: Option<bool>,
) -> (SalesTerritory, Vec<String>) {
    let (sold, mut strangers) = CountrySet::from_codes(for_sale.iter().map(String::as_str));
    let (unsold, more) = CountrySet::from_codes(not_for_sale.iter().map(String::as_str));
    strangers.extend(more);
    let known = if worldwide == Some(true) { CountrySet::all().difference(unsold) } else { sold };
    let complete = match worldwide {
        Some(true) => true,
        // A list beside "not worldwide" is everything there is; without one, nothing is stated.
        Some(false) => !sold.is_empty(),
        None => false,
    };
    let territory = SalesTerritory {
        known,
        unknown_rest: !complete || !strangers.is_empty(),
        contradictory: sold.intersects(unsold),
    };
    (territory, strangers)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Expected<'a> {
        known: usize,
        holds: &'a [&'a str],
        unknown_rest: bool,
        contradictory: bool,
    }

    fn check(for_sale: &str, not_for_sale: &str, worldwide: Option<bool>, expected: &Expected) {
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (found, _) = territory(&list(for_sale), &list(not_for_sale), worldwide);
        let case = format!("for sale {for_sale:?}, not {not_for_sale:?}, worldwide {worldwide:?}");
        assert_eq!(found.known.len(), expected.known, "{case}");
        assert!(expected.holds.iter().all(|c| found.known.contains(c)), "{case}");
        assert_eq!(found.unknown_rest, expected.unknown_rest, "{case}");
        assert_eq!(found.contradictory, expected.contradictory, "{case}");
    }

    fn expect<'a>(known: usize, holds: &'a [&'a str], rest: bool, against: bool) -> Expected<'a> {
        Expected { known, holds, unknown_rest: rest, contradictory: against }
    }

    #[test]
    fn lists_and_the_flag() {
        check("", "", Some(true), &expect(249, &["GB", "US"], false, false));
        check("", "US CA", Some(true), &expect(247, &["GB"], false, false));
        check("GB", "", Some(true), &expect(249, &["GB", "US"], false, false));
        check("GB IE", "", Some(false), &expect(2, &["GB", "IE"], false, false));
        check("GB IE", "US", Some(false), &expect(2, &["GB", "IE"], false, false));
        check("GB IE", "", None, &expect(2, &["GB", "IE"], true, false));
        check("", "US", Some(false), &expect(0, &[], true, false));
        check("", "US", None, &expect(0, &[], true, false));
        check("", "", Some(false), &expect(0, &[], true, false));
        check("", "", None, &expect(0, &[], true, false));
    }

    #[test]
    fn contradictions_and_strangers() {
        check("GB US", "US", Some(false), &expect(2, &["GB", "US"], false, true));
        check("US", "US", Some(true), &expect(248, &["GB"], false, true));
        check("gb UK", "", Some(false), &expect(1, &["GB"], false, false));
        check("GB XK", "", Some(false), &expect(1, &["GB"], true, false));
        check("", "ROW", Some(true), &expect(249, &["GB"], true, false));
        let (_, strangers) = territory(&["GB-NIR".to_owned()], &["ZZ".to_owned()], None);
        assert_eq!(strangers, ["GB-NIR", "ZZ"]);
    }
}
