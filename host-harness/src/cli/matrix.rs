//! `clearance ISBN`: the matrix of a title, edition by territory by print run.

mod csv;
mod territory;

use std::collections::BTreeSet;
use std::io::IsTerminal as _;

use comfy_table::{Cell, Color};
use host_harness::bindings::consonance_smintio::connector::types::{Decision, Verdict};
use host_harness::bindings::exports::consonance_smintio::connector::rights::{
    Cell as MatrixCell, Edition, Matrix,
};
use serde_json::{Value, json};

use super::arguments::ClearanceOptions;
use super::context::Context;
use super::exit::{Failure, Status};
use super::output::{decision, line, verdict};
use super::table::table;

/// Shows the matrix.
pub async fn matrix(
    context: &Context,
    isbn: &str,
    options: &ClearanceOptions,
) -> Result<Status, Failure> {
    let opened = context.open_stored().await?;
    let matrix = opened.tenant.clearance(isbn, options.planned_run).await?;
    if options.csv {
        line(csv::csv(&matrix).trim_end());
    } else {
        context.output.show(|| to_json(&matrix), || to_text(&matrix, options.planned_run));
    }
    Ok(Status::Done)
}

fn to_text(matrix: &Matrix, planned_run: Option<u64>) -> String {
    let mut text = matrix.title.clone();
    if let Some(copies) = planned_run {
        let were = if copies == 1 { "copy was" } else { "copies were" };
        text = format!(
            "{text}\nif {copies} more {were} printed; what was cleared with `rights override` \
             holds for the runs that are known, and not for this one"
        );
    }
    if matrix.cells.is_empty() {
        return format!("{text}\n\nNo asset and no purchase belongs to it.");
    }
    let heads =
        ["asset", "role", "edition", "territories", "verdict", "until", "because", "source"];
    let mut shown = table(&heads);
    for cell in &matrix.cells {
        shown.add_row(row(cell, matrix));
    }
    text = format!("{text}\n\n{shown}");
    if !matrix.reusable.is_empty() {
        let heads = ["earlier purchase", "name", "shows the same as", "edition", "verdict"];
        let mut reusable = table(&heads);
        for one in &matrix.reusable {
            reusable.add_row(vec![
                Cell::new(&one.purchase),
                Cell::new(one.name.as_deref().unwrap_or_default()),
                Cell::new(&one.asset),
                Cell::new(edition(matrix, one.product_id)),
                coloured(&one.decision),
            ]);
        }
        text = format!("{text}\n\nCan be reused\n{reusable}");
    }
    text
}

fn row(cell: &MatrixCell, matrix: &Matrix) -> Vec<Cell> {
    vec![
        Cell::new(&cell.asset),
        Cell::new(&cell.role),
        Cell::new(edition(matrix, cell.product_id)),
        Cell::new(territory::in_words(&cell.territories)),
        coloured(&cell.decision),
        Cell::new(cell.decision.until.as_deref().unwrap_or_default()),
        Cell::new(because(&cell.decision)),
        Cell::new(cell.source.as_deref().unwrap_or_default()),
    ]
}

/// An edition as people call it.
fn edition(matrix: &Matrix, product: i64) -> String {
    let found = matrix.editions.iter().find(|edition| edition.product_id == product);
    let Some(Edition { isbn, form, .. }) = found else { return product.to_string() };
    let isbn = isbn.as_deref().unwrap_or("no ISBN");
    format!("{product} {isbn} {}", form.as_deref().unwrap_or("no form"))
}

/// The verdict, in its colour where colours are wanted.
fn coloured(decision: &Decision) -> Cell {
    let cell = Cell::new(verdict(decision.verdict));
    let wanted = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if !wanted {
        return cell;
    }
    cell.fg(match decision.verdict {
        Verdict::Cleared => Color::Green,
        Verdict::ClearedUntil => Color::Cyan,
        Verdict::NeedsReview => Color::Yellow,
        Verdict::Blocked => Color::Red,
    })
}

/// The deciding reasons, each code once, with the term that said so.
fn because(decision: &Decision) -> String {
    let deciding = usize::try_from(decision.deciding).unwrap_or(usize::MAX);
    let codes: BTreeSet<String> = decision
        .reasons
        .iter()
        .take(deciding)
        .map(|reason| match reason.term {
            Some(term) => format!("{} (term {term})", reason.code),
            None => reason.code.clone(),
        })
        .collect();
    codes.into_iter().collect::<Vec<_>>().join(", ")
}

fn to_json(matrix: &Matrix) -> Value {
    let cell = |cell: &MatrixCell| {
        json!({
            "asset": cell.asset,
            "role": cell.role,
            "product": cell.product_id,
            "territories": cell.territories,
            "planned-run": cell.planned_run,
            "decision": decision(&cell.decision),
            "source": cell.source,
        })
    };
    let edition = |edition: &Edition| {
        json!({
            "product": edition.product_id,
            "isbn": edition.isbn,
            "form": edition.form,
            "publication-date": edition.publication_date,
        })
    };
    let reusable = matrix.reusable.iter().map(|one| {
        json!({
            "purchase": one.purchase,
            "name": one.name,
            "asset": one.asset,
            "product": one.product_id,
            "decision": decision(&one.decision),
        })
    });
    json!({
        "title": matrix.title,
        "editions": matrix.editions.iter().map(edition).collect::<Vec<_>>(),
        "cells": matrix.cells.iter().map(cell).collect::<Vec<_>>(),
        "reusable": reusable.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
