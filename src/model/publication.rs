//! What a title says about its publication beside dates and editions: subjects, campaign words,
//! embargoes of its texts.

use serde::{Deserialize, Serialize};

use super::date::Day;

/// The publication context of a title. `None` and empty lists are *empty*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The imprint's id: it stays when the imprint is renamed.
    pub imprint_id: Option<i64>,
    /// BISAC subject codes by priority, such as `FIC027000`; kept verbatim.
    pub bisacs: Vec<String>,
    /// The season, in the publisher's own words.
    pub season: Option<String>,
    /// The marketing tier, in the publisher's own words.
    pub marketing_tier: Option<String>,
    /// The project stage, in the publisher's own words.
    pub project_stage: Option<String>,
    /// From when marketing texts may be used, ascending.
    pub texts_from: Vec<Day>,
}
