//! Through the built component: its JSON Schema describes the configuration that the simulation
//! writes, and every mistake is one problem with its path.

mod validator;

use std::sync::Arc;
use std::time::Duration;

use host_harness::bindings::consonance_smintio::connector::types::Error;
use host_harness::config_file::ConfigFile;
use host_harness::credentials::MemoryVault;
use host_harness::egress::Bounds;
use host_harness::egress::address::AddressPolicy;
use host_harness::error::CallError;
use host_harness::limits::Limits;
use host_harness::platform::Platform;
use host_harness::simulation::{Scale, Simulation};
use host_harness::state::memory::MemoryStore;
use host_harness::telemetry::Silent;
use host_harness::tenant::{Tenant, TenantSettings};
use serde_json::{Value, json};

/// Where a mistake is made, what is written there (`None`: it is left out), and the path of its
/// problem.
fn mistakes() -> Vec<(&'static str, Option<Value>, &'static str)> {
    vec![
        ("/first-run", Some(json!("perhaps")), "first-run"),
        ("/accept-unproven", Some(json!("yes")), "accept-unproven"),
        ("/surprise", Some(json!(1)), "surprise"),
        ("/consonance/base-url", Some(json!("ftp://example.com")), "consonance.base-url"),
        ("/consonance/connection", Some(json!("No Such Name")), "consonance.connection"),
        ("/smintio/portals/poll-ms", Some(json!(0)), "smintio.portals.poll-ms"),
        ("/source/0/role", Some(json!("back_cover")), "source[0].role"),
        ("/source/1/download-item", Some(json!(5)), "source[1].download-item"),
        ("/source/2/collection", None, "source[2].collection"),
        ("/engine/settle-ms", Some(json!("soon")), "engine.settle-ms"),
    ]
}

/// A configuration as `simulate --write-config` writes it.
async fn written() -> Value {
    let scale = Scale { titles: 3, seed: 1, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await.expect("both vendors");
    let folder = std::env::temp_dir().join(format!("schema-{}", std::process::id()));
    let path = folder.join("connector.toml");
    simulation.write_config(&path).expect("a configuration");
    let file = ConfigFile::read(&path).expect("it can be read");
    simulation.stop().await;
    std::fs::remove_dir_all(&folder).ok();
    serde_json::from_str(&file.connector).expect("it is JSON")
}

fn spoil(config: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = config.pointer_mut(parent).and_then(Value::as_object_mut).expect("a table");
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
}

async fn open(platform: &Arc<Platform>, config: &Value) -> Result<Tenant, CallError> {
    let settings = TenantSettings {
        name: "test".to_owned(),
        config: config.to_string(),
        connections: vec![],
        allow: vec![],
        addresses: AddressPolicy::default(),
        bounds: Bounds::default(),
        store: Arc::new(MemoryStore::default()),
        vault: Arc::new(MemoryVault::default()),
        progress: Arc::new(Silent),
    };
    Tenant::open(Arc::clone(platform), settings).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_accepts_what_is_written_and_every_mistake_is_told_with_its_path() {
    let platform = Arc::new(Platform::new(Limits::default(), None).expect("the component"));
    let described = Tenant::detached(Arc::clone(&platform)).describe().await.expect("an answer");
    let schema: Value = serde_json::from_str(&described.configuration_schema).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let good = written().await;
    assert_eq!(validator::complaints(&schema, &good), Vec::<String>::new());
    assert!(open(&platform, &good).await.is_ok(), "the component reads it, too");

    let mut bad = good.clone();
    for (pointer, value, path) in mistakes() {
        let mut one = good.clone();
        spoil(&mut one, pointer, value.clone());
        assert!(!validator::complaints(&schema, &one).is_empty(), "the schema accepts {path}");
        spoil(&mut bad, pointer, value);
    }
    let Err(CallError::Refused(Error::ConfigInvalid(problems))) = open(&platform, &bad).await
    else {
        panic!("ten mistakes are refused")
    };
    let mut found: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    let mut expected: Vec<&str> = mistakes().iter().map(|(_, _, path)| *path).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{problems:#?}");
    for problem in &problems {
        assert!(!problem.expected.is_empty() && !problem.fix.is_empty(), "{problem:?}");
    }
}
