//! A login against an authorization server that looks closely, with a browser that does not.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::credentials::SecretRef;

const SERVER: &str = "https://tenant.example";

/// Remembers the challenge of the person's visit and compares it with the verifier.
#[derive(Default)]
struct Server {
    token_endpoint: Option<String>,
    authorization_endpoint: Option<String>,
    gives_no_refresh_token: bool,
    visited: Mutex<BTreeMap<String, String>>,
}

impl Server {
    /// A person follows the address and agrees: the code for the redirect.
    fn visit(&self, address: &Url) -> String {
        let pairs = address.query_pairs().into_owned().collect();
        *self.visited.lock().unwrap() = pairs;
        "the+code".to_owned()
    }

    fn asked(&self, name: &str) -> String {
        self.visited.lock().unwrap().get(name).cloned().unwrap_or_default()
    }
}

#[async_trait]
impl TokenClient for Server {
    async fn get(&self, address: &str) -> Result<(u16, Vec<u8>), String> {
        assert_eq!(address, format!("{SERVER}/.well-known/openid-configuration"));
        let token = format!("{SERVER}/connect/token");
        let authorize = format!("{SERVER}/connect/authorize");
        let body = serde_json::json!({
            "token_endpoint": self.token_endpoint.as_ref().unwrap_or(&token),
            "authorization_endpoint": self.authorization_endpoint.as_ref().unwrap_or(&authorize),
        });
        Ok((200, body.to_string().into_bytes()))
    }

    async fn post_form(&self, endpoint: &str, form: String) -> Result<(u16, Vec<u8>), String> {
        assert_eq!(endpoint, format!("{SERVER}/connect/token"));
        let form: BTreeMap<_, _> =
            url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        assert_eq!(form["grant_type"], "authorization_code");
        assert_eq!(form["client_secret"], "client secret");
        assert_eq!(form["redirect_uri"], self.asked("redirect_uri"));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
        let good = form["code"] == "the+code" && challenge == self.asked("code_challenge");
        if !good {
            return Ok((400, br#"{"error":"invalid_grant"}"#.to_vec()));
        }
        let mut body = serde_json::json!({ "access_token": "a", "expires_in": 3600 });
        if !self.gives_no_refresh_token {
            body["refresh_token"] = "fresh".into();
        }
        Ok((200, body.to_string().into_bytes()))
    }
}

fn client(name: &str, scopes: &[&str]) -> OAuth2Client {
    let path = std::env::temp_dir().join(format!("login-{name}-{}", std::process::id()));
    std::fs::write(&path, "client secret\n").unwrap();
    OAuth2Client {
        token_endpoint: format!("{SERVER}/connect/token"),
        client_id: "id".to_owned(),
        client_secret: SecretRef::File(path),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    }
}

/// What a browser sends, and the status line that it gets.
async fn browse(redirect: &str, query: &str) -> String {
    let address = redirect.strip_prefix("http://").unwrap();
    let (host, path) = address.split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("GET /{path}{query} HTTP/1.1\r\nhost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_consent_becomes_a_refresh_token() {
    let server = Server::default();
    let callback = Callback::bind(0).await.unwrap();
    let redirect = callback.redirect_uri();
    let login = Login::begin(&server, client("good", &[]), redirect.clone()).await.unwrap();
    let code = server.visit(&login.address());
    assert_eq!(server.asked("redirect_uri"), redirect);
    assert_eq!(server.asked("code_challenge_method"), "S256");
    assert_eq!(server.asked("scope"), "smintio.full openid profile offline_access");
    let state = login.state().to_owned();
    let waiting = tokio::spawn({
        let state = state.clone();
        async move { callback.wait(&state).await }
    });
    // A browser's idle connection, its icon, and a page that guesses: none of them counts.
    let host = redirect.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
    let idle = tokio::net::TcpStream::connect(host).await.unwrap();
    let root = redirect.replace("callback", "favicon.ico");
    assert_eq!(browse(&root, "").await, "HTTP/1.1 404 Not Found");
    assert_eq!(browse(&redirect, "?code=evil&state=x").await, "HTTP/1.1 400 Bad Request");
    assert_eq!(browse(&redirect, "?error=access_denied").await, "HTTP/1.1 400 Bad Request");
    let encoded: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
    assert_eq!(
        browse(&redirect, &format!("?code={encoded}&state={state}")).await,
        "HTTP/1.1 200 OK"
    );
    let code =
        tokio::time::timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap().unwrap();
    drop(idle);
    let token = login.redeem(&server, &code).await.unwrap();
    assert_eq!(token.expose_secret(), "fresh");
    // A code without its verifier is worth nothing.
    let other = Login::begin(&server, client("good", &[]), redirect).await.unwrap();
    assert!(matches!(other.redeem(&server, &code).await, Err(LoginError::Refused(_))));
}

#[tokio::test]
async fn a_refusal_is_told() {
    let callback = Callback::bind(0).await.unwrap();
    let redirect = callback.redirect_uri();
    let waiting = tokio::spawn(async move { callback.wait("s").await });
    browse(&redirect, "?error=access_denied&state=s").await;
    let refused = waiting.await.unwrap().map(|_| ()).unwrap_err();
    assert!(matches!(&refused, LoginError::Refused(why) if why.contains("agree")), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_names_other_addresses_is_not_followed() {
    let begin = |server: Server| async move {
        Login::begin(&server, client("other", &[]), "http://127.0.0.1:1/callback".to_owned())
            .await
            .map(|_| ())
            .unwrap_err()
    };
    let elsewhere = "https://evil.example/connect/token".to_owned();
    let found = begin(Server { token_endpoint: Some(elsewhere), ..Server::default() }).await;
    assert!(matches!(found, LoginError::Unusable(_)), "{found:?}");
    for address in ["http://tenant.example/authorize", "file:///etc/passwd", "none"] {
        let address = Some(address.to_owned());
        let found = begin(Server { authorization_endpoint: address, ..Server::default() }).await;
        assert!(matches!(found, LoginError::Unavailable(_)), "{found:?}");
    }
}

#[tokio::test]
async fn offline_access_is_always_asked_for_and_its_absence_told() {
    let server = Server { gives_no_refresh_token: true, ..Server::default() };
    let redirect = "http://127.0.0.1:1/callback".to_owned();
    let login = Login::begin(&server, client("scope", &["a", "b"]), redirect).await.unwrap();
    let code = server.visit(&login.address());
    assert_eq!(server.asked("scope"), "a b offline_access");
    let refused = login.redeem(&server, &code.into()).await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, LoginError::Refused(why) if why.contains(OFFLINE)), "{refused:?}");
}
