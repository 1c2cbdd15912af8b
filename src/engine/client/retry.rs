//! What a producer does with records that were refused or never answered.
//!
//! An SDK retries calls that failed as a whole. That some records of a `PutRecords` answer were
//! refused is a success to it: sending those again is up to the application, and AWS advises to.
//!
//! Read first: <https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>.

use super::error::ClientError;
use crate::engine::rng::Rng;
use crate::engine::time::whole_micros;
use std::time::Duration;

/// Whether and when records are sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Never: they are given up.
    None,
    /// As soon as the answer is there.
    Immediate {
        /// How often a record is sent at most, the first time included.
        attempts: u32,
    },
    /// After an even draw from zero up to a wait that doubles with each attempt ("full jitter").
    Backoff {
        /// How often a record is sent at most, the first time included.
        attempts: u32,
        /// The longest wait after the first attempt.
        base: Duration,
        /// The longest wait ever.
        cap: Duration,
    },
}

/// Attempts of the SDKs' standard mode (page above: "makes three attempts").
pub const ATTEMPTS: u32 = 3;
/// The first wait of the SDKs' exponential backoff.
pub const BACKOFF_BASE: Duration = Duration::from_millis(100);
/// The longest wait of the SDKs' standard mode.
pub const BACKOFF_CAP: Duration = Duration::from_secs(20);
/// How long an answer takes to come back. AWS promises nothing; a call within a Region takes around
/// ten milliseconds, and no more than that keeps an immediate retry from being a storm.
pub const ANSWER_TIME: Duration = Duration::from_millis(10);
/// How long a producer waits for an answer before it sends again (the KPL's `RequestTimeout`).
pub const TIMEOUT: Duration = Duration::from_secs(6);

const ATTEMPTS_MAX: u32 = 100;

impl Retry {
    /// Exponential backoff as the SDKs do it.
    pub const STANDARD: Self =
        Self::Backoff { attempts: ATTEMPTS, base: BACKOFF_BASE, cap: BACKOFF_CAP };

    /// How long to wait after so many attempts; `None` when it is time to give up.
    pub(super) fn wait(self, attempts_made: u32, luck: &mut Rng) -> Option<Duration> {
        match self {
            Self::Immediate { attempts } if attempts_made < attempts => Some(Duration::ZERO),
            Self::Backoff { attempts, base, cap } if attempts_made < attempts => {
                let doublings = 1_u32.checked_shl(attempts_made - 1).unwrap_or(u32::MAX);
                let longest = whole_micros(base.saturating_mul(doublings).min(cap));
                Some(Duration::from_micros(luck.below(longest + 1)))
            }
            Self::None | Self::Immediate { .. } | Self::Backoff { .. } => None,
        }
    }

    pub(super) fn check(self) -> Result<(), ClientError> {
        match self {
            Self::Immediate { attempts } | Self::Backoff { attempts, .. }
                if !(1..=ATTEMPTS_MAX).contains(&attempts) =>
            {
                Err(ClientError::Attempts { most: ATTEMPTS_MAX })
            }
            Self::Backoff { base, cap, .. } if base > cap || cap > Duration::from_hours(1) => {
                Err(ClientError::Backoff)
            }
            Self::None | Self::Immediate { .. } | Self::Backoff { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap_and_end_after_the_last_attempt() {
        let (base, cap) = (Duration::from_millis(100), Duration::from_millis(300));
        let retry = Retry::Backoff { attempts: 5, base, cap };
        let mut luck = Rng::seeded(1);
        for (attempts, longest) in [(1, 100), (2, 200), (3, 300), (4, 300)] {
            let waits = (0..200).map(|_| retry.wait(attempts, &mut luck).expect("more attempts"));
            let most = waits.max().expect("200 waits");
            let longest = Duration::from_millis(longest);
            assert!(most <= longest && most > longest * 9 / 10, "{most:?} of {longest:?}");
        }
        assert_eq!(retry.wait(5, &mut luck), None);
        assert_eq!(Retry::None.wait(1, &mut luck), None);
    }
}
