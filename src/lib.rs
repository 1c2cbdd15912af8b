//! Shardlab: a faithful, deterministic Amazon Kinesis Data Streams that runs in a web page.
//!
//! The engine is a stream with its true limits, a clock that is handed in, and the producers and
//! consumers around it. It knows no browser, no wall clock and no global chance. The page, the
//! console and the JavaScript face are layers on top.
//!
//! # A run
//!
//! Every change to a world is a line that a person could type. A [`Journal`](journal::Journal)
//! keeps the lines with their instants; the world follows from them.
//!
//! ```
//! use shardlab::journal::Journal;
//!
//! let mut journal = Journal::default();
//! journal.run("aws kinesis create-stream --stream-name clicks --shard-count 2");
//! journal.advance(journal.simulation().now() + std::time::Duration::from_secs(10));
//!
//! let output = journal.run(
//!     "aws kinesis put-record --stream-name clicks --partition-key user-1 --data aGVsbG8=",
//! );
//! assert!(output.stdout.contains("shardId-000000000001"), "{output:?}");
//!
//! let stream = journal.simulation().service().streams().next().expect("it was created");
//! let records: u64 = stream.shards().iter().map(|shard| shard.log.tip()).sum();
//! assert_eq!(records, 1);
//! ```
//!
//! # Where things are
//!
//! | module | what |
//! | --- | --- |
//! | [`chunk`](mod@chunk) | code that is loaded when it is first needed |
//! | [`engine`] | [`Simulation`](engine::Simulation): the clock, the [`service`](engine::service) that AWS runs, and the [`client`](engine::client)s that its customers run |
//! | [`api`] | operations, validation and error words as AWS has them, from one table; HTTP requests |
//! | [`console`] | lines in, text out: `aws kinesis …` and `lab …` |
//! | [`journal`] | lines with their instants: replay, seek, branch |
//! | [`insight`] | what has happened, folded into counts and timelines |
//! | [`scene`] | a world and a view in, shapes to draw out |
//! | [`share`] | what leaves the page: a run as a link, lines and runs as code for real Kinesis |
//! | [`sizing`] | what stream a file needs: its statistics in one pass, and advice from them |
//!
//! Above them, for the browser alone, are `bindings` (the JavaScript face) and the page (`main.rs`,
//! `app`, its words in `text`). A module uses those below it, never those above; a test holds the
//! table.
//!
//! # What always holds
//!
//! 1. **Time is an argument.** [`Instant`](engine::time::Instant) has no `now()`; it moves only in
//!    [`Simulation::advance`](engine::Simulation::advance).
//! 2. **Chance comes from the seed**, forked by name, so a new actor leaves the others' luck alone.
//! 3. **Same seed, same lines, same history**, bit for bit, native and in a browser. No decision is
//!    made with floating point, in the order of a hash map, or with a `usize`.
//! 4. **Mutate, then drain.** Requests and time make [`Event`](engine::event::Event)s; nobody is
//!    called back. Events are one a call and shard, never one a record.
//! 5. **The service refuses with values.** A [`Refusal`](engine::refusal::Refusal) says what
//!    happened, a [`Throttle`](engine::refusal::Throttle) what the bucket held; [`api`] has the
//!    words. A refusal changes nothing. A bug is a panic.
//! 6. **A limit has one home**, [`limits`](engine::service::limits), with unit, scope and source.
//! 7. **An accepted record is kept** until its retention ends, and invariants are checked after
//!    every task in debug builds.

pub mod api;
#[cfg(feature = "js")]
pub mod bindings;
pub mod chunk;
pub mod console;
pub mod engine;
pub mod insight;
pub mod journal;
pub mod scene;
pub mod share;
pub mod sizing;
