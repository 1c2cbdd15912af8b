//! What there is to know about a thing that a viewer points at.
//!
//! Facts are a label and a value; words for the labels and the way numbers are written belong to
//! whoever shows them.

mod client;
mod record;
mod shard;
mod token;

pub use token::{Read, read_token};

use super::history::History;
use super::subject::Subject;
use crate::engine::Simulation;
use crate::engine::refusal::Bucket;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::log::Log;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::record::EncryptionType;
use crate::engine::time::Instant;
use std::fmt;
use std::time::Duration;

/// What is known about a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Its name.
    pub title: String,
    /// What is known, in the order in which it is read.
    pub facts: Vec<(Label, Value)>,
    /// What belongs to it and can be looked at next, by name.
    pub related: Vec<(String, Subject)>,
    /// The keys that brought most, heaviest first, each with its part in thousandths.
    pub keys: Vec<(String, u64)>,
    /// What it carries: as text where it is text, otherwise as hexadecimal digits.
    pub data: Option<String>,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Its Amazon Resource Name.
    Arn,
    /// What it is doing.
    Status,
    /// Who decides how many shards there are.
    Mode,
    /// How long records are kept.
    Retention,
    /// `KMS` or `NONE`.
    Encryption,
    /// Shards that take records.
    OpenShards,
    /// The hash keys that a shard owns.
    KeyRange,
    /// How much of the key space that is.
    PartOfKeys,
    /// When a shard began to take records.
    Opened,
    /// When it stopped.
    Closed,
    /// The shards that it came from.
    Parents,
    /// The shards that it became.
    Children,
    /// Records that can be read.
    Retained,
    /// Their bytes, with their keys.
    RetainedBytes,
    /// The sequence number at the trim horizon.
    FirstNumber,
    /// The newest sequence number.
    LastNumber,
    /// A bucket of a shard: its level of its capacity.
    Level(Bucket),
    /// Records stored in the last whole second.
    IncomingRecords,
    /// Bytes stored in the last whole second.
    IncomingBytes,
    /// Records that a shard refused lately.
    Refused,
    /// What a record was put under.
    PartitionKey,
    /// Where its key falls.
    HashKey,
    /// The shard of a record that lies where its key does not.
    ExplicitHashKey,
    /// How many came before it.
    PlaceInShard,
    /// The whole number.
    SequenceNumber,
    /// The number's first part: which layout it has.
    NumberVersion,
    /// When its shard's epoch began.
    NumberEpoch,
    /// Its place within the epoch.
    NumberIndex,
    /// About when it was stored.
    NumberTime,
    /// The shard that the number names.
    NumberShard,
    /// When it was stored.
    Arrived,
    /// Its bytes, with its key.
    Size,
    /// When it can no longer be read, or used.
    Expires,
    /// Consumers that have processed it.
    ReadBy,
    /// Consumers that have not.
    UnreadBy,
    /// Which stream.
    Stream,
    /// How many records it sends now.
    Rate,
    /// Records that it made.
    Offered,
    /// Records of which it knows that they were stored.
    Accepted,
    /// Refusals, one a record and attempt.
    RefusedOfIt,
    /// Records sent again.
    Retried,
    /// Records that it gave up.
    GivenUp,
    /// Copies beyond the first.
    Duplicated,
    /// Requests.
    Calls,
    /// Through which pipe it reads.
    WayOfReading,
    /// Records that it was given.
    Read,
    /// Calls that were refused.
    Throttled,
    /// Records that expired before it had read them.
    Lost,
    /// How far behind a consumer is in a shard, in records and time.
    Behind(ShardId),
    /// When an iterator was given.
    Issued,
    /// The place of the record that an iterator leads to.
    NextRecord,
}

/// What is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// In words of AWS or of the visitor.
    Text(String),
    /// So many.
    Count(u64),
    /// So many bytes.
    Bytes(u64),
    /// So long.
    Span(Duration),
    /// At that time.
    At(Instant),
    /// So many of so many.
    Of(u64, u64),
    /// So many records, and the oldest of them that old.
    Lag(u64, Duration),
    /// So many millionths a second.
    MillionthsPerSecond(u64),
    /// Through the pipe that all share, or through one of its own.
    IsOwnPipe(bool),
}

/// Where facts are looked for.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The state.
    pub simulation: &'a Simulation,
    /// How it came to be.
    pub history: &'a History,
}

impl Inspection {
    /// What is known now; `None` if there is no such thing any more, or for a refusal, which has a
    /// receipt instead.
    pub fn of(world: World, subject: Subject) -> Option<Self> {
        match subject {
            Subject::Stream(stream) => of_stream(world, stream),
            Subject::Shard(stream, shard) => shard::inspect(world, stream, shard),
            Subject::Record { stream, shard, ordinal } => {
                record::inspect(world.simulation, (stream, shard), ordinal)
            }
            Subject::Client(actor) => client::inspect(world.simulation, actor),
            Subject::Refusal(_) => None,
        }
    }

    fn titled(title: String) -> Self {
        Self { title, ..Self::default() }
    }

    fn fact(&mut self, label: Label, value: Value) {
        self.facts.push((label, value));
    }

    fn text(&mut self, label: Label, text: &dyn fmt::Display) {
        self.fact(label, Value::Text(text.to_string()));
    }

    fn count(&mut self, label: Label, count: u64) {
        self.fact(label, Value::Count(count));
    }

    fn relate(&mut self, name: &dyn fmt::Display, subject: Subject) {
        self.related.push((name.to_string(), subject));
    }
}

/// Everything that can be inspected, by name, each stream before its shards; then the clients.
pub fn everything(simulation: &Simulation) -> Vec<(String, Subject)> {
    let mut all = Vec::new();
    for stream in simulation.service().streams() {
        all.push((stream.name.to_string(), Subject::Stream(stream.id)));
        let shards = stream.shards().iter().filter(|shard| !shard.is_expired()).take(SHARDS_MAX);
        all.extend(shards.map(|shard| {
            (format!("{} {}", stream.name, shard.id), Subject::Shard(stream.id, shard.id))
        }));
    }
    let clients = simulation.clients();
    all.extend(clients.producers().map(|one| (one.name().to_string(), Subject::Client(one.id()))));
    all.extend(clients.consumers().map(|one| (one.name().to_string(), Subject::Client(one.id()))));
    all
}

/// Shards of a stream that are listed: more would make a list that nobody reads.
const SHARDS_MAX: usize = 64;

fn of_stream(world: World, id: StreamId) -> Option<Inspection> {
    let stream = world.simulation.service().stream(id)?;
    let mut found = Inspection::titled(stream.name.to_string());
    found.text(Label::Arn, &stream.name.arn(world.simulation.account()));
    found.text(Label::Status, &stream.status);
    found.text(
        Label::Mode,
        &match stream.mode {
            CapacityMode::Provisioned => "PROVISIONED",
            CapacityMode::OnDemand => "ON_DEMAND",
        },
    );
    found.fact(Label::Retention, Value::Span(stream.retention()));
    found.text(Label::Encryption, &encryption(stream.encryption.of_new_records()));
    found.count(Label::OpenShards, stream.open_shard_count().into());
    let logs = || stream.shards().iter().map(|shard| &shard.log);
    found.count(Label::Retained, logs().map(|log| log.tip() - log.horizon()).sum());
    found.fact(Label::RetainedBytes, Value::Bytes(logs().map(Log::retained_bytes).sum()));
    for shard in stream.open_shards().take(SHARDS_MAX) {
        found.relate(&shard.id, Subject::Shard(id, shard.id));
    }
    Some(found)
}

fn encryption(under: EncryptionType) -> &'static str {
    if under.is_kms() { "KMS" } else { "NONE" }
}
