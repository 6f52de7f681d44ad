//! Tables for people.
//!
//! Invariant: colours and rules only where standard output is a terminal; elsewhere the same
//! columns as plain text, so that `grep` and `less` work.

use std::io::IsTerminal as _;

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, presets};

/// A table with these column heads.
pub fn table(heads: &[&str]) -> Table {
    let terminal = std::io::stdout().is_terminal();
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
    table
}

/// A number, aligned as numbers are.
pub fn number(value: u64) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}
