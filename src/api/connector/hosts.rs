//! Which hosts a configuration makes the connector call, so that a platform can allow just these.

use super::types::HostCalled;
use crate::api::convert;
use crate::api::error::ApiError;

/// The scope that Smint.io's interfaces ask for (smintio facts, section 1.2).
const SMINTIO_SCOPE: &str = "smintio.full";

/// The hosts that a configuration makes the connector call.
pub fn hosts(config: &str) -> Result<Vec<HostCalled>, ApiError> {
    let config = convert::config(config)?;
    let mut hosts = vec![HostCalled {
        connection: Some(config.consonance.connection.clone()),
        origin: config.consonance.base_url.clone(),
        methods: vec!["POST".to_owned()],
        scopes: Vec::new(),
    }];
    if let Some(clapi) = &config.clapi {
        hosts.push(HostCalled {
            connection: Some(clapi.connection.clone()),
            origin: clapi.base_url.clone(),
            methods: vec!["GET".to_owned()],
            scopes: vec![SMINTIO_SCOPE.to_owned()],
        });
    }
    hosts.push(HostCalled {
        connection: Some(config.portals.connection.clone()),
        origin: config.portals.base_url.clone(),
        methods: vec!["GET".to_owned(), "POST".to_owned()],
        scopes: vec![SMINTIO_SCOPE.to_owned()],
    });
    hosts.extend(config.portals.download_origins.iter().map(|origin| HostCalled {
        connection: None,
        origin: origin.clone(),
        methods: vec!["GET".to_owned()],
        scopes: Vec::new(),
    }));
    Ok(hosts)
}
