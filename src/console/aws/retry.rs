//! Asking again: what the real client does with a request that was throttled or that failed at the
//! service, in its `standard` mode, the only one besides `adaptive` that it still has.
//!
//! A command asks, pauses, and asks the same again, up to three times in all; only the last answer
//! is printed. The pauses are simulated time: the line becomes a script in progress, as with
//! `sleep`. Each page of an answer and each question of a waiter is a request of its own, with
//! attempts of its own. `PutRecords` with records that failed is a success, which nobody repeats.
//!
//! Read first: "Retries" in botocore's documentation (standard retry mode) and
//! <https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-retries.html>. What is said here
//! of version 2.9.19 was seen with that version against a server that answers as it is told.

use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::time::Duration;

use super::python;
use super::service::Service;
use super::status::OTHER_STATUS;
use crate::api::caller::Caller;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation};
use crate::console::output::Output;
use crate::console::surroundings::{Files, Surroundings};
use crate::console::variables::Variables;
use crate::engine::Simulation;
use crate::engine::rng::Rng;

/// How often a request is made at most, if `AWS_MAX_ATTEMPTS` does not say (standard mode).
const ATTEMPTS_MAX: u32 = 3;
/// The longest pause, in microseconds (standard mode: 20 seconds).
const PAUSE_MAX: u64 = 20_000_000;
/// The pause before the second attempt is shorter than this, in microseconds; each later one may
/// be twice as long as the one before it (standard mode: a random part of 2^n seconds).
const FIRST_PAUSE: u64 = 1_000_000;
/// What the attempts of one command may cost in all (standard mode: the retry quota).
const QUOTA: u32 = 500;
/// What an attempt after the first costs; given back if it succeeds (the same).
const RETRY_COST: u32 = 5;
/// What a success at the first attempt gives back (the same).
const SUCCESS_GIVES: u32 = 1;

/// The codes that standard mode takes for throttling, and those that pass by themselves. Kinesis's
/// `KMSThrottlingException` is none of them.
const RETRYABLE: [&str; 16] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestTimeout",
    "RequestTimeoutException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];
/// The statuses that pass by themselves, whatever the code is (standard mode).
const RETRYABLE_STATUSES: [u16; 4] = [500, 502, 503, 504];

/// A command that goes on after a pause, from where it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pending {
    words: Rc<[String]>,
    variables: Rc<Variables>,
    input: Rc<[u8]>,
    files: Option<Files>,
    progress: Progress,
}

/// What a command has come to.
#[derive(Debug)]
pub struct Ran {
    /// What it has printed.
    pub output: Output,
    /// What goes on after the wait that the output says.
    pub pending: Option<Box<Pending>>,
}

/// How far a command has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Progress {
    /// The pages that were answered.
    pages: Pages,
    /// How often the request was made that is not answered yet.
    attempts: u32,
    /// How often a waiter has had its answer.
    questions: u32,
    /// What of [`QUOTA`] is used.
    used: u32,
}

/// Pages of an answer. Copies of a world share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pages(Rc<Vec<Fields>>);

/// Tells only how many there are: what they say follows from what the world was asked.
impl Hash for Pages {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.len() as u64).hash(state);
    }
}

/// The client of one command: who asks the service for it.
pub struct Client<'a> {
    /// The world.
    pub sim: &'a mut Simulation,
    /// How many pauses were drawn in this console.
    drawn: &'a mut u64,
    attempts_max: u32,
    progress: Progress,
    /// How many of the pages were handed out again.
    given: usize,
    /// How long the command pauses.
    pause: Option<Duration>,
}

impl Pending {
    /// The words after `aws`.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// What surrounds it: what did so when it began.
    pub fn around(&self) -> Surroundings<'_> {
        let around = Surroundings::new(&self.variables, &self.input);
        self.files.as_ref().map_or(around, |files| around.with_files(files))
    }

    /// Takes the client out that goes on from where it was.
    pub fn client<'a>(&mut self, sim: &'a mut Simulation, drawn: &'a mut u64) -> Client<'a> {
        Client { progress: std::mem::take(&mut self.progress), ..Client::new(sim, drawn) }
    }
}

impl<'a> Client<'a> {
    /// A client that has not asked yet; `drawn` is how many pauses were drawn in this console.
    pub fn new(sim: &'a mut Simulation, drawn: &'a mut u64) -> Self {
        let progress = Progress::default();
        Self { sim, drawn, attempts_max: ATTEMPTS_MAX, progress, given: 0, pause: None }
    }

    /// Takes the environment's word for how often to ask; refuses one that the real client does not
    /// understand. `adaptive` is taken and pauses as `standard` does.
    pub fn configure(&mut self, around: &Surroundings<'_>) -> Result<(), Output> {
        let failure = |why: String| Err(Output::failure(OTHER_STATUS, format!("\n{why}\n")));
        if let Some(text) = around.variable("AWS_MAX_ATTEMPTS") {
            let Some(number) = python::int(text) else {
                let text = python::quoted(text);
                return failure(format!("invalid literal for int() with base 10: {text}"));
            };
            if number < 1 {
                return failure(format!(
                    "Value provided to \"max_attempts\": {number} must be an integer greater than \
                     or equal to one."
                ));
            }
            self.attempts_max = u32::try_from(number).unwrap_or(u32::MAX);
        }
        match around.variable("AWS_RETRY_MODE") {
            None | Some("standard" | "adaptive") => Ok(()),
            Some(mode) => failure(format!(
                "Invalid value provided to \"mode\": \"{mode}\" must be one of: \"standard\" or \
                 \"adaptive\""
            )),
        }
    }

    /// Makes a request once. After a refusal the command may have to pause.
    pub fn ask(
        &mut self,
        service: &Service,
        operation: &Operation,
        caller: &Caller,
        request: &Fields,
    ) -> Result<Fields, ApiError> {
        self.progress.attempts += 1;
        let answer = (service.call)(self.sim, caller, operation, request);
        match &answer {
            Ok(_) => {
                let is_first = self.progress.attempts == 1;
                let given = if is_first { SUCCESS_GIVES } else { RETRY_COST };
                self.progress.used = self.progress.used.saturating_sub(given);
                self.progress.attempts = 0;
            }
            Err(error) => self.pause = self.pause_after(error),
        }
        answer
    }

    /// The next page that was answered before the pause.
    pub fn page_again(&mut self) -> Option<Fields> {
        let page = self.progress.pages.0.get(self.given)?.clone();
        self.given += 1;
        Some(page)
    }

    /// Keeps a page for after a pause.
    pub fn keep_page(&mut self, page: Fields) {
        Rc::make_mut(&mut self.progress.pages.0).push(page);
        self.given += 1;
    }

    /// Counts an answer of a waiter.
    pub fn count_question(&mut self) -> u32 {
        self.progress.questions += 1;
        self.progress.questions
    }

    /// Pauses before the next question of a waiter.
    pub fn wait(&mut self, pause: Duration) {
        self.pause = Some(pause);
    }

    /// How long the command pauses, if what it has done is not yet all.
    pub fn pause(&self) -> Option<Duration> {
        self.pause
    }

    /// How often the request was repeated, if the client would not have repeated it again. It says
    /// so of any refusal of the last attempt, even of one that is never repeated.
    pub fn retries_reached(&self) -> Option<u32> {
        (self.progress.attempts >= self.attempts_max).then(|| self.progress.attempts - 1)
    }

    /// What the command has come to: if it pauses, its output waits so long.
    pub fn pended(self, output: Output, words: &[String], around: &Surroundings<'_>) -> Ran {
        if self.pause.is_none() {
            return Ran { output, pending: None };
        }
        let pending = Pending {
            words: words.into(),
            variables: Rc::new(around.variables().clone()),
            input: around.input.into(),
            files: around.files().cloned(),
            progress: self.progress,
        };
        let mut output = output.kept();
        output.wait = self.pause;
        Ran { output, pending: Some(Box::new(pending)) }
    }

    fn pause_after(&mut self, error: &ApiError) -> Option<Duration> {
        let is_retryable =
            RETRYABLE.contains(&error.code) || RETRYABLE_STATUSES.contains(&error.status);
        let is_spent = self.progress.used + RETRY_COST > QUOTA;
        if !is_retryable || self.retries_reached().is_some() || is_spent {
            return None;
        }
        self.progress.used += RETRY_COST;
        // Each pause has a chance of its own, so that lines throttled together part.
        let name = format!("console/retry/{}", self.drawn);
        *self.drawn += 1;
        let retries = (self.progress.attempts - 1).min(QUOTA.ilog2());
        let micros = Rng::seeded(self.sim.seed()).fork(&name).below(FIRST_PAUSE << retries);
        Some(Duration::from_micros((micros + 1).min(PAUSE_MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Instant;

    /// The pauses, in microseconds, of a command that asks as often as it may and is throttled.
    fn pauses(seed: u64, attempts_max: u32) -> Vec<u64> {
        let (mut sim, mut drawn) = (Simulation::new(seed, Instant::DEFAULT_START), 0);
        let mut client = Client { attempts_max, ..Client::new(&mut sim, &mut drawn) };
        let throttled = ApiError::new("ThrottlingException", "Rate exceeded");
        let next = || {
            client.progress.attempts += 1;
            client.pause_after(&throttled).map(|pause| u64::try_from(pause.as_micros()).unwrap())
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn pauses_grow_to_twenty_seconds_and_are_a_matter_of_chance() {
        assert!(pauses(1, 1).is_empty());
        for seed in 0..200 {
            let drawn = pauses(seed, 8);
            assert_eq!((drawn.len(), &drawn), (7, &pauses(seed, 8)), "a seed decides");
            for (pause, most) in drawn.iter().zip([1, 2, 4, 8, 16, 20, 20]) {
                assert!((1..=most * 1_000_000).contains(pause), "{pause} of {most} s");
            }
        }
        let firsts: Vec<u64> = (0..200).map(|seed| pauses(seed, 2)[0]).collect();
        let mean = firsts.iter().sum::<u64>() / 200;
        assert!((430_000..570_000).contains(&mean), "half a second: {mean}");
    }

    #[test]
    fn a_hundred_retries_use_up_what_a_command_may_spend() {
        assert_eq!(pauses(1, u32::MAX).len(), 100);
    }
}
