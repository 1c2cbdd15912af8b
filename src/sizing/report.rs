//! The answer without the data: as a link or a file, and back.
//!
//! ```text
//! link      "sizing=" and what `share::link` puts around a run: version, codec, base64url, check
//! inside    the report's version, then its fields as `Report::walk` names them
//! ```
//!
//! What reads version 1 stays as it is; a change makes a version 2 beside it.

mod walk;

use super::advice::Advice;
use super::findings::{BUCKETS, Facts, Findings, Load, Slice};
use super::form::Form;
use super::survey::Choice;
use crate::share::link::{BadLink, MADE_BY, Packed};

/// What stands before a report's link.
pub const REPORT: &str = "sizing=";
/// The version of reports.
const VERSION: u64 = 1;
/// The most slices of time in a report.
pub const REPORT_SLICES: u32 = 60;
/// Parts of the key space in a report.
pub const REPORT_BUCKETS: usize = 64;
/// The most keys in a report.
pub const REPORT_KEYS: usize = 20;

/// What was found and advised, without the data: enough to show the whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which Shardlab has written it: major, minor, patch.
    pub made_by: [u64; 3],
    /// What the key column is called.
    pub key_column: Option<String>,
    /// What the time column is called.
    pub time_column: Option<String>,
    /// The most KiB of a record.
    pub record_kib_max: u32,
    /// As in [`Findings`], with [`REPORT_BUCKETS`] parts and [`REPORT_KEYS`] keys.
    pub facts: Facts,
    /// Up to [`REPORT_SLICES`] slices of the data's time.
    pub slices: Vec<Slice>,
    /// What is advised.
    pub advice: Advice,
}

/// Whether a report names keys, which may be private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTexts {
    /// It does not, nor does it tell their hashes, from which short keys could be guessed.
    Withheld,
    /// It does.
    Told,
}

impl Report {
    /// The report of some findings.
    pub fn of(form: &Form, choice: Choice, findings: &Findings, advice: &Advice) -> Self {
        let name = |place: Option<u32>| {
            form.columns.get(place? as usize).map(|column| column.name.clone())
        };
        let mut facts = findings.facts.clone();
        if let Some(keys) = &mut facts.keys {
            keys.hottest.truncate(REPORT_KEYS);
            keys.space = folded(&keys.space);
        }
        if let Some(time) = &mut facts.time {
            time.peak_second.space = folded(&time.peak_second.space);
            time.peak_minute.space = folded(&time.peak_minute.space);
        }
        Self {
            made_by: MADE_BY,
            key_column: name(choice.key),
            time_column: name(choice.time),
            record_kib_max: choice.record_kib_max,
            facts,
            slices: findings.slices(REPORT_SLICES),
            advice: advice.clone(),
        }
    }

    /// The same, ready to be given away.
    #[must_use]
    pub fn with(mut self, texts: KeyTexts) -> Self {
        if texts == KeyTexts::Withheld {
            for key in self.facts.keys.iter_mut().flat_map(|keys| &mut keys.hottest) {
                (key.text, key.hash) = (None, 0);
            }
            let peak = self.advice.keys.as_mut().and_then(|keys| keys.hottest.as_mut());
            if let Some(peak) = peak {
                (peak.text, peak.hash) = (None, 0);
            }
        }
        self
    }

    /// Whether a text is meant to be the link of a report.
    pub fn is_link(text: &str) -> bool {
        text.trim().trim_start_matches('#').starts_with(REPORT)
    }

    /// The bytes that go into a frame, which may deflate them.
    pub fn pack(&self) -> Vec<u8> {
        let mut io = walk::Io::writing();
        io.number(&mut { VERSION });
        self.clone().walk(&mut io).expect("whatever is written can be read");
        io.finish()
    }

    /// The link, without the `#`, around bytes that [`pack`](Self::pack) made.
    pub fn link(packed: &Packed) -> String {
        format!("{REPORT}{}", packed.write())
    }

    /// The frame of a link, whose bytes may be deflated.
    ///
    /// # Errors
    ///
    /// Those of [`Packed::read`].
    pub fn frame(link: &str) -> Result<Packed, BadLink> {
        let link = link.trim().trim_start_matches('#');
        Packed::read(link.strip_prefix(REPORT).ok_or(BadLink::Altered)?)
    }

    /// Reads what [`pack`](Self::pack) wrote.
    ///
    /// # Errors
    ///
    /// [`BadLink::Newer`] and [`BadLink::Senseless`]; no more memory is taken than the bytes given
    /// are worth.
    pub fn unpack(bytes: &[u8]) -> Result<Self, BadLink> {
        let mut io = walk::Io::reading(bytes);
        let mut version = 0;
        io.number(&mut version).ok_or(BadLink::Senseless)?;
        if version != VERSION {
            return Err(BadLink::Newer);
        }
        let mut report = Self::blank();
        report.walk(&mut io).ok_or(BadLink::Senseless)?;
        Ok(report)
    }
}

/// The same loads in [`REPORT_BUCKETS`] parts.
fn folded(space: &[Load]) -> Vec<Load> {
    let sum = |part: &[Load]| {
        part.iter().fold(Load::default(), |mut sum, load| {
            sum.add(load.records, load.bytes);
            sum
        })
    };
    space.chunks(BUCKETS / REPORT_BUCKETS).map(sum).collect()
}
