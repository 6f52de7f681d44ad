//! Web links to pages behind a login at Smint.io: to the rights of an image, per edition, and to a
//! purchase. By default a link only leads there; what its note says is `note`'s, and written only
//! where the operator confirmed that links of that role leave the house with nobody.

use std::fmt::Write as _;

use crate::config::Config;
use crate::model::asset::Asset;
use crate::model::ids::ProductId;
use crate::model::licence::Purchase;
use crate::model::product::Product;
use crate::model::title::Title;
use crate::rights::Decision;
use crate::state::link::PlacedLink;

use super::note;

/// What the note may say.
pub struct Spoken<'a> {
    /// The title.
    pub title: &'a Title,
    /// The clearance per product.
    pub decisions: &'a [(ProductId, Decision)],
    /// The credit that is due.
    pub credit: Option<&'a str>,
}

/// A link per edition to the page that shows the image's rights.
pub fn links(
    config: &Config,
    asset: &Asset,
    purchases: &[Purchase],
    spoken: &Spoken,
    products: &[i64],
) -> Vec<PlacedLink> {
    let page = |product: i64| {
        let decision = spoken.decisions.iter().find(|(id, _)| id.0 == product).map(|(_, d)| d);
        let purchase = decision
            .and_then(|d| d.source.as_deref())
            .and_then(|id| purchases.iter().find(|p| p.id.as_str() == id));
        purchase.and_then(|p| content_page(config, p)).or_else(|| asset_page(config, asset))
    };
    let note = if config.writes_notes { sentence(spoken) } else { String::new() };
    let role = &config.engine.rights_link_role;
    let link_on = |product: i64| {
        page(product).map(|link| PlacedLink {
            product,
            link,
            role: role.clone(),
            note: note.clone(),
            id: None,
            shown: None,
        })
    };
    products.iter().filter_map(|product| link_on(*product)).collect()
}

fn sentence(spoken: &Spoken) -> String {
    let product = |id: &ProductId| spoken.title.products.iter().find(|p| p.id == *id);
    let decided: Vec<(&Product, &Decision)> = spoken
        .decisions
        .iter()
        .filter_map(|(id, decision)| Some((product(id)?, decision)))
        .collect();
    note::note(&decided, spoken.credit).unwrap_or_default()
}

/// The page of a purchase's content in its project; none if the template is not configured or the
/// purchase lacks what it needs.
pub fn content_page(config: &Config, purchase: &Purchase) -> Option<String> {
    let template = config.clapi.as_ref()?.content_page.as_deref()?;
    let project = purchase.project.as_deref()?;
    let element = purchase.element.as_deref()?;
    Some(
        template
            .replace("{project}", &percent_encoded(project))
            .replace("{element}", &percent_encoded(element)),
    )
}

fn asset_page(config: &Config, asset: &Asset) -> Option<String> {
    let template = config.portals.asset_page.as_deref()?;
    Some(template.replace("{asset}", &percent_encoded(asset.id.as_str())))
}

/// Percent-encodes everything but unreserved characters (RFC 3986, section 2.3).
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => {
                // Writing to a String cannot fail.
                let _infallible = write!(out, "%{other:02X}");
            }
        }
        out
    })
}
