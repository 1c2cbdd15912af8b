//! The account and Region in which everything lives, and what is set for the whole account.

use super::commitment::Commitment;
use super::limits;

/// The account's number: AWS's own placeholder in its documentation.
pub const ACCOUNT_ID: &str = "123456789012";
/// The Region, the one whose published limits and prices are modelled.
pub const REGION: &str = "us-east-1";

/// What holds for the whole account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Bytes that an idle shard takes at once; see `limits::SHARD_WRITE_BURST_BYTES`.
    pub write_burst_bytes: u64,
    /// On-demand Advantage.
    pub commitment: Commitment,
}

impl Default for Settings {
    fn default() -> Self {
        let write_burst_bytes = limits::SHARD_WRITE_BURST_BYTES.value;
        Self { write_burst_bytes, commitment: Commitment::default() }
    }
}
