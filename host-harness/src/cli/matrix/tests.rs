//! A matrix as people and spreadsheets read it.

use super::csv::{csv, quoted};
use super::*;
use host_harness::bindings::consonance_smintio::connector::types::Reason;

fn cell(territories: &[&str], verdict: Verdict, reasons: Vec<Reason>) -> MatrixCell {
    MatrixCell {
        asset: "1:image:a, \"b\"".to_owned(),
        role: "front_cover".to_owned(),
        product_id: 71,
        territories: territories.iter().map(|code| (*code).to_owned()).collect(),
        planned_run: None,
        decision: Decision {
            verdict,
            until: None,
            deciding: u32::try_from(reasons.len()).unwrap(),
            reasons,
        },
        source: None,
    }
}

fn matrix() -> Matrix {
    let reason = |key: &str| Reason {
        code: "TERRITORY_NOT_GRANTED".to_owned(),
        dimension: "territory".to_owned(),
        key: Some(key.to_owned()),
        term: Some(1),
    };
    Matrix {
        title: "Herbs".to_owned(),
        editions: vec![Edition {
            product_id: 71,
            isbn: Some("9780306406157".to_owned()),
            form: Some("BB".to_owned()),
            publication_date: None,
        }],
        cells: vec![
            cell(&["GB", "IE"], Verdict::Cleared, Vec::new()),
            cell(&["US", "CA"], Verdict::Blocked, vec![reason("US"), reason("CA")]),
        ],
        reusable: Vec::new(),
    }
}

#[test]
fn a_matrix_as_text_says_where_and_why() {
    let text = to_text(&matrix(), Some(500));
    assert!(text.contains("if 500 more copies were printed"), "{text}");
    let blocked = text.lines().find(|line| line.contains("blocked")).unwrap();
    assert!(blocked.contains("US CA") && blocked.contains("TERRITORY_NOT_GRANTED"), "{blocked}");
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.join(" ").contains("(term 1)"), "{text}");
}

#[test]
fn csv_keeps_commas_and_quotes_in_their_field() {
    let csv = csv(&matrix());
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines.len(), 4);
    let start = "\"1:image:a, \"\"b\"\"\",front_cover,71,9780306406157,GB IE,cleared";
    assert!(lines[1].starts_with(start), "{}", lines[1]);
    assert_eq!(quoted("=1+1"), "'=1+1");
}
