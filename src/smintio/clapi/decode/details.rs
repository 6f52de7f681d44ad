//! What people read beside a licence. Nothing is decided by it, so nothing here makes a purchase bad.

use super::wire;
use crate::model::delivery::{
    Details, Editorial, Label, LicenceText, Limits, ReleaseComments, Stamps, TermLabel,
};
use crate::vendor::wire::Json;

/// The details of a purchase. Takes out what the purchase itself does not need.
pub(super) fn details(from: &mut wire::Transaction) -> Details {
    let limits = limits(from);
    let terms = from.license_terms.iter_mut().flatten().map(term).collect();
    let stamps = Stamps {
        purchased: verbatim(from.purchased_at.take()),
        completed: verbatim(from.completed_at.take()),
        updated: verbatim(from.last_updated_at.take()),
    };
    let element = from.content_element.as_ref();
    let offer = from.offering.as_ref();
    let release = element.and_then(|e| e.release_details.as_ref());
    Details {
        licence_type: offer.and_then(|o| o.license_type.clone()),
        content_type: element.and_then(|e| e.content_type.clone()),
        content_category: element.and_then(|e| e.content_category.clone()),
        licensee: from.licensee_uuid.take(),
        restrictive: from.has_potentially_restrictive_license_terms,
        editorial: Editorial {
            content_use: element.and_then(|e| e.is_editorial_use),
            content: element.and_then(|e| e.is_editorial),
            offer_use: offer.and_then(|o| o.is_editorial_use),
            offer: offer.and_then(|o| o.is_editorial),
        },
        is_ai: element.and_then(|e| e.is_ai),
        has_options: offer.and_then(|o| o.has_options),
        limits,
        terms,
        names: labels(element.and_then(|e| e.name.as_ref())),
        project_names: labels(from.project_name.as_ref()),
        board_names: labels(from.collection_name.as_ref()),
        copyright: labels(element.and_then(|e| e.copyright_notices.as_ref())),
        licence_text: text(from.license_text.as_ref()),
        offered_text: text(offer.and_then(|o| o.license_text.as_ref())),
        licence_pages: pages(offer),
        release: ReleaseComments {
            allowed_use: labels(release.and_then(|r| r.provider_allowed_use_comment.as_ref())),
            release: labels(release.and_then(|r| r.provider_release_comment.as_ref())),
            constraints: labels(release.and_then(|r| r.provider_usage_constraints.as_ref())),
        },
        stamps,
    }
}

fn limits(from: &wire::Transaction) -> Limits {
    let constraints = from.license_download_constraints.as_ref();
    Limits {
        max_downloads: constraints.and_then(|c| c.effective_max_downloads),
        max_users: constraints.and_then(|c| c.effective_max_users),
        current_downloads: from.current_downloads,
        current_users: from.current_users,
    }
}

fn term(from: &mut wire::Term) -> TermLabel {
    TermLabel { sequence: from.sequence_number, names: labels(from.name.take().as_ref()) }
}

fn labels(texts: Option<&Vec<wire::Localised>>) -> Vec<Label> {
    let label = |one: &wire::Localised| {
        Some(Label { culture: one.culture.clone(), text: one.value.clone()? })
    };
    texts.into_iter().flatten().filter_map(label).collect()
}

fn text(from: Option<&wire::LicenseText>) -> LicenceText {
    LicenceText {
        texts: labels(from.and_then(|t| t.effective_text.as_ref())),
        is_safe_html: from.and_then(|t| t.effective_text_is_safe_html),
    }
}

/// An address may carry a signature behind `?` or `#` and a password before `@`: it is kept without.
fn pages(offer: Option<&wire::Offering>) -> Vec<Label> {
    let page = |one: &wire::LicenceUrl| {
        let url = one.metadata_element.as_ref()?.url.as_deref()?;
        let plain = url.split(['?', '#']).next().unwrap_or_default();
        (!plain.contains('@'))
            .then(|| Label { culture: one.culture.clone(), text: plain.to_owned() })
    };
    offer.and_then(|o| o.license_urls.as_ref()).into_iter().flatten().filter_map(page).collect()
}

/// A stamp in whatever form it comes.
fn verbatim(json: Option<Json>) -> Option<String> {
    match json? {
        Json::Null => None,
        Json::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
