//! `NextToken`: where a list goes on, opaque, for five minutes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use std::time::Duration;

use crate::engine::refusal::Refusal;
use crate::engine::service::limits::NEXT_TOKEN_LIFE;
use crate::engine::time::Instant;

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextToken {
    /// Which list it is of: the operation, and whatever else must not change between pages.
    pub list: String,
    /// The last item that was listed.
    pub after: String,
}

impl NextToken {
    /// The token, good from `now` on.
    pub fn seal(&self, now: Instant, secret: u64) -> String {
        let content = format!("{}\n{}\n{}", now.micros(), self.list, self.after);
        STANDARD.encode([checksum(&content, secret).as_slice(), content.as_bytes()].concat())
    }

    /// Reads a token; refuses what is none, of another list of `operation`'s, or too old.
    pub fn open(text: &str, operation: &str, now: Instant, secret: u64) -> Result<Self, Refusal> {
        let token = Self::read(text, secret).ok_or(Refusal::InvalidNextToken)?;
        let (issued, token) = token;
        if !token.list.starts_with(operation) {
            return Err(Refusal::InvalidNextToken);
        }
        if now > issued + Duration::from_secs(NEXT_TOKEN_LIFE.value) {
            return Err(Refusal::ExpiredNextToken);
        }
        Ok(token)
    }

    fn read(text: &str, secret: u64) -> Option<(Instant, Self)> {
        let bytes = STANDARD.decode(text).ok()?;
        let (found, content) = bytes.split_first_chunk::<16>()?;
        let content = std::str::from_utf8(content).ok()?;
        if *found != checksum(content, secret) {
            return None;
        }
        let mut lines = content.splitn(3, '\n');
        let issued = Instant::from_micros(lines.next()?.parse().ok()?);
        let (list, after) = (lines.next()?.to_owned(), lines.next()?.to_owned());
        Some((issued, Self { list, after }))
    }
}

/// Notices slips of the hand and tokens of elsewhere; no defense against who reads this file.
fn checksum(content: &str, secret: u64) -> [u8; 16] {
    let mut md5 = Md5::new();
    md5.update(secret.to_be_bytes());
    md5.update(content);
    md5.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_for_five_minutes_where_it_belongs() {
        let token = NextToken { list: "ListShards 3".to_owned(), after: "7".to_owned() };
        let now = Instant::DEFAULT_START;
        let text = token.seal(now, 7);
        let life = Duration::from_mins(5);
        assert_eq!(NextToken::open(&text, "ListShards", now + life, 7), Ok(token));
        let late = now + life + Duration::from_micros(1);
        assert_eq!(NextToken::open(&text, "ListShards", late, 7), Err(Refusal::ExpiredNextToken));
        for (text, operation, secret) in
            [(text.as_str(), "ListStreams", 7), (&text, "ListShards", 8), ("AAAA", "ListShards", 7)]
        {
            let opened = NextToken::open(text, operation, now, secret);
            assert_eq!(opened, Err(Refusal::InvalidNextToken));
        }
    }
}
