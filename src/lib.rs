//! Shardlab: a faithful, deterministic Amazon Kinesis Data Streams that runs in a web page.

pub mod api;
pub mod console;
pub mod engine;
pub mod journal;
