//! The conformance table: what the facts say Consonance does, row by row, against the core.

mod bench;
mod links_and_updates;
mod people_at_work;
mod reads;
mod resources;
mod scale;
mod schema;
mod transport;

use bench::Bench;

/// One behaviour.
struct Row {
    /// What the vendor does.
    name: &'static str,
    /// The section of the facts page.
    section: &'static str,
    /// Fails if the core does otherwise.
    check: fn(&mut Bench),
}

const fn row(name: &'static str, section: &'static str, check: fn(&mut Bench)) -> Row {
    Row { name, section, check }
}

#[test]
fn the_core_conforms() {
    let tables = [
        transport::ROWS,
        reads::ROWS,
        resources::ROWS,
        links_and_updates::ROWS,
        people_at_work::ROWS,
        schema::ROWS,
    ];
    let mut failed = Vec::new();
    for row in tables.into_iter().flatten() {
        let run = std::panic::AssertUnwindSafe(|| (row.check)(&mut Bench::new()));
        if std::panic::catch_unwind(run).is_err() {
            failed.push(format!("{} (section {})", row.name, row.section));
        }
    }
    assert!(failed.is_empty(), "not as the facts say:\n{}", failed.join("\n"));
}
