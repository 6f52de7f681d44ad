//! `bench`: the figures of docs/PERFORMANCE.md, one subcommand per figure.
//!
//! Invariant: a figure is shown as it was measured, with the machine and the day, and never
//! judged here: what is aimed at stands in the document.

mod clearance;
mod component;
mod core;
mod matrix;
mod native;
mod stopwatch;
mod sync;

use serde_json::{Map, Value};

use super::arguments::{BenchCommand, BenchOptions};
use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

/// A measured figure: what it is, and the number with its unit.
type Figure = (String, Value);

/// Runs the command.
pub async fn bench(context: &Context, options: &BenchOptions) -> Result<Status, Failure> {
    let mut figures: Vec<Figure> = vec![
        ("machine".to_owned(), stopwatch::machine().into()),
        ("measured at".to_owned(), stopwatch::today().into()),
    ];
    figures.extend(match &options.what {
        BenchCommand::Component { rounds } => component::measure(context, *rounds).await?,
        BenchCommand::Clearance { cases } => clearance::measure(context, cases).await?,
        BenchCommand::Matrix(options) => matrix::measure(options)?,
        BenchCommand::Core(scale) => core::measure(context, scale).await?,
        BenchCommand::Sync(scale) => sync::measure(context, scale).await?,
    });
    context.output.show(|| Value::Object(Map::from_iter(figures.clone())), || text(&figures));
    Ok(Status::Done)
}

fn text(figures: &[Figure]) -> String {
    let mut shown = table(&["figure", "measured"]);
    let mut more = String::new();
    for (name, value) in figures {
        match value.as_array() {
            Some(rows) => more.push_str(&format!("\n\n{name}\n\n{}", rows_text(rows))),
            None => shown.add_row([name, &cell(value)]),
        }
    }
    format!("{shown}{more}")
}

/// What a row is about; these columns come first, the others by their names.
const ABOUT: [&str; 3] = ["flow", "kind", "run"];

/// A table of objects that have the same members.
fn rows_text(rows: &[Value]) -> String {
    let objects = || rows.iter().filter_map(Value::as_object);
    let mut heads: Vec<&str> =
        objects().next().map_or_else(Vec::new, |row| row.keys().map(String::as_str).collect());
    heads.sort_by_key(|head| !ABOUT.contains(head));
    let mut shown = table(&heads);
    for row in objects() {
        shown.add_row(heads.iter().map(|head| row.get(*head).map_or_else(String::new, cell)));
    }
    shown.to_string()
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(cell).collect::<Vec<_>>().join(" / "),
        other => other.to_string(),
    }
}
