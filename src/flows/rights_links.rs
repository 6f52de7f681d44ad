//! The links beside an image: per edition the page, behind a login, that shows its rights.

use std::fmt::Write as _;

use super::approved_assets::Observed;
use crate::config::Config;
use crate::model::asset::Asset;
use crate::model::ids::ProductId;
use crate::model::licence::Purchase;
use crate::rights::Decision;
use crate::state::link::PlacedLink;

/// A link per edition to the page, behind a login, that shows the image's rights.
pub fn links(
    o: &Observed,
    products: &[i64],
    decisions: &[(ProductId, Decision)],
) -> Vec<PlacedLink> {
    let page = |product: i64| {
        let decision = decisions.iter().find(|(id, _)| id.0 == product).map(|(_, d)| d);
        let purchase = decision
            .and_then(|d| d.source.as_deref())
            .and_then(|id| o.purchases.iter().find(|p| p.id.as_str() == id));
        purchase.and_then(|p| content_page(o.config, p)).or_else(|| asset_page(o.config, o.asset))
    };
    let role = &o.config.engine.rights_link_role;
    let link_on = |product: i64| {
        page(product).map(|link| PlacedLink {
            product,
            link,
            role: role.clone(),
            note: String::new(),
            id: None,
        })
    };
    products.iter().filter_map(|product| link_on(*product)).collect()
}

fn content_page(config: &Config, purchase: &Purchase) -> Option<String> {
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
