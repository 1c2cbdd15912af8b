//! Every native test that looks at the library from outside, in one binary.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

mod cli;
mod constraints;
mod determinism;
mod edges;
mod everything;
mod gallery;
mod garbage;
mod inspection;
mod journal;
mod links;
mod model;
mod property;
mod quotas;
mod receipt;
mod requests;
mod scenario;
mod scene;
mod share;
mod shell;
mod sizing;
mod tidy;
mod transcripts;
mod walk;
mod wire;
