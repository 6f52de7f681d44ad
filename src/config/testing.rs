//! A small configuration for the tests of other modules.

use super::Config;

/// The smallest configuration that is accepted.
pub fn config() -> Config {
    let json = r#"{
        "consonance": {"connection": "consonance"},
        "smintio": {"portals": {
            "base-url": "https://tenant.portalsapife.smint.io",
            "portal": "6f1c2f0e-6a5c-4d38-9d0e-0d6f2f7f9b11",
            "connection": "smintio-portals"
        }},
        "source": [{"collection": "8101", "role": "front_cover", "download-item": "jpeg"}]
    }"#;
    super::parse(json).unwrap_or_else(|problems| panic!("{problems:#?}"))
}
