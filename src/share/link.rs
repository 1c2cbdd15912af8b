//! A run as a link, and back: `1:` and what follows after the `#` of an address.
//!
//! ```text
//! link      "1:" base64url(codec, body, check)
//! codec     one byte: 0, the body is the run; 1, it is the run in raw deflate
//! check     the first four bytes of the MD5 of what stands before it
//! run       numbers, then texts, then the rules, as `Run::pack` writes them; what follows later
//!           is not looked at
//! ```
//!
//! A link says everything that a run follows from: where it begins, its lines with their instants,
//! which of the page's data sets and which files of the visitor it uses. The page's data sets
//! travel by name and dropped files not at all: their name, size and digest do. Of several branches
//! the current one travels.
//!
//! Deflate is the browser's own, since its code would weigh more than the rest of this; it has no
//! preset dictionary, so common pieces of lines are bytes of their own before it ([`words`]).
//!
//! Links are for ever: what reads version 1 stays as it is, a change makes a version 2 beside it,
//! and `tests/links.txt` holds links of every version that have to mean what they meant.

pub mod bytes;
mod frame;
pub mod words;

use crate::console::Console;
use crate::engine::Simulation;
use crate::engine::time::{Instant, whole_micros};
use crate::journal::{Entry, Journal};
use bytes::{Reader, Writer};
pub use frame::{Codec, LENGTH_MAX, Packed, VERSION, is_link};
use md5::{Digest, Md5};
use std::rc::Rc;
use std::time::Duration;

/// A run, as much of it as others need to see the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which Shardlab has written it: major, minor, patch.
    pub made_by: [u64; 3],
    /// Which [`RULES`] it was played by; 0 before they were numbered.
    pub rules: u64,
    /// The seed of the world that its first line finds.
    pub seed: u64,
    /// The date of that world.
    pub origin: Instant,
    /// The date at which the run begins: another one if the first line sets it.
    pub begun: Instant,
    /// How far it was run.
    pub reached: Instant,
    /// Where the visitor was.
    pub now: Instant,
    /// What the clock did.
    pub clock: Clock,
    /// How fast: simulated microseconds in so many microseconds of the viewer.
    pub speed: (u32, u32),
    /// Which of the page's data sets it can replay.
    pub data: Vec<String>,
    /// The files of the visitor that its lines name.
    pub files: Vec<Named>,
    /// Its lines. How each ended is not said: a replay shows it.
    pub entries: Vec<Entry>,
}

/// Whether time passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It did.
    Playing,
    /// It stood.
    Paused,
}

/// A file that is known by what it is called and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name, as lines have it.
    pub name: String,
    /// Its bytes.
    pub size: u64,
    /// The first eight bytes of their MD5.
    pub digest: [u8; 8],
}

/// Why a link opens nothing. Nothing of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLink {
    /// It is of a version that this Shardlab does not know yet.
    Newer,
    /// Something is missing or was changed on its way.
    Altered,
    /// It is longer than [`LENGTH_MAX`], or what it unpacks to than [`BYTES_MAX`].
    TooLong,
    /// It is whole, and says what no run does.
    Senseless,
}

/// The most bytes that a run unpacks to.
pub const BYTES_MAX: usize = 4 << 20;
/// This Shardlab: major, minor, patch.
pub const MADE_BY: [u64; 3] = version(env!("CARGO_PKG_VERSION"));
/// The rules by which lines become a history. They get the next number whenever the same lines lead
/// elsewhere than before: `tests/rules.txt` holds what each number led to.
pub const RULES: u64 = 1;
/// Dates are written as distances from this one, 2026-11-20, whatever a world begins with one day.
const EPOCH_MICROS: u64 = 1_795_132_800_000_000;
/// The last date that a clock may show: the end of the year 9999.
const LAST_MICROS: u64 = 253_402_300_800_000_000;
/// The most lines.
const ENTRIES_MAX: u64 = 200_000;
/// The most data sets, and the most files.
const NAMES_MAX: u64 = 1_000;

impl Run {
    /// What a journal's current branch follows from, for a visitor who is there now; what the
    /// clock does and which data sets there are has to be added.
    pub fn of(journal: &Journal) -> Self {
        let branch = &journal.branches()[journal.current()];
        let untouched = Console::default();
        let untouched = untouched.simulation();
        let mentions = |name: &str| branch.entries.iter().any(|entry| entry.line.contains(name));
        let files = journal.files().iter().filter(|(name, _)| mentions(name));
        Self {
            made_by: MADE_BY,
            rules: RULES,
            seed: untouched.seed(),
            origin: untouched.now(),
            begun: journal.begun(),
            // Lines that were taken over may lie ahead.
            reached: branch.entries.iter().fold(branch.reached, |last, entry| last.max(entry.at)),
            now: journal.simulation().now(),
            clock: Clock::Paused,
            speed: (1, 1),
            data: Vec::new(),
            files: files.map(|(name, bytes)| Named::of(name, bytes)).collect(),
            entries: branch
                .entries
                .iter()
                .map(|entry| Entry { status: 0, ..entry.clone() })
                .collect(),
        }
    }

    /// The world that the first line finds, without any data.
    pub fn world(&self) -> Console {
        Console::new(Simulation::new(self.seed, self.origin))
    }

    /// All of it as bytes, for a frame around them.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Writer::default();
        for part in self.made_by {
            out.number(part);
        }
        out.number(self.seed);
        out.number(u64::from(self.clock == Clock::Paused));
        out.number(self.speed.0.into());
        out.number(self.speed.1.into());
        out.distance(EPOCH_MICROS, self.origin.micros());
        out.distance(self.origin.micros(), self.begun.micros());
        out.number(whole_micros(self.reached - self.begun));
        out.number(whole_micros(self.reached - self.now));
        out.number(self.data.len() as u64);
        out.number(self.files.len() as u64);
        out.number(self.entries.len() as u64);
        for file in &self.files {
            out.number(file.size);
            out.bytes(&file.digest);
        }
        let mut last = self.begun;
        for entry in &self.entries {
            out.number(whole_micros(entry.at - last));
            last = entry.at;
        }
        let names = self.data.iter().chain(self.files.iter().map(|file| &file.name));
        let lines = self.entries.iter().map(|entry| &*entry.line);
        out.texts(names.map(String::as_str).chain(lines));
        out.number(self.rules);
        out.finish()
    }

    /// Reads what [`pack`](Self::pack) wrote.
    ///
    /// # Errors
    ///
    /// [`BadLink::TooLong`] and [`BadLink::Senseless`]; every number is checked, and no more memory
    /// is taken than the bytes given are worth.
    pub fn unpack(bytes: &[u8]) -> Result<Self, BadLink> {
        if bytes.len() > BYTES_MAX {
            return Err(BadLink::TooLong);
        }
        let run = Self::read(&mut Reader::new(bytes)).ok_or(BadLink::Senseless)?;
        if run.is_sensible() { Ok(run) } else { Err(BadLink::Senseless) }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let made_by = [from.number()?, from.number()?, from.number()?];
        let (seed, clock) = (from.number()?, from.number()?);
        let clock = if clock & 1 == 0 { Clock::Playing } else { Clock::Paused };
        let simulated = u32::try_from(from.number()?).ok()?;
        let viewed = u32::try_from(from.number()?).ok()?;
        let origin = from.distance(EPOCH_MICROS)?;
        let begun = from.distance(origin)?;
        let reached = begun.checked_add(from.number()?).filter(|last| *last <= LAST_MICROS)?;
        let now = reached.checked_sub(from.number()?).filter(|now| *now >= begun)?;
        let counts = [from.number()?, from.number()?, from.number()?];
        if counts[0] > NAMES_MAX || counts[1] > NAMES_MAX || counts[2] > ENTRIES_MAX {
            return None;
        }
        let mut files = Vec::new();
        for _ in 0..counts[1] {
            let (size, digest) = (from.number()?, from.eight()?);
            files.push(Named { name: String::new(), size, digest });
        }
        let (mut instants, mut last) = (Vec::new(), begun);
        for _ in 0..counts[2] {
            last = last.checked_add(from.number()?).filter(|at| *at <= reached)?;
            instants.push(Instant::from_micros(last));
        }
        let mut texts = from.texts(counts.iter().sum())?.into_iter();
        let data = texts.by_ref().take(usize::try_from(counts[0]).ok()?).collect();
        for file in &mut files {
            file.name = texts.next()?;
        }
        let entry = |(at, line): (Instant, String)| Entry { at, line: line.into(), status: 0 };
        let entries = instants.into_iter().zip(texts).map(entry).collect();
        let rules = from.number().unwrap_or(0);
        let [origin, begun, reached, now] = [origin, begun, reached, now].map(Instant::from_micros);
        Some(Self {
            made_by,
            rules,
            seed,
            origin,
            begun,
            reached,
            now,
            clock,
            speed: (simulated, viewed),
            data,
            files,
            entries,
        })
    }

    /// Whether it is one that a journal could have come to.
    fn is_sensible(&self) -> bool {
        let speeds = [self.speed.0, self.speed.1];
        self.begun.micros() <= LAST_MICROS
            && self.origin.micros() <= LAST_MICROS
            && speeds.iter().all(|part| (1..=1_000_000).contains(part))
            && self.files.iter().all(|file| !file.name.is_empty())
    }

    /// Which files are still missing beside those that are there.
    pub fn missing<'a>(&'a self, there: &[(String, Rc<[u8]>)]) -> Vec<&'a Named> {
        let is_there = |file: &Named| there.iter().any(|(_, bytes)| file.is(bytes));
        self.files.iter().filter(|file| !is_there(file)).collect()
    }

    /// How much time passes in it.
    pub fn length(&self) -> Duration {
        self.reached - self.begun
    }
}

impl Named {
    /// A file with its size and digest.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let mut digest = [0; 8];
        digest.copy_from_slice(&Md5::digest(bytes)[..8]);
        Self { name: name.to_owned(), size: bytes.len() as u64, digest }
    }

    /// Whether these are its bytes, whatever they are called.
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.digest == Self::of("", bytes).digest
    }

    /// The digest as text: 16 hexadecimal digits, with which an MD5 of the whole file begins.
    pub fn digest_text(&self) -> String {
        format!("{:016x}", u64::from_be_bytes(self.digest))
    }
}

/// The three numbers of `1.2.3`.
const fn version(text: &str) -> [u64; 3] {
    let (mut parts, mut part, mut place) = ([0; 3], 0, 0);
    while place < text.len() && part < 3 {
        let byte = text.as_bytes()[place];
        if byte.is_ascii_digit() {
            parts[part] = parts[part] * 10 + (byte - b'0') as u64;
        } else {
            part += 1;
        }
        place += 1;
    }
    parts
}
