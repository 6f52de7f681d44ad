//! Tables for people.
//!
//! Invariant: colours and rules only where standard output is a terminal; elsewhere the same
//! columns as plain text, so that `grep` and `less` work. What people copy into the next command is
//! never broken over two lines, however narrow the terminal is; the other columns wrap.

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

/// Words of other columns are not broken up to this length.
const WORD_MAX: usize = 12;

/// A table that is being filled.
pub struct Grid {
    table: Table,
    copied: Vec<bool>,
    longest: Vec<usize>,
    fits_terminal: bool,
}

/// A table with these column heads.
pub fn table(heads: &[&str]) -> Grid {
    Grid::new(heads, std::io::stdout().is_terminal())
}

impl Grid {
    fn new(heads: &[&str], terminal: bool) -> Self {
        let mut table = Table::new();
        let preset = if terminal { presets::UTF8_FULL_CONDENSED } else { presets::NOTHING };
        table.load_preset(preset);
        table.set_content_arrangement(if terminal {
            ContentArrangement::Dynamic
        } else {
            ContentArrangement::Disabled
        });
        table.set_header(heads.iter().map(|head| {
            let cell = Cell::new(head);
            if terminal { cell.add_attribute(Attribute::Bold) } else { cell }
        }));
        Self {
            table,
            copied: heads.iter().map(|head| COPIED.contains(head)).collect(),
            longest: heads.iter().map(|head| longest_word(head)).collect(),
            fits_terminal: terminal,
        }
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
            let words = if *copied { *longest } else { WORD_MAX.min(*longest) };
            let whole = words + usize::from(column.padding_width());
            let width = Width::Fixed(u16::try_from(whole).unwrap_or(u16::MAX));
            column.set_constraint(ColumnConstraint::LowerBoundary(width));
        }
        table
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fits_terminal { self.arranged().fmt(f) } else { self.table.fmt(f) }
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
}
