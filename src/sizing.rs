//! What stream a file of records needs: its statistics in one pass, and advice from them.
//!
//! ```text
//! head ── sniff ──▶ Form ──▶ Survey ── feed, feed, … ──▶ Findings ── advice ──▶ Advice
//!                                                            └──────── Report ────┘  ▶ commands
//! ```
//!
//! A row is the record that would be put: its bytes in UTF-8, without the line break. Rows that
//! cannot be used are counted with their reasons and the first lines; the rest is used.
//!
//! All of it takes a second or more for a large file. A page that must not stand still calls what
//! ends in `_in_turns`, and is asked for a [`Pause`] every few thousand steps.
//!
//! ```
//! use shardlab::sizing::{Choice, Survey, Wishes, advice, sniff};
//!
//! let file = b"user,at\nann,1700000000\nbob,1700000000\nann,1700000001\n";
//! let form = sniff(file).expect("it is a CSV file");
//! assert_eq!((form.key, form.time), (Some(0), Some(1)));
//!
//! let mut survey = Survey::new(&form, Choice::of(&form));
//! for chunk in file.chunks(7) {
//!     survey.feed(chunk);
//! }
//! let findings = survey.finish();
//! let keys = findings.facts.keys.as_ref().expect("a key column was found");
//! assert_eq!((findings.facts.total.records, keys.distinct.value()), (3, 2));
//! assert_eq!(advice(&findings, &Wishes::default()).shards, 1);
//! ```

mod advice;
mod commands;
mod count;
mod excerpt;
mod findings;
mod form;
mod report;
mod sniff;
mod survey;
mod text;
mod turns;

pub use advice::{
    Advice, Cost, KeyAdvice, KeyPeak, Needs, Rate, Rates, Salt, Splits, Wishes, advice,
    advice_in_turns,
};
pub use commands::{Build, commands};
pub use excerpt::{Excerpt, Part, around_peak, is_replayable};
pub use findings::*;
pub use form::*;
pub use report::{KeyTexts, REPORT, REPORT_BUCKETS, REPORT_KEYS, REPORT_SLICES, Report};
pub use sniff::{sniff, sniff_as};
pub use survey::{Choice, Progress, Survey};
pub use text::moment::moment;
pub use turns::{Alone, Pause, Turns};
