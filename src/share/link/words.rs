//! Common pieces of lines as one or two bytes: what a preset dictionary would do for deflate.
//!
//! Lines are UTF-8, which leaves some bytes unused. Those stand for the pieces in `WORDS`: the
//! first for a single byte each, the others for `PAIR` and a byte. A text ends with `END`, and
//! where a text itself has one of those bytes, `LITERAL` stands before it.
//!
//! The table is part of version 1 and never changes, not even to grow: a piece that it lacks is
//! written out, a piece that moved would change what old links say.

/// Ends a text.
const END: u8 = 0;
/// Before a byte that means itself.
const LITERAL: u8 = 0xfe;
/// Before the place of a word in the second part of the table.
const PAIR: u8 = 0xff;

/// The bytes that stand for a word each: those that no UTF-8 has, and control signs but for tab,
/// line feed and carriage return.
const SINGLES: [u8; 38] = [
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0b, 0x0c, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
    0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x7f, 0xc0, 0xc1, 0xf5,
    0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb,
];

/// The pieces. Version 1 of the table: do not touch.
const WORDS: [&str; 207] = [
    // One byte each.
    "aws kinesis ",
    " --stream-name ",
    " --stream ",
    " --mode shared --every 1s --from ",
    "lab consumer ",
    "lab producer ",
    "lab wait ",
    " --rate ",
    " --record-size ",
    " --keys uniform:",
    "shardId-00000000000",
    "aws kinesis create-stream --stream-name ",
    " --shard-count ",
    "aws kinesis put-record --stream-name ",
    " --partition-key ",
    " --data ",
    "TRIM_HORIZON",
    "LATEST",
    "aws kinesis get-shard-iterator --stream-name ",
    " --shard-id shardId-00000000000",
    " --shard-iterator-type ",
    "aws kinesis get-records --shard-iterator ",
    "aws kinesis describe-stream-summary --stream-name ",
    "aws kinesis list-shards --stream-name ",
    " --mode enhanced-fan-out",
    " --api put-records --batch ",
    " --query ",
    " --output text",
    "arn:aws:kinesis:us-east-1:123456789012:stream/",
    " --keys zipf:",
    " --retry backoff",
    "ShardIterator",
    "stream",
    "000",
    "record",
    "shard",
    "00/s",
    "consumer",
    // Two bytes each: commands.
    "aws kinesis list-streams",
    "aws kinesis describe-stream --stream-name ",
    "aws kinesis delete-stream --stream-name ",
    "aws kinesis put-records --stream-name ",
    " --records ",
    "aws kinesis split-shard --stream-name ",
    " --shard-to-split ",
    " --new-starting-hash-key ",
    "170141183460469231731687303715884105728",
    "85070591730234615865843651857942052864",
    "42535295865117307932921825928971026432",
    "340282366920938463463374607431768211455",
    "aws kinesis merge-shards --stream-name ",
    " --shard-to-merge ",
    " --adjacent-shard-to-merge ",
    "aws kinesis update-shard-count --stream-name ",
    " --target-shard-count ",
    " --scaling-type UNIFORM_SCALING",
    "aws kinesis wait stream-exists --stream-name ",
    "aws kinesis wait stream-not-exists --stream-name ",
    "aws kinesis increase-stream-retention-period --stream-name ",
    "aws kinesis decrease-stream-retention-period --stream-name ",
    " --retention-period-hours ",
    "aws kinesis register-stream-consumer --stream-arn ",
    "aws kinesis deregister-stream-consumer --stream-arn ",
    "aws kinesis describe-stream-consumer --stream-arn ",
    "aws kinesis list-stream-consumers --stream-arn ",
    " --consumer-name ",
    " --consumer-arn ",
    "aws kinesis subscribe-to-shard --consumer-arn ",
    " --starting-position ",
    "aws kinesis update-stream-mode --stream-arn ",
    " --stream-mode-details StreamMode=",
    "ON_DEMAND",
    "PROVISIONED",
    "aws kinesis start-stream-encryption --stream-name ",
    "aws kinesis stop-stream-encryption --stream-name ",
    " --encryption-type KMS --key-id ",
    "alias/aws/kinesis",
    "aws kinesis enable-enhanced-monitoring --stream-name ",
    "aws kinesis disable-enhanced-monitoring --stream-name ",
    " --shard-level-metrics ",
    "aws kinesis add-tags-to-stream --stream-name ",
    "aws kinesis remove-tags-from-stream --stream-name ",
    "aws kinesis list-tags-for-stream --stream-name ",
    "aws kinesis list-tags-for-resource",
    "aws kinesis tag-resource",
    "aws kinesis untag-resource",
    " --tags ",
    " --tag-keys ",
    "aws kinesis put-resource-policy",
    "aws kinesis get-resource-policy",
    "aws kinesis delete-resource-policy",
    " --resource-arn ",
    " --policy ",
    "{\"Statement\": {\"Effect\": \"",
    "Allow",
    "\", \"Action\": \"kinesis:",
    "\", \"Resource\": \"*\"}}",
    "\", \"Principal\": \"*\"",
    "aws kinesis update-max-record-size",
    " --max-record-size-in-ki-b ",
    "aws kinesis update-stream-record-distribution-strategy",
    " --record-distribution-strategy ",
    "aws kinesis update-stream-warm-throughput",
    "aws kinesis update-account-settings",
    "aws kinesis describe-account-settings",
    "aws kinesis describe-limits",
    "aws cloudwatch get-metric-statistics --namespace AWS/Kinesis --metric-name ",
    "aws cloudwatch get-metric-data",
    "aws cloudwatch list-metrics",
    " --dimensions Name=StreamName,Value=",
    " --start-time ",
    " --end-time ",
    " --period ",
    " --statistics ",
    // Options of many commands.
    " --stream-arn ",
    " --shard-id ",
    " --shard-iterator ",
    " --shard-filter ",
    "AT_TIMESTAMP",
    "AT_SEQUENCE_NUMBER",
    "AFTER_SEQUENCE_NUMBER",
    " --starting-sequence-number ",
    " --sequence-number-for-ordering ",
    " --explicit-hash-key ",
    " --timestamp ",
    " --limit ",
    " --max-items ",
    " --max-results ",
    " --page-size ",
    " --next-token ",
    " --starting-token ",
    " --exclusive-start-",
    " --no-paginate",
    " --output ",
    " --profile ",
    " --region us-east-1",
    " --cli-binary-format raw-in-base64-out",
    " --cli-input-json ",
    " --enforce-consumer-deletion",
    "SequenceNumber",
    "StreamDescriptionSummary",
    "PartitionKey",
    "OpenShardCount",
    "Records[",
    "NextShardIterator",
    "MillisBehindLatest",
    ".Data",
    "Shards[",
    "StreamStatus",
    "file://",
    "fileb://",
    // Lines of the lab.
    "lab start",
    "lab replay ",
    "lab fault ",
    "lab iam ",
    "lab status",
    "lab help",
    " --seed ",
    " --at ",
    " --limits none",
    " --region ",
    " --account ",
    " --shard-quota ",
    " --transition ",
    " --every ",
    " --from ",
    " --mode ",
    " --keys ",
    " --key ",
    " --time ",
    " --speed ",
    " --api put-record",
    " --batch ",
    " --retry ",
    " --timeout ",
    " --processing ",
    " --share ",
    " --producer ",
    " --consumer ",
    " --stop",
    " --remove",
    " --skew ",
    "lost-acks",
    "burst-tank",
    "immediate:",
    "bursts:",
    "poisson:",
    "unique",
    "one:",
    "KiB",
    "ms/record",
    "us/record",
    "earthquakes",
    "network",
    "time_ms",
    "flights",
    // The shell.
    "ITERATOR=$(",
    "$ITERATOR",
    "for i in ",
    "; do ",
    "; done",
    "while true",
    "sleep ",
    "echo ",
    "base64",
    " | jq ",
    "$(seq ",
];

/// Writes texts.
pub fn squeeze<'a>(texts: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    // For every first byte, the words that begin with it, the longest first.
    let mut places = [const { Vec::new() }; 256];
    for (place, word) in WORDS.iter().enumerate() {
        places[usize::from(word.as_bytes()[0])].push(place);
    }
    for of_byte in &mut places {
        of_byte.sort_unstable_by_key(|place: &usize| usize::MAX - WORDS[*place].len());
    }
    for text in texts {
        let mut rest = text.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            let mut words = places[usize::from(*first)].iter();
            if let Some(place) = words.find(|place| rest.starts_with(WORDS[**place].as_bytes())) {
                push(*place, out);
                rest = &rest[WORDS[*place].len()..];
            } else {
                if *first == END || SINGLES.contains(first) {
                    out.push(LITERAL);
                }
                out.push(*first);
                rest = after;
            }
        }
        out.push(END);
    }
}

fn push(place: usize, out: &mut Vec<u8>) {
    match SINGLES.get(place) {
        Some(single) => out.push(*single),
        None => out.extend([PAIR, u8::try_from(place - SINGLES.len()).unwrap_or(u8::MAX)]),
    }
}

/// Reads so many texts, and says what follows them; `None` if they are not there, are no text, or
/// are longer than [`BYTES_MAX`](super::BYTES_MAX) together.
pub fn expand(bytes: &[u8], count: u64) -> Option<(Vec<String>, &[u8])> {
    let (mut texts, mut bytes, mut total) = (Vec::new(), bytes.iter(), 0);
    for _ in 0..count {
        let mut text = Vec::new();
        loop {
            let byte = *bytes.next()?;
            let single = || SINGLES.iter().position(|single| *single == byte);
            match byte {
                END => break,
                LITERAL => text.push(*bytes.next()?),
                PAIR => {
                    let place = SINGLES.len() + usize::from(*bytes.next()?);
                    text.extend_from_slice(WORDS.get(place)?.as_bytes());
                }
                byte => match single() {
                    Some(place) => text.extend_from_slice(WORDS[place].as_bytes()),
                    None => text.push(byte),
                },
            }
            if total + text.len() > super::BYTES_MAX {
                return None;
            }
        }
        total += text.len();
        texts.push(String::from_utf8(text).ok()?);
    }
    Some((texts, bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_one_of_the_first_version() {
        use md5::{Digest, Md5};
        assert!(WORDS.len() <= SINGLES.len() + 256);
        let digest = Md5::digest(WORDS.join("\n"));
        assert_eq!(digest[..4], [234, 79, 238, 43]);
    }

    #[test]
    fn every_sign_comes_back() {
        let all: String = ('\0'..='\u{2ff}').chain("일주일 🙂 aws kinesis ".chars()).collect();
        let texts = ["", &all, "aws kinesis put-record --stream-name a --data 000", "x"];
        let mut bytes = Vec::new();
        squeeze(texts.into_iter(), &mut bytes);
        assert_eq!(expand(&bytes, 4), Some((texts.map(str::to_owned).to_vec(), &[][..])));
        assert_eq!(expand(&bytes, 5), None);
    }
}
