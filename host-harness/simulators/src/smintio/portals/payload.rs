//! The payload: where the portal is and which pages it has, for a client that knows only its
//! address (facts 4.1). The fields are confirmed, the path is not.

use super::super::Smintio;
use super::super::identity;
use super::super::refusal::answer;
use super::super::unconfirmed::SEARCH_PAGE_UUID;
use super::SCOPES;
use crate::http::{InstantMs, Request, Response};
use serde_json::json;

/// `GetPortalsPayloadByAccessToken`.
pub fn payload(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    server.counters.count("portals.payload");
    if let Err(refused) = identity::authorise(server, now, request, &SCOPES) {
        return refused;
    }
    let page = json!({"page_type": "page-type-assets-search", "uuid": SEARCH_PAGE_UUID});
    answer(&json!({
        "current_tenant": {"backend_api_url": format!("{}/frontend/v1", server.settings.api_origin)},
        "current_portal_info": {
            "uuid": server.settings.portal_uuid,
            "page_router_infos": [page],
        },
    }))
}
