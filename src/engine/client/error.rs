//! Why a client cannot be as it was asked for, in words that say what to do.

use super::name::ClientName;
use crate::engine::actor::ActorId;

/// Why a client cannot be as it was asked for. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// No producer or replay has this name.
    #[error("there is no producer or replay named {name}; {}", listed(.known))]
    UnknownProducer {
        /// The name that was given.
        name: ClientName,
        /// Those that exist.
        known: Vec<ClientName>,
    },
    /// No consumer has this name.
    #[error("there is no consumer named {name}; {}", listed(.known))]
    UnknownConsumer {
        /// The name that was given.
        name: ClientName,
        /// Those that exist.
        known: Vec<ClientName>,
    },
    /// There are as many clients as records can tell apart.
    #[error("there have been {} clients already; change one of them instead", ActorId::LAST.0)]
    TooManyClients,
    /// Arrivals without records, or hardly any.
    #[error(
        "records have to come: give a rate of at least one a day, and bursts long enough for \
             some of them to bring one"
    )]
    Arrivals,
    /// A record size out of range.
    #[error(
        "a record's data has 1 to {most} bytes; write a smaller size, or a range from small to \
             large"
    )]
    RecordSize {
        /// The most bytes.
        most: u64,
    },
    /// A number of keys out of range.
    #[error("a producer has 1 to {most} keys to choose from; for more, use unique keys")]
    KeyCount {
        /// The most keys.
        most: u32,
    },
    /// An exponent of Zipf's law out of range.
    #[error("the exponent of Zipf's law is at most {most}; 1 is the classic one")]
    Exponent {
        /// The largest.
        most: u32,
    },
    /// More records a call than `PutRecords` takes.
    #[error("a PutRecords call takes 1 to {most} records; choose a batch in that range")]
    Batch {
        /// The most records.
        most: u64,
    },
    /// A linger or timeout out of range.
    #[error("{what} is at most {most_secs} seconds; choose a shorter one")]
    TooLong {
        /// What was too long.
        what: &'static str,
        /// The longest.
        most_secs: u64,
    },
    /// No data set has this name.
    #[error("there is no data set named {name}; {}", listed(.known))]
    UnknownData {
        /// The name that was given.
        name: ClientName,
        /// Those that exist.
        known: Vec<ClientName>,
    },
    /// A data set has no such column.
    #[error("the data set has no column {column}; it has {}", names(.columns))]
    UnknownColumn {
        /// The name that was given.
        column: String,
        /// Those that exist.
        columns: Vec<String>,
    },
    /// No row has a key and a time.
    #[error(
        "no row has a usable {column}: a key has 1 to 256 characters, a time is like \
             2001-01-31T06:55:00Z, 2001/01/31 06:55, or seconds or milliseconds since 1970"
    )]
    NothingToReplay {
        /// The column that was read.
        column: String,
    },
    /// A speed out of range.
    #[error("a replay runs at 0.001 to {most} times the speed of its data")]
    Speed {
        /// The fastest.
        most: u64,
    },
    /// Attempts out of range.
    #[error("a record is sent 1 to {most} times; for none beyond the first, use no retries")]
    Attempts {
        /// The most attempts.
        most: u32,
    },
    /// A first wait above the longest, or one of more than an hour.
    #[error("a backoff starts at or below its cap, which is at most an hour")]
    Backoff,
    /// A share above the whole.
    #[error("a share is 0 to 100 %")]
    Share,
    /// A poll interval out of range.
    #[error(
        "a consumer polls every 1 ms to every 24 hours; five calls a second and shard is what \
             Kinesis answers"
    )]
    PollInterval,
    /// A limit out of range.
    #[error("GetRecords takes a limit of 1 to {most} records")]
    PollLimit {
        /// The most records.
        most: u64,
    },
}

fn listed(names: &[ClientName]) -> String {
    if names.is_empty() {
        return "there is none yet".to_owned();
    }
    let names: Vec<&str> = names.iter().map(ClientName::as_str).collect();
    format!("these exist: {}", names.join(", "))
}

/// As slices, like all others: each kind of join is a KiB of wasm.
fn names(columns: &[String]) -> String {
    columns.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
