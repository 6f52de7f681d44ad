//! Requests to CLAPI-C as values. All are reads.

use crate::config::Clapi;
use crate::limits::{PURCHASES_PER_PAGE, SMINTIO_BODY_BYTES_MAX};
use crate::model::licence::Purchase;
use crate::platform::{Call, Method, Request};
use crate::vendor::url::{fill, percent};

/// A page of the feed, from the beginning or after a cursor.
pub fn feed(config: &Clapi, cursor: Option<&str>) -> Call {
    let names = &config.profile;
    let mut path = format!("{}?{}={PURCHASES_PER_PAGE}", names.feed_path, names.feed_limit);
    if let Some(cursor) = cursor {
        path.push_str(&format!("&{}={}", names.feed_cursor, percent(cursor)));
    }
    get(config, "feed", &path)
}

/// The binaries of a purchase; `None`: it shows no cart, so they cannot be asked for.
pub fn binaries(config: &Clapi, purchase: &Purchase) -> Option<Call> {
    let cart = purchase.cart.as_deref()?;
    let values = [("cart", cart), ("purchase", purchase.id.as_str())];
    Some(get(config, "binaries", &fill(&config.profile.binaries_path, &values)))
}

fn get(config: &Clapi, kind: &'static str, path: &str) -> Call {
    let request = Request {
        method: Method::Get,
        url: format!("{}{}{path}", config.base_url, config.profile.base_path),
        headers: vec![("accept".to_owned(), "application/json".to_owned())],
        body: Vec::new(),
        response_bytes_max: SMINTIO_BODY_BYTES_MAX,
        authorization: None,
    };
    Call { request, connection: Some(config.connection.clone()), kind, repeatable: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::PurchaseId;
    use crate::smintio::clapi::Profile;

    fn config() -> Clapi {
        Clapi {
            base_url: "https://acme.clapi.smint.io".to_owned(),
            connection: "clapi".to_owned(),
            profile: Profile::default(),
            content_page: None,
        }
    }

    #[test]
    fn addresses() {
        let feed_url = |cursor| feed(&config(), cursor).request.url;
        let base = "https://acme.clapi.smint.io/consumer/v1";
        assert_eq!(feed_url(None), format!("{base}/licensePurchaseTransactions/sync?limit=50"));
        assert_eq!(
            feed_url(Some("79&x=1")),
            format!("{base}/licensePurchaseTransactions/sync?limit=50&continuationUuid=79%26x%3D1")
        );
        let purchase = |cart: Option<&str>| Purchase {
            id: PurchaseId("2/3".to_owned()),
            cart: cart.map(str::to_owned),
            ..Purchase::default()
        };
        let call = binaries(&config(), &purchase(Some("35"))).unwrap();
        let path = "cartPurchaseTransactions/35/licensePurchaseTransactions/2%2F3/binaries/sync";
        assert_eq!(call.request.url, format!("{base}/{path}"));
        assert_eq!((call.connection.as_deref(), call.repeatable), (Some("clapi"), true));
        assert_eq!(binaries(&config(), &purchase(None)), None);
    }
}
