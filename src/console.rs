//! Lines in, text out.

pub mod aws;
pub mod lex;
pub mod output;
