//! Words: the connector's own, those of Consonance's schema, and those of the titles read so far.

use std::collections::BTreeMap;

use super::choice;
use crate::api::connector::types::Choice;
use crate::consonance::{decode, request};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::linking::Format;
use crate::model::role::Role;
use crate::state::mirror::StoredTitle;
use crate::state::store;

/// Different words of one kind that are listed; what has more is no list to choose from.
const WORDS_MAX: usize = 500;

/// Roles and formats, which every tenant has.
pub fn fixed() -> Vec<Choice> {
    let roles = Role::ALL.into_iter().map(|role| ("role", role.as_str()));
    let formats = Format::ALL.into_iter().map(|format| ("format", format.as_str()));
    let words = roles.chain(formats);
    words.map(|(kind, word)| choice(kind, word.to_owned(), Some(plain(word)), None)).collect()
}

/// The variants and states of images that Consonance's schema shows.
pub fn consonance(run: &mut Run) -> Result<Vec<Choice>, Stop> {
    let call = request::introspect(&run.config.consonance);
    let schema = run
        .consonance_one(call)?
        .and_then(|response| decode::schema(&response.body))
        .map_err(|fault| by_fault(run.platform, "Consonance", fault))?;
    let mut choices = Vec::new();
    for (kind, type_name) in
        [("variant", "SupportingResourceVariant"), ("status", "SupportingResourceStatus")]
    {
        let values = schema.types.get(type_name).map(|shape| &shape.values);
        let values = values.into_iter().flatten();
        choices.extend(values.map(|v| choice(kind, v.clone(), Some(plain(v)), None)));
    }
    Ok(choices)
}

/// Imprints, project stages and product forms of the titles read so far, with how often each is
/// used.
pub fn titles(run: &Run) -> Result<Vec<Choice>, Stop> {
    let mut words: BTreeMap<(&'static str, String), u64> = BTreeMap::new();
    let mut count = |kind, word: Option<String>| {
        let Some(word) = word.filter(|word| !word.is_empty()) else { return };
        *words.entry((kind, word)).or_default() += 1;
    };
    store::scan(run.platform, "title/", |entry| {
        let Some(stored) = store::mirror::<StoredTitle>(entry)? else { return Ok(()) };
        if stored.value.gone {
            return Ok(());
        }
        let title = stored.value.title;
        count("imprint", title.imprint);
        count("project-stage", title.publication.project_stage);
        for product in title.products {
            count("form", product.form);
        }
        Ok(())
    })?;
    let mut choices = Vec::new();
    for kind in ["imprint", "project-stage", "form"] {
        let of_kind = words.iter().filter(|((k, _), _)| *k == kind).take(WORDS_MAX);
        choices.extend(
            of_kind.map(|((_, word), n)| choice(kind, word.clone(), Some(word.clone()), Some(*n))),
        );
    }
    Ok(choices)
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace(['_', '-'], " ")
}
