//! Shard iterators and the opaque tokens that stand for them outside.

use super::account::ACCOUNT_ID;
use super::limits::ITERATOR_LIFE;
use super::names::{ShardId, StreamId};
use crate::engine::rng::split_mix;
use crate::engine::time::Instant;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use std::time::Duration;

/// A position in a shard, issued at some moment. It can be used again and again until it expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardIterator {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// The ordinal of the next record.
    pub next: u64,
    /// When it was issued.
    pub issued: Instant,
    /// The how-manieth iterator this is: no two tokens are alike, as with the real service.
    pub serial: u64,
}

/// Where an iterator starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartingPosition {
    /// At a sequence number.
    AtSequenceNumber(String),
    /// Just after a sequence number.
    AfterSequenceNumber(String),
    /// At the first record that arrived then or later.
    AtTimestamp(Instant),
    /// At the oldest record.
    TrimHorizon,
    /// Just after the newest record of this moment.
    Latest,
}

/// Every real token begins with this: the eight bytes of a version.
const VERSION: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 1];
/// Bytes of a token's content before padding.
const CONTENT: usize = 32;

impl ShardIterator {
    /// Whether its life is over.
    pub fn is_expired(&self, now: Instant) -> bool {
        now > self.issued + Duration::from_secs(ITERATOR_LIFE.value)
    }

    /// The token: opaque, and as long as the real service's for a stream name of this length.
    /// `secret` tells one simulation's tokens from another's.
    pub fn token(&self, stream_name: &str, secret: u64) -> String {
        let length = 152 + 16 * ((stream_name.len() + 2) / 16);
        let mut bytes = VERSION.to_vec();
        let mut content = [0; CONTENT];
        content[..4].copy_from_slice(&self.stream.0.to_be_bytes());
        content[4..8].copy_from_slice(&self.shard.0.to_be_bytes());
        content[8..16].copy_from_slice(&self.next.to_be_bytes());
        content[16..24].copy_from_slice(&self.issued.micros().to_be_bytes());
        content[24..].copy_from_slice(&self.serial.to_be_bytes());
        let seal = seal(&content, length, secret);
        bytes.extend_from_slice(&seal);
        bytes.extend_from_slice(&content);
        bytes.resize(length, 0);
        veil(&seal, &mut bytes[VERSION.len() + seal.len()..]);
        STANDARD.encode(bytes)
    }

    /// Reads a token; `None` if it is not one that [`token`](Self::token) made with this secret.
    ///
    /// The real service takes a token in double quotes too (what `--query ShardIterator` leaves in
    /// a shell variable), so they are taken off.
    pub fn from_token(token: &str, secret: u64) -> Option<Self> {
        let bare = token.strip_prefix('"').and_then(|token| token.strip_suffix('"'));
        let mut bytes = STANDARD.decode(bare.unwrap_or(token)).ok()?;
        let length = bytes.len();
        let body = bytes.strip_prefix(&VERSION)?;
        let (seal_found, _) = body.split_first_chunk::<16>()?;
        let seal_found = *seal_found;
        let veiled = &mut bytes[VERSION.len() + seal_found.len()..];
        veil(&seal_found, veiled);
        let (content, padding) = veiled.split_first_chunk::<CONTENT>()?;
        if seal(content, length, secret) != seal_found || padding.iter().any(|&byte| byte != 0) {
            return None;
        }
        let word = |at: usize| Some(u64::from_be_bytes(*content[at..].first_chunk()?));
        let half = |at: usize| Some(u32::from_be_bytes(*content[at..].first_chunk()?));
        Some(Self {
            stream: StreamId(half(0)?),
            shard: ShardId(half(4)?),
            next: word(8)?,
            issued: Instant::from_micros(word(16)?),
            serial: word(24)?,
        })
    }
}

/// A checksum that only this simulation makes. No defense against whoever reads this file: it is
/// there so that a slip of the hand or a token of elsewhere is noticed.
fn seal(content: &[u8; CONTENT], length: usize, secret: u64) -> [u8; 16] {
    let mut md5 = Md5::new();
    md5.update(ACCOUNT_ID);
    md5.update(secret.to_be_bytes());
    md5.update((length as u64).to_be_bytes());
    md5.update(content);
    md5.finalize().into()
}

/// Hides (or shows again) what a token holds, so that nobody builds on it.
fn veil(seal: &[u8; 16], bytes: &mut [u8]) {
    let mut word = u64::from_be_bytes(*seal.first_chunk().expect("16 bytes hold 8"));
    for chunk in bytes.chunks_mut(8) {
        let mask = split_mix(&mut word).to_be_bytes();
        chunk.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITERATOR: ShardIterator = ShardIterator {
        stream: StreamId(3),
        shard: ShardId(7),
        next: 42,
        issued: Instant::DEFAULT_START,
        serial: 9,
    };

    #[test]
    fn a_token_reads_back_and_looks_like_the_real_ones() {
        let token = ITERATOR.token("AWSCookbook701", 7);
        assert!(token.starts_with("AAAAAAAAAA"), "{token}");
        assert!(('E'..='H').contains(&token.chars().nth(10).unwrap()), "{token}");
        assert_eq!(token.len(), 224);
        assert_eq!(ShardIterator::from_token(&token, 7), Some(ITERATOR));
        assert_eq!(ShardIterator::from_token(&format!("\"{token}\""), 7), Some(ITERATOR));
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let token = ITERATOR.token("clicks", 7);
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(ShardIterator::from_token(&changed, 7), None, "at {at}");
        }
        assert_eq!(ShardIterator::from_token(&token, 8), None);
        for text in ["", "None", "\"", "AAAAAAAAAAE=", &token[..100]] {
            assert_eq!(ShardIterator::from_token(text, 7), None, "{text}");
        }
    }
}
