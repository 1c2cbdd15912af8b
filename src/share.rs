//! What leaves the page: lines and whole runs as code for real Kinesis.

pub mod copy_as;
pub mod export;
