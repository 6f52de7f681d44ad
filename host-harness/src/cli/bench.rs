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
    for (name, value) in figures {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        shown.add_row([name, &value]);
    }
    shown.to_string()
}
