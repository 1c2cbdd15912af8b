//! The patterns of the service's model: a closed set, each matched by hand, so that no regular
//! expression engine is shipped to the page.

use crate::engine::find::{find, rsplit};

/// Which characters a text may have, in which order. A pattern matches the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Streams, shards and consumers.
    Name,
    /// `arn:aws:kinesis:us-east-1:123456789012:stream/orders`.
    StreamArn,
    /// `arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/search:1795132800`.
    ConsumerArn,
    /// The ARN of anything that can carry tags.
    ResourceArn,
    /// A decimal number of up to 129 digits without leading zeros.
    SequenceNumber,
    /// A decimal number of up to 39 digits without leading zeros.
    HashKey,
}

impl Pattern {
    /// The pattern as the model writes it, which is how validation errors show it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Name => "[a-zA-Z0-9_.-]+",
            Self::StreamArn => r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+",
            Self::ConsumerArn => concat!(
                r"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+",
                r"\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+"
            ),
            Self::ResourceArn => r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+",
            Self::SequenceNumber => r"^(0|([1-9]\d{0,128}))$",
            Self::HashKey => r"^(0|([1-9]\d{0,38}))$",
        }
    }

    /// Whether the whole of `text` matches.
    pub fn matches(self, text: &str) -> bool {
        match self {
            Self::Name => is_name(text),
            Self::StreamArn => {
                arn_ends(text).any(|end| end.strip_prefix("stream/").is_some_and(has_no_space))
            }
            Self::ConsumerArn => arn_ends(text).any(is_consumer_end),
            Self::ResourceArn => arn_ends(text).any(is_resource_end),
            Self::SequenceNumber => is_number(text, 129),
            Self::HashKey => is_number(text, 39),
        }
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    !text.is_empty() && text.bytes().all(allowed)
}

fn is_number(text: &str, digits_max: usize) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && text.len() <= digits_max && (text == "0" || !text.starts_with('0'))
}

fn has_no_space(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// Everything that can follow `arn:aws…:kinesis:…:<12 digits>:` in `text`, leftmost account first.
fn arn_ends(text: &str) -> impl Iterator<Item = &str> {
    let after_service = text
        .strip_prefix("arn:aws")
        .and_then(|rest| find(rest, ":kinesis:").map(|at| &rest[at + ":kinesis:".len()..]));
    let after_service = after_service.filter(|_| !text.contains('\n')).unwrap_or_default();
    after_service.match_indices(':').filter_map(|(at, _)| {
        let (account, end) = after_service[at + 1..].split_at_checked(12)?;
        let end = end.strip_prefix(':')?;
        account.bytes().all(|byte| byte.is_ascii_digit()).then_some(end)
    })
}

fn is_consumer_end(end: &str) -> bool {
    let Some((path, created)) = end.rsplit_once(':') else { return false };
    let Some((stream, consumer)) = rsplit(path, "/consumer/") else { return false };
    let Some((_, stream)) = rsplit(stream, "stream/") else { return false };
    let is_date = !created.is_empty() && created.bytes().all(|byte| byte.is_ascii_digit());
    is_date && is_name(consumer) && is_name(stream)
}

fn is_resource_end(end: &str) -> bool {
    let names = |rest: &str, kind| rest.strip_prefix(kind).is_some_and(has_no_space);
    let mut rests = end.char_indices().map(|(at, _)| &end[at..]);
    rests.any(|rest| ["stream/", "channel/", "queue/"].iter().any(|kind| names(rest, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    #[test]
    fn names_are_letters_digits_and_three_signs() {
        assert!(Pattern::Name.matches("Web_clicks-1.prod"));
        for bad in ["", "bad name!", "주문", "a/b", "a\n"] {
            assert!(!Pattern::Name.matches(bad), "{bad:?}");
        }
    }

    #[test]
    fn arns_have_an_account_of_twelve_digits() {
        assert!(Pattern::StreamArn.matches(STREAM));
        assert!(Pattern::StreamArn.matches("arn:aws-cn:kinesis:cn-north-1:123456789012:stream/a"));
        for bad in [
            "",
            "orders",
            "arn:aws:kinesis:us-east-1:12345678901:stream/orders",
            "arn:aws:kinesis:us-east-1:123456789012:stream/",
            "arn:aws:kinesis:us-east-1:123456789012:stream/two words",
            "arn:aws:sqs:us-east-1:123456789012:stream/orders",
            "arn:aws:kinesis:123456789012:stream/orders",
        ] {
            assert!(!Pattern::StreamArn.matches(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_consumer_has_a_stream_and_a_date() {
        let consumer = format!("{STREAM}/consumer/search:1795132800");
        assert!(Pattern::ConsumerArn.matches(&consumer));
        assert!(Pattern::ResourceArn.matches(&consumer));
        let account = STREAM.trim_end_matches("stream/orders");
        for (end, is_one) in [
            ("stream/a", true),
            ("x/queue/a", true),
            ("stream/stream/", true),
            ("stream/a b/channel/c", true),
            ("stream/a b", false),
            ("queue/", false),
            ("주/topic/a", false),
        ] {
            let text = format!("{account}{end}");
            assert_eq!(Pattern::ResourceArn.matches(&text), is_one, "{text}");
        }
        assert!(!Pattern::ConsumerArn.matches(STREAM));
        assert!(!Pattern::ConsumerArn.matches(&format!("{STREAM}/consumer/search")));
        assert!(!Pattern::ConsumerArn.matches(&format!("{STREAM}/consumer/search:today")));
    }

    #[test]
    fn numbers_have_no_leading_zeros_and_end_somewhere() {
        for good in ["0", "1", "340282366920938463463374607431768211455"] {
            assert!(Pattern::HashKey.matches(good), "{good}");
        }
        for bad in ["", "00", "01", "-1", "+1", "1.0", &"9".repeat(40)] {
            assert!(!Pattern::HashKey.matches(bad), "{bad}");
        }
        assert!(Pattern::SequenceNumber.matches(&"9".repeat(129)));
        assert!(!Pattern::SequenceNumber.matches(&"9".repeat(130)));
    }
}
