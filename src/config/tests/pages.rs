//! The pages in `docs/`: the one on keys is made from the table of keys, the one on rules names
//! every function.

use std::fmt::Write;

use serde_json::Value;

use super::schema::walk;
use crate::config::keys::{Kind, Need};
use crate::config::read::expected;
use crate::config::schema::{mark, profile_names};
use crate::config::tables::ROOT;
use crate::linking::expression::{Expression, FUNCTIONS};
use crate::linking::fields;

const HEAD: &str = include_str!("head.md");
const PAGE: &str = include_str!("../../../docs/CONFIGURATION.md");
const MAPPING: &str = include_str!("../../../docs/MAPPING.md");

fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str(
        "\n| Key | What stands there | If absent | Meaning |\n| --- | --- | --- | --- |\n",
    );
    walk(&ROOT, "", &mut |key, at| {
        let many = matches!(key.kind, Kind::Tables(..));
        let key_column = if many { format!("`[[{at}]]`") } else { format!("`{at}`") };
        let absent = match key.need {
            Need::Required => "required".to_owned(),
            Need::Optional => "-".to_owned(),
            Need::Default("{}") => "its defaults".to_owned(),
            Need::Default(text) => format!("`{text}`"),
        };
        let mut about = key.about.to_owned();
        if !key.example.is_empty() {
            write!(about, " Example: `{}`", key.example).unwrap();
        }
        if key.maps {
            about.push_str(" *Mapping.*");
        }
        writeln!(page, "| {key_column} | {} | {absent} | {about} |", expected(key)).unwrap();
    });
    for (title, path) in [
        ("consonance.profile", &["consonance"][..]),
        ("smintio.clapi.profile", &["smintio", "clapi"]),
        ("smintio.portals.profile", &["smintio", "portals"]),
    ] {
        write!(page, "\n## Names of `{title}`\n\n| Name | Default | Known | Source |\n").unwrap();
        page.push_str("| --- | --- | --- | --- |\n");
        for entry in profile_names(path) {
            let value =
                if entry.value.is_empty() { "not used" } else { &format!("`{}`", entry.value) };
            let source = entry.source.replace('|', "\\|");
            writeln!(page, "| `{}` | {value} | {} | {source} |", entry.name, mark(entry.mark))
                .unwrap();
        }
    }
    page
}

#[test]
fn the_page_on_keys_is_up_to_date() {
    assert!(page() == PAGE, "run `cargo test --lib write_the_page_on_keys -- --ignored`");
}

#[test]
#[ignore = "writes docs/CONFIGURATION.md; run it after changing a key"]
fn write_the_page_on_keys() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/CONFIGURATION.md");
    std::fs::write(path, page()).unwrap();
}

#[test]
fn the_page_on_rules_names_every_function() {
    for function in FUNCTIONS {
        let row = format!("| `{}(", function.name);
        let found = MAPPING.lines().find(|line| line.starts_with(&row));
        let found = found.unwrap_or_else(|| panic!("docs/MAPPING.md lacks {}", function.name));
        assert!(found.contains(function.about), "{}: {found}", function.name);
    }
}

#[test]
fn the_page_on_rules_names_every_field() {
    let rows = [
        ("ISBN", fields::ISBN),
        ("In-house reference", fields::REFERENCE),
        ("Title", fields::TITLE),
        ("Project", fields::PROJECT),
        ("Format", fields::FORMAT),
        ("Role", fields::ROLE),
        ("Purchase", fields::PURCHASE),
        ("Content element", fields::ELEMENT),
    ];
    for (what, names) in rows {
        let row = MAPPING.lines().find_map(|line| line.strip_prefix(&format!("| {what} | ")));
        let row = row.unwrap_or_else(|| panic!("docs/MAPPING.md lacks {what}")).to_lowercase();
        let mut shown: Vec<_> = row.trim_end_matches(" |").split(", ").collect();
        let mut names = names.to_vec();
        crate::order::sort(&mut shown);
        crate::order::sort(&mut names);
        assert_eq!(shown, names, "{what}");
    }
}

/// Whatever the page shows as an expression can be used as one.
#[test]
fn the_expressions_on_the_page_are_good() {
    let mut count = 0;
    for line in MAPPING.lines() {
        let quoted = line.split_once(" = \"").and_then(|(key, rest)| {
            matches!(key.trim(), "from" | "when" | "metadata").then_some(rest)
        });
        let Some(text) = quoted.and_then(|rest| rest.strip_suffix('"')) else { continue };
        assert!(Expression::parse(text).is_ok(), "{text}: {:?}", Expression::parse(text).err());
        count += 1;
    }
    assert!(count >= 8, "{count} expressions");
}

/// The configuration that the page shows is accepted as it stands.
#[test]
fn the_example_on_the_page_is_good() {
    let (_, rest) = PAGE.split_once("```json\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let _: Value = serde_json::from_str(example).unwrap();
    assert!(super::parse(example).is_ok(), "{:#?}", super::parse(example).err());
}
