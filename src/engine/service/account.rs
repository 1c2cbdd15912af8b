//! The account and Region in which everything lives, and what is set for the whole account.

use super::commitment::Commitment;
use super::limits::{self, Limit};
use super::token_bucket::TokenBucket;
use crate::engine::time::Instant;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::time::Duration;

/// The account's number unless a run says otherwise: AWS's own placeholder in its documentation.
pub const ACCOUNT_ID: &str = "123456789012";
/// The Region unless a run says otherwise: the one whose published limits and prices are modelled.
pub const REGION: &str = "us-east-1";
/// The most provisioned shards that an account can be given here: AWS raises quotas on request and
/// publishes no end, so this only keeps a slip of the hand from filling the memory.
pub const SHARD_QUOTA_MAX: u32 = 1_000_000;
/// The longest that a change of a stream can be made to take. Our own bound, for the same reason.
pub const TRANSITION_MAX: Duration = Duration::from_hours(24);

/// Whose streams they are, and where. ARNs and refusals name both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    id: Rc<str>,
    region: Rc<str>,
}

impl Account {
    /// The account of a number of 12 digits; `None` if it is none.
    #[must_use]
    pub fn with_id(self, id: &str) -> Option<Self> {
        let is_id = id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
        is_id.then(|| Self { id: id.into(), ..self })
    }

    /// The account in a Region, known to this program or not: words of small letters and at the end
    /// a number, such as `eu-central-1`; `None` if the text cannot be a Region's name.
    #[must_use]
    pub fn in_region(self, region: &str) -> Option<Self> {
        let (words, number) = region.rsplit_once('-')?;
        let is_word = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
        let is_number =
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let is_region = words.contains('-') && words.split('-').all(is_word) && is_number;
        (is_region && region.len() <= 32).then(|| Self { region: region.into(), ..self })
    }

    /// Its number, 12 digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its Region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The part of AWS that its Region is in: `aws`, or one of those of China and `GovCloud`.
    pub fn partition(&self) -> &'static str {
        match self.region.split('-').next() {
            Some("cn") => "aws-cn",
            _ if self.region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// What its Kinesis ARNs begin with: `arn:aws:kinesis:us-east-1:123456789012:`.
    pub fn arn_prefix(&self) -> String {
        format!("arn:{}:kinesis:{}:{}:", self.partition(), self.region, self.id)
    }
}

impl Default for Account {
    fn default() -> Self {
        Self { id: ACCOUNT_ID.into(), region: REGION.into() }
    }
}

/// Whether limits of throughput and rate are enforced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Enforcement {
    /// As AWS does.
    #[default]
    Aws,
    /// Not at all, for a fast fake: no record, read, call or push comes too often, a day has no
    /// last change, and a subscription can be taken over at once. Sizes and quotas (bytes of a
    /// record, records of a call, shards of the account) hold all the same.
    None,
}

/// What holds for the whole account: what a run begins with, and what is changed on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whose streams they are, and where.
    pub account: Account,
    /// Provisioned shards that the account may have, 1 to [`SHARD_QUOTA_MAX`]; see
    /// [`limits::ACCOUNT_SHARDS`].
    pub shard_quota: u32,
    /// How long each change of a stream or consumer takes (creating, deleting, updating, one round
    /// of resharding), up to [`TRANSITION_MAX`]; `None` for as long as each takes in the model.
    pub transition: Option<Duration>,
    /// Whether limits of throughput and rate are enforced.
    pub enforcement: Enforcement,
    /// Bytes that an idle shard takes at once; see [`limits::SHARD_WRITE_BURST_BYTES`].
    pub write_burst_bytes: u64,
    /// On-demand Advantage.
    pub commitment: Commitment,
}

impl Settings {
    /// How long a change takes that usually takes `usual`.
    pub fn takes(&self, usual: Duration) -> Duration {
        self.transition.unwrap_or(usual)
    }

    /// Whether limits of throughput and rate are enforced.
    pub fn enforces_rates(&self) -> bool {
        self.enforcement == Enforcement::Aws
    }

    /// A full bucket for a limit a second, which holds one second's worth.
    pub fn bucket(&self, limit: Limit, now: Instant) -> TokenBucket {
        self.burst_bucket(limit.value, limit, now)
    }

    /// A full bucket for a limit a second, which holds `capacity`.
    pub fn burst_bucket(&self, capacity: u64, limit: Limit, now: Instant) -> TokenBucket {
        match self.enforcement {
            Enforcement::Aws => TokenBucket::full(capacity, limit.value, now),
            Enforcement::None => TokenBucket::bottomless(now),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            account: Account::default(),
            shard_quota: u32::try_from(limits::ACCOUNT_SHARDS.value).expect("a few thousand"),
            transition: None,
            enforcement: Enforcement::Aws,
            write_burst_bytes: limits::SHARD_WRITE_BURST_BYTES.value,
            commitment: Commitment::default(),
        }
    }
}

/// A world that says nothing about a setting has the digest that it had before the setting existed.
impl Hash for Settings {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.write_burst_bytes.hash(state);
        self.commitment.hash(state);
        let usual = Self {
            write_burst_bytes: self.write_burst_bytes,
            commitment: self.commitment.clone(),
            ..Self::default()
        };
        if *self != usual {
            (&self.account, self.shard_quota, self.transition, self.enforcement).hash(state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::digest::digest;

    #[test]
    fn accounts_and_regions_are_told_from_other_words() {
        let account = Account::default();
        for region in ["us-east-1", "ap-southeast-12", "us-gov-west-1", "cn-north-1"] {
            assert!(account.clone().in_region(region).is_some(), "{region}");
        }
        for other in ["", "us-east", "useast-1", "US-EAST-1", "us-east-1 ", "us-east-123", "-1"] {
            assert!(account.clone().in_region(other).is_none(), "{other}");
        }
        for other in ["", "12345678901", "1234567890123", "12345678901a", "１２３４"] {
            assert!(account.clone().with_id(other).is_none(), "{other}");
        }
        let china = account.in_region("cn-north-1").unwrap().with_id("000000000001").unwrap();
        assert_eq!(china.arn_prefix(), "arn:aws-cn:kinesis:cn-north-1:000000000001:");
    }

    #[test]
    fn every_setting_counts_in_the_digest() {
        let usual = Settings::default;
        let account = Account::default().with_id("000000000001").unwrap();
        for other in [
            Settings { account, ..usual() },
            Settings { shard_quota: 1, ..usual() },
            Settings { transition: Some(Duration::ZERO), ..usual() },
            Settings { enforcement: Enforcement::None, ..usual() },
            Settings { write_burst_bytes: 1, ..usual() },
        ] {
            assert_ne!(digest(&other), digest(&usual()), "{other:?}");
        }
    }
}
