//! Single flight, rotation, refusal, and where a secret may go.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::ExposeSecret;

use super::settings::OAuth2Client;
use super::*;

/// A token endpoint that rotates, and counts.
#[derive(Default)]
struct Endpoint {
    asked: AtomicU32,
    forms: Mutex<Vec<String>>,
    refuses: bool,
}

#[async_trait]
impl TokenClient for Endpoint {
    async fn get(&self, address: &str) -> Result<(u16, Vec<u8>), String> {
        Err(format!("nobody should read {address}"))
    }

    async fn post_form(&self, _endpoint: &str, form: String) -> Result<(u16, Vec<u8>), String> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        self.forms.lock().unwrap().push(form);
        tokio::time::sleep(Duration::from_millis(20)).await;
        if self.refuses {
            return Ok((400, br#"{"error":"invalid_grant"}"#.to_vec()));
        }
        let body = format!(
            r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","expires_in":3600}}"#
        );
        Ok((200, body.into_bytes()))
    }
}

fn secret_file(name: &str, secret: &str) -> SecretRef {
    let path = std::env::temp_dir().join(format!("secret-{name}-{}", std::process::id()));
    std::fs::write(&path, format!("{secret}\n")).unwrap();
    SecretRef::File(path)
}

fn broker(kind: Kind, endpoint: &Arc<Endpoint>, vault: &Arc<MemoryVault>) -> Broker {
    let settings = ConnectionSettings { name: "c".to_owned(), kind, origins: vec![] };
    let surroundings =
        Surroundings { client: Arc::clone(endpoint) as _, vault: Arc::clone(vault) as _ };
    Broker::new(vec![(settings, vec![origin("https://vendor.example")])], &surroundings)
}

fn refresh_kind(name: &str) -> Kind {
    Kind::OAuth2Refresh {
        client: OAuth2Client {
            token_endpoint: "https://vendor.example/connect/token".to_owned(),
            client_id: "id".to_owned(),
            client_secret: secret_file(&format!("{name}-client"), "client secret"),
            scopes: vec![],
        },
        refresh_token: secret_file(&format!("{name}-refresh"), "refresh-0"),
    }
}

fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

fn sent(broker: &Broker, header: &str) -> String {
    let revealed = broker.reveal(header, &origin("https://vendor.example")).unwrap();
    revealed.expose_secret().to_owned()
}

#[tokio::test]
async fn ten_callers_cause_one_refresh_and_a_rotated_token_is_kept_and_used() {
    let (endpoint, vault) = (Arc::new(Endpoint::default()), Arc::new(MemoryVault::default()));
    let broker = broker(refresh_kind("flight"), &endpoint, &vault);
    let callers: Vec<_> = (0..10)
        .map(|_| {
            let broker = broker.clone();
            tokio::spawn(async move { broker.authorization("c").await.unwrap() })
        })
        .collect();
    for caller in callers {
        let token = caller.await.unwrap();
        assert_eq!(token.generation, 1);
        assert!(!token.header.contains("access-1"));
        assert_eq!(sent(&broker, &token.header), "Bearer access-1");
    }
    assert_eq!(endpoint.asked.load(Ordering::SeqCst), 1);

    broker.rejected("c", 1).await;
    broker.rejected("c", 1).await;
    let second = broker.authorization("c").await.unwrap();
    assert_eq!(second.generation, 2);
    broker.rejected("c", 1).await;
    assert_eq!(broker.authorization("c").await.unwrap(), second);
    assert_eq!(endpoint.asked.load(Ordering::SeqCst), 2);
    assert!(endpoint.forms.lock().unwrap()[0].contains("refresh_token=refresh-0"));
    assert!(endpoint.forms.lock().unwrap()[1].contains("refresh_token=refresh-1"));
}

#[tokio::test]
async fn a_new_process_goes_on_with_the_rotated_token() {
    let (endpoint, vault) = (Arc::new(Endpoint::default()), Arc::new(MemoryVault::default()));
    let kind = refresh_kind("process");
    broker(kind.clone(), &endpoint, &vault).authorization("c").await.unwrap();
    broker(kind, &endpoint, &vault).authorization("c").await.unwrap();
    assert!(endpoint.forms.lock().unwrap()[1].contains("refresh_token=refresh-1"));
}

#[tokio::test]
async fn a_refused_refresh_token_needs_consent_and_is_not_tried_again() {
    let endpoint = Arc::new(Endpoint { refuses: true, ..Endpoint::default() });
    let broker = broker(refresh_kind("refused"), &endpoint, &Arc::new(MemoryVault::default()));
    for _ in 0..3 {
        let error = broker.authorization("c").await.unwrap_err();
        assert!(matches!(&error, Error::NeedsConsent(text) if text.contains("`c`")), "{error:?}");
    }
    assert_eq!(endpoint.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_key_that_is_refused_twice_in_a_row_needs_consent_until_it_is_replaced() {
    let (endpoint, vault) = (Arc::new(Endpoint::default()), Arc::new(MemoryVault::default()));
    let key = secret_file("key", "k1");
    let broker = broker(Kind::ApiKey { scheme: "Token".into(), key }, &endpoint, &vault);
    let token = broker.authorization("c").await.unwrap();
    assert_eq!(sent(&broker, &token.header), "Token k1");
    broker.rejected("c", token.generation).await;
    // What was under way with the first one says nothing more.
    broker.rejected("c", token.generation).await;
    let again = broker.authorization("c").await.unwrap();
    assert_eq!((again.generation, sent(&broker, &again.header)), (2, "Token k1".to_owned()));
    broker.rejected("c", again.generation).await;
    assert!(matches!(broker.authorization("c").await, Err(Error::NeedsConsent(_))));
    secret_file("key", "k2");
    let renewed = broker.authorization("c").await.unwrap();
    assert_eq!(sent(&broker, &renewed.header), "Token k2");
}

#[tokio::test]
async fn a_key_with_which_something_was_done_since_is_not_refused_by_one_more_401() {
    let (endpoint, vault) = (Arc::new(Endpoint::default()), Arc::new(MemoryVault::default()));
    let key = secret_file("stray", "k1");
    let broker = broker(Kind::ApiKey { scheme: "Token".into(), key }, &endpoint, &vault);
    for _ in 0..4 {
        let token = broker.authorization("c").await.unwrap();
        broker.accepted(&token.header);
        broker.rejected("c", token.generation).await;
    }
    let token = broker.authorization("c").await.unwrap();
    assert_eq!((token.generation, sent(&broker, &token.header)), (5, "Token k1".to_owned()));
}

#[tokio::test]
async fn a_secret_goes_only_to_its_own_origin() {
    let (endpoint, vault) = (Arc::new(Endpoint::default()), Arc::new(MemoryVault::default()));
    let key = secret_file("origin", "k");
    let broker = broker(Kind::ApiKey { scheme: "Bearer".into(), key }, &endpoint, &vault);
    let header = broker.authorization("c").await.unwrap().header;
    let forged = header.replace(&header[header.len() - 6..header.len() - 2], "0000");
    let cases = [
        (header.as_str(), "https://vendor.example", true),
        (header.as_str(), "https://vendor.example:443", true),
        (header.as_str(), "http://vendor.example", false),
        (header.as_str(), "https://vendor.example:8443", false),
        (header.as_str(), "https://evil.example", false),
        (forged.as_str(), "https://vendor.example", false),
        ("Bearer stolen", "https://vendor.example", false),
    ];
    for (header, to, allowed) in cases {
        assert_eq!(broker.reveal(header, &origin(to)).is_ok(), allowed, "{to}");
    }
    assert!(matches!(broker.authorization("other").await, Err(Error::NeedsConsent(_))));
}
