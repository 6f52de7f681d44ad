//! What `connector simulate --write-config` writes, and assets whose fields are named as in the
//! simulated world: both are read with the built-in rules alone.

use super::*;
use crate::linking::testing::asset;
use crate::linking::{Key, PurchaseKey};
use crate::model::isbn::Isbn13;

/// A written configuration; of the declarations the first four.
pub(super) const WRITTEN: &str = include_str!("simulation.json");

fn config() -> Config {
    parse(WRITTEN).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_written_configuration_is_read() {
    let config = config();
    assert_eq!((config.first_run, config.accept_unproven), (FirstRun::Apply, true));
    assert_eq!((config.sources.len(), config.rights.declarations.len()), (4, 4));
    assert_eq!(config.portals.download_origins.len(), 1);
    assert!(config.clapi.is_some() && config.rights.legal_entity.is_some());
    let [profile] = config.rights.profiles.as_slice() else { panic!("one profile") };
    assert_eq!(profile.term.distributions.allowed, ["media_any"]);
    let loan = &config.rights.declarations[3];
    let mut loaned = asset("{}");
    assert!(!config.rules.covers(loan, &loaned));
    loaned.id = "12:image:DAM-100092".into();
    assert!(config.rules.covers(loan, &loaned));
    loaned.collection = "8103".into();
    assert!(config.rules.covers(&config.rights.declarations[1], &loaned));
}

#[test]
fn every_field_of_the_simulated_world_is_understood() {
    let isbn = |text: &str| Key::Isbn(Isbn13::parse(text).unwrap());
    let reference = |text: &str| Key::Reference(text.to_owned());
    let one = || vec![isbn("9780306406157")];
    let cases = [
        (r#"{"rawData": {"isbn": "9780306406157"}}"#, one()),
        (
            r#"{"rawData": {"isbn": ["9780306406157", "9783161484100"]}}"#,
            vec![isbn("9780306406157"), isbn("9783161484100")],
        ),
        (r#"{"rawData": {"workReference": "INB-0042"}}"#, vec![reference("inb-0042")]),
        (r#"{"rawData": {"project": "INB-0042 A Title"}}"#, vec![reference("inb-0042")]),
        (r#"{"keywords": ["front cover", "9780306406157"]}"#, one()),
        (r#"{"name": {"x-default": "Front cover of A (978-0-306-40615-7)"}}"#, one()),
        (r#"{"rawData": {"contributor": "A. Person", "assetType": "Front cover"}}"#, vec![]),
    ];
    let config = config();
    for (json, expected) in cases {
        assert_eq!(config.rules.candidates(&asset(json)).keys, expected, "{json}");
    }
    let stock = asset(
        r#"{"rawData": {"role": "front_cover", "format": "fine binding",
            "licenceTransaction": "p-1"}}"#,
    );
    assert_eq!(config.rules.purchase_keys(&stock), [PurchaseKey::Purchase("p-1".into())]);
    assert_eq!(config.rules.role(&stock, None), Some(Role::FrontCover));
    let words = ["hardback", "paperback", "fine binding", "ebook", "audio", "audio CD", "bundle"];
    for word in words {
        let formats =
            config.rules.format(&asset(&format!(r#"{{"rawData": {{"format": "{word}"}}}}"#)));
        assert!(formats.is_some_and(|f| f.unknown.is_empty() && f.known.len() == 1), "{word}");
    }
}
