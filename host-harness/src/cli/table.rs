//! Tables for people.
//!
//! Invariant: colours and rules only where standard output is a terminal; elsewhere the same
//! columns as plain text, so that `grep` and `less` work. What people copy into the next command is
//! never broken over two lines, however narrow the table is; the other columns wrap. Programs read
//! `--json` or CSV, where nothing wraps.

use std::fmt;
use std::io::IsTerminal as _;

use comfy_table::{
    Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, Width,
    presets,
};

/// The heads of columns whose words people copy.
const COPIED: [&str; 17] = [
    "id",
    "alert",
    "override",
    "asset",
    "change",
    "work",
    "product",
    "products",
    "edition",
    "source",
    "until",
    "due",
    "collection",
    "value",
    "earlier purchase",
    "shows the same as",
    "name",
];

/// Words of other columns are not broken up to this length in a terminal.
const WORD_MAX: usize = 12;

/// Elsewhere there is room for every word that somebody may look for.
const WORD_MAX_PIPED: usize = 40;

/// How wide a table is that goes elsewhere, in characters, unless `COLUMNS` says otherwise.
const WIDTH_PIPED: u16 = 120;

/// A table that is being filled.
pub struct Grid {
    table: Table,
    copied: Vec<bool>,
    longest: Vec<usize>,
    word_max: usize,
}

/// A table with these column heads.
pub fn table(heads: &[&str]) -> Grid {
    let columns = std::env::var("COLUMNS").ok();
    if std::io::stdout().is_terminal() {
        Grid::new(heads, true)
    } else {
        Grid::piped(heads, columns)
    }
}

impl Grid {
    fn new(heads: &[&str], terminal: bool) -> Self {
        let mut table = Table::new();
        let preset = if terminal { presets::UTF8_FULL_CONDENSED } else { presets::NOTHING };
        table.load_preset(preset);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(heads.iter().map(|head| {
            let cell = Cell::new(head);
            if terminal { cell.add_attribute(Attribute::Bold) } else { cell }
        }));
        Self {
            table,
            copied: heads.iter().map(|head| COPIED.contains(head)).collect(),
            longest: heads.iter().map(|head| longest_word(head)).collect(),
            word_max: if terminal { WORD_MAX } else { WORD_MAX_PIPED },
        }
    }

    /// A table that goes into a pipe or a file, as wide as `COLUMNS` says.
    fn piped(heads: &[&str], columns: Option<String>) -> Self {
        let mut grid = Self::new(heads, false);
        let width = columns.and_then(|text| text.trim().parse().ok()).filter(|width| *width > 0);
        grid.table.set_width(width.unwrap_or(WIDTH_PIPED));
        grid
    }

    /// Adds a row.
    pub fn add_row(&mut self, row: impl Into<Row>) {
        let row = row.into();
        for (longest, cell) in self.longest.iter_mut().zip(row.cell_iter()) {
            *longest = (*longest).max(longest_word(&cell.content()));
        }
        self.table.add_row(row);
    }

    /// The table with columns that are wide enough for what must not be broken.
    fn arranged(&self) -> Table {
        let mut table = self.table.clone();
        let columns = table.column_iter_mut().zip(self.copied.iter().zip(&self.longest));
        for (column, (copied, longest)) in columns {
            let words = if *copied { *longest } else { self.word_max.min(*longest) };
            let whole = words + usize::from(column.padding_width());
            let width = Width::Fixed(u16::try_from(whole).unwrap_or(u16::MAX));
            column.set_constraint(ColumnConstraint::LowerBoundary(width));
        }
        table
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.arranged().fmt(f)
    }
}

/// The width of the longest word, in characters.
fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}

/// A number, aligned as numbers are.
pub fn number(value: u64) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_whole_in_a_narrow_terminal() {
        let id = "adoption:12:image:DAM-100004-with-a-long-tail";
        for width in [30, 60, 80, 200] {
            let mut grid = Grid::new(&["id", "what happened", "products"], true);
            let sentence = "somebody took our image off the title in Consonance, and so on and on";
            grid.add_row([id, sentence, "5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008"]);
            grid.table.set_width(width);
            let shown = grid.to_string();
            assert!(shown.contains(id), "{width}:\n{shown}");
            for product in ["5001", "5008", "Consonance"] {
                assert!(shown.contains(product), "{product} at {width}:\n{shown}");
            }
            let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(width < 80 || widest <= width.into(), "{width}:\n{shown}");
        }
    }
    #[test]
    fn a_table_in_a_pipe_is_as_wide_as_columns_say() {
        let long = "a sentence that goes on ".repeat(40);
        let code = "TERRITORY_NOT_GRANTED";
        for (columns, most) in [(None, 120), (Some("90"), 90), (Some("0"), 120), (Some("x"), 120)] {
            let mut grid = Grid::piped(&["id", "why", "code"], columns.map(str::to_owned));
            grid.add_row(["wrong-file:12:image:DAM-100094", &long, code]);
            let shown = grid.to_string();
            let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
            assert!((most - 30..=most).contains(&widest), "{widest} of {most}:\n{shown}");
            assert!(shown.contains(code) && shown.contains("DAM-100094"), "{shown}");
        }
        let mut short = Grid::piped(&["id", "why"], None);
        short.add_row(["1", "no reason"]);
        assert!(short.to_string().lines().all(|line| line.len() < 20), "{short}");
    }
}
