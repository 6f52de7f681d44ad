//! `rights.overrides`: the single uses that people cleared, and whether their word still counts.

use super::Overridden;
use super::matrix::quiet;
use crate::api::convert;
use crate::api::error::ApiError;
use crate::config::Config;
use crate::engine::dossier::dossiers;
use crate::engine::plan::survey::{Subject, Survey, survey};
use crate::engine::run::Run;
use crate::engine::statements;
use crate::engine::stop::Stop;
use crate::flows::clearance::inputs;
use crate::model::ids::{AssetId, ProductId};
use crate::platform::Platform;
use crate::state::statement::OverrideUse;

/// What people cleared and did not revoke, by asset.
pub fn overrides(platform: &dyn Platform, config: &str) -> Result<Vec<Overridden>, ApiError> {
    let config = convert::config(config)?;
    let run = quiet(platform, &config)?;
    let given = statements::overrides(&run)?;
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let survey = survey(&run)?;
    let mut listed = Vec::new();
    for (asset, words) in given {
        listed.extend(of_asset(&run, &config, &survey, &asset, words)?);
    }
    Ok(listed)
}

fn of_asset(
    run: &Run,
    config: &Config,
    survey: &Survey,
    asset: &AssetId,
    words: Vec<OverrideUse>,
) -> Result<Vec<Overridden>, Stop> {
    let subjects: Vec<Subject> = survey.subjects.of(asset).into_iter().collect();
    let dossier = dossiers(run, survey, &subjects)?.pop();
    let void = |word: &OverrideUse| {
        if word.until < run.today {
            return Some("its last day has passed");
        }
        let Some(dossier) = &dossier else {
            return Some("the asset is neither approved nor on a title, or has no role");
        };
        let product = dossier.title.products.iter().find(|p| p.id.0 == word.product);
        let Some(product) = product else {
            return Some("the asset's title has no such product");
        };
        let evidence = dossier.evidence(survey);
        let now = inputs(config, &evidence, (&dossier.title, product), dossier.role);
        (now != word.inputs).then_some("something that it rested on changed")
    };
    let listed = words.into_iter().map(|word| Overridden {
        void: void(&word).map(str::to_owned),
        id: word.id,
        asset: asset.clone(),
        product_id: ProductId(word.product),
        reason: word.reason,
        until: word.until,
        signer: word.signer,
    });
    Ok(listed.collect())
}
