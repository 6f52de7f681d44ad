//! Ids, tokens' ends and signatures, all from one seed: the same seed and the same requests give
//! the same texts, and nobody without the seed and the client secret can make one.

use sha2::{Digest, Sha256};

/// Makes unguessable texts.
pub struct Signer {
    key: [u8; 32],
}

impl Signer {
    /// A signer from a seed and a secret.
    pub fn new(seed: u64, secret: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        hash.update(secret.as_bytes());
        Self { key: hash.finalize().into() }
    }

    /// A signature of some parts, 40 hexadecimal digits.
    pub fn sign(&self, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.key);
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hex(&hash.finalize()[..20])
    }

    /// A text in the form of a UUID.
    pub fn uuid(&self, kind: &str, number: u64) -> String {
        let s = self.sign(&["uuid", kind, &number.to_string()]);
        format!("{}-{}-4{}-8{}-{}", &s[..8], &s[8..12], &s[13..16], &s[17..20], &s[20..32])
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
