//! `login`: a person's consent for a connection, as a refresh token in its file.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, anyhow};
use host_harness::bindings::consonance_smintio::connector::types::Error;
use host_harness::credentials::login::{Callback, Login, LoginError};
use host_harness::credentials::{ConnectionSettings, Kind, OAuth2Client, SecretRef};
use host_harness::egress::Bounds;
use host_harness::egress::client::Client;
use host_harness::error::CallError;
use host_harness::private_file;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::arguments::LoginOptions;
use super::context::Context;
use super::exit::{Failure, Status};

/// Runs the command.
pub async fn login(context: &Context, options: &LoginOptions) -> Result<Status, Failure> {
    let file = context.read(&context.config, false).await?;
    context.start_log(&file.platform.logging);
    let name = &options.connection;
    let (client, place) = consenting(&file.platform.connections, name)?;
    let sender = Client::new(file.platform.addresses, Bounds::default());
    let callback = Callback::bind(options.port).await.with_context(|| {
        format!("port {} of this machine cannot be had: name another with --port", options.port)
    })?;
    let redirect = callback.redirect_uri();
    let login = Login::begin(&sender, client, redirect.clone()).await?;
    let address = login.address();
    eprintln!(
        "Open this address in a browser on this machine and agree (the vendor must know the \
         redirect address {redirect}):\n\n{address}\n"
    );
    if !options.no_browser {
        open(address.as_str());
    }
    let waited = tokio::time::timeout(options.wait, callback.wait(login.state())).await;
    let code = waited.map_err(|_| {
        let reason = format!("nobody agreed within {:?}; run it again", options.wait);
        Failure::from(LoginError::Refused(reason))
    })??;
    let token = login.redeem(&sender, &code).await?;
    let shown = place.display().to_string();
    private_file::replace(&place, &format!("{}\n", token.expose_secret()))
        .with_context(|| format!("{shown} cannot be written"))?;
    let person = || format!("Connection `{name}` has a new refresh token, in {shown}.");
    context.output.show(|| json!({ "connection": name, "file": shown }), person);
    Ok(Status::Done)
}

/// The client that a person consents to, and the file that the refresh token belongs into.
fn consenting(
    connections: &[ConnectionSettings],
    name: &str,
) -> Result<(OAuth2Client, PathBuf), Failure> {
    let Some(found) = connections.iter().find(|found| found.name == name) else {
        let known: Vec<&str> = connections.iter().map(|found| found.name.as_str()).collect();
        let known = if known.is_empty() { "there is none".to_owned() } else { known.join(", ") };
        return Err(Failure::Usage(format!("there is no connection `{name}`; known: {known}")));
    };
    let Kind::OAuth2Refresh { client, refresh_token } = &found.kind else {
        return Err(Failure::Usage(format!(
            "connection `{name}` needs no consent: only those of kind \"oauth2-refresh\" do"
        )));
    };
    match refresh_token {
        SecretRef::File(path) => Ok((client.clone(), Path::new(path).to_owned())),
        SecretRef::Env(variable) => Err(Failure::Usage(format!(
            "the refresh token of `{name}` is in the environment variable {variable}, which a \
             login cannot set: write refresh-token = {{ file = \"PATH\" }} instead"
        ))),
    }
}

/// Opens the person's browser, where there is one; the address is shown in any case.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Without a browser the person opens the address by hand.
    command.spawn().ok();
}

impl From<LoginError> for Failure {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::Unusable(reason) => Self::Usage(reason),
            LoginError::Refused(reason) => {
                Self::Call(CallError::Refused(Error::NeedsConsent(reason)))
            }
            LoginError::Unavailable(reason) => Self::Platform(anyhow!(reason)),
        }
    }
}
