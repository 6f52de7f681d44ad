//! What people read.

use super::super::wire::{evaluate, read_case};
use super::*;

fn decided(term: &str, context: &str) -> Decision {
    let json = format!(
        r#"{{"id":"s","policy":{{"state":"completed","release":{{"model":"released",
        "property":"released"}},"terms":[{{"allowed_usages":["any"],
        "allowed_distributions":["any"],"usage_limits":["any"],"is_editorial_use":false,{term}}}]}},
        "context":{{"role":"front_cover","media":["print"],"languages":["eng"],"planned_run":10,
        "prior_run":0,"use_from":"2027-03-04","today":"2026-11-23",{context}}}}}"#
    );
    evaluate(&read_case(&json).unwrap())
}

#[test]
fn the_decision_in_a_sentence() {
    let home = r#""territory":{"known":["GB","IE"]}"#;
    let world = r#""territory":{"known":["GB","US","CA","JP","BR"]}"#;
    for (term, context, sentence) in [
        (r#""allowed_geographies":["any"]"#, home, "Cleared."),
        (
            r#""allowed_geographies":["any"],"valid_until":"2027-12-31T23:59:59Z""#,
            home,
            "Cleared until 31 December 2027.",
        ),
        (
            r#""allowed_geographies":["europe_any"]"#,
            r#""territory":{"known":["GB","US"]}"#,
            "Not cleared: the licence does not grant the United States (TERRITORY_NOT_GRANTED, \
             term 1).",
        ),
        (
            r#""allowed_geographies":["europe_any"]"#,
            world,
            "Not cleared: the licence does not grant Brazil, Canada and 2 more \
             (TERRITORY_NOT_GRANTED, term 1).",
        ),
        (
            r#""allowed_geographies":["asia_china"],"valid_until":"2027-03-03""#,
            home,
            "Not cleared: the licence does not grant the UK and Ireland (TERRITORY_NOT_GRANTED, \
             term 1), and 1 more reason.",
        ),
        (
            r#""allowed_geographies":["open_market"]"#,
            home,
            "Needs review: the licence names the unknown territory \"open_market\" \
             (TERRITORY_KEY_UNKNOWN, term 1).",
        ),
    ] {
        assert_eq!(super::sentence(&decided(term, context)), sentence);
    }
}

#[test]
fn every_reason_has_a_sentence_of_its_own() {
    let term = r#""allowed_geographies":["any"],"valid_until":"2027-03-03""#;
    let decision = decided(term, r#""territory":{"known":["GB"],"unknown_rest":true}"#);
    assert_eq!(
        explain(&decision),
        [
            "The licence is over after 3 March 2027 (EXPIRED, term 1).",
            "Where the product is sold is not known in full (TERRITORY_PRODUCT_UNKNOWN).",
            "The licence ends while the product is on sale (EXPIRES_DURING_SALE, term 1).",
        ]
    );
}

#[test]
fn every_code_has_words() {
    for code in Code::ALL {
        for key in [None, Some("x")] {
            let text = words(*code, crate::rights::Weight::Block, key);
            assert!(text.contains(' ') && !text.contains('_'), "{code}: {text}");
            assert!(!text.ends_with(' '), "{code}: {text}");
        }
    }
}
