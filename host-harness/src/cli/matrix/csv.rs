//! The matrix as CSV (RFC 4180), for spreadsheets.

use host_harness::bindings::exports::consonance_smintio::connector::rights::Matrix;

use super::{because, territory};
use crate::cli::output::verdict;

const HEADS: [&str; 9] =
    ["asset", "role", "product", "isbn", "territories", "verdict", "until", "reasons", "source"];

/// One line per cell.
pub fn csv(matrix: &Matrix) -> String {
    let mut lines = vec![HEADS.map(str::to_owned).to_vec()];
    for cell in &matrix.cells {
        let edition = matrix.editions.iter().find(|e| e.product_id == cell.product_id);
        lines.push(vec![
            cell.asset.clone(),
            cell.role.clone(),
            cell.product_id.to_string(),
            edition.and_then(|e| e.isbn.clone()).unwrap_or_default(),
            territory::in_full(&cell.territories),
            verdict(cell.decision.verdict).to_owned(),
            cell.decision.until.clone().unwrap_or_default(),
            because(&cell.decision),
            cell.source.clone().unwrap_or_default(),
        ]);
    }
    let line = |fields: Vec<String>| {
        fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",") + "\r\n"
    };
    lines.into_iter().map(line).collect()
}

/// A field in quotes where it needs them. A spreadsheet must not take a text for a formula.
pub fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}
