//! The key space of a stream: 128-bit hash keys and the ranges that shards own.

use md5::{Digest, Md5};
use std::fmt;

/// A point of the key space, 0 to 2^128 − 1.
///
/// ```
/// use shardlab::engine::service::hash_key::HashKey;
///
/// assert_eq!(HashKey::of("user-1").to_string(), "285573413173782752570879317399258818820");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HashKey(pub u128);

impl HashKey {
    /// The largest hash key, 2^128 − 1.
    pub const MAX: Self = Self(u128::MAX);

    /// Where a partition key falls: the MD5 of its UTF-8 bytes, read as a big-endian number
    /// (AWS: "an MD5 hash function is used to map partition keys to 128-bit integer values").
    #[inline]
    pub fn of(partition_key: &str) -> Self {
        Self(u128::from_be_bytes(Md5::digest(partition_key.as_bytes()).into()))
    }

    /// Reads a decimal of up to 39 digits without leading zeros; `None` beyond 2^128 − 1.
    pub fn parse(decimal: &str) -> Option<Self> {
        let plain = decimal == "0" || !decimal.starts_with('0');
        let digits = !decimal.is_empty() && decimal.bytes().all(|byte| byte.is_ascii_digit());
        if plain && digits { decimal.parse().ok().map(Self) } else { None }
    }
}

impl fmt::Display for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The hash keys that a shard owns, both ends included, as AWS writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HashKeyRange {
    /// The first hash key of the range.
    pub start: HashKey,
    /// The last hash key of the range.
    pub end: HashKey,
}

impl HashKeyRange {
    /// The whole key space.
    pub const ALL: Self = Self { start: HashKey(0), end: HashKey::MAX };

    /// Whether a hash key lies in the range.
    pub fn contains(&self, key: HashKey) -> bool {
        self.start <= key && key <= self.end
    }

    /// The first key of the upper half: where an even split starts its second child.
    pub fn midpoint(&self) -> HashKey {
        HashKey(self.start.0 + (self.end.0 - self.start.0) / 2 + 1)
    }

    /// How many hash keys the range holds, less one (the whole space would not fit 128 bits).
    pub fn width(&self) -> u128 {
        self.end.0 - self.start.0
    }

    /// The ranges of a new stream of `count` shards: each ⌊2^128 / count⌋ wide, the last one up to
    /// the end of the key space. `count` is not zero.
    pub fn initial(count: u32) -> impl Iterator<Item = Self> {
        let borders = (0..count).map(move |shard| border(shard, count));
        borders.enumerate().map(move |(shard, start)| {
            let last = u32::try_from(shard + 1).is_ok_and(|next| next == count);
            let width = even_width(count);
            let end = if last { HashKey::MAX } else { HashKey(start.0 + (width - 1)) };
            Self { start, end }
        })
    }
}

/// ⌊2^128 / count⌋, or 2^128 − 1 for a single shard, whose width does not fit.
fn even_width(count: u32) -> u128 {
    let count = u128::from(count);
    // 2^128 = MAX + 1, so the quotient grows by one exactly when the remainder of MAX is full.
    u128::MAX / count + u128::from(count > 1 && u128::MAX % count == count - 1)
}

fn border(shard: u32, count: u32) -> HashKey {
    if shard == 0 { HashKey(0) } else { HashKey(even_width(count) * u128::from(shard)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fall_where_kinesis_puts_them() {
        for (key, hash) in [
            ("a", 16_955_237_001_963_240_173_058_271_559_858_726_497),
            ("b", 195_289_424_170_611_159_128_911_017_612_795_795_343),
            ("111", 140_302_709_094_137_701_773_086_334_180_578_563_688),
            ("partition_key", 124_900_383_314_680_506_556_880_818_432_367_814_127),
            ("user-1", 285_573_413_173_782_752_570_879_317_399_258_818_820),
            ("user-2", 81_544_010_656_874_607_678_696_621_737_415_172_275),
            ("주문-1", 161_549_585_251_161_981_998_815_687_088_163_418_566),
        ] {
            assert_eq!(HashKey::of(key), HashKey(hash), "{key}");
        }
    }

    #[test]
    fn three_shards_get_the_ranges_of_the_recorded_stream() {
        let ranges: Vec<_> = HashKeyRange::initial(3)
            .map(|range| (range.start.to_string(), range.end.to_string()))
            .collect();
        let third = "113427455640312821154458202477256070484";
        assert_eq!(ranges[0], ("0".into(), third.into()));
        assert_eq!(ranges[1].0, "113427455640312821154458202477256070485");
        assert_eq!(ranges[1].1, "226854911280625642308916404954512140969");
        assert_eq!(ranges[2].0, "226854911280625642308916404954512140970");
        assert_eq!(ranges[2].1, HashKey::MAX.to_string());
    }

    #[test]
    fn any_number_of_initial_ranges_tiles_the_key_space() {
        for count in [1, 2, 3, 4, 5, 7, 1_000, 1_024, 10_000] {
            let ranges: Vec<_> = HashKeyRange::initial(count).collect();
            assert_eq!(ranges[0].start, HashKey(0));
            assert_eq!(ranges.last().expect("one at least").end, HashKey::MAX);
            assert!(ranges.windows(2).all(|pair| pair[0].end.0 + 1 == pair[1].start.0));
        }
    }

    #[test]
    fn hash_keys_are_read_strictly() {
        assert_eq!(HashKey::parse("0"), Some(HashKey(0)));
        assert_eq!(HashKey::parse(&u128::MAX.to_string()), Some(HashKey::MAX));
        for text in ["", "00", "-1", "+1", "1e3", "340282366920938463463374607431768211456"] {
            assert_eq!(HashKey::parse(text), None, "{text}");
        }
    }
}
