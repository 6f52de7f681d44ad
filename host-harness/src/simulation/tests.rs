//! The written configuration is one that the harness reads, and its secrets are good.

use std::sync::Arc;

use super::*;
use crate::config_file::ConfigFile;
use crate::credentials::{Broker, MemoryVault, Surroundings, TokenClient};
use crate::egress::Bounds;
use crate::egress::client::Client;
use crate::egress::origin::Origin;

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_writes_a_configuration_that_reaches_it() {
    let scale = Scale { titles: 3, seed: 1, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await.unwrap();
    let folder = std::env::temp_dir().join(format!("simulation-{}", std::process::id()));
    let path = folder.join("connector.toml");
    simulation.write_config(&path).unwrap();
    let file = ConfigFile::read(&path).unwrap();
    let connector: serde_json::Value = serde_json::from_str(&file.connector).unwrap();
    assert_eq!(connector["first-run"], "apply");
    assert_eq!(connector["accept-unproven"], true);
    assert_eq!(connector["source"].as_array().unwrap().len(), 4);
    assert!(!connector["declaration"].as_array().unwrap().is_empty());
    assert!(!connector["provider-profile"].as_array().unwrap().is_empty());
    assert!(connector.get("platform").is_none());

    let client = Client::new(file.platform.addresses, Bounds::default());
    let surroundings = Surroundings {
        client: Arc::new(client) as Arc<dyn TokenClient>,
        vault: Arc::new(MemoryVault::default()),
    };
    let origins = vec![Origin::parse(simulation.origins()[2]).unwrap()];
    let connections =
        file.platform.connections.into_iter().map(|found| (found, origins.clone())).collect();
    let broker = Broker::new(connections, &surroundings);
    for connection in ["consonance", "smintio"] {
        assert_eq!(broker.authorization(connection).await.unwrap().generation, 1);
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(!written.contains(&simulation.secrets.client_secret));
    private(&folder.join("connector.smintio-refresh-token"));
    simulation.stop().await;
    std::fs::remove_dir_all(&folder).ok();
}

#[cfg(unix)]
fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{}", path.display());
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) {}
