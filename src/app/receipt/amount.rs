//! Amounts of what a bucket holds, and moments, as a receipt writes them.

use crate::text::receipt as words;
use shardlab::engine::refusal::Bucket;
use shardlab::engine::time::Instant;
use shardlab::insight::receipt::Receipt;
use shardlab::scene::words::{bytes, grouped};

/// What the tokens of a bucket are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Records.
    Records,
    /// Bytes.
    Bytes,
    /// Calls.
    Calls,
}

impl Kind {
    /// `45 records`, `513 KiB`, `5 calls`.
    pub fn text(self, tokens: u64, text: &words::Receipt) -> String {
        let [records, plain, calls] = text.amounts;
        match self {
            Self::Records => records(&grouped(tokens)),
            Self::Bytes => plain(&bytes(tokens)),
            Self::Calls => calls(&grouped(tokens)),
        }
    }

    /// `45`, `513 KiB`, `5`.
    pub fn number(self, tokens: u64) -> String {
        match self {
            Self::Bytes => bytes(tokens),
            Self::Records | Self::Calls => grouped(tokens),
        }
    }
}

/// What the tokens of a bucket are.
pub fn kind(bucket: Bucket) -> Kind {
    match bucket {
        Bucket::WriteRecords => Kind::Records,
        Bucket::WriteBytes | Bucket::ReadBytes => Kind::Bytes,
        Bucket::ReadCalls | Bucket::IteratorCalls => Kind::Calls,
    }
}

/// What was refused: of readers always calls.
pub fn refused_kind(receipt: &Receipt) -> Kind {
    match receipt.throttle.bucket {
        Bucket::ReadBytes => Kind::Calls,
        other => kind(other),
    }
}

/// `00:00:10.532`, as fine as it has to be.
pub fn clock(at: Instant) -> String {
    let text = at.to_string();
    let text = text.get(11..).unwrap_or("").trim_end_matches("+00:00");
    let text = text.trim_end_matches("000");
    text.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_as_fine_as_it_has_to_be() {
        let at = |micros| clock(Instant::from_micros(Instant::DEFAULT_START.micros() + micros));
        assert_eq!(at(10_532_001), "00:00:10.532001");
        assert_eq!(at(10_532_000), "00:00:10.532");
        assert_eq!(at(10_000_000), "00:00:10");
        assert_eq!(at(600_000_000), "00:10:00");
    }
}
