//! A listener on a real socket, from the handshake to the event, and each manner of events.

use super::*;
use crate::faults::Faulty;
use crate::smintio::{PushManner, Settings};
use crate::world::seed::{PurchaseSeed, World};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use time::macros::date;

const KEY: &str = "simulated-pusher-key";

struct Listener {
    core: Shared<Smintio>,
    clock: Arc<AtomicU64>,
    stream: TcpStream,
    heard: Vec<u8>,
    _running: Running,
}

impl Listener {
    async fn connect(manner: PushManner, grows_ms: u64) -> Self {
        let mut world = World::empty(date!(2026 - 11 - 18));
        let purchase = |n: usize| PurchaseSeed {
            document: json!({"uuid": n.to_string()}),
            binaries: Vec::new(),
        };
        world.purchases = (0..4).map(purchase).collect();
        let settings = Settings {
            channel_id: 7,
            pusher_secret: "s".to_owned(),
            push: manner,
            feed_grows_ms: grows_ms,
            ..Settings::default()
        };
        let core = Arc::new(Mutex::new(Faulty::new(Smintio::new(&world, settings))));
        let any: SocketAddr = ([127, 0, 0, 1], 0).into();
        let bound = Bound::bind(any).await.unwrap();
        let clock = Arc::new(AtomicU64::new(1_000_000));
        let running = serve(&core, bound, Clock::Moved(Arc::clone(&clock)));
        let host = running.origins[0].trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).await.unwrap();
        // The nonce and its answer are RFC 6455's own example.
        let head = format!(
            "GET /app/{KEY}?protocol=7 HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        write(&stream, head.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        while !heard.windows(4).any(|part| part == b"\r\n\r\n") {
            assert!(read(&stream, &mut heard).await.unwrap() > 0);
        }
        let end = heard.windows(4).position(|part| part == b"\r\n\r\n").unwrap() + 4;
        let head = String::from_utf8(heard.drain(..end).collect()).unwrap();
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        assert!(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
        Self { core, clock, stream, heard, _running: running }
    }

    /// The next message, or nothing if the connection ended or half a second was silent.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let [_, second, ..] = self.heard[..] {
                let (length, at) = match second {
                    126 if self.heard.len() >= 4 => {
                        (usize::from(u16::from_be_bytes([self.heard[2], self.heard[3]])), 4)
                    }
                    126 => (usize::MAX / 2, 4),
                    short => (usize::from(short), 2),
                };
                if self.heard.len() >= at + length {
                    let frame: Vec<u8> = self.heard.drain(..at + length).collect();
                    return serde_json::from_slice(&frame[at..]).ok();
                }
            }
            let read = read(&self.stream, &mut self.heard);
            match tokio::time::timeout(Duration::from_millis(500), read).await {
                Ok(Ok(n)) if n > 0 => {}
                _ => return None,
            }
        }
    }

    async fn say(&mut self, message: &Value) {
        let text = message.to_string();
        let mask = [1_u8, 2, 3, 4];
        let mut frame = vec![0x81, 0x80 | 126];
        frame.extend((text.len() as u16).to_be_bytes());
        frame.extend(mask);
        frame.extend(text.bytes().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        write(&self.stream, &frame).await.unwrap();
    }

    async fn subscribe(&mut self) {
        let greeting = self.next().await.unwrap();
        assert_eq!(greeting["event"], "pusher:connection_established");
        let data: Value = serde_json::from_str(greeting["data"].as_str().unwrap()).unwrap();
        let socket = data["socket_id"].as_str().unwrap();
        let auth = lock(&self.core).vendor.push_auth(socket, "private-2-7").unwrap();
        let data = json!({"channel": "private-2-7", "auth": auth});
        self.say(&json!({"event": "pusher:subscribe", "data": data})).await;
        let answer = self.next().await.unwrap();
        assert_eq!(answer["event"], "pusher_internal:subscription_succeeded");
    }

    /// How many events come of one more purchase.
    async fn events_of_a_purchase(&mut self) -> usize {
        let purchase = PurchaseSeed { document: json!({"uuid": "9"}), binaries: Vec::new() };
        lock(&self.core).vendor.append_purchase(&purchase);
        let mut events = 0;
        while let Some(message) = self.next().await {
            assert_eq!(message["event"], "global-transaction-history-update");
            assert_eq!(message["channel"], "private-2-7");
            events += 1;
        }
        events
    }
}

#[tokio::test]
async fn ping_and_a_bad_subscription() {
    let mut listener = Listener::connect(PushManner::Once, 0).await;
    listener.next().await.unwrap();
    listener.say(&json!({"event": "pusher:ping", "data": {}})).await;
    assert_eq!(listener.next().await.unwrap()["event"], "pusher:pong");
    let data = json!({"channel": "private-2-7", "auth": format!("{KEY}:00")});
    listener.say(&json!({"event": "pusher:subscribe", "data": data})).await;
    let refused = listener.next().await.unwrap();
    assert_eq!(
        (&refused["event"], &refused["data"]["code"]),
        (&json!("pusher:error"), &json!(4009))
    );
}

#[tokio::test]
async fn each_manner_of_events() {
    for (manner, expected) in [
        (PushManner::Once, [1, 1]),
        (PushManner::Twice, [2, 2]),
        (PushManner::Burst, [100, 100]),
        (PushManner::Lost, [1, 0]),
    ] {
        let mut listener = Listener::connect(manner, 0).await;
        listener.subscribe().await;
        for expected in expected {
            assert_eq!(listener.events_of_a_purchase().await, expected, "{manner:?}");
        }
    }
    let mut listener = Listener::connect(PushManner::Disconnect, 0).await;
    listener.subscribe().await;
    assert_eq!(listener.events_of_a_purchase().await, 1);
    assert_eq!(listener.events_of_a_purchase().await, 0);
    let rest = read(&listener.stream, &mut listener.heard).await;
    assert!(matches!(rest, Ok(0) | Err(_)), "the connection has ended");
}

/// The event is there, and the feed does not show the purchase for two more seconds.
#[tokio::test]
async fn an_early_event_comes_before_the_feed() {
    let mut listener = Listener::connect(PushManner::Early, 10_000).await;
    listener.subscribe().await;
    listener.clock.fetch_add(8_000, Ordering::SeqCst);
    assert_eq!(listener.next().await.unwrap()["event"], "global-transaction-history-update");
    let shown = |l: &Listener| lock(&l.core).vendor.purchases_shown(l.clock.load(Ordering::SeqCst));
    assert_eq!(shown(&listener), 0);
    listener.clock.fetch_add(2_000, Ordering::SeqCst);
    assert_eq!(shown(&listener), 1);
}
