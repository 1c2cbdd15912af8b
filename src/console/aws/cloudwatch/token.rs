//! `NextToken` of CloudWatch: how much was listed before, and when the first page was asked for.

use crate::api::ApiError;
use crate::api::next_token::NextToken;
use crate::api::value::Fields;
use crate::engine::Simulation;
use crate::engine::time::Instant;

/// Where an answer goes on.
#[derive(Clone, Copy)]
pub struct Start {
    /// How many items were in the pages before.
    pub skipped: usize,
    /// When the first page was asked for: later pages know no more than it.
    pub asked: Instant,
}

/// Where a request wants to go on: at the beginning if it has no token.
pub fn open(sim: &Simulation, input: &Fields, operation: &str) -> Result<Start, ApiError> {
    let Some(token) = input.text("NextToken") else {
        return Ok(Start { skipped: 0, asked: sim.now() });
    };
    let secret = sim.service().secret();
    let read = NextToken::open(token, operation, sim.now(), secret).ok();
    let read = read.and_then(|token| {
        let (skipped, asked) = token.after.split_once(' ')?;
        let asked = Instant::from_micros(asked.parse().ok()?);
        Some(Start { skipped: skipped.parse().ok()?, asked })
    });
    read.ok_or_else(|| ApiError::new("InvalidNextToken", INVALID))
}

/// The token for the page after one that ends before item `end`.
pub fn seal(sim: &Simulation, operation: &str, start: Start, end: usize) -> String {
    let after = format!("{end} {}", start.asked.micros());
    NextToken { list: operation.to_owned(), after }.seal(sim.now(), sim.service().secret())
}

/// Our own words: nobody has recorded those of AWS.
const INVALID: &str = "The parameter NextToken is not a token of this operation, or is too old.";
