//! The embedded component under the limits.

use std::sync::Arc;

use super::*;
use crate::tenant::Tenant;

fn platform(limits: Limits) -> Arc<Platform> {
    Arc::new(Platform::new(limits, None).unwrap())
}

#[tokio::test]
async fn the_component_describes_itself_and_memory_is_metered() {
    let platform = platform(Limits::default());
    let tenant = Tenant::detached(Arc::clone(&platform));
    let description = tenant.describe().await.unwrap();
    assert_eq!(description.flows.len(), 8);
    let schema = serde_json::from_str::<serde_json::Value>(&description.configuration_schema);
    assert!(schema.is_ok());
    let peak = platform.peak_memory().bytes();
    assert!((64 << 10..=64 << 20).contains(&peak), "{peak}");
}

#[tokio::test]
async fn only_what_the_world_and_std_need_is_imported() {
    for import in platform(Limits::default()).component_imports() {
        let granted = ["wasi:io/", "wasi:clocks/", "wasi:random/", "wasi:http/", "wasi:cli/"]
            .iter()
            .any(|package| import.starts_with(package))
            || import.starts_with("consonance-smintio:connector/");
        assert!(granted, "{import}");
    }
}

#[tokio::test]
async fn a_guest_that_needs_more_memory_than_it_may_have_is_stopped() {
    let limits = Limits { memory_bytes_max: 64 << 10, ..Limits::default() };
    let refused = match Platform::new(limits, None) {
        Err(error) => format!("{error:#}"),
        Ok(platform) => {
            let tenant = Tenant::detached(Arc::new(platform));
            tenant.describe().await.unwrap_err().to_string()
        }
    };
    assert!(refused.contains("memory"), "{refused}");
}

#[tokio::test]
async fn a_call_that_takes_too_long_is_cut_off() {
    let forever = std::future::pending::<wasmtime::Result<()>>();
    let error = within(Duration::from_millis(20), forever).await.unwrap_err();
    assert!(error.to_string().contains("did not end within 20ms"), "{error}");
}

#[tokio::test]
async fn many_calls_run_at_once() {
    let platform = platform(Limits::default());
    let calls: Vec<_> = (0..16)
        .map(|_| {
            let tenant = Tenant::detached(Arc::clone(&platform));
            tokio::spawn(async move { tenant.describe().await.map(|found| found.version) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), env!("CARGO_PKG_VERSION"));
    }
}
