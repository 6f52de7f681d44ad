//! Which pictures the specifications let pass, as the flow of approved assets asks them.

use serde_json::json;

use super::*;
use crate::flows::fit::{fit_for, pixel_problem};
use crate::linking::testing::title;

/// A form of each class of product.
const FORMS: [&str; 6] = ["BC", "DG", "AJ", "AC", "WW", "XX"];

fn check(config: &Config, role: Role, form: &str, width: i64, height: i64) -> Option<String> {
    let product = &title(&[(1, form, "04")]).products[0];
    pixel_problem(fit_for(&config.specifications, role, product), width, height)
}

#[test]
fn pictures_are_checked_against_their_specification() {
    let config = parse(&smallest().to_string()).unwrap();
    let cases = [
        (Role::FrontCover, "DG", 1_400, 2_100, true),
        (Role::FrontCover, "DG", 1_399, 2_100, false),
        (Role::FrontCover, "DG", 1_400, 1_819, false),
        (Role::FrontCover, "DG", 1_400, 1_820, true),
        (Role::FrontCover, "DG", 1_400, 2_381, false),
        (Role::FrontCover, "DG", 1_600, 2_400, true),
        (Role::FrontCover, "AJ", 2_000, 2_000, true),
        (Role::FrontCover, "AJ", 2_400, 2_424, true),
        (Role::FrontCover, "AJ", 2_400, 2_425, false),
        (Role::FrontCover, "AJ", 1_400, 2_100, false),
        (Role::FrontCover, "BB", 1_400, 2_100, true),
        (Role::FrontCover, "BB", 600, 660, true),
        (Role::FrontCover, "BB", 600, 659, false),
        (Role::FrontCover, "BB", 600, 1_140, true),
        (Role::FrontCover, "BB", 600, 1_141, false),
        (Role::FrontCover, "BB", 500, 750, false),
        (Role::FrontCover, "BC", 2_400, 1_600, false),
        (Role::FrontCover, "WW", 600, 600, true),
        (Role::FullCover, "BB", 3_000, 1_500, true),
        (Role::AuthorPhoto, "BB", 154, 220, true),
        (Role::AuthorPhoto, "BB", 1_500, 2_000, true),
        (Role::AuthorPhoto, "BB", 149, 900, false),
        (Role::Social, "BB", 1_600, 1_600, true),
        (Role::MarketingDigital, "DG", 2_800, 1_575, true),
    ];
    for (role, form, width, height, fits) in cases {
        let found = check(&config, role, form, width, height);
        assert_eq!(found.is_none(), fits, "{role} {form} {width} x {height}: {found:?}");
    }
}

#[test]
fn nothing_tiny_passes_whatever_the_configuration() {
    let all = Role::ALL.map(|role| json!({"role": role.as_str(), "short-side-min": 50}));
    for config in [smallest(), with("/specification", json!(all))] {
        let config = parse(&config.to_string()).unwrap();
        for (role, form) in Role::ALL.into_iter().flat_map(|role| FORMS.map(|form| (role, form))) {
            for (width, height) in [(40, 60), (40, 40), (0, 0), (-1, 9_999)] {
                let found = check(&config, role, form, width, height);
                assert!(found.is_some(), "{width} x {height} as {role} on {form}");
            }
        }
    }
}

#[test]
fn authored_specifications_replace_their_defaults() {
    let cases: [(Option<&str>, [bool; 2]); 2] = [(Some("ebook"), [true, false]), (None, [true; 2])];
    for (class, expected) in cases {
        let mut authored = json!({"role": "front_cover", "short-side-min": 50});
        if let Some(class) = class {
            authored["form-class"] = json!(class);
        }
        let config = with("/specification", json!([authored]));
        let config = parse(&config.to_string()).unwrap();
        let passes =
            ["DG", "AJ"].map(|form| check(&config, Role::FrontCover, form, 100, 101).is_none());
        assert_eq!(passes, expected, "{class:?}");
    }
}
