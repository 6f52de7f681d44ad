//! From a title and a product to the use that is asked about. Invariant: what Consonance does not
//! say becomes unknown, never a default that clears.

use crate::model::date::Day;
use crate::model::product::{FormClass, Product, SalesTerritory, form_class};
use crate::model::role::Role;
use crate::model::title::{RunQuantity, Title};

use super::asked::{Languages, Media, Run, Territory, Use, UseFrom};

/// What holds for the whole tenant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tenant<'a> {
    /// Our legal entity as Smint.io names it; none: any licensee is ours.
    pub legal_entity: Option<&'a str>,
    /// The language of titles that state none.
    pub default_language: Option<&'a str>,
}

/// Everything that makes a use.
#[derive(Clone, Copy, Debug)]
pub struct UseInput<'a> {
    /// What the image is for.
    pub role: Role,
    /// The title.
    pub title: &'a Title,
    /// The product.
    pub product: &'a Product,
    /// The tenant.
    pub tenant: &'a Tenant<'a>,
    /// Copies of other titles under the same purchases; none: not known.
    pub copies_elsewhere: Option<i64>,
    /// The day from which this image serves, if that is later than publication.
    pub serves_from: Option<Day>,
    /// The day of the evaluation.
    pub today: Day,
}

/// The use of an image in a role on a product.
pub fn use_of(input: &UseInput) -> Use {
    let (planned_run, prior_run) = runs(input);
    Use {
        role: input.role,
        media: media(input.role, input.product),
        territory: territory(&input.product.territory),
        languages: languages(input),
        planned_run,
        prior_run,
        use_from: use_from(input),
        use_until: None,
        today: input.today,
        legal_entity: input.tenant.legal_entity.map(str::to_owned),
    }
}

fn use_from(input: &UseInput) -> UseFrom {
    let Some(published) = input.product.publication_date else { return UseFrom::Unknown };
    UseFrom::Day(input.serves_from.map_or(published, |day| day.max(published)))
}

fn class(product: &Product) -> Option<FormClass> {
    product.form.as_deref().map(form_class)
}

/// Promotion is its own publication: a social graphic for a hardback is a digital use. Whatever is
/// part of the edition or stands for it is a use in the edition's medium.
fn media(role: Role, product: &Product) -> Media {
    let (print, digital) = match class(product) {
        _ if role == Role::MarketingPrint => (true, false),
        _ if matches!(role, Role::MarketingDigital | Role::Social) => (false, true),
        Some(FormClass::Print | FormClass::PhysicalCarrier) => (true, false),
        Some(FormClass::Ebook | FormClass::Audio) => (false, true),
        Some(FormClass::Undecided | FormClass::Other) | None => (false, false),
    };
    Media { print, digital, unknown: !print && !digital }
}

fn territory(sold: &SalesTerritory) -> Territory {
    // Lists that contradict each other leave open what is sold where.
    Territory { known: sold.known, unknown_rest: sold.unknown_rest || sold.contradictory }
}

fn languages(input: &UseInput) -> Languages {
    match input.title.languages.as_slice() {
        [] => Languages::of(input.tenant.default_language),
        stated => Languages::of(stated.iter().map(String::as_str)),
    }
}

/// Copies to come and copies made, over every product of the title that may be a physical one: a
/// cap counts all formats and impressions. Where this product has no run its own number is
/// unknown, and what the other formats order counts as earlier copies.
fn runs(input: &UseInput) -> (Run, Run) {
    let quantities = || {
        let all = input.title.runs.iter().flat_map(|run| &run.quantities);
        all.filter(|quantity| may_be_physical(input.title, quantity))
    };
    let to_come = sum(quantities().map(|q| match q.received.unwrap_or(0) {
        received if q.ordered < 0 || received < 0 => -1,
        received => q.ordered.saturating_sub(received).max(0),
    }));
    let made = sum(quantities().map(|q| q.received.unwrap_or(0)));
    let elsewhere = Run::of(input.copies_elsewhere);
    if quantities().any(|q| q.product == input.product.id) {
        (to_come, made.and(elsewhere))
    } else {
        (Run::Unknown, made.and(elsewhere).and(to_come))
    }
}

fn may_be_physical(title: &Title, quantity: &RunQuantity) -> bool {
    let product = title.products.iter().find(|p| p.id == quantity.product);
    !matches!(product.and_then(class), Some(FormClass::Ebook | FormClass::Audio))
}

fn sum(numbers: impl Iterator<Item = i64>) -> Run {
    numbers.map(|n| Run::of(Some(n))).fold(Run::Copies(0), Run::and)
}

#[cfg(test)]
mod tests;
