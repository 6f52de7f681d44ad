//! The notification channel as a state machine: Pusher's messages in and out, without a socket.
//! An event says that something changed and nothing more; whoever hears it reads the feed.

use super::Smintio;
use super::clapi;
use super::pusher;
use crate::http::InstantMs;
use serde_json::{Value, json};

/// Confirmed (facts 1.7).
const EVENT: &str = "global-transaction-history-update";
/// How much earlier than the feed an early event comes.
const EARLY_MS: u64 = 2_000;
/// Events in a burst.
const BURST: usize = 100;

/// How events come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PushManner {
    /// One for each change.
    #[default]
    Once,
    /// Each twice.
    Twice,
    /// A hundred for each change.
    Burst,
    /// Every second one gets lost.
    Lost,
    /// Two seconds before the feed shows the change.
    Early,
    /// The connection ends instead of the second event.
    Disconnect,
}

/// One connection.
pub struct Channel {
    socket: String,
    /// How much of the feed is known to the listener; `None` until it has subscribed.
    announced: Option<usize>,
    /// Changes so far.
    changes: usize,
}

/// What goes to the listener.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Messages, in this order.
    pub messages: Vec<String>,
    /// Whether the connection ends after them.
    pub ends: bool,
}

impl Smintio {
    /// Somebody connects to `/app/{key}`; the first message, or nothing for another key.
    pub fn push_open(&mut self, now: InstantMs, key: &str) -> Option<(Channel, String)> {
        if self.settings.channel_id <= 0 || key != self.settings.pusher_key {
            return None;
        }
        self.grows_from.get_or_insert(now);
        self.listeners += 1;
        let socket = format!("{}.{}", self.listeners, 1_000 + self.settings.seed % 1_000);
        // Pusher puts JSON text into `data`.
        let data = json!({"socket_id": socket, "activity_timeout": 120}).to_string();
        let greeting = json!({"event": "pusher:connection_established", "data": data});
        let channel = Channel { socket, announced: None, changes: 0 };
        Some((channel, greeting.to_string()))
    }

    /// The listener says something.
    pub fn push_heard(&self, now: InstantMs, channel: &mut Channel, text: &str) -> Outbox {
        let said: Value = serde_json::from_str(text).unwrap_or_default();
        let answer = match said["event"].as_str() {
            Some("pusher:ping") => json!({"event": "pusher:pong", "data": "{}"}),
            Some("pusher:subscribe") => self.subscribe(now, channel, &said["data"]),
            _ => return Outbox::default(),
        };
        Outbox { messages: vec![answer.to_string()], ends: false }
    }

    fn subscribe(&self, now: InstantMs, channel: &mut Channel, data: &Value) -> Value {
        let name = data["channel"].as_str().unwrap_or_default();
        let expected = pusher::auth(&self.settings, &channel.socket, name);
        if expected.is_none() || data["auth"].as_str() != expected.as_deref() {
            let data = json!({"code": 4009, "message": "The connection is unauthorized"});
            return json!({"event": "pusher:error", "data": data});
        }
        channel.announced = Some(clapi::visible(self, now));
        json!({"event": "pusher_internal:subscription_succeeded", "channel": name, "data": "{}"})
    }

    /// What is due for a listener.
    pub fn push_due(&self, now: InstantMs, channel: &mut Channel) -> Outbox {
        let Some(announced) = channel.announced else { return Outbox::default() };
        let manner = self.settings.push;
        let then = if manner == PushManner::Early { now + EARLY_MS } else { now };
        let there = clapi::visible(self, then);
        channel.announced = Some(there.max(announced));
        let mut outbox = Outbox::default();
        for _ in announced..there {
            channel.changes += 1;
            let times = match manner {
                PushManner::Once | PushManner::Early => 1,
                PushManner::Twice => 2,
                PushManner::Burst => BURST,
                PushManner::Lost => channel.changes % 2,
                PushManner::Disconnect if channel.changes > 1 => {
                    outbox.ends = true;
                    return outbox;
                }
                PushManner::Disconnect => 1,
            };
            outbox.messages.extend((0..times).map(|_| self.event()));
        }
        outbox
    }

    fn event(&self) -> String {
        let channel = format!("private-2-{}", self.settings.channel_id);
        json!({"event": EVENT, "channel": channel, "data": "{\"ignored\":true}"}).to_string()
    }
}
