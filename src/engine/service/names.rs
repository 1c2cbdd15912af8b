//! Names of streams, shards and consumers, checked where they come in.

use super::account::Account;
use super::sequence_number::write_decimal;
use std::fmt;
use std::rc::Rc;

/// A stream's number in this simulation; a stream created anew under an old name has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub u32);

/// A stream's name: 1 to 128 of `a-z A-Z 0-9 _ . -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(Rc<str>);

impl StreamName {
    /// The name of a text; `None` if it has other characters, none or too many.
    pub fn new(text: &str) -> Option<Self> {
        is_name(text).then(|| Self(text.into()))
    }

    /// The name in an ARN of the account's streams (or of a stream's consumer).
    pub fn from_arn(account: &Account, arn: &str) -> Option<Self> {
        let path = arn.strip_prefix(&account.arn_prefix())?.strip_prefix("stream/")?;
        Self::new(path.split('/').next()?)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ARN of the stream.
    pub fn arn(&self, account: &Account) -> String {
        format!("{}stream/{self}", account.arn_prefix())
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A registered consumer's name: 1 to 128 of `a-z A-Z 0-9 _ . -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConsumerName(Rc<str>);

impl ConsumerName {
    /// The name of a text; `None` if it has other characters, none or too many.
    pub fn new(text: &str) -> Option<Self> {
        is_name(text).then(|| Self(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConsumerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    (1..=128).contains(&text.len()) && text.bytes().all(allowed)
}

/// A shard's number in its stream, counted from 0 in order of creation and never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardId(pub u32);

impl ShardId {
    /// Reads `shardId-000000000003`; as the service, also `shardId-3` and `3`: what counts is the
    /// number after the last hyphen.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.rsplit_once('-').map_or(text, |(_, digits)| digits);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = if plain { digits.parse().ok()? } else { return None };
        (number <= i32::MAX.unsigned_abs()).then_some(Self(number))
    }

    /// How many letters an identifier has.
    pub const LETTERS: usize = 20;

    /// `shardId-000000000003`, in letters of ASCII.
    #[inline]
    pub fn letters(self) -> [u8; Self::LETTERS] {
        let mut text = *b"shardId-000000000000";
        write_decimal(&mut text[10..], self.0);
        text
    }
}

impl fmt::Display for ShardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.letters()).expect("letters and digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shard_ids_are_read_as_the_service_reads_them() {
        assert_eq!(ShardId(3).to_string(), "shardId-000000000003");
        for text in ["shardId-000000000003", "shardId-3", "foo-3", "3"] {
            assert_eq!(ShardId::parse(text), Some(ShardId(3)), "{text}");
        }
        for text in ["", "shardId-", "shardId--1x", "2147483648"] {
            assert_eq!(ShardId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_is_found_in_its_arn() {
        let (name, account) = (StreamName::new("clicks").unwrap(), Account::default());
        assert_eq!(StreamName::from_arn(&account, &name.arn(&account)), Some(name));
        assert_eq!(
            StreamName::from_arn(&account, "arn:aws:kinesis:eu-west-1:1:stream/clicks"),
            None
        );
    }
}
