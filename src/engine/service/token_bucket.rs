//! A token bucket in whole numbers, refilled by the clock.

use crate::engine::time::Instant;
use std::time::Duration;

/// A bucket that refills by `rate` tokens a second up to `capacity`.
///
/// It keeps millionths of tokens, so that a microsecond refills exactly `rate` of them: nothing is
/// ever rounded.
///
/// ```
/// use shardlab::engine::service::token_bucket::TokenBucket;
/// use shardlab::engine::time::Instant;
/// use std::time::Duration;
///
/// let now = Instant::DEFAULT_START;
/// let calls = TokenBucket::full(5, 5, now);
/// let calls = calls.charged(now, 5).expect("a full bucket holds its capacity");
/// assert_eq!(calls.wait(now, 1), Duration::from_millis(200));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenBucket {
    /// Millionths of tokens at `updated`; below zero only in a bucket that allows debt.
    level: i64,
    updated: Instant,
    capacity: u32,
    rate: u32,
}

const MILLION: i64 = 1_000_000;

/// Tokens in the unit of levels; `None` for more than any bucket holds. Never a product that may
/// overflow: wasm looks for that with 128 bits, in software.
#[inline]
fn millionths(tokens: u64) -> Option<i64> {
    u32::try_from(tokens).ok().map(|tokens| i64::from(tokens) * MILLION)
}

impl TokenBucket {
    /// A full bucket of `capacity` tokens that refills by `rate` tokens a second.
    pub fn full(capacity: u64, rate: u64, now: Instant) -> Self {
        let capacity = u32::try_from(capacity).expect("a bucket holds fewer than 2^32 tokens");
        let rate = u32::try_from(rate).expect("a bucket refills less than 2^32 tokens a second");
        assert!(rate > 0, "a bucket that never refills would refuse for ever");
        Self { level: i64::from(capacity) * MILLION, updated: now, capacity, rate }
    }

    /// A bucket that is always full, whatever is taken: no limit at all.
    pub fn bottomless(now: Instant) -> Self {
        let most = u32::MAX;
        Self { level: i64::from(most) * MILLION, updated: now, capacity: most, rate: most }
    }

    /// How long until `tokens` can be taken: zero if they can be now.
    ///
    /// More than the capacity waits for a full bucket, which is all that there will ever be.
    #[inline]
    pub fn wait(&self, now: Instant, tokens: u64) -> Duration {
        let needed = i64::try_from(tokens.min(self.capacity.into())).unwrap_or(i64::MAX) * MILLION;
        let missing = needed - self.level_at(now);
        if missing <= 0 {
            return Duration::ZERO;
        }
        Duration::from_micros(missing.unsigned_abs().div_ceil(self.rate.into()))
    }

    /// The bucket after `tokens` are taken; `None` if it does not hold them now.
    ///
    /// Whoever asks several buckets asks all first, and only then puts the charged ones in place.
    #[inline]
    pub fn charged(&self, now: Instant, tokens: u64) -> Option<Self> {
        let level = self.level_at(now) - millionths(tokens)?;
        if self.is_bottomless() {
            return Some(*self);
        }
        (level >= 0).then_some(Self { level, updated: now, ..*self })
    }

    /// Fills in what has flowed in until now, for a call that takes from it again and again.
    #[inline]
    pub fn refill(&mut self, now: Instant) {
        (self.level, self.updated) = (self.level_at(now), now);
    }

    /// Whether it holds `tokens` at the moment of the last [`refill`](Self::refill).
    #[inline]
    pub fn holds(&self, tokens: u64) -> bool {
        millionths(tokens).is_some_and(|needed| needed <= self.level)
    }

    /// Takes what it [`holds`](Self::holds).
    #[inline]
    pub fn take(&mut self, tokens: u64) {
        self.level -= millionths(tokens).expect("no more than it holds");
    }

    /// Takes tokens after the fact: what the bucket does not hold becomes a debt of the whole
    /// amount, which has to be refilled before anything fits again.
    ///
    /// So an answer of 10 MiB keeps a shard silent for the documented 5 seconds, while readers
    /// whose answers together stay under one second's worth do not hinder each other.
    pub fn overdraw(&mut self, now: Instant, tokens: u64) {
        let asked = i64::try_from(tokens).map_or(i64::MAX, |tokens| tokens.saturating_mul(MILLION));
        if self.is_bottomless() {
            return;
        }
        let level = self.level_at(now);
        self.level = if asked <= level { level - asked } else { -asked };
        self.updated = now;
    }

    /// How long until the bucket is out of debt: zero if it is in none now.
    pub fn wait_for_debt(&self, now: Instant) -> Duration {
        let debt = self.level_at(now).min(0).unsigned_abs();
        Duration::from_micros(debt.div_ceil(self.rate.into()))
    }

    /// Whole tokens in the bucket; zero while it is in debt.
    pub fn level(&self, now: Instant) -> u64 {
        u64::try_from(self.level_at(now) / MILLION).unwrap_or(0)
    }

    /// How many tokens it is in debt; zero while it is not.
    pub fn debt(&self, now: Instant) -> u64 {
        u64::try_from(-(self.level_at(now) / MILLION)).unwrap_or(0)
    }

    /// The most tokens that it holds.
    pub fn capacity(&self) -> u64 {
        self.capacity.into()
    }

    /// Tokens a second.
    pub fn rate(&self) -> u64 {
        self.rate.into()
    }

    /// Gives the bucket another capacity; what no longer fits spills.
    pub fn resize(&mut self, now: Instant, capacity: u64) {
        if self.is_bottomless() {
            return;
        }
        let level = self.level_at(now);
        self.capacity = u32::try_from(capacity).expect("a bucket holds fewer than 2^32 tokens");
        self.level = level.min(i64::from(self.capacity) * MILLION);
        self.updated = now;
    }

    /// Whether it is no limit at all; no limit of AWS comes near its rate.
    #[inline]
    fn is_bottomless(&self) -> bool {
        self.rate == u32::MAX
    }

    /// What it would hold if it had no capacity; what takes from a bottomless one leaves no trace.
    #[cold]
    fn level_after(&self, elapsed: u64) -> i64 {
        if self.is_bottomless() {
            return i64::MAX;
        }
        let elapsed = i64::try_from(elapsed).unwrap_or(i64::MAX);
        self.level.saturating_add(elapsed.saturating_mul(self.rate.into()))
    }

    #[inline]
    fn level_at(&self, now: Instant) -> i64 {
        let full = i64::from(self.capacity) * MILLION;
        // Not by way of a `Duration`, which divides: this is done twice for each shard of a call.
        let elapsed = now.micros().saturating_sub(self.updated.micros());
        // A quarter of an hour and more, of sums that may overflow, is told apart.
        match i32::try_from(elapsed) {
            Ok(elapsed) if elapsed < 1 << 30 && !self.is_bottomless() => {
                (self.level + i64::from(elapsed) * i64::from(self.rate)).min(full)
            }
            _ => self.level_after(elapsed).min(full),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::DEFAULT_START;

    #[test]
    fn an_empty_bucket_names_the_wait_that_fills_it() {
        let bucket = TokenBucket::full(1_000, 1_000, NOW).charged(NOW, 1_000).unwrap();
        let wait = bucket.wait(NOW, 3);
        assert_eq!(wait, Duration::from_millis(3));
        assert_eq!(bucket.charged((NOW + wait).before(Duration::from_micros(1)), 3), None);
        assert!(bucket.charged(NOW + wait, 3).is_some());
    }

    #[test]
    fn idle_time_never_fills_it_above_its_capacity() {
        let bucket = TokenBucket::full(10, 5, NOW);
        assert_eq!(bucket.level(Instant::FAR_FUTURE), 10);
    }

    #[test]
    fn long_pauses_refill_as_short_ones_do() {
        let most = u64::from(u32::MAX) - 1;
        for pause in [1, 1 << 20, (1 << 31) - 1, 1 << 31, 1 << 32, 1 << 60] {
            for rate in [1, 5, 1 << 20, most] {
                let empty = TokenBucket::full(most, rate, NOW).charged(NOW, most).unwrap();
                let refilled = u128::from(pause) * u128::from(rate) / 1_000_000;
                let level = empty.level(NOW + Duration::from_micros(pause));
                assert_eq!(u128::from(level), refilled.min(most.into()), "{pause} {rate}");
            }
        }
    }

    #[test]
    fn what_is_taken_after_a_refill_is_charged() {
        let full = TokenBucket::full(1_000, 7, NOW);
        let now = NOW + Duration::from_millis(1);
        let (mut charged, mut taken) = (full, full);
        taken.refill(now);
        for tokens in [1, 0, 400, 598] {
            charged = charged.charged(now, tokens).unwrap();
            assert!(taken.holds(tokens));
            taken.take(tokens);
            assert_eq!(taken, charged);
        }
        assert!(!taken.holds(2));
        assert!(!full.holds(1_001) && !full.holds(u64::MAX));
    }

    #[test]
    fn a_bottomless_bucket_stays_full() {
        let mut bucket = TokenBucket::bottomless(NOW);
        for _ in 0..1_000 {
            bucket = bucket.charged(NOW, 10 << 20).unwrap();
            bucket.overdraw(NOW, 10 << 20);
            bucket.refill(NOW);
            assert!(bucket.holds(10 << 20));
            bucket.take(10 << 20);
        }
        bucket.refill(NOW);
        bucket.resize(NOW, 1);
        assert_eq!(bucket, TokenBucket::bottomless(NOW));
    }

    #[test]
    fn a_ten_mebibyte_answer_is_a_debt_of_five_seconds() {
        let mut bucket = TokenBucket::full(2 << 20, 2 << 20, NOW);
        bucket.overdraw(NOW, 10 << 20);
        assert_eq!(bucket.wait_for_debt(NOW), Duration::from_secs(5));
        bucket = TokenBucket::full(2 << 20, 2 << 20, NOW);
        bucket.overdraw(NOW, 1 << 20);
        assert_eq!(bucket.wait_for_debt(NOW), Duration::ZERO);
    }
}
