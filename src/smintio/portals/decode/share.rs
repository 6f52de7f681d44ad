//! Shares: their ids, names and ends. The link in the answer is not read: whoever has it gets in.

use crate::config::Portals;
use crate::fault::Fault;
use crate::smintio::portals::wire;
use crate::vendor::wire::{Json, Object};

/// A share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its end as Portals shows it; empty: it does not say one.
    pub expires: String,
}

/// A page of shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharePage {
    /// In the order of the page.
    pub shares: Vec<Share>,
    /// Whether there is more. A page that does not say so has more unless it is empty.
    pub has_more: bool,
}

/// The share of a `createShareAsync` or `getShareAsync` result.
pub fn share(_: &Portals, result: &str) -> Result<Share, Fault> {
    let mut object: Object = wire::result(result)?;
    // Only a stated null says that there is none: a name that is missing may be another one here.
    let json = match object.remove("share") {
        Some(json) if !json.is_null() => json,
        Some(_) => return Err(Fault::NotFound("Portals shows no such share".to_owned())),
        None => return Err(Fault::Unreadable("no `share` in the answer".to_owned())),
    };
    one(&json).ok_or_else(|| Fault::Unreadable("no share with an id".to_owned()))
}

/// The page of a search for shares.
pub fn shares(config: &Portals, result: &str) -> Result<SharePage, Fault> {
    let mut object: Object = wire::result(result)?;
    let name = config.profile.shares_list.as_str();
    let Some(Json::Array(items)) = object.remove(name) else {
        return Err(Fault::Unreadable(format!("no list `{name}`")));
    };
    let details: Option<wire::Details> = match object.remove("details") {
        Some(json) => wire::part("details", json)?,
        None => None,
    };
    let has_more = details.and_then(|d| d.has_more_results).unwrap_or(!items.is_empty());
    let shares = items.iter().map(one).collect::<Option<Vec<Share>>>();
    let shares = shares.ok_or_else(|| Fault::Unreadable("a share without an id".to_owned()))?;
    Ok(SharePage { shares, has_more })
}

fn one(json: &Json) -> Option<Share> {
    let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let id = wire::id(json.get("shareId")?, "id")?;
    Some(Share { id, name: text("name"), expires: text("expirationDate") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing;

    #[test]
    fn only_a_stated_null_says_that_there_is_no_share() {
        let read = |result: &str| share(&testing::config().portals, result);
        assert!(matches!(read(r#"{"share":null}"#), Err(Fault::NotFound(_))));
        for other in ["{}", r#"{"shareDto":{"shareId":"1"}}"#, r#"{"share":{"name":"x"}}"#] {
            assert!(matches!(read(other), Err(Fault::Unreadable(_))), "{other}");
        }
        assert_eq!(read(r#"{"share":{"shareId":"1"}}"#).map(|s| s.id), Ok("1".to_owned()));
    }
}
