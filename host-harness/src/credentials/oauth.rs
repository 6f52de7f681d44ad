//! Asking a token endpoint (RFC 6749, sections 4.1.3, 4.4, 5 and 6), client secret in the form body
//! as both known token services expect it.
//!
//! Invariant: an answer is a token, a refusal that a person must mend, or "not now"; nothing of
//! it is ever logged.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::settings::OAuth2Client;

/// Speaks to an authorization server.
#[async_trait]
pub trait TokenClient: Send + Sync {
    /// Reads a public document of it: the status and the body, or why there is none.
    async fn get(&self, address: &str) -> Result<(u16, Vec<u8>), String>;
    /// The status and the body of the answer, or why there is none.
    async fn post_form(&self, endpoint: &str, form: String) -> Result<(u16, Vec<u8>), String>;
}

/// What a token endpoint answered.
#[derive(Debug)]
pub enum Answer {
    /// A token.
    Token {
        /// The access token.
        access: SecretString,
        /// A rotated refresh token, if there is a new one.
        refresh: Option<SecretString>,
        /// How long the access token lives, if it says so.
        lifetime: Option<Duration>,
    },
    /// Refused: only a person can mend it.
    Refused(String),
    /// Not now.
    Unavailable(String),
}

/// What a token is asked for with.
pub enum Grant<'g> {
    /// The client itself.
    ClientCredentials,
    /// A refresh token.
    Refresh(&'g SecretString),
    /// A code that a person's consent has just brought.
    Code {
        /// The code.
        code: &'g SecretString,
        /// Where it was sent to.
        redirect_uri: &'g str,
        /// What the challenge was made of (RFC 7636).
        verifier: &'g SecretString,
    },
}

/// No other try begins so long after the first: a renewal has to end within one import of the
/// component, or a rotated refresh token could be lost.
const PATIENCE: Duration = Duration::from_secs(5);

/// Pauses before another try: a lost answer or a server that is starting is no matter for a person.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1_500)];

/// Asks for an access token, again if there is no answer. A code works only once, so that it is
/// never sent again.
pub async fn ask(
    sender: &dyn TokenClient,
    client: &OAuth2Client,
    client_secret: &SecretString,
    grant: &Grant<'_>,
) -> Answer {
    let pauses = if matches!(grant, Grant::Code { .. }) { &[][..] } else { &PAUSES };
    let began = Instant::now();
    for pause in pauses {
        match ask_once(sender, client, client_secret, grant).await {
            Answer::Unavailable(_) if began.elapsed() < PATIENCE => {
                tokio::time::sleep(*pause).await;
            }
            answer => return answer,
        }
    }
    ask_once(sender, client, client_secret, grant).await
}

async fn ask_once(
    sender: &dyn TokenClient,
    client: &OAuth2Client,
    client_secret: &SecretString,
    grant: &Grant<'_>,
) -> Answer {
    let form = form(client, client_secret, grant);
    match sender.post_form(&client.token_endpoint, form).await {
        Ok((status, body)) => read(status, &body),
        Err(reason) => Answer::Unavailable(reason),
    }
}

fn form(client: &OAuth2Client, client_secret: &SecretString, grant: &Grant<'_>) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    match grant {
        Grant::Refresh(token) => form
            .append_pair("grant_type", "refresh_token")
            .append_pair("refresh_token", token.expose_secret()),
        Grant::ClientCredentials => form.append_pair("grant_type", "client_credentials"),
        Grant::Code { code, redirect_uri, verifier } => form
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code.expose_secret())
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("code_verifier", verifier.expose_secret()),
    };
    form.append_pair("client_id", &client.client_id);
    form.append_pair("client_secret", client_secret.expose_secret());
    // With a code the scopes were named when the person was asked.
    if !client.scopes.is_empty() && !matches!(grant, Grant::Code { .. }) {
        form.append_pair("scope", &client.scopes.join(" "));
    }
    form.finish()
}

#[derive(Deserialize)]
struct Success {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<u64>,
}

#[derive(Deserialize)]
struct Failure {
    error: String,
}

/// Sorts an answer. The endpoint's `error_description` is left out: it may echo what was sent.
fn read(status: u16, body: &[u8]) -> Answer {
    if status == 200 {
        return match serde_json::from_slice::<Success>(body) {
            Ok(found) if !found.access_token.is_empty() => Answer::Token {
                access: found.access_token.into(),
                refresh: found.refresh_token.filter(|token| !token.is_empty()).map(Into::into),
                lifetime: found.expires_in.map(Duration::from_secs),
            },
            _ => Answer::Unavailable("the token endpoint answered without a token".to_owned()),
        };
    }
    let code = serde_json::from_slice::<Failure>(body).map(|failure| failure.error);
    match (status, code.as_deref()) {
        (400 | 401, Ok("invalid_grant")) => {
            Answer::Refused("the refresh token or the code has ended, or was withdrawn".to_owned())
        }
        (400 | 401, Ok("invalid_client" | "unauthorized_client")) => {
            Answer::Refused("the client id or the client secret is not accepted".to_owned())
        }
        (400 | 401 | 403, Ok("invalid_scope" | "access_denied" | "unsupported_grant_type")) => {
            Answer::Refused("this client may not have the scopes or the kind of grant".to_owned())
        }
        _ => Answer::Unavailable(format!("the token endpoint answered with status {status}")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::super::settings::SecretRef;
    use super::*;

    #[test]
    fn answers_are_sorted_by_what_is_to_be_done() {
        let cases = [
            (200, r#"{"access_token":"a","expires_in":60}"#, "token"),
            (200, r#"{"access_token":""}"#, "unavailable"),
            (200, "{}", "unavailable"),
            (200, "<html>", "unavailable"),
            (400, r#"{"error":"invalid_grant"}"#, "refused"),
            (401, r#"{"error":"invalid_client"}"#, "refused"),
            (400, r#"{"error":"temporarily_unavailable"}"#, "unavailable"),
            (404, "", "unavailable"),
            (500, r#"{"error":"invalid_grant"}"#, "unavailable"),
        ];
        for (status, body, expected) in cases {
            let found = match read(status, body.as_bytes()) {
                Answer::Token { .. } => "token",
                Answer::Refused(_) => "refused",
                Answer::Unavailable(_) => "unavailable",
            };
            assert_eq!(found, expected, "{status} {body}");
        }
    }

    /// An endpoint that is not there for its first answers, and slow.
    struct Starting {
        asked: AtomicU32,
        failures: u32,
        slow: Duration,
    }

    #[async_trait]
    impl TokenClient for Starting {
        async fn get(&self, address: &str) -> Result<(u16, Vec<u8>), String> {
            Err(format!("nobody should read {address}"))
        }

        async fn post_form(
            &self,
            _endpoint: &str,
            _form: String,
        ) -> Result<(u16, Vec<u8>), String> {
            tokio::time::sleep(self.slow).await;
            if self.asked.fetch_add(1, Ordering::SeqCst) < self.failures {
                return Err("connection refused".to_owned());
            }
            Ok((200, br#"{"access_token":"a","expires_in":60}"#.to_vec()))
        }
    }

    async fn tries(failures: u32, slow: Duration, grant: &Grant<'_>) -> (u32, bool) {
        let sender = Starting { asked: AtomicU32::new(0), failures, slow };
        let client = OAuth2Client {
            token_endpoint: "https://vendor.example/connect/token".to_owned(),
            client_id: "id".to_owned(),
            client_secret: SecretRef::Env("UNUSED".to_owned()),
            scopes: vec![],
        };
        let answer = ask(&sender, &client, &"secret".into(), grant).await;
        (sender.asked.load(Ordering::SeqCst), matches!(answer, Answer::Token { .. }))
    }

    #[tokio::test]
    async fn a_token_is_asked_for_again_only_while_there_is_time_and_a_code_never() {
        let (token, quick) = (SecretString::from("t"), Duration::ZERO);
        let refresh = Grant::Refresh(&token);
        let code = Grant::Code { code: &token, redirect_uri: "http://localhost", verifier: &token };
        let slow = PATIENCE + Duration::from_millis(100);
        let (twice, thrice, late, once) = tokio::join!(
            tries(2, quick, &refresh),
            tries(3, quick, &refresh),
            tries(1, slow, &refresh),
            tries(1, quick, &code),
        );
        assert_eq!(twice, (3, true), "a server that starts is waited for");
        assert_eq!(thrice, (3, false), "for a while");
        assert_eq!(late, (1, false), "no other try begins after its time");
        assert_eq!(once, (1, false), "a code works once");
    }
}
