//! Authentication of the notification channel: the one HTTP call that push needs. The channel
//! itself is a websocket and not here.

use super::identity;
use super::refusal::{Refusal, answer};
use super::signer::hex;
use super::{Settings, Smintio};
use crate::http::{InstantMs, Request, Response};
use crate::paths;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Confirmed (facts 1.3 call 4).
pub const PATH: &str = "/consumer/v1/notifications/pusher/auth";
const BLOCK: usize = 64;

/// Signs `socket_id:channel_name` for the one private channel of this consumer.
pub fn handle(server: &mut Smintio, now: InstantMs, request: &Request) -> Response {
    server.counters.count("clapi.pusher-auth");
    if let Err(refused) = identity::authorise(server, now, request, &["smintio.full"]) {
        return refused;
    }
    let form = paths::pairs(std::str::from_utf8(&request.body).unwrap_or_default());
    let of = |name: &str| form.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let (Some(socket), Some(channel)) = (of("socket_id"), of("channel_name")) else {
        let message = "`socket_id` and `channel_name` are needed";
        return Refusal::new(400, "argument_missing", message).response();
    };
    match auth(&server.settings, socket, channel) {
        Some(auth) => answer(&json!({"auth": auth})),
        None => Refusal::denied("channel", channel).response(),
    }
}

/// Key and signature for a socket on this consumer's channel; nothing for another channel.
pub fn auth(settings: &Settings, socket: &str, channel: &str) -> Option<String> {
    if settings.channel_id <= 0 || channel != format!("private-2-{}", settings.channel_id) {
        return None;
    }
    let signature = hmac_sha256(settings.pusher_secret.as_bytes(), &format!("{socket}:{channel}"));
    Some(format!("{}:{}", settings.pusher_key, hex(&signature)))
}

/// RFC 2104 over SHA-256.
fn hmac_sha256(key: &[u8], text: &str) -> [u8; 32] {
    let mut block = [0_u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test cases 2 and 6 (a key longer than a block).
    #[test]
    fn known_answers() {
        for (key, text, expected) in [
            (
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            assert_eq!(hex(&hmac_sha256(&key, text)), expected);
        }
    }
}
