//! The readings of labels, and the tables' invariants.

use super::*;

fn codes(set: CountrySet) -> String {
    set.codes().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_label_grants_what_the_vendor_lists_and_denies_what_anybody_means() {
    let europe = Geography::of_keys(["Europe_Any"]);
    assert_eq!(
        codes(europe.narrow),
        "AD AT BE CH DE DK EE ES FI FR GB IE IT LI LT LU LV NL NO PL PT SE"
    );
    for code in ["RU", "TR", "RO", "CY", "GE", "KZ", "AM", "AZ", "XK"] {
        assert_eq!(europe.wide.contains(code), code != "XK", "{code}");
        assert!(!europe.narrow.contains(code), "{code}");
    }
    let antarctica = Geography::of_keys(["antarctica_any"]);
    assert!(antarctica.narrow.is_empty() && antarctica.stated);
    assert_eq!(codes(antarctica.wide), "AQ BV GS HM TF");
}

#[test]
fn a_country_key_is_exact_even_where_its_country_stands_in_two_regions() {
    let russia = Geography::of_keys(["asia_russia", "south_america_peru"]);
    assert_eq!(codes(russia.narrow), "PE RU");
    assert_eq!(russia.narrow, russia.wide);
}

#[test]
fn iso_codes_are_keys_in_declarations_only() {
    let keys = Geography::of_keys(["GB", "world"]);
    assert_eq!((keys.narrow.is_empty(), keys.any, keys.strangers.len()), (true, false, 2));
    let declared = Geography::of_declared(["gb", "World", "europe_france", "Narnia"]);
    assert_eq!((codes(declared.narrow).as_str(), declared.any), ("FR GB", true));
    assert_eq!(declared.strangers.len(), 1);
}

#[test]
fn the_tables_hold_their_invariants() {
    assert!(COUNTRIES.is_sorted_by(|a, b| a.0 < b.0));
    let mut everywhere = CountrySet::EMPTY;
    for region in &REGIONS {
        let (_, strangers) = CountrySet::from_codes(region.members.split_ascii_whitespace());
        assert!(strangers.is_empty(), "{strangers:?}");
        let reading = Geography::of_keys([region.label]);
        assert!(reading.narrow.is_subset(reading.wide), "{}", region.label);
        everywhere = everywhere.union(reading.wide);
    }
    assert_eq!(everywhere, CountrySet::all());
}

#[test]
fn names_for_sentences() {
    for (code, name) in [
        ("GB", "the UK"),
        ("IE", "Ireland"),
        ("ZA", "South Africa"),
        ("US", "the United States"),
        ("RO", "RO"),
    ] {
        assert_eq!(country_name(code), name);
    }
}
