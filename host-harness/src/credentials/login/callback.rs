//! Where the browser comes back to: one path on this machine, until the answer is there.
//!
//! Invariant: bound to loopback only; a request without our state changes nothing, because any
//! page in the browser can send one.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::LoginError;

/// The path of the redirect address.
const PATH: &str = "/callback";

/// The longest head of a request that is read; browsers send a few hundred bytes.
const HEAD_BYTES_MAX: usize = 16 << 10;

/// How long a connection may take; browsers open some that they never use.
const CONNECTION_MAX: Duration = Duration::from_secs(10);

/// A listener for the answer.
pub struct Callback {
    listener: TcpListener,
    address: SocketAddr,
}

type Answer = Result<SecretString, LoginError>;

impl Callback {
    /// Listens on a port of this machine; 0: any free one.
    pub async fn bind(port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The redirect address, which the vendor must know.
    pub fn redirect_uri(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Waits for the code that comes with our state.
    pub async fn wait(self, state: &str) -> Answer {
        let (found, mut answers) = mpsc::channel(1);
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                Some(answer) = answers.recv() => return answer,
                accepted = self.listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    let (found, state) = (found.clone(), state.to_owned());
                    connections.spawn(async move {
                        let served = timeout(CONNECTION_MAX, serve(stream, &state)).await;
                        if let Ok(Ok(Some(answer))) = served {
                            // The first one counts; a second one finds the channel full.
                            found.try_send(answer).ok();
                        }
                    });
                }
            }
            while connections.try_join_next().is_some() {}
        }
    }
}

/// Answers one request; the answer that it brought, if it is the one.
async fn serve(mut stream: TcpStream, state: &str) -> std::io::Result<Option<Answer>> {
    let head = head(&mut stream).await?;
    let (status, text, answer) = match read(&head, state) {
        Read::Elsewhere => ("404 Not Found", "There is nothing here.", None),
        Read::Foreign => ("400 Bad Request", "This is not the answer to the open login.", None),
        Read::Answer(Ok(code)) => {
            ("200 OK", "Thank you. You may close this window and go back.", Some(Ok(code)))
        }
        Read::Answer(Err(error)) => {
            ("200 OK", "No consent was given. You may close this window.", Some(Err(error)))
        }
    };
    let response = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(answer)
}

/// The head of a request, as far as it is needed.
async fn head(stream: &mut TcpStream) -> std::io::Result<String> {
    let (mut head, mut chunk) = (Vec::new(), [0_u8; 1024]);
    while head.len() < HEAD_BYTES_MAX && !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut chunk).await? {
            0 => break,
            read => head.extend_from_slice(&chunk[..read]),
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

enum Read {
    /// Another path or method.
    Elsewhere,
    /// Without our state.
    Foreign,
    /// What we wait for.
    Answer(Answer),
}

fn read(head: &str, state: &str) -> Read {
    let mut line = head.lines().next().unwrap_or_default().split(' ');
    let (method, target) = (line.next(), line.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if method != Some("GET") || path != PATH {
        return Read::Elsewhere;
    }
    let of = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    if of("state").as_deref() != Some(state) {
        return Read::Foreign;
    }
    match (of("code"), of("error")) {
        (Some(code), None) if !code.is_empty() => Read::Answer(Ok(code.into())),
        (_, Some(error)) => Read::Answer(Err(refused(&error))),
        _ => Read::Foreign,
    }
}

/// The codes of RFC 6749, section 4.1.2.1; anything else is not repeated.
fn refused(code: &str) -> LoginError {
    LoginError::Refused(match code {
        "access_denied" => "the person, or the vendor for them, did not agree".to_owned(),
        "invalid_scope" => "this client may not ask for these scopes".to_owned(),
        "unauthorized_client" | "unsupported_response_type" => {
            "this client may not use the authorization code flow: ask the vendor".to_owned()
        }
        "server_error" | "temporarily_unavailable" => {
            return LoginError::Unavailable("the authorization server cannot do it now".to_owned());
        }
        _ => "the authorization server refused".to_owned(),
    })
}
