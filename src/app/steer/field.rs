//! What a form of the panel asks for: each field once, with what its values may be.

use shardlab::console::lab::{grammar, quantity};
use shardlab::engine::client::name::ClientName;
use shardlab::engine::client::sending::BATCH;
use shardlab::engine::service::limits::{
    ACCOUNT_SHARDS, RETENTION_HOURS_MAX, RETENTION_HOURS_MIN, UPDATE_SHARD_COUNT_SHARDS,
};
use shardlab::engine::service::names::StreamName;

/// A field, in the order of its rows here and in the words of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name of a new stream.
    NewStream,
    /// Provisioned or on demand.
    Mode,
    /// Shards of a new stream.
    Shards,
    /// Shards that a stream shall have.
    Target,
    /// Hours of retention.
    Hours,
    /// Whether something is switched on or off.
    Switch,
    /// The key of KMS.
    KmsKey,
    /// A metric of each shard.
    Metric,
    /// The name of a producer, new or not.
    NewProducer,
    /// When its records come.
    Rate,
    /// How large they are.
    Size,
    /// How their keys are chosen.
    Keys,
    /// Among how many.
    KeyCount,
    /// How much the first keys are preferred.
    Exponent,
    /// The only key.
    Key,
    /// The call that sends them.
    Api,
    /// Records of a call.
    Batch,
    /// What follows a refusal.
    Retry,
    /// A producer that is there.
    Producer,
    /// The name of a consumer, new or not.
    NewConsumer,
    /// How it reads.
    Reads,
    /// How often it polls.
    Every,
    /// Where it begins.
    From,
    /// A consumer that is there.
    Consumer,
    /// How many answers get lost.
    Share,
    /// The stream that was chosen for the whole panel, by name.
    Stream,
    /// The same by ARN.
    Arn,
}

/// How many fields have a row; the last two are not asked for.
pub const COUNT: usize = Field::Stream as usize;

/// What the values of a field may be.
#[derive(Clone, Copy)]
pub enum Kind {
    /// One of these.
    Choice(&'static [&'static str]),
    /// A whole number between two, both included.
    Number(u64, u64),
    /// A text; the error says what would be right.
    Text(fn(&str) -> Result<(), String>),
    /// A producer that is there.
    Producer,
    /// A consumer that is there.
    Consumer,
}

impl Field {
    /// Its first value, and what its values may be.
    pub fn row(self) -> (&'static str, Kind) {
        ROWS[self as usize]
    }
}

const ROWS: [(&str, Kind); COUNT] = [
    ("orders", Kind::Text(|text| named(StreamName::new(text)))),
    ("PROVISIONED", Kind::Choice(&["PROVISIONED", "ON_DEMAND"])),
    ("2", Kind::Number(1, ACCOUNT_SHARDS.value)),
    ("4", Kind::Number(1, UPDATE_SHARD_COUNT_SHARDS.value)),
    ("48", Kind::Number(RETENTION_HOURS_MIN.value, RETENTION_HOURS_MAX.value)),
    ("start", Kind::Choice(&["start", "stop"])),
    ("alias/aws/kinesis", Kind::Text(word)),
    (
        "ALL",
        Kind::Choice(&[
            "ALL",
            "IncomingBytes",
            "IncomingRecords",
            "OutgoingBytes",
            "OutgoingRecords",
            "WriteProvisionedThroughputExceeded",
            "ReadProvisionedThroughputExceeded",
            "IteratorAgeMilliseconds",
        ]),
    ),
    ("shop", Kind::Text(client)),
    ("800/s", Kind::Text(|text| grammar::arrivals(text).map(drop))),
    ("1KiB", Kind::Text(|text| grammar::record_size(text).map(drop))),
    ("zipf", Kind::Choice(&["zipf", "uniform", "sequence", "unique", "one"])),
    ("500", Kind::Number(1, 1_000_000)),
    ("1.2", Kind::Text(|text| grammar::keys(&format!("zipf:9:{text}")).map(drop))),
    ("user-1", Kind::Text(word)),
    ("put-records", Kind::Choice(&["put-records", "put-record"])),
    ("100", Kind::Number(1, BATCH as u64)),
    ("backoff", Kind::Choice(&["backoff", "immediate", "none"])),
    ("", Kind::Producer),
    ("reader", Kind::Text(client)),
    ("shared", Kind::Choice(&["shared", "enhanced-fan-out"])),
    ("1s", Kind::Text(|text| quantity::duration(text).map(drop))),
    ("TRIM_HORIZON", Kind::Choice(&["TRIM_HORIZON", "LATEST"])),
    ("", Kind::Consumer),
    ("5%", Kind::Text(|text| quantity::share(text).map(drop))),
];

fn named<T>(name: Option<T>) -> Result<(), String> {
    name.map(drop).ok_or_else(|| "1–128: a–z A–Z 0–9 _ . -".to_owned())
}

fn client(text: &str) -> Result<(), String> {
    named(ClientName::new(text))
}

/// A word that needs no quotes in a line.
fn word(text: &str) -> Result<(), String> {
    let is_plain = |char: char| char.is_alphanumeric() || "-_.:/@+".contains(char);
    let fits = (1..=256).contains(&text.chars().count()) && text.chars().all(is_plain);
    if fits { Ok(()) } else { Err("1–256: a–z A–Z 0–9 - _ . : / @ +".to_owned()) }
}
