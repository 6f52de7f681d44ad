//! The notification channel on a socket: RFC 6455 as far as Pusher's clients use it. Text frames
//! that fit into one, pings and close; everything else ends the connection.

use super::{Bound, Clock, Running, Shared, lock};
use crate::smintio::{Outbox, Smintio, sha1};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// RFC 6455, 1.3.
const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const HEAD_MAX: usize = 8 * 1024;
const FRAME_MAX: usize = 64 * 1024;
/// How often a listener is told what is due.
const TELL_EVERY: Duration = Duration::from_millis(10);
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// Serves the channel at an address.
pub fn serve(core: &Shared<Smintio>, bound: Bound, clock: Clock) -> Running {
    let origins = vec![bound.origin.clone()];
    let task = tokio::spawn(accept(Arc::clone(core), bound, clock));
    Running { origins, tasks: vec![task] }
}

async fn accept(core: Shared<Smintio>, bound: Bound, clock: Clock) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = bound.listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (core, clock) = (Arc::clone(&core), clock.clone());
                    connections.spawn(async move {
                        // A listener that goes away is no error of the server.
                        drop(listen(&core, &clock, stream).await);
                    });
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn listen(core: &Shared<Smintio>, clock: &Clock, stream: TcpStream) -> io::Result<()> {
    let head = read_head(&stream).await?;
    let opened = asked(&head).and_then(|(key, accept)| {
        let (channel, greeting) = lock(core).vendor.push_open(clock.now(), key)?;
        Some((channel, greeting, accept))
    });
    let Some((mut channel, greeting, accept)) = opened else {
        return write(&stream, b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
    };
    let switch = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
         sec-websocket-accept: {accept}\r\n\r\n"
    );
    write(&stream, switch.as_bytes()).await?;
    write(&stream, &frame(TEXT, greeting.as_bytes())).await?;
    let mut heard = Vec::new();
    let mut ticks = tokio::time::interval(TELL_EVERY);
    loop {
        let outbox = tokio::select! {
            read = read(&stream, &mut heard) => {
                if read? == 0 {
                    return Ok(());
                }
                let mut all = Outbox::default();
                while let Some((kind, text)) = take_frame(&mut heard)? {
                    match kind {
                        TEXT => {
                            let text = String::from_utf8_lossy(&text).into_owned();
                            let now = clock.now();
                            let said = lock(core).vendor.push_heard(now, &mut channel, &text);
                            all.messages.extend(said.messages);
                        }
                        PING => write(&stream, &frame(PONG, &text)).await?,
                        PONG => {}
                        _ => return write(&stream, &frame(CLOSE, &[])).await,
                    }
                }
                all
            }
            _ = ticks.tick() => lock(core).vendor.push_due(clock.now(), &mut channel),
        };
        for message in outbox.messages {
            write(&stream, &frame(TEXT, message.as_bytes())).await?;
        }
        if outbox.ends {
            return Ok(());
        }
    }
}

/// What is there to read, appended; 0 at the end.
async fn read(stream: &TcpStream, into: &mut Vec<u8>) -> io::Result<usize> {
    let mut part = [0; 4096];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut part) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            read => {
                let read = read?;
                into.extend_from_slice(&part[..read]);
                return Ok(read);
            }
        }
    }
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            written => bytes = &bytes[written?..],
        }
    }
    Ok(())
}

async fn read_head(stream: &TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > HEAD_MAX || read(stream, &mut head).await? == 0 {
            return Err(io::Error::other("no whole request head"));
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// The app's key, and what proves that this server speaks the protocol.
fn asked(head: &str) -> Option<(&str, String)> {
    let mut lines = head.split("\r\n");
    let target = lines.next()?.strip_prefix("GET ")?.split(' ').next()?;
    let key = target.split('?').next()?.strip_prefix("/app/")?;
    let nonce = lines.filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
        name.eq_ignore_ascii_case("sec-websocket-key").then(|| value.trim())
    })?;
    Some((key, STANDARD.encode(sha1::digest(format!("{nonce}{GUID}").as_bytes()))))
}

/// One unmasked frame, as a server sends it.
fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | kind];
    match u8::try_from(payload.len()) {
        Ok(length @ ..=125) => frame.push(length),
        _ => {
            frame.push(126);
            let length = u16::try_from(payload.len()).unwrap_or(u16::MAX);
            frame.extend(length.to_be_bytes());
        }
    }
    frame.extend(payload.iter().take(usize::from(u16::MAX)));
    frame
}

/// Takes one whole frame off what was heard: a client masks its frames.
fn take_frame(heard: &mut Vec<u8>) -> io::Result<Option<(u8, Vec<u8>)>> {
    let bad = || Err(io::Error::other("a frame that no Pusher client sends"));
    let [first, second, ..] = heard[..] else { return Ok(None) };
    if first & 0x80 == 0 || second & 0x80 == 0 {
        return bad();
    }
    let (length, at) = match usize::from(second & 0x7f) {
        126 if heard.len() < 4 => return Ok(None),
        126 => (usize::from(u16::from_be_bytes([heard[2], heard[3]])), 4),
        127 => return bad(),
        short => (short, 2),
    };
    let end = at + 4 + length;
    if length > FRAME_MAX {
        return bad();
    }
    if heard.len() < end {
        return Ok(None);
    }
    let mask = [heard[at], heard[at + 1], heard[at + 2], heard[at + 3]];
    let masked = heard[at + 4..end].iter().zip(mask.iter().cycle());
    let payload = masked.map(|(byte, mask)| byte ^ mask).collect();
    heard.drain(..end);
    Ok(Some((first & 0x0f, payload)))
}

#[cfg(test)]
mod tests;
