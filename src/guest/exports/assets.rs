//! The `assets` interface.

use super::Component;
use super::convert::{answer, list};
use crate::api::assets as api;
use crate::guest::bindings::consonance_smintio::connector::types::{Budget, Error, Target};
use crate::guest::bindings::exports::consonance_smintio::connector::assets as wit;
use crate::guest::panic;
use crate::guest::platform::Imports;
use crate::model::ids::AssetId;

impl wit::Guest for Component {
    fn search(config: String, query: wit::Query, budget: Budget) -> Result<wit::Hits, Error> {
        panic::report_to_platform();
        answer(api::search(&Imports, &config, &query.into(), budget.into()))
    }

    fn attach(
        config: String,
        asset: String,
        target: Target,
        budget: Budget,
    ) -> Result<String, Error> {
        panic::report_to_platform();
        answer(api::attach(&Imports, &config, &AssetId(asset), &target.into(), budget.into()))
    }

    fn detach(config: String, link: String, budget: Budget) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::detach(&Imports, &config, &link, budget.into()))
    }
}

impl From<wit::Query> for api::Query {
    fn from(query: wit::Query) -> Self {
        Self {
            text: query.text,
            isbn: query.isbn,
            title: query.title,
            role: query.role,
            target: query.target.map(Into::into),
            start: query.start,
            limit: query.limit,
        }
    }
}

impl From<api::Hit> for wit::Hit {
    fn from(hit: api::Hit) -> Self {
        Self {
            asset: hit.asset.0,
            name: hit.name,
            role: hit.role,
            fits: hit.fits,
            misfits: hit.misfits,
            decision: hit.decision.map(Into::into),
        }
    }
}

impl From<api::Hits> for wit::Hits {
    fn from(hits: api::Hits) -> Self {
        Self { items: list(hits.items), next: hits.next }
    }
}
